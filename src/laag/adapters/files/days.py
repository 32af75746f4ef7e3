"""Other days read as the days of the run: a home measured in 2016 under the prices of 2025."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile

_LEAP_YEAR = 2000
_LEAST_COVERED = 0.8


@dataclass(frozen=True, slots=True)
class DayMap:
    """Each day of the run is read from the measured day of ``first`` to ``last`` that has its weekday and is nearest
    in the year; of two as near, the earlier. A day with none within ``within_days`` is refused.

    >>> from datetime import timedelta
    >>> year = [date(2016, 8, 1) + timedelta(days=n) for n in range(365)]
    >>> DayMap(year[0], year[-1]).sources([date(2025, 6, 2)], year)
    {datetime.date(2025, 6, 2): datetime.date(2017, 6, 5)}
    """

    first: date
    last: date
    within_days: int = 31
    weekday: bool = True
    """Whether the weekday must agree; the weather does not know it."""

    def sources(self, days: Iterable[date], measured: Sequence[date]) -> dict[date, date]:
        """The measured day, in order of time, that is read as each of these."""
        season = np.array([_of_year(other) for other in measured], np.int64)
        weekday = np.array([other.weekday() for other in measured], np.int64)
        found = {}
        for day in days:
            apart = np.abs(season - _of_year(day))
            apart = np.minimum(apart, 366 - apart)
            if self.weekday:
                apart[weekday != day.weekday()] = 366
            if not len(apart) or apart.min() > self.within_days:
                raise BadInput(
                    f"no measured day of {self.first} to {self.last} can be read as {day}: none"
                    f"{' of its weekday' if self.weekday else ''} lies within {self.within_days} days of it in the "
                    "year; run other days, or raise map_days.within_days"
                )
            found[day] = measured[int(apart.argmin())]
        return found

    def window(self, zone: tzinfo) -> PtuGrid:
        """All days that may be read."""
        if self.last < self.first:
            raise BadInput(f"map_days ends on {self.last}, before it begins on {self.first}; swap them")
        return PtuGrid.days(self.first, (self.last - self.first).days + 1, zone)

    def pairs(self, raw: Profile, grid: PtuGrid, zone: tzinfo, run_zone: tzinfo) -> dict[date, date]:
        """Each local day of the run with the day it is read from: one of which most was measured."""
        known = ~raw.on(self.window(zone)).missing()
        spans = self.window(zone).local_days(zone)
        measured = [day for day, span in spans if known[span].mean() >= _LEAST_COVERED]
        return self.sources([day for day, _ in grid.local_days(run_zone)], measured)

    def needed(self, pairs: Mapping[date, date], zone: tzinfo) -> NDArray[np.bool_]:
        """Which quarter-hours of ``window`` are read at all."""
        used = set(pairs.values())
        grid = self.window(zone)
        needed = np.zeros(len(grid), np.bool_)
        for day, span in grid.local_days(zone):
            needed[span] = day in used
        return needed

    def onto(
        self, series: Profile, grid: PtuGrid, pairs: Mapping[date, date], zone: tzinfo, run_zone: tzinfo
    ) -> Profile:
        """``series`` (on ``window``) by wall-clock quarter on the days of the run.

        An hour that the source day lacks is read from the hour before; an hour that the run's day repeats is
        read twice.
        """
        used = set(pairs.values())
        clock = {
            day: _by_clock(series, span, zone) for day, span in series.grid.local_days(zone) if day in used
        }
        values = np.empty(len(grid))
        for day, span in grid.local_days(run_zone):
            values[span] = clock[pairs[day]][_wall(grid, span, run_zone)]
        return Profile(grid, values, series.unit)

    def spoken(self, pairs: Mapping[date, date]) -> str:
        """What was done, for the source text."""
        shown = ", ".join(f"{day} from {other}" for day, other in list(pairs.items())[:2])
        more = f", and so on for {len(pairs)} days" if len(pairs) > 2 else ""
        kind = "with the same weekday nearest in the year" if self.weekday else "nearest in the year"
        return f"days of {self.first} to {self.last} {kind}: {shown}{more}"


def _of_year(day: date) -> int:
    """Where a day lies in the year, by month and day of the month."""
    return day.replace(year=_LEAP_YEAR).timetuple().tm_yday


def _wall(grid: PtuGrid, span: slice, zone: tzinfo) -> NDArray[np.int64]:
    """Wall-clock quarters of one local day; all but clock-change days are plainly 0 to 95."""
    if span.stop - span.start == 96:
        return np.arange(96)
    return grid.window(span.start, span.stop).quarter_of_day(zone)


def _by_clock(series: Profile, span: slice, zone: tzinfo) -> NDArray[np.float64]:
    """One day's values by wall-clock quarter, the first pass of a repeated hour."""
    wall = _wall(series.grid, span, zone)
    values = np.full(96, np.nan)
    values[wall[::-1]] = series.values[span][::-1]
    for quarter in np.setdiff1d(np.arange(4, 96), wall):
        values[quarter] = values[quarter - 4]
    return values
