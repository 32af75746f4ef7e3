"""What a home hears of itself every few seconds, how old it is, and what that makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from math import inf

from laag.home.devices import Device

Phases = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured power (towards the home or the device positive, the roof's as it gives) and its age."""

    kw: float
    age_s: float = 0.0


NEVER = Reading(0.0, inf)


@dataclass(frozen=True, slots=True)
class Heard:
    """The last word of everything that measures; what is not there is not among ``devices``."""

    meter: Reading
    phases_kw: Phases | None = None
    """As old as the meter's; ``None`` where it does not say."""
    devices: Mapping[Device, Reading] = field(default_factory=dict)
    car_here: bool = False
    outdoor_c: float = 10.0
    gains_kw: float = 0.3
    low_c: float = 17.0
    """The lowest temperature at which residents are at ease now."""
    neighbourhood_age_s: float = 0.0
    back_at: datetime | None = None
    """When the power last came back; ``None`` where it has been there all along."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long silence is borne, in seconds."""

    device_s: float = 60.0
    meter_s: float = 15.0
    """A meter says something every second (DSMR 5) or every ten (DSMR 4): up to here it is simply live."""
    hold_s: float = 60.0
    """So long a silent meter changes nothing."""
    neighbourhood_s: float = 3 * 3600.0
    plan_s: float = 36 * 3600.0
    """A plan made this long ago is no plan any more."""


class Sight(IntEnum):
    """What can be gone by at the connection."""

    LIVE = 0
    HOLDING = 1
    BLIND = 2


def sight(meter: Reading, patience: Patience) -> Sight:
    """Live, silent for seconds, or silent for so long that estimates take its place.

    >>> [sight(Reading(1.0, age), Patience()).name for age in (2.0, 30.0, 3600.0)]
    ['LIVE', 'HOLDING', 'BLIND']
    """
    if meter.kw == meter.kw and meter.age_s <= patience.meter_s:
        return Sight.LIVE
    return Sight.HOLDING if meter.age_s <= patience.hold_s else Sight.BLIND
