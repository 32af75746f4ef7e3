"""Other days read as the days of the run: a home measured in 2016 under the prices of 2025."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

import numpy as np

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile

_YEAR_DAYS = 365.2425


@dataclass(frozen=True, slots=True)
class DayMap:
    """Each day of the run is read from the day of ``first`` to ``last`` that has its weekday and is nearest in the
    year; of two as near, the earlier. A day with none within ``within_days`` is refused.

    >>> DayMap(date(2016, 8, 1), date(2017, 7, 31)).source(date(2025, 6, 2))
    datetime.date(2017, 6, 5)
    """

    first: date
    last: date
    within_days: int = 31

    def source(self, day: date) -> date:
        """The day that is read as this one."""
        ahead = (day.weekday() - self.first.weekday()) % 7
        span = (self.last - self.first).days
        candidates = [self.first + timedelta(days=n) for n in range(ahead, span + 1, 7)]
        best = min(candidates, key=lambda other: (_apart(day, other), other), default=None)
        if best is None or _apart(day, best) > self.within_days:
            raise BadInput(
                f"no day of {self.first} to {self.last} has the weekday of {day} within {self.within_days} days of "
                "the year; run other days, or raise map_days.within_days"
            )
        return best

    def window(self, zone: tzinfo) -> PtuGrid:
        """All days that may be read."""
        return PtuGrid.days(self.first, (self.last - self.first).days + 1, zone)

    def needed(self, grid: PtuGrid, run_zone: tzinfo) -> list[tuple[date, date]]:
        """Each local day of the run with the day it is read from."""
        return [(day, self.source(day)) for day, _ in grid.local_days(run_zone)]

    def onto(self, series: Profile, grid: PtuGrid, zone: tzinfo, run_zone: tzinfo) -> Profile:
        """``series`` (on ``window``) by wall-clock quarter on the days of the run.

        An hour that the source day lacks is read from the hour before; an hour that the run's day repeats is
        read twice.
        """
        clock = {day: _by_clock(series, span, zone) for day, span in series.grid.local_days(zone)}
        wall = grid.quarter_of_day(run_zone)
        values = np.empty(len(grid))
        for day, span in grid.local_days(run_zone):
            values[span] = clock[self.source(day)][wall[span]]
        return Profile(grid, values, series.unit)

    def spoken(self, grid: PtuGrid, run_zone: tzinfo) -> str:
        """What was done, for the source text."""
        pairs = self.needed(grid, run_zone)
        shown = ", ".join(f"{day} from {other}" for day, other in pairs[:2])
        more = f", and so on for {len(pairs)} days" if len(pairs) > 2 else ""
        return f"days of {self.first} to {self.last} with the same weekday nearest in the year: {shown}{more}"


def _apart(day: date, other: date) -> float:
    """Days between two dates within the year, whatever the year."""
    apart = abs(day.toordinal() - other.toordinal()) % _YEAR_DAYS
    return min(apart, _YEAR_DAYS - apart)


def _by_clock(series: Profile, span: slice, zone: tzinfo) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    day = series.grid.window(span.start, span.stop)
    values = np.full(96, np.nan)
    wall = day.quarter_of_day(zone)
    values[wall[::-1]] = series.values[span][::-1]
    for quarter in range(4, 96):
        if quarter not in wall:
            values[quarter] = values[quarter - 4]
    return values
