"""What a device is told, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from laag.home.devices import Device


class Why(StrEnum):
    """What decided an instruction last; each has a sentence in both languages."""

    PLAN = "plan"
    SIMPLE = "simple"
    """No plan, or one that is too old."""
    ABSORBS = "absorbs"
    READY = "ready"
    """The car would otherwise not be ready."""
    COMFORT = "comfort"
    WAITS = "waits"
    """For its turn, so that a street does not move at once."""
    WAITS_LIMIT = "waits_limit"
    """For its turn to go into a limit, or out of one."""
    SLOWLY = "slowly"
    """No home moves faster than so much a minute."""
    CALM = "calm"
    """What is wanted turned around too often within the hour."""
    RETURNS = "returns"
    """The power came back; each device at its own moment."""
    RAMP = "ramp"
    STEADY = "steady"
    """What is wanted differs too little, or was changed too lately."""
    FUSE = "fuse"
    PHASE = "phase"
    LIMIT = "limit"
    """Somebody claims one."""
    PROMISED = "promised"
    """The home sold it to the grid operator."""
    AMPERES = "amperes"
    SILENT_DEVICE = "silent_device"
    SILENT_METER = "silent_meter"
    """For seconds: nothing changes."""
    BLIND = "blind"
    """The meter is silent for longer: estimates, and lower limits."""
    STARTS = "starts"
    """A programme."""


@dataclass(frozen=True, slots=True)
class Because:
    """A reason and its numbers; the ending of a number's name says what it counts."""

    why: Why
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Instruction:
    """A device takes (or, below zero, gives) this much from now on. Of the roof it is the most that it gives."""

    device: Device
    power_kw: float
    because: Because
    which: str = ""
    """Which machine, where a home has several."""
