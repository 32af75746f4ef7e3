"""Two clocks behind one port. Processes that are given the same text read the same time."""
# ruff: noqa: ASYNC110 - a wall clock rings no bell when it is set; it has to be looked at

from __future__ import annotations

import asyncio
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from laag.foundation.errors import BadInput

_LONGEST_S = 3600.0
"""A wait is cut into pieces, so that a wall clock that is set meanwhile is noticed."""
_SHAPE = (
    "60x 2026-06-01T00:00Z since 2026-11-22T08:30Z (its speed, its own time at an instant, and that instant on the wall; "
    "another speed from later on after a comma: , 600x since 2026-11-22T08:31Z)"
)


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

    Later speeds begin at instants on the wall:

    >>> hurried = clock_of(str(clock) + ", 600x since 2026-11-22T08:31Z")
    >>> hurried.at(datetime(2026, 11, 22, 8, 32, tzinfo=UTC)).isoformat()
    '2026-06-01T11:00:00+00:00'
    >>> hurried.wall(datetime(2026, 6, 1, 11, tzinfo=UTC)).isoformat()
    '2026-11-22T08:32:00+00:00'
    """

    first: float
    from_: datetime
    since: datetime
    then: tuple[tuple[float, datetime], ...] = ()
    """Other speeds, and from when on."""

    def __post_init__(self) -> None:
        for speed in (self.first, *(one for one, _ in self.then)):
            if not (math.isfinite(speed) and 0 < speed <= _FASTEST):
                raise BadInput(
                    f"a clock cannot run {speed:g} times as fast; give a number above zero and at most {_FASTEST:g}, like 60"
                )
        begins = (self.since, *(at for _, at in self.then))
        if any(later <= earlier for earlier, later in pairwise(begins)):
            raise BadInput(
                "the speeds of a clock begin one after the other; put them in the order of their time"
            )

    @property
    def speed(self) -> float:
        """How fast it runs at this instant."""
        wall = datetime.now(UTC)
        return next((speed for speed, at in reversed(self.then) if at <= wall), self.first)

    def at(self, wall: datetime) -> datetime:
        """What it says when the wall says this."""
        said = self.from_
        for (speed, begins), ends in zip(self._pieces, (*(at for _, at in self.then), None), strict=True):
            if ends is None or wall < ends:
                return said + speed * (wall - begins)
            said += speed * (ends - begins)
        raise AssertionError("the last piece has no end")

    def wall(self, at: datetime) -> datetime:
        """What the wall says when it says this."""
        said = self.from_
        for (speed, begins), ends in zip(self._pieces, (*(at for _, at in self.then), None), strict=True):
            until = begins + (at - said) / speed
            if ends is None or until < ends:
                return until
            said += speed * (ends - begins)
        raise AssertionError("the last piece has no end")

    @property
    def _pieces(self) -> tuple[tuple[float, datetime], ...]:
        return ((self.first, self.since), *self.then)

    def now(self) -> datetime:
        """This instant of its own time."""
        return self.at(datetime.now(UTC))

    async def until(self, at: datetime) -> None:
        """Wait until it is so late."""
        # By its own time, lest rounding ends the wait a microsecond early.
        while self.now() < at:
            left = (self.wall(at) - datetime.now(UTC)).total_seconds()
            await asyncio.sleep(min(max(left, 0.0), _LONGEST_S))

    def __str__(self) -> str:
        begun = f"{self.first:g}x {_written(self.from_)} since {_written(self.since)}"
        return ", ".join([begun, *(f"{speed:g}x since {_written(at)}" for speed, at in self.then)])


def clock_of(text: str) -> Wall | Faster:
    """A clock from its text: ``wall``, or as ``str`` writes a faster one; the text in which processes agree on the time."""
    if text == "wall":
        return Wall()
    whole = _FASTER.fullmatch(text.strip())
    if whole is None:
        raise BadInput(f"the clock {text!r} cannot be read; write wall, or {_SHAPE}")
    then = (_THEN.findall(whole["then"])) if whole["then"] else []
    try:
        return Faster(
            float(whole["speed"]),
            _instant(whole["from"]),
            _instant(whole["since"]),
            tuple((float(speed), _instant(at)) for speed, at in then),
        )
    except ValueError as wrong:
        raise BadInput(f"the clock {text!r} cannot be read ({wrong}); write wall, or {_SHAPE}") from wrong


def faster(speed: float, from_: datetime) -> Faster:
    """A clock that begins now."""
    return Faster(speed, from_, datetime.now(UTC))


_FASTEST = 100_000.0
_THEN = re.compile(r", *(\S+)x since ([^\s,]+)")
_FASTER = re.compile(
    r"(?P<speed>\S+)x (?P<from>\S+) since (?P<since>[^\s,]+)(?P<then>(, *\S+x since [^\s,]+)*)"
)


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text} leaves open in which zone")
    return at.astimezone(UTC)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="auto").replace("+00:00", "Z")
