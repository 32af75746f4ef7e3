"""The house kept warm, by heat pump and boiler."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.ladder import Level, On, Rung
from laag.home.plan.draft import Draft
from laag.home.plan.tiers import down_from, up_to


def warmth(draft: Draft) -> None:
    """Indoors stays within comfort where the devices can keep it so; below a floor or too hot is missed by its rung."""
    at, asked = draft.at, draft.asked
    house, outlook, building = asked.house, asked.outlook, asked.house.building
    if building is None or not asked.heats:
        return
    kept, gain = building.retention, building.kelvin_per_kw
    base, *dips = at.warm
    floor, pieces = down_from(asked.floors(Level.INDOOR), -np.inf)
    draft.lower[base] = floor
    draft.upper[base] = asked.ceiling_c
    draft.segments(dips, pieces)
    draft.upper[at.hot] = np.inf
    draft.misses(Rung.COMFORT, at.hot, PTU_HOURS)
    _worth_at_the_end(draft)
    draft.right[at.heat] = (1.0 - kept) * outlook.outdoor_c + gain * outlook.heat_gain_kw
    draft.right[at.heat.start] += kept * asked.state.indoor_c
    for part, sign in [(base, 1.0), *((dip, -1.0) for dip in dips), (at.hot, 1.0)]:
        draft.put(part, at.heat, sign)
        draft.put(slice(part.start, part.stop - 1), slice(at.heat.start + 1, at.heat.stop), -sign * kept)
    if house.boiler is not None:
        draft.upper[at.boiler] = house.boiler.heat_max_kw
        draft.cost[at.boiler] = max(outlook.gas_eur_per_kwh, 0.0) / house.boiler.efficiency * PTU_HOURS
        draft.put(at.boiler, at.heat, -gain)
    if house.heat_pump is not None:
        _pump(draft, gain * house.heat_pump.cop(outlook.outdoor_c))


def _pump(draft: Draft, kelvin_per_kw: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    at, asked, pump = draft.at, draft.asked, draft.asked.house.heat_pump
    assert pump is not None
    top = np.full(asked.count, pump.power_max_kw)
    draft.segments(at.pump, up_to(top, asked.cuts(On.HEAT_PUMP)))
    draft.flow(at.pump, "heat_pump")
    if at.shape.tank:
        draft.put(at.pump_room, at.heat, -kelvin_per_kw)
    else:
        for block in at.pump:
            draft.put(block, at.heat, -kelvin_per_kw)


def _worth_at_the_end(draft: Draft) -> None:
    asked = draft.asked
    low = asked.floors(Level.INDOOR)[0].at
    worth = asked.settings.warmth_at_end_eur_per_k(asked.house, asked.outlook, low)
    draft.cost[draft.at.warm[0].stop - 1] = -worth
