"""What full cables leave members, as a message: who may take or give how much, when, and what was shared out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from laag.foundation.contracts import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Limits, one each: who may take (1) or give (-1) no more than so much in some quarter-hours that follow each other."""

    home: Ints
    """Rows of the day."""
    way: Ints
    first: Ints
    """From local midnight."""
    stop: Ints
    wh: Ints
    """Per quarter-hour."""
    rule: Ints
    """As ``judge_limited.RULES`` counts them."""
    point: Ints
    """Which of the points is too full."""
    wait_s: Ints
    """So long before it, and after it, this home's limit begins and ends: not all at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Bears:
    """What was shared out: what all behind a point may take or give together in a quarter-hour."""

    point: Ints
    way: Ints
    ptu: Ints
    wh: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Limited:
    """What full cables leave members on a day; of limits that hold at once the tightest counts."""

    day: date
    number: int
    """The first of a day is 0."""
    cause: str
    """``likely``: foreseen and not bought away; ``measured``: it is too full now; ``outage``: the power is coming back."""
    source: str
    """Whose word it is, as in ``home.ladder``."""
    made: datetime
    floor_wh: int
    """Nobody who takes is below it, where all floors together fit."""
    points: tuple[str, ...]
    runs: Runs
    bears: Bears
    behind_point: Ints
    """Who hangs behind which point, a pair each."""
    behind_home: Ints
