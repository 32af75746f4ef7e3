"""What is said about agreements between neighbours, as messages; two of them are the motions of ``neighbourhood.agreements``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from laag.neighbourhood.agreements import Appealed, Ruled, Voiced


@dataclass(frozen=True, slots=True)
class Expected:
    """How cold a day is expected to be on average; told before its gate closes, and not changed after."""

    day: date
    tenths_c: int
    source: str


@dataclass(frozen=True, slots=True)
class Took:
    """What the device of an agreement took in its window of a day: one number, told by a home that said yes to telling."""

    member: str
    day: date
    number: int
    """Rises with everything that this member sends."""
    agreement: str
    wh: int
    because: str = ""
    """The rung that needed it; empty where nothing did."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The clock: how the window of a day went for everybody, by what was told and metered by then."""

    day: date
    agreement: str
    today: date


AgreementMessage = Expected | Took | Weighed | Appealed | Voiced | Ruled

__all__ = ["AgreementMessage", "Appealed", "Expected", "Ruled", "Took", "Voiced", "Weighed"]
