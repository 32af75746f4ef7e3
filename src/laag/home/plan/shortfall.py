"""What a plan or a day could not meet: a value with a sentence, never an exception."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import EvSession
from laag.home.house import House
from laag.home.ladder import Rung
from laag.home.outlook import Floats, Gap, Outlook

_WORTH_SAYING = 1e-3


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One thing that could not be met, by how much, from which PTU of the grid on, and why.

    ``kind`` is ``ev``, ``too_cold``, ``too_warm``, ``connection``, ``state``, ``forecast`` or ``solver``.
    """

    kind: str
    amount: float
    unit: str
    ptu: int
    why: str
    rung: Rung | None = None
    """The rung of what was wished for."""
    decided_by: Rung | None = None
    """The rung above it that took what it lacks; ``None``: nothing could give it."""


def from_gaps(gaps: tuple[Gap, ...]) -> tuple[Shortfall, ...]:
    """What was missing from the outlook."""
    return tuple(
        Shortfall(
            "forecast", gap.ptus, "PTU", gap.first, f"{gap.series} is not known; taken as {gap.stand_in}"
        )
        for gap in gaps
    )


def from_state(said: tuple[str, ...]) -> tuple[Shortfall, ...]:
    """What a device said about itself that cannot be."""
    return tuple(Shortfall("state", 1.0, "reading", 0, sentence) for sentence in said)


def of_stay(stay: EvSession, left_with_kwh: float, ptu: int) -> Shortfall | None:
    """What the car lacked when it left; ``None`` when it had enough."""
    lacking = stay.wanted_kwh - left_with_kwh
    if not lacking > _WORTH_SAYING:
        return None
    return Shortfall(
        "ev",
        lacking,
        "kWh",
        ptu,
        f"the car leaves with {left_with_kwh:.1f} of the {stay.wanted_kwh:.1f} kWh it should have",
    )


def from_plan(
    house: House,
    outlook: Outlook,
    stays: tuple[EvSession, ...],
    connection_kw: Floats,
    ev_stored_kwh: Floats,
    indoor_c: Floats,
) -> tuple[Shortfall, ...]:
    """What a plan leaves unmet: the car, comfort, the connection."""
    found: list[Shortfall | None] = []
    for stay in stays:
        if stay.departs <= len(outlook.grid):
            found.append(of_stay(stay, float(ev_stored_kwh[stay.departs - 1]), stay.departs - 1))
        elif house.charger is not None:
            later = (
                house.charger.max_kw
                * house.charger.efficiency
                * PTU_HOURS
                * (stay.departs - len(outlook.grid))
            )
            found.append(of_stay(stay, float(ev_stored_kwh[-1]) + later, len(outlook.grid) - 1))
    low = house.comfort.low_c(outlook.quarter)
    if house.heat_pump is not None and house.building is not None:
        found.append(
            _sum("too_cold", low - indoor_c, "K.h", "the heat pump cannot keep the house warm enough")
        )
        high = np.maximum(low, house.comfort.high_c)
        found.append(
            _sum("too_warm", indoor_c - high, "K.h", "sun and people warm the house more than it loses")
        )
    beyond = np.maximum(connection_kw - house.import_max_kw, -connection_kw - house.export_max_kw)
    found.append(
        _sum("connection", beyond, "kWh", "what the home cannot shift is more than its connection carries")
    )
    return tuple(one for one in found if one is not None)


def _sum(kind: str, excess: Floats, unit: str, why: str) -> Shortfall | None:
    amount = float(np.maximum(excess, 0.0).sum()) * PTU_HOURS
    if amount <= _WORTH_SAYING:
        return None
    return Shortfall(kind, amount, unit, int(np.argmax(excess > _WORTH_SAYING)), why)
