"""What the devices could do if nothing else mattered: the warmest house, the fullest battery, the hottest tank.

A wish beyond reach is asked for up to reach. A program then misses nothing that could be had, and only a true conflict
between wishes makes it weigh one against the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.home.devices import Battery, Tank
from laag.home.house import HomeState, House
from laag.home.outlook import Floats, Outlook

DAY_PTUS = 96
FULL = float("inf")


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """The highest level at the end of each PTU; ``drifting_c`` is indoors without any heating."""

    stored_kwh: Floats
    indoor_c: Floats
    drifting_c: Floats
    tank_c: Floats
    tank_drifting_c: Floats
    legionella_c: Floats
    """What the tank must reach against legionella, in the PTU chosen for it; ``-inf`` elsewhere."""


def reach(house: House, state: HomeState, outlook: Outlook, hours: float) -> Reach:
    """Run every device at full power, each by itself, and once not at all."""
    count = len(outlook.grid)
    stored = indoor = drifting = tank = cooling = np.full(count, FULL)
    legionella = np.full(count, -FULL)
    if house.battery is not None:
        stored = _fullest(house.battery, state.stored_kwh, count, hours)
    if house.building is not None:
        kept, gain = house.building.retention, house.building.kelvin_per_kw
        passive = (1.0 - kept) * outlook.outdoor_c + gain * outlook.heat_gain_kw
        drifting = decaying(state.indoor_c, kept, passive)
        indoor = decaying(state.indoor_c, kept, passive + gain * _most_heat_kw(house, outlook))
    if house.tank is not None:
        kept, gain = tank_pace(house.tank, hours)
        drawn = np.zeros(count) if outlook.hot_water_kw is None else outlook.hot_water_kw
        passive = (1.0 - kept) * house.tank.room_c - gain * drawn
        cooling = decaying(state.tank_c, kept, passive)
        most = np.full(count, house.tank.element_max_kw)
        if house.heat_pump is not None:
            most += house.heat_pump.power_max_kw * house.heat_pump.cop(
                outlook.outdoor_c, water_flow_c(house.tank)
            )
        tank = decaying(state.tank_c, kept, passive + gain * most)
        legionella = _legionella_c(house.tank, state, outlook)
    return Reach(stored, indoor, drifting, tank, cooling, legionella)


def decaying(level: float, kept: float, drive: Floats) -> Floats:
    """A level that keeps a share of itself each PTU and gets ``drive`` on top."""
    after = drive.tolist()
    for i, more in enumerate(after):
        level = kept * level + more
        after[i] = level
    return np.array(after)


def tank_pace(tank: Tank, hours: float) -> tuple[float, float]:
    """Which share of the tank's warmth above the room is left after one PTU, and the kelvin that each kW adds."""
    lost = hours * tank.loss_kw_per_k / tank.kwh_per_k
    kept = float(np.exp(-lost))
    return kept, hours / tank.kwh_per_k if lost < 1e-9 else float(-np.expm1(-lost)) / tank.loss_kw_per_k


def water_flow_c(tank: Tank) -> float:
    """The flow at which a plan reckons the heat pump's COP for water: the middle of what it heats, and 5 K to spare."""
    return (tank.low_c + tank.pump_max_c) / 2 + 5.0


def _most_heat_kw(house: House, outlook: Outlook) -> Floats:
    heat = np.zeros(len(outlook.grid))
    if house.heat_pump is not None:
        heat += house.heat_pump.power_max_kw * house.heat_pump.cop(outlook.outdoor_c)
    if house.boiler is not None:
        heat += house.boiler.heat_max_kw
    return heat


def _fullest(battery: Battery, stored_kwh: float, count: int, hours: float) -> Floats:
    if battery.charge_taper_from >= 1:
        most = stored_kwh + np.arange(1, count + 1) * (
            battery.charge_max_kw * battery.charge_efficiency * hours
        )
        return np.asarray(np.minimum(most, battery.capacity_kwh))
    levels = []
    for _ in range(count):
        stored_kwh = min(battery.after(stored_kwh, battery.takes_kw(stored_kwh), hours), battery.capacity_kwh)
        levels.append(stored_kwh)
    return np.array(levels)


def _legionella_c(tank: Tank, state: HomeState, outlook: Outlook) -> Floats:
    """In the last day before it is due, at the end of the sunniest hour: the tank must have been hot.

    Not the cheapest hour: no price may move what is asked for safety.
    """
    count = len(outlook.grid)
    asked = np.full(count, -FULL)
    due = tank.legionella_days * DAY_PTUS - state.hot_ago_ptus
    if tank.legionella_days <= 0 or due >= count:
        return asked
    soonest = max(
        int(np.ceil((tank.legionella_c - state.tank_c) * tank.kwh_per_k * 4 / max(tank.element_max_kw, 0.1))),
        0,
    )
    last = min(max(due, soonest), count - 1)
    first = min(max(due - DAY_PTUS, soonest), last)
    spare = outlook.pv_kw - outlook.load_kw if (outlook.pv_kw > 0).any() else outlook.outdoor_c
    hour = np.convolve(spare, np.full(4, 0.25))[:count]
    asked[first + int(np.argmax(hour[first : last + 1]))] = tank.legionella_c
    return asked
