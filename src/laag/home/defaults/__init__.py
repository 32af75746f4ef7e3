"""Public defaults: what holds in a home where nobody says anything, by whom and why."""

from laag.home.defaults.edition import Edition, Line, Provenance, Row, Status, Sure
from laag.home.defaults.holding import Applies, By, Holding, holding, which_applies
from laag.home.defaults.household import Feature, Household, Measured, Recognised, features, recognised
from laag.home.defaults.learned import usual_day

__all__ = [
    "Applies",
    "By",
    "Edition",
    "Feature",
    "Holding",
    "Household",
    "Line",
    "Measured",
    "Provenance",
    "Recognised",
    "Row",
    "Status",
    "Sure",
    "features",
    "holding",
    "recognised",
    "usual_day",
    "which_applies",
]
