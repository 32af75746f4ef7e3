"""The clock of a home file: its quarter-hours, and its series and moments on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU, PtuGrid
from laag.home.outlook import Floats

MOST_HOURS = 14 * 24


@dataclass(frozen=True, slots=True)
class Times:
    """The quarter-hours of a plan and the clock on the wall."""

    grid: PtuGrid
    zone: ZoneInfo

    def instant(self, moment: datetime) -> datetime:
        """UTC, by the wall's zone where the moment names none."""
        return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)

    def first(self, moment: datetime | None) -> int:
        """The first PTU that lies wholly after a moment; may lie outside the grid."""
        return 0 if moment is None else -((self.grid.start - self.instant(moment)) // PTU)

    def stop(self, moment: datetime | None) -> int:
        """The PTU that holds a moment: what must be over by then ends before it."""
        return len(self.grid) if moment is None else self.grid.index(self.instant(moment))

    def spread(self, series: tuple[float, ...], where: str) -> Floats:
        """One number per PTU: given so, or one per hour from the start on, or one for all."""
        count = len(self.grid)
        if len(series) == count:
            return np.array(series)
        if len(series) == 1:
            return np.full(count, series[0])
        hours = -(-count // 4)
        if len(series) == hours:
            return np.repeat(np.array(series), 4)[:count]
        raise BadInput(
            f"{where} has {len(series)} numbers; give {count} (quarter-hours), {hours} (hours) or one for all, "
            "with null for what is not known yet"
        )


def times_of(start: datetime, hours: float | None, zone: ZoneInfo) -> Times:
    """The quarter-hours that a file is about; until the same time on the wall tomorrow, unless told.

    >>> len(times_of(datetime(2026, 3, 28, 12), None, ZoneInfo("Europe/Amsterdam")).grid)
    92
    """
    local = start if start.tzinfo else start.replace(tzinfo=zone)
    begins = local.astimezone(UTC)
    if begins.minute % 15 or begins.second or begins.microsecond:
        raise BadInput(f"start is {start.isoformat()}; give a time on a quarter-hour, such as 18:15")
    if hours is None:
        wall = local.astimezone(zone)
        ends = (wall.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)
        return Times(PtuGrid.between(begins, ends.astimezone(UTC)), zone)
    if not 0 < hours <= MOST_HOURS or (hours * 4) % 1:
        raise BadInput(
            f"hours is {hours:g}; give a length in whole quarter-hours (0.25, 24, 48) of at most {MOST_HOURS} hours"
        )
    return Times(PtuGrid(begins, round(hours * 4)), zone)
