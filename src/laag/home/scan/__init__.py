"""What the meter and the weather tell of a home: how it uses energy, what could be less, and what a measure brought."""

from laag.home.scan.days import Days, days_of
from laag.home.scan.dwelling import Dwelling, DwellingKind, HeatedBy
from laag.home.scan.effect import Effect, Stage, effects
from laag.home.scan.fit import Fit, fitted
from laag.home.scan.measures import Measure, Prices, Scan, scan
from laag.home.scan.year import degree_days

__all__ = [
    "Days",
    "Dwelling",
    "DwellingKind",
    "Effect",
    "Fit",
    "HeatedBy",
    "Measure",
    "Prices",
    "Scan",
    "Stage",
    "days_of",
    "degree_days",
    "effects",
    "fitted",
    "scan",
]
