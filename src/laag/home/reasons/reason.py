"""A reason: codes and numbers first, for machines; words come later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound, Code, Doing, Subject


@dataclass(frozen=True, slots=True)
class Moment:
    """A quarter-hour as a resident knows it: the clock, and how far it lies from the one that is spoken of."""

    ptu: int
    quarter: int
    """On the wall, 0 to 95."""
    days: int
    """Local midnights in between, negative for the past."""
    ptus: int
    """Quarter-hours in between, negative for the past."""
    from_today: bool = True
    """Whether who is spoken to calls the day of that other one today; else "tomorrow" would be misread."""


@dataclass(frozen=True, slots=True)
class Span:
    """The lowest and the highest of a number over several quarter-hours."""

    low: float
    high: float


Number = float | str | Moment | Span


@dataclass(frozen=True, slots=True)
class Alternative:
    """What could have been done instead with one kWh, and how much dearer that is; zero is just as good."""

    doing: Doing
    at: Moment | None
    worse_eur_per_kwh: float | Span
    """In money; negative where the household's choice for the grid or for green goes before money."""
    weighs_eur_per_kwh: float
    """The same with the weight of that choice; never negative by more than a rounding."""
    at_most_eur_per_kwh: float | Span | None = None
    """As ``worse``, had nothing else answered to it; for more than a first bit the truth lies in between. ``None``: unknown."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one setpoint is what it is. The ending of a number's name says what it counts, as on a bill."""

    subject: Subject
    name: str
    """Which machine, where there are several."""
    ptu: int
    power_kw: float
    code: Code
    rung: Rung
    bound: Bound
    source: str
    """Whose claim it is; empty where it is nobody's in particular."""
    numbers: Mapping[str, Number]
    next_best: Alternative | None
    unplanned: Alternative | None
    """What a home that does not plan would do."""
