"""What signals and wishes claim of a home: each on one rung, for some quarter-hours, from one source.

A claim is never a command: what a higher rung needs comes first, and what a claim then misses is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from laag.home.ladder.rungs import Rung


class On(IntEnum):
    """Which power a limit is about; all are kW, zero or more."""

    IMPORT = 0
    """What the connection takes."""
    EXPORT = 1
    """What the connection gives."""
    CHARGE = 2
    """What the home battery takes."""
    DISCHARGE = 3
    """What the home battery gives."""
    CAR = 4
    """What the car takes."""
    HEAT_PUMP = 5
    """What the heat pump takes, for rooms and for water."""


class Level(IntEnum):
    """Which level a floor is about."""

    STORED = 0
    """kWh in the home battery."""
    INDOOR = 1
    """°C indoors."""
    TANK = 2
    """°C in the hot-water tank."""


@dataclass(frozen=True, slots=True)
class Limit:
    """From PTU ``first`` until ``stop`` (exclusive) at most ``max_kw``."""

    rung: Rung
    on: On
    first: int
    stop: int
    max_kw: float
    source: str
    """Whose it is and what it is called, for the record: ``dso:emergency 12`` or ``wish:no car 17-20``."""
    promised: bool = False
    """The household sold it: it holds below what is guaranteed, and below zero (at most -1 kW is at least 1 kW back)."""


@dataclass(frozen=True, slots=True)
class Floor:
    """At the end of each PTU from ``first`` until ``stop`` (exclusive) at least ``least``."""

    rung: Rung
    on: Level
    first: int
    stop: int
    least: float
    source: str


@dataclass(frozen=True, slots=True)
class SunFirst:
    """Of the home's own sun as little as possible leaves the house or is left unused."""

    rung: Rung
    first: int
    stop: int
    source: str


@dataclass(frozen=True, slots=True)
class Guarantee:
    """No limit on what the connection takes or gives goes below this, whoever sets it."""

    import_kw: float
    export_kw: float
    source: str


Claim = Limit | Floor | SunFirst | Guarantee


def shifted(claim: Claim, by: int) -> Claim:
    """The same claim, counted from a grid that starts ``-by`` PTUs later (as ``EvSession.shifted``)."""
    if isinstance(claim, Guarantee):
        return claim
    return replace(claim, first=claim.first + by, stop=claim.stop + by)
