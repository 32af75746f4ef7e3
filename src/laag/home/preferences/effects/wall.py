"""The clock and the calendar on the wall along an outlook, and some days before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PtuGrid
from laag.home.calendar import Calendar
from laag.home.outlook import Floats, Ints
from laag.home.preferences.blanks import Days

Mask = NDArray[np.bool_]

BEFORE, AFTER = 2 * 96, 8 * 96
"""How far beyond the outlook the wall is known, in PTUs; a change of the clock out there is not."""
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, eq=False)
class Wall:
    """Per PTU from ``BEFORE`` before the outlook to ``AFTER`` beyond it: quarter of the day, and day of the calendar."""

    count: int
    quarter: Ints
    day: Ints
    """As ``date.toordinal`` counts them."""

    @classmethod
    def of(cls, calendar: Calendar, grid: PtuGrid) -> Self:
        """Read off a calendar that covers the grid.

        >>> from laag.foundation.ptu import AMSTERDAM
        >>> grid = PtuGrid.day(date(2025, 3, 30), AMSTERDAM)
        >>> wall = Wall.of(Calendar.of(grid, AMSTERDAM), grid)
        >>> [at for at, _ in wall.moments(28, (6,))], wall.date_at(0).isoformat()
        ([24, 696], '2025-03-30')
        """
        first = int(grid.start.timestamp()) // 900
        utc = first + np.arange(-BEFORE, len(grid) + AFTER)
        inside = slice(BEFORE, BEFORE + len(grid))
        ahead = (calendar.on(grid).quarter - utc[inside] % 96 + 48) % 96 - 48
        known = ahead if len(ahead) else np.zeros(1, np.int64)
        ahead = np.concatenate([np.repeat(known[:1], BEFORE), ahead, np.repeat(known[-1:], AFTER)])
        local = utc + ahead
        return cls(len(grid), local % 96, local // 96 + _EPOCH)

    @property
    def now(self) -> slice:
        """The outlook's own PTUs."""
        return slice(BEFORE, BEFORE + self.count)

    @property
    def weekday(self) -> Ints:
        """Monday is 0."""
        return (self.day + 6) % 7

    def hours(self, first: int, until: int, days: Days, *, everywhere: bool = False) -> Mask:
        """Which PTUs lie between two quarters of these days: past midnight, the early and the late part of each."""
        here = slice(None) if everywhere else self.now
        return between(self.quarter[here], first, until) & np.isin(self.weekday[here], days)

    def dates(self, first: date | None, last: date) -> Mask:
        """Which PTUs of the outlook lie on these days of the calendar."""
        day = self.day[self.now]
        return (day <= last.toordinal()) & (day >= (first.toordinal() if first else 0))

    def date_at(self, ptu: int) -> date:
        """The day on which this PTU, counted from the start of the outlook, begins."""
        at = min(max(ptu + BEFORE, 0), len(self.day) - 1)
        return date.fromordinal(int(self.day[at]))

    def moments(self, quarter: int, days: Days) -> Iterator[tuple[int, date]]:
        """Every time the wall shows this quarter on one of these days: the PTU that begins there, and the day.

        A time that the clock skips is the first one after it; one that comes twice is the first of both.
        """
        starts = np.flatnonzero(np.diff(self.day, prepend=self.day[0] - 1))
        for begin, end in zip(starts, [*starts[1:], len(self.day)], strict=True):
            later = self.quarter[begin:end] >= quarter
            cut_off = begin == 0 and later[0] and self.quarter[0] != quarter
            if int(self.weekday[begin]) in days and later.any() and not cut_off:
                yield int(begin + np.argmax(later)) - BEFORE, date.fromordinal(int(self.day[begin]))

    def last_before(self, ptu: int, quarter: int) -> int:
        """The last PTU before this one that begins at this quarter."""
        earlier = np.flatnonzero(self.quarter[: max(ptu + BEFORE, 0)] == quarter)
        return int(earlier[-1]) - BEFORE if len(earlier) else ptu


def between(quarter: Ints, first: int, until: int) -> Mask:
    """Whether quarters of the day lie from one up to another; past midnight if lower, the whole day if the same.

    >>> between(np.array([0, 28, 95]), 88, 28).tolist()
    [True, False, True]
    """
    after, before = quarter >= first, quarter < until
    return after & before if first < until else after | before


def runs(mask: Mask) -> list[tuple[int, int]]:
    """Where a mask is on: from, and up to.

    >>> runs(np.array([True, True, False, True]))
    [(0, 2), (3, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def steps(values: Floats) -> list[tuple[int, int]]:
    """Where values stay the same: from, and up to.

    >>> steps(np.array([1.0, 1.0, 3.0]))
    [(0, 2), (2, 3)]
    """
    changes = (np.flatnonzero(np.diff(values)) + 1).tolist()
    return list(pairwise([0, *changes, len(values)])) if len(values) else []
