"""Two clocks behind one port. Processes that are given the same text read the same time."""
# ruff: noqa: ASYNC110 - a wall clock rings no bell when it is set; it has to be looked at

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass
from datetime import UTC, datetime

from laag.foundation.errors import BadInput

_LONGEST_S = 3600.0
"""A wait is cut into pieces, so that a wall clock that is set meanwhile is noticed."""
_SHAPE = "60x 2026-06-01T00:00Z since 2026-11-22T08:30Z (its speed, its own time at an instant, and that instant on the wall)"


@dataclass(frozen=True, slots=True)
class Wall:
    """The machine's own clock.

    >>> str(Wall())
    'wall'
    """

    @property
    def speed(self) -> float:
        """A second a second."""
        return 1.0

    def now(self) -> datetime:
        """This instant, in UTC."""
        return datetime.now(UTC)

    async def until(self, at: datetime) -> None:
        """Wait until it is so late."""
        while (left := (at - self.now()).total_seconds()) > 0:
            await asyncio.sleep(min(left, _LONGEST_S))

    def __str__(self) -> str:
        return "wall"


@dataclass(frozen=True, slots=True)
class Faster:
    """A clock that said ``from_`` when the wall said ``since``, and runs ``speed`` times as fast.

    >>> clock = Faster(60, datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 11, 22, 8, 30, tzinfo=UTC))
    >>> str(clock), clock_of(str(clock)) == clock
    ('60x 2026-06-01T00:00:00Z since 2026-11-22T08:30:00Z', True)
    >>> clock.at(datetime(2026, 11, 22, 8, 31, tzinfo=UTC)).isoformat()
    '2026-06-01T01:00:00+00:00'
    """

    speed: float
    from_: datetime
    since: datetime

    def __post_init__(self) -> None:
        if not (math.isfinite(self.speed) and self.speed > 0):
            raise BadInput(
                f"a clock cannot run {self.speed} times as fast; give a number above zero, like 60"
            )

    def at(self, wall: datetime) -> datetime:
        """What it says when the wall says this."""
        return self.from_ + self.speed * (wall - self.since)

    def now(self) -> datetime:
        """This instant of its own time."""
        return self.at(datetime.now(UTC))

    async def until(self, at: datetime) -> None:
        """Wait until it is so late."""
        while (left := (at - self.now()).total_seconds() / self.speed) > 0:
            await asyncio.sleep(min(left, _LONGEST_S))

    def __str__(self) -> str:
        def written(at: datetime) -> str:
            return at.astimezone(UTC).isoformat(timespec="auto").replace("+00:00", "Z")

        return f"{self.speed:g}x {written(self.from_)} since {written(self.since)}"


def clock_of(text: str) -> Wall | Faster:
    """A clock from its text: ``wall``, or as ``str`` writes a faster one; the text in which processes agree on the time."""
    if text == "wall":
        return Wall()
    words = text.split()
    if len(words) != 4 or words[2] != "since" or not words[0].endswith("x"):
        raise BadInput(f"the clock {text!r} cannot be read; write wall, or {_SHAPE}")
    try:
        speed, instants = float(words[0][:-1]), [datetime.fromisoformat(words[at]) for at in (1, 3)]
    except ValueError as wrong:
        raise BadInput(f"the clock {text!r} cannot be read ({wrong}); write wall, or {_SHAPE}") from wrong
    if any(one.tzinfo is None for one in instants):
        raise BadInput(f"the clock {text!r} leaves open in which zone; write wall, or {_SHAPE}")
    if speed > _FASTEST:
        raise BadInput(
            f"a clock {speed:g} times as fast leaves no time for anything; give at most {_FASTEST:g}"
        )
    return Faster(speed, *(one.astimezone(UTC) for one in instants))


def faster(speed: float, from_: datetime) -> Faster:
    """A clock that begins now."""
    return Faster(speed, from_, datetime.now(UTC))


_FASTEST = 100_000.0
