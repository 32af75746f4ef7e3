"""Where a grid lies in absolute time: quarter-hours and days counted from 1970, local days, and days of rest."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import AMSTERDAM, PTU, PtuGrid

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PTUS_PER_UTC_DAY = 96


@dataclass(frozen=True)
class Days:
    """A grid with its calendar; everything is counted absolutely, so nothing depends on where the grid starts."""

    grid: PtuGrid

    @property
    def first_ptu(self) -> int:
        """The number of quarter-hours since 1970 at the start of the grid: the address on a tape."""
        return (self.grid.start - _EPOCH) // PTU

    @cached_property
    def utc_day(self) -> Floats:
        """Days since 1970 at the middle of each PTU, with fraction; shape ``(count,)``."""
        return (self.first_ptu + np.arange(len(self.grid)) + 0.5) / PTUS_PER_UTC_DAY

    @cached_property
    def locals(self) -> tuple[tuple[date, slice], ...]:
        """The local days and where each lies in the grid."""
        return tuple(self.grid.local_days(AMSTERDAM))

    @cached_property
    def quarter(self) -> Ints:
        """Local wall-clock quarter of the day of each PTU."""
        return self.grid.quarter_of_day(AMSTERDAM)

    @cached_property
    def ordinal(self) -> Ints:
        """The local day of each PTU as a proleptic ordinal."""
        ordinal = np.empty(len(self.grid), np.int64)
        for day, span in self.locals:
            ordinal[span] = day.toordinal()
        return ordinal

    @cached_property
    def rest(self) -> NDArray[np.bool_]:
        """Which PTUs lie on a Sunday or a Dutch public holiday."""
        off = [day.toordinal() for day, _ in self.locals if day.weekday() == 6 or day in self.holidays]
        return np.isin(self.ordinal, off)

    @cached_property
    def holidays(self) -> frozenset[date]:
        """The Dutch public holidays of the years around the grid."""
        import holidays as calendar

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return frozenset(calendar.country_holidays("NL", years=self.years))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the grid touches and one on either side: a trip may reach across New Year."""
        return tuple(range(self.locals[0][0].year - 1, self.locals[-1][0].year + 2))

    def ptu_of(self, day: date, quarter: int) -> int:
        """The PTU, counted from the start of the grid, at a local wall-clock quarter; may lie outside the grid.

        >>> Days(PtuGrid.day(date(2025, 3, 30), AMSTERDAM)).ptu_of(date(2025, 3, 30), 48)
        44
        """
        on, within = day + timedelta(days=quarter // 96), quarter % 96
        wall = datetime(on.year, on.month, on.day, within // 4, within % 4 * 15, tzinfo=AMSTERDAM)
        return self.grid.index(wall.astimezone(UTC))
