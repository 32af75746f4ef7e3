"""A usual year's cold, so that a mild winter is no saving and a hard one no waste."""

from __future__ import annotations

from math import erf, exp, pi, sqrt
from typing import Final

import numpy as np

from laag.home.outlook import Floats

NORMAL_C: Final = (3.6, 3.9, 6.5, 9.9, 13.4, 16.2, 18.3, 17.9, 14.7, 10.9, 7.0, 4.2)
"""Mean temperature of each month at De Bilt, the normals of 1991-2020; written down from memory, to be read again at KNMI."""
_MONTH_DAYS: Final = (31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SPREAD_C: Final = 3.5
"""By how much days differ from their month's mean; a round figure, by which a year's cold moves some percent."""
DAYS_A_YEAR: Final = 365.2425


def degree_days(outdoor_c: Floats, base_c: float) -> Floats:
    """How many degrees each day was colder than the base.

    >>> degree_days(np.array([5.0, 20.0]), 15.5).tolist()
    [10.5, 0.0]
    """
    return np.asarray(np.maximum(base_c - outdoor_c, 0.0))


def usual_degree_days(base_c: float) -> float:
    """Degree days of a usual Dutch year.

    >>> round(usual_degree_days(18.0), -1)
    2840.0
    """
    return sum(days * _expected(base_c - mean_c) for days, mean_c in zip(_MONTH_DAYS, NORMAL_C, strict=True))


def usual_cold_days(base_c: float) -> float:
    """On how many days of a usual year there is something to heat."""
    return sum(
        days * 0.5 * (1.0 + erf((base_c - mean_c) / _SPREAD_C / sqrt(2.0)))
        for days, mean_c in zip(_MONTH_DAYS, NORMAL_C, strict=True)
    )


def _expected(colder_c: float) -> float:
    """The mean of what is above zero, of days spread around this."""
    z = colder_c / _SPREAD_C
    return colder_c * 0.5 * (1.0 + erf(z / sqrt(2.0))) + _SPREAD_C * exp(-z * z / 2.0) / sqrt(2.0 * pi)
