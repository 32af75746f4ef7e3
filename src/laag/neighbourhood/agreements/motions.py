"""What is said about agreements: plain values, told by homes, by jurors and by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from laag.neighbourhood.agreements.watch import Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """What the device of an agreement took in its window of a day; one number, from a home that said yes to telling."""

    member: str
    agreement: str
    day: date
    wh: int
    because: str = ""
    """The rung that needed it, as the ladder calls it; empty where nothing did."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The clock: how the window of a day went for everybody, by what was told and metered by then."""

    agreement: str
    day: date
    today: date
    found: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Appealed:
    """A member does not agree with what was found."""

    member: str
    agreement: str
    day: date
    text: str
    today: date


@dataclass(frozen=True, slots=True)
class Voiced:
    """What a neighbour who was drawn by lot thinks of an appeal; the newest word of each counts."""

    juror: str
    member: str
    agreement: str
    day: date
    grants: bool
    today: date


@dataclass(frozen=True, slots=True)
class Ruled:
    """The clock: the time for an appeal is over."""

    member: str
    agreement: str
    day: date
    today: date


Motion = Told | Looked | Appealed | Voiced | Ruled
