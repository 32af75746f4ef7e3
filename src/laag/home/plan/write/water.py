"""Hot water in its tank."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.ladder import Level
from laag.home.plan.draft import Draft
from laag.home.plan.reach import tank_pace, water_flow_c
from laag.home.plan.tiers import down_from


def water(draft: Draft) -> None:
    """The heat pump warms the tank as far as it can, the element beyond; what it is drawn below its floor is missed."""
    at, asked, tank = draft.at, draft.asked, draft.asked.house.tank
    if tank is None:
        return
    kept, gain = tank_pace(tank, PTU_HOURS)
    drawn = np.zeros(asked.count) if asked.outlook.hot_water_kw is None else asked.outlook.hot_water_kw
    level, *dips = at.tank
    floor, pieces = down_from(asked.floors(Level.TANK), -np.inf)
    draft.lower[level] = floor
    draft.upper[level] = np.maximum(tank.high_c, asked.reach.tank_drifting_c)
    draft.segments(dips, pieces)
    draft.cost[level.stop - 1] = -asked.settings.water_at_end_eur_per_k(asked.house, tank, asked.outlook)
    draft.upper[at.element] = tank.element_max_kw
    draft.flow([at.element], "water")
    draft.put(at.element, at.water, -gain)
    draft.right[at.water] = (1.0 - kept) * tank.room_c - gain * drawn
    draft.right[at.water.start] += kept * asked.state.tank_c
    for part, sign in [(level, 1.0), *((dip, -1.0) for dip in dips)]:
        draft.put(part, at.water, sign)
        draft.put(slice(part.start, part.stop - 1), slice(at.water.start + 1, at.water.stop), -sign * kept)
    _beyond_the_pump(draft, kept, gain)
    pump = asked.house.heat_pump
    if at.shape.pump and pump is not None:
        draft.put(at.water_pump, at.water, -gain * pump.cop(asked.outlook.outdoor_c, water_flow_c(tank)))
        draft.upper[at.water_pump] = draft.upper[at.pump_room] = pump.power_max_kw
        draft.put(at.water_pump, at.pump_shared, -1.0)
        draft.put(at.pump_room, at.pump_shared, -1.0)
        for block in at.pump:
            draft.put(block, at.pump_shared, 1.0)


def _beyond_the_pump(draft: Draft, kept: float, gain: float) -> None:
    """What the tank is above the pump's reach came from the element, and leaks away: ``tank <= reach + overheat``."""
    at, asked, tank = draft.at, draft.asked, draft.asked.house.tank
    assert tank is not None
    draft.upper[at.overheat] = max(tank.high_c - tank.pump_max_c, 0.0) + max(
        asked.state.tank_c - tank.high_c, 0.0
    )
    draft.upper[at.overheat_room] = np.inf
    # overheat <= kept x overheat before + what the element adds
    draft.right[at.overheated.start] = kept * max(asked.state.tank_c - tank.pump_max_c, 0.0)
    draft.put(at.overheat, at.overheated, 1.0)
    draft.put(
        slice(at.overheat.start, at.overheat.stop - 1),
        slice(at.overheated.start + 1, at.overheated.stop),
        -kept,
    )
    draft.put(at.element, at.overheated, -gain)
    draft.put(at.overheat_room, at.overheated, 1.0)
    # tank = pump's reach + overheat - how much cooler it is
    draft.upper[at.cooler] = np.inf
    draft.right[at.pump_reach] = tank.pump_max_c
    level, *dips = at.tank
    for part, sign in [(level, 1.0), *((dip, -1.0) for dip in dips), (at.overheat, -1.0), (at.cooler, 1.0)]:
        draft.put(part, at.pump_reach, sign)
