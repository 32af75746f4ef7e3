"""Numbers that know since when they are known, and refuse to be read before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Self

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import GridMismatch, LookAhead
from laag.foundation.ptu import PTU, PtuGrid
from laag.foundation.series import Profile
from laag.home.outlook import Floats

Instants = NDArray[np.datetime64]
AT_ONCE = timedelta(0)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A profile, and for each of its values the instant (UTC) from which anybody could know it."""

    profile: Profile
    known_from: Instants

    def __post_init__(self) -> None:
        if self.known_from.shape != (len(self.profile.grid),):
            raise GridMismatch(
                f"{self.known_from.shape} instants do not fit {self.profile.grid}; say of each PTU when it is known"
            )

    @classmethod
    def measured(cls, profile: Profile, delay: timedelta = AT_ONCE) -> Self:
        """Readings: each is there when its quarter-hour is over, or so much later.

        >>> from laag.foundation.series import Unit
        >>> hour = PtuGrid(datetime(2025, 1, 1, tzinfo=UTC), 4)
        >>> Known.measured(Profile(hour, [1, 2, 3, 4], Unit.KW)).at(hour[2]).tolist()
        [1.0, 2.0, nan, nan]
        """
        return cls(profile, profile.grid.instants() + np.timedelta64(PTU + delay))

    @classmethod
    def published(cls, profile: Profile, zone: tzinfo, at: time, days_before: int = 1) -> Self:
        """What is told of a whole local day at a time on the wall of an earlier one: prices at 13:00, weather at noon."""
        known_from = np.empty(len(profile.grid), "datetime64[s]")
        for day, span in profile.grid.local_days(zone):
            told = datetime.combine(day - timedelta(days=days_before), at, zone)
            known_from[span] = _instant(told)
        return cls(profile, known_from)

    @property
    def grid(self) -> PtuGrid:
        """The quarter-hours that there are values of."""
        return self.profile.grid

    def read(self, now: datetime, grid: PtuGrid) -> Profile:
        """These quarter-hours, all of them known by now; else a refusal.

        >>> from laag.foundation.series import Unit
        >>> hour = PtuGrid(datetime(2025, 1, 1, tzinfo=UTC), 4)
        >>> Known.measured(Profile.flat(hour, 1.0, Unit.KW)).read(hour[2], hour)
        Traceback (most recent call last):
        laag.foundation.errors.LookAhead: the kW of 2025-01-01T00:30Z is known from 00:45Z, and it is 00:30Z; wait, or \
read what is known with .at(now)
        """
        part = grid.within(self.grid)
        late = self.known_from[part] > _instant(now)
        if late.any():
            first = int(np.argmax(late))
            there = self.known_from[part][first].item().replace(tzinfo=UTC)
            raise LookAhead(
                f"the {self.profile.unit.value} of {grid[first]:%Y-%m-%dT%H:%MZ} is known from "
                f"{_said(there, now)}, and it is {now.astimezone(UTC):%H:%MZ}; wait, or read what is known with .at(now)"
            )
        return Profile(grid, self.profile.values[part], self.profile.unit)

    def at(self, now: datetime, grid: PtuGrid | None = None) -> Floats:
        """The values as far as they are known by now; ``nan`` where they are not."""
        part = slice(None) if grid is None else grid.within(self.grid)
        values = self.profile.values[part]
        return np.where(self.known_from[part] <= _instant(now), values, np.nan)

    def until(self, now: datetime) -> datetime:
        """The first quarter-hour, from the present one on, that is not known by now; the end where all of them are."""
        first = min(max(self.grid.index(now), 0), len(self.grid))
        late = self.known_from[first:] > _instant(now)
        return self.grid.window(first, first + int(np.argmax(late))).end if late.any() else self.grid.end


def _instant(at: datetime) -> np.datetime64:
    return np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "s")


def _said(there: datetime, now: datetime) -> str:
    """A time today, or with its day."""
    same = there.date() == now.astimezone(UTC).date()
    return f"{there:%H:%MZ}" if same else f"{there:%Y-%m-%dT%H:%MZ}"
