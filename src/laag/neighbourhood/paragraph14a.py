"""A named variant of another country: what a grid operator in Germany must always leave to steerable devices.

§14a EnWG with the decision BK6-22-300, for devices put to use since 1 January 2024, as read in a second source (status C2 in
the sense of ``settlement.tariff``): each device of more than 4.2 kW keeps 4.2 kW, or 40 % of its power where a heat pump or
cooling has more than 11 kW. Several behind one energy manager keep less each, for they do not all run at once. The Netherlands
has no such law; a charter may agree on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from laag.foundation.errors import BadInput

SOURCE = "EnWG §14a, BNetzA BK6-22-300, as quoted by the documentation of an open metering library"
STATUS = "C2"
LEAST_W = 4200
LARGE_W = 11_000
TOGETHER_PERCENT = {1: 100, 2: 80, 3: 75, 4: 70, 5: 65, 6: 60, 7: 55, 8: 50}
"""How much of 4.2 kW each further device counts for, by how many there are; from nine on 45 %."""


class Kind(StrEnum):
    """What §14a knows."""

    CHARGER = "charger"
    HEAT_PUMP = "heat_pump"
    COOLING = "cooling"
    BATTERY = "battery"


@dataclass(frozen=True, slots=True)
class Steerable:
    """A device and the most that it takes, in whole W."""

    kind: Kind
    most_w: int


def kept_w(devices: Sequence[Steerable], *, one_manager: bool) -> int:
    """The least that an order may leave these devices together; those up to 4.2 kW are not steered and not counted.

    >>> home = [Steerable(Kind.CHARGER, 11_000), Steerable(Kind.HEAT_PUMP, 6_000), Steerable(Kind.BATTERY, 5_000)]
    >>> kept_w(home, one_manager=False), kept_w(home, one_manager=True)
    (12600, 10500)
    """
    steered = [one for one in devices if one.most_w > LEAST_W]
    if any(one.most_w < 0 for one in devices):
        raise BadInput("a device that takes less than nothing is none; give its most in W, zero or more")
    if not steered:
        return 0
    if not one_manager:
        return sum(_alone_w(one) for one in steered)
    first_w = max(LEAST_W, *(_large_w(steered, kind) for kind in (Kind.HEAT_PUMP, Kind.COOLING)))
    percent = TOGETHER_PERCENT.get(len(steered), 45)
    return first_w + (len(steered) - 1) * LEAST_W * percent // 100


def _alone_w(one: Steerable) -> int:
    large = one.kind in {Kind.HEAT_PUMP, Kind.COOLING} and one.most_w > LARGE_W
    return one.most_w * 40 // 100 if large else LEAST_W


def _large_w(steered: Sequence[Steerable], kind: Kind) -> int:
    """Forty percent of all of a kind, where one of them is large."""
    powers = [one.most_w for one in steered if one.kind is kind]
    return sum(powers) * 40 // 100 if any(power > LARGE_W for power in powers) else 0
