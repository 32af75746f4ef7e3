"""Readings that are missing: filled by a named method, marked, and corrected later by a reversing entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, tzinfo
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PtuGrid

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Method(IntEnum):
    """How a number came to be; the name in small letters is what tables and bills print."""

    MEASURED = 0
    SAME_QUARTER_LAST_WEEK = 1
    PLAN = 2
    """What the market had cleared: the member is taken to have done as agreed."""


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Whole Wh per PTU, with the method behind each."""

    wh: Ints
    method: Ints

    @property
    def estimated(self) -> Flags:
        """Where the meter was silent."""
        return np.not_equal(self.method, Method.MEASURED)


def filled(
    measured_wh: Ints, missing: Flags, cleared_wh: Ints, last_week_wh: Ints, last_week_missing: Flags
) -> Readings:
    """The same quarter last week where that was measured, else what was cleared. Any shape, the same for all.

    >>> gap = filled(np.array([7, 0, 0]), np.array([0, 1, 1]) > 0, np.array([1, 2, 3]), np.array([4, 5, 6]), np.array([0, 0, 1]) > 0)
    >>> gap.wh.tolist(), [Method(m).name.lower() for m in gap.method.tolist()]
    ([7, 5, 3], ['measured', 'same_quarter_last_week', 'plan'])
    """
    method = np.where(
        missing, np.where(last_week_missing, Method.PLAN, Method.SAME_QUARTER_LAST_WEEK), Method.MEASURED
    )
    wh = np.choose(method, [measured_wh, last_week_wh, cleared_wh])
    return Readings(wh.astype(np.int64), method.astype(np.int64))


def week_earlier(grid: PtuGrid, zone: tzinfo) -> Ints:
    """The PTU with the same time on the wall clock a week before, counted from the start of ``grid`` (so negative).

    Across a clock change a week is not 672 quarter-hours, and supper is at six on the wall.

    >>> from datetime import date
    >>> from laag.foundation.ptu import AMSTERDAM
    >>> [int(week_earlier(PtuGrid.day(date(2025, 3, d), AMSTERDAM), AMSTERDAM)[0]) for d in (29, 31)]
    [-672, -668]
    """
    earlier = [(wall - timedelta(days=7)) for wall in grid.local(zone)]
    return np.array([grid.index(wall) for wall in earlier], np.int64)
