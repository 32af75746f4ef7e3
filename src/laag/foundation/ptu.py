"""Quarter-hours: the clock of market, grid and bill.

A PTU (USEF: programme time unit; IEC 62325: a point with resolution PT15M) is a quarter of an hour in UTC. The
zone matters only to cut local days, which have 92, 96 or 100 of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Self
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput, GridMismatch

PTU = timedelta(minutes=15)
PTU_HOURS = 0.25
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class PtuGrid:
    """``count`` consecutive quarter-hours from ``start`` (UTC), each half-open.

    >>> len(PtuGrid.day(date(2025, 10, 26), AMSTERDAM))
    100
    """

    start: datetime
    count: int

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.start.utcoffset() != timedelta(0):
            raise BadInput(f"a grid starts at an instant in UTC, not at {self.start}; use .astimezone(UTC)")
        if self.start.minute % 15 or self.start.second or self.start.microsecond:
            raise BadInput(f"a grid starts on a quarter-hour, not at {self.start:%H:%M:%S}")
        if self.count < 0:
            raise BadInput(f"a grid cannot hold {self.count} quarter-hours")

    @classmethod
    def day(cls, day: date, zone: tzinfo) -> Self:
        """One local calendar day: 92 PTUs when the clock goes forward, 100 when it goes back, else 96."""
        return cls.days(day, 1, zone)

    @classmethod
    def days(cls, first: date, count: int, zone: tzinfo) -> Self:
        """``count`` local calendar days from midnight to midnight.

        >>> len(PtuGrid.days(date(2025, 1, 1), 365, AMSTERDAM))
        35040
        """
        return cls.between(midnight(first, zone), midnight(first + timedelta(days=count), zone))

    @classmethod
    def between(cls, start: datetime, end: datetime) -> Self:
        """From one instant up to, not including, another."""
        return cls(start.astimezone(UTC), round((end - start) / PTU))

    @property
    def end(self) -> datetime:
        """The first instant after the last PTU."""
        return self.start + self.count * PTU

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[datetime]:
        return (self.start + i * PTU for i in range(self.count))

    def __getitem__(self, i: int) -> datetime:
        """The instant at which PTU ``i`` starts.

        >>> PtuGrid.day(date(2025, 1, 1), AMSTERDAM)[4].isoformat()
        '2025-01-01T00:00:00+00:00'
        """
        if not -self.count <= i < self.count:
            raise IndexError(i)
        return self.start + (i % self.count) * PTU

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    def index(self, instant: datetime) -> int:
        """Which PTU holds this instant; may lie outside the grid (negative, or at least ``len``)."""
        return (instant - self.start) // PTU

    def window(self, start: int, stop: int) -> PtuGrid:
        """PTUs ``start`` to ``stop`` of this grid, counted from its start; may reach outside it."""
        return PtuGrid(self.start + start * PTU, max(stop - start, 0))

    def since(self, instant: datetime) -> PtuGrid:
        """What is left of this grid from the PTU that holds ``instant`` on."""
        return self.window(min(max(self.index(instant), 0), self.count), self.count)

    def within(self, other: PtuGrid) -> slice:
        """Where this grid lies inside another."""
        at = other.index(self.start)
        if at < 0 or at + self.count > other.count:
            raise GridMismatch(f"{self} is not inside {other}; load or cut a longer series first")
        return slice(at, at + self.count)

    def instants(self) -> NDArray[np.datetime64]:
        """The starts as numpy instants in UTC, shape ``(count,)``, to the second."""
        first = np.datetime64(self.start.replace(tzinfo=None), "s")
        return first + np.arange(self.count) * np.timedelta64(900, "s")

    def local(self, zone: tzinfo) -> list[datetime]:
        """The starts as local times, for a person to read."""
        return [t.astimezone(zone) for t in self]

    def local_days(self, zone: tzinfo) -> list[tuple[date, slice]]:
        """The local days in this grid and where each lies; the first and last may be cut.

        >>> days = PtuGrid.days(date(2025, 3, 29), 2, AMSTERDAM).local_days(AMSTERDAM)
        >>> [(str(d), s.stop - s.start) for d, s in days]
        [('2025-03-29', 96), ('2025-03-30', 92)]
        """
        days: list[tuple[date, slice]] = []
        at = 0
        while at < self.count:
            today = self[at].astimezone(zone).date()
            stop = min(self.index(midnight(today + timedelta(days=1), zone)), self.count)
            days.append((today, slice(at, stop)))
            at = stop
        return days

    def quarter_of_day(self, zone: tzinfo) -> NDArray[np.int64]:
        """Local wall-clock quarter (0 is 00:00, 95 is 23:45) of each PTU, shape ``(count,)``."""
        quarter = np.empty(self.count, np.int64)
        for _, span in self.local_days(zone):
            for i in range(span.start, span.stop):
                wall = self[i].astimezone(zone)
                quarter[i] = wall.hour * 4 + wall.minute // 15
        return quarter

    def __str__(self) -> str:
        return f"{self.count} PTUs from {self.start:%Y-%m-%dT%H:%MZ}"


def midnight(day: date, zone: tzinfo) -> datetime:
    """The instant (UTC) at which a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
