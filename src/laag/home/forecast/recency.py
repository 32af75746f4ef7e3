"""What is recent counts most, and what is off now is soon forgotten."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.outlook import Floats, Ints

DAY, WEEK = 96, 672
"""PTUs in 24 hours and in seven times that: durations, not calendar days."""
_QUARTERS = np.tile(np.arange(DAY), 32)
_QUARTERS.flags.writeable = False


def weights(count: int, memory_ptus: float) -> Floats:
    """1 for the last of ``count`` values, a third for one that lies ``memory_ptus`` before it.

    >>> weights(3, 1.0).round(2).tolist()
    [0.14, 0.37, 1.0]
    """
    return np.asarray(np.exp(np.arange(1 - count, 1) / memory_ptus))


def fading(past: PtuGrid, grid: PtuGrid, memory_ptus: float) -> Floats:
    """1 at the end of the past, a third after ``memory_ptus``."""
    return np.asarray(np.exp(-np.maximum(leads(past, grid), 0) / memory_ptus))


def leads(past: PtuGrid, grid: PtuGrid) -> Ints:
    """How many PTUs after the end of the past each PTU of ``grid`` starts."""
    return np.arange(len(grid)) + past.index(grid.start) - len(past)


def utc_quarter(grid: PtuGrid) -> Ints:
    """The quarter of the day by which the sun goes, 0 to 95."""
    first = grid.start.hour * 4 + grid.start.minute // 15
    last = first + len(grid)
    return _QUARTERS[first:last] if last <= len(_QUARTERS) else np.arange(first, last) % DAY


def without_gaps(values: Floats) -> Floats:
    """Missing values from a straight line between their neighbours; at least one must be known."""
    known = np.isfinite(values)
    if known.all():
        return values
    at = np.arange(len(values))
    return np.interp(at, at[known], values[known])
