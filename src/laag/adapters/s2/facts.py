"""What a session learns of a device: values, in their units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Known:
    """Who speaks."""

    resource: str
    name: str


@dataclass(frozen=True, slots=True)
class Power:
    """What it takes over all phases, in W; below zero it gives."""

    watts: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Level:
    """How full its storage is, in a unit that only its label names."""

    level: float
    label: str


@dataclass(frozen=True, slots=True)
class Target:
    """The fullest that it has to be, and from when on."""

    level: float
    at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Steerable:
    """It told, or took back, what can be done with it."""

    so: bool


@dataclass(frozen=True, slots=True)
class Received:
    """Our message was taken, or not, and why not."""

    message: str
    taken: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Odd:
    """Something for the operator."""

    what: str
    repair: str | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """This session is over; close the connection."""

    why: str


Fact = Known | Power | Level | Target | Steerable | Received | Odd | Ended
