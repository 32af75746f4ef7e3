"""A straight line through a home's days: what it uses always, and what each degree of cold adds.

Least squares; the base temperature is the one that fits best. Days hang together (a cold week, a holiday), so the
uncertainty is widened by how much a day's rest resembles the day before (Bartlett's (1 + r) / (1 - r)).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.home.outlook import Floats
from laag.home.scan.year import DAYS_A_YEAR, degree_days, usual_degree_days

LEAST_DAYS = 21
"""Fewer days than three weeks say nothing that a single weekend could not turn round."""
LEAST_SPREAD = 2.0
"""Degree days must differ by as much (a standard deviation) before a slope is read from them."""
BASES_C = tuple(np.arange(11.0, 20.5, 0.5).tolist())
Z90 = 1.645
"""Nine in ten of a normal distribution lie within so many standard deviations on either side."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Use per day = ``always`` + ``per_degree`` x degree days below ``base_c``."""

    always: float
    per_degree: float
    base_c: float
    always_error: float
    """One standard error."""
    per_degree_error: float
    explains: float
    """The part of the differences between days that cold explains, 0 to 1."""
    days: int

    @property
    def heating_a_year(self) -> float:
        """What heating takes in a usual year."""
        return self.per_degree * usual_degree_days(self.base_c)

    @property
    def always_a_year(self) -> float:
        """What goes on whatever the weather, in a year."""
        return self.always * DAYS_A_YEAR


def fitted(use: Floats, outdoor_c: Floats) -> Fit | None:
    """The line through the days that are known; ``None`` where they are too few or too much alike to draw one."""
    known = np.isfinite(use) & np.isfinite(outdoor_c)
    use, outdoor_c = use[known], outdoor_c[known]
    if len(use) < LEAST_DAYS:
        return None
    tried = [_line(use, outdoor_c, base_c) for base_c in BASES_C]
    found = [one for one in tried if one is not None]
    return max(found, key=lambda one: one.explains) if found else None


def _line(use: Floats, outdoor_c: Floats, base_c: float) -> Fit | None:
    cold = degree_days(outdoor_c, base_c)
    if float(cold.std()) < LEAST_SPREAD:
        return None
    columns = np.column_stack([np.ones_like(cold), cold])
    solved = least_squares(columns, use)
    if solved is None:
        return None
    at, cover, rest = solved
    around = use - use.mean()
    whole = float(around @ around)
    explains = 1.0 - float(rest @ rest) / whole if whole > 0.0 else 0.0
    errors = np.sqrt(np.diag(cover))
    return Fit(float(at[0]), float(at[1]), base_c, float(errors[0]), float(errors[1]), explains, len(use))


def least_squares(columns: Floats, use: Floats) -> tuple[Floats, Floats, Floats] | None:
    """Coefficients, how sure they are (their covariance), and what is left; ``None`` where the columns say the same."""
    count, width = columns.shape
    if count <= width or np.linalg.matrix_rank(columns) < width:
        return None
    inverse = np.linalg.inv(columns.T @ columns)
    at = inverse @ columns.T @ use
    rest = use - columns @ at
    spread = float(rest @ rest) / (count - width)
    return at, inverse * spread * _widened(rest), rest


def _widened(rest: Floats) -> float:
    """By how much days that hang together say less than as many days apart."""
    around = rest - rest.mean()
    whole = float(around @ around)
    if whole <= 0.0:
        return 1.0
    alike = min(max(float(around[1:] @ around[:-1]) / whole, 0.0), 0.9)
    return (1.0 + alike) / (1.0 - alike)
