"""The local clock and week of many PTUs, looked up once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import Self

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.outlook import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Per PTU of ``grid``: the quarter on the wall (0 to 95) and the day of the week (Monday is 0).

    Make one for the whole of a run, from the first day of the past to the last day of the future, and cut it.
    """

    grid: PtuGrid
    quarter: Ints
    weekday: Ints

    @classmethod
    def of(cls, grid: PtuGrid, zone: tzinfo) -> Self:
        """Look the local clock up.

        >>> from datetime import date
        >>> from laag.foundation.ptu import AMSTERDAM
        >>> day = Calendar.of(PtuGrid.day(date(2025, 3, 30), AMSTERDAM), AMSTERDAM)
        >>> day.quarter[[7, 8]].tolist(), day.weekday[0].item()
        ([7, 12], 6)
        """
        weekday = np.empty(len(grid), np.int64)
        for day, span in grid.local_days(zone):
            weekday[span] = day.weekday()
        return cls(grid, grid.quarter_of_day(zone), weekday)

    def on(self, grid: PtuGrid) -> Calendar:
        """The part of this calendar on a shorter grid."""
        part = grid.within(self.grid)
        return Calendar(grid, self.quarter[part], self.weekday[part])

    @property
    def weekend(self) -> Ints:
        """1 on Saturday and Sunday, else 0."""
        return (self.weekday >= 5).astype(np.int64)
