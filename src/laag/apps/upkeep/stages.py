"""A new version at a share of the homes first, and no further where they are heard less than the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from laag.cycle.live import Live
from laag.foundation.ptu import PTU, PtuGrid
from laag.foundation.words import Said

SETTLING = timedelta(hours=1)
"""So long a reading may be on its way before its silence counts."""
TOLERATED = 0.05
"""One quarter-hour in twenty, compared with the others: a router that restarts is no fault of a version."""


def turn_percent(member: str, version: str) -> float:
    """When a home's turn is, from 0 to 100: the same on every machine, and another order for every version.

    >>> round(turn_percent("m-7f3k2a", "0.2.0"), 1), round(turn_percent("m-7f3k2a", "0.3.0"), 1)
    (24.6, 0.1)
    """
    name = hashlib.sha256(f"{version}\n{member}".encode()).digest()
    return int.from_bytes(name[:8], "big") / 2**64 * 100


def first(members: Iterable[str], version: str, percent: float) -> tuple[str, ...]:
    """Whose turn it is when so many per cent may; who was in a smaller share is in a larger one."""
    return tuple(sorted(one for one in members if turn_percent(one, version) < percent))


def heard_share(state: Live, members: Iterable[str], since: datetime, until: datetime) -> float | None:
    """Which share of their quarter-hours was measured; ``None`` where they had none."""
    place = state.neighbourhood
    heard = total = 0
    wanted = tuple(members)
    for day in state.days:
        grid = place.grid(day)
        ours = _within(grid, since, until)
        for member in wanted:
            if ours.any() and state.takes_part(member, day):
                flags = state.day(day).measured.get(member)
                total += int(ours.sum())
                heard += 0 if flags is None else int((flags & ours).sum())
    return heard / total if total else None


def _within(grid: PtuGrid, since: datetime, until: datetime) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    starts = [grid.start + at * PTU for at in range(len(grid))]
    return np.array([since <= start and start + PTU <= until for start in starts], np.bool_)


@dataclass(frozen=True, slots=True)
class Health:
    """What was heard of the homes whose turn it was and of the others, before and after."""

    theirs: tuple[float | None, float | None]
    others: tuple[float | None, float | None]

    @property
    def fell_by(self) -> float:
        """How much more of theirs is missing than before, beyond what is missing of the others.

        >>> round(Health((1.0, 0.80), (1.0, 0.95)).fell_by, 2)
        0.15
        """
        return max(0.0, _lost(self.theirs) - max(0.0, _lost(self.others)))

    def stop(self) -> Said | None:
        """Why to go no further; ``None`` where nothing speaks against it."""
        if self.theirs[1] is None:
            return Said(
                "van de huizen met de nieuwe versie is nog geen kwartier verwacht; wacht nog even",
                "no quarter-hour is expected yet of the homes with the new version; wait a little",
            )
        if self.fell_by <= TOLERATED:
            return None
        percent = f"{100 * self.fell_by:.0f}"
        return Said(
            f"van de huizen met de nieuwe versie ontbreekt {percent} % meer dan voorheen en dan bij de andere; "
            "zet ze terug op de vorige versie, en ga niet verder",
            f"of the homes with the new version {percent} % more is missing than before and than of the others; "
            "put them back on the version before, and go no further",
        )


def _lost(shares: tuple[float | None, float | None]) -> float:
    before, after = shares
    return 0.0 if before is None or after is None else before - after


def health(state: Live, staged: Iterable[str], switched: datetime, now: datetime) -> Health:
    """Compare as long before the switch as there is after it."""
    theirs = frozenset(staged)
    others = frozenset(state.members) - theirs
    until = now - SETTLING
    length = max(timedelta(0), until - switched)

    def shares(members: frozenset[str]) -> tuple[float | None, float | None]:
        return (
            heard_share(state, members, switched - length, switched),
            heard_share(state, members, switched, until),
        )

    return Health(shares(theirs), shares(others))
