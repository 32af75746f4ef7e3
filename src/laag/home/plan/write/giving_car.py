"""A car that may give back: what it holds is followed from quarter to quarter."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.ladder import On, Rung
from laag.home.plan.draft import STILL_EUR_PER_KWH, Draft
from laag.home.plan.tiers import up_to


def giving_car(draft: Draft) -> None:
    """``held' = held + h (in car - giving / out)`` while it is here; it keeps its least and leaves with what it needs."""
    at, asked, box, h = draft.at, draft.asked, draft.asked.house.charger, PTU_HOURS
    if box is None or not asked.stays or not box.gives:
        return
    T = asked.count
    top, gives, floor = np.zeros(T), np.zeros(T), np.zeros(T)
    carried, right = -np.ones(T), np.zeros(T)
    draft.upper[at.in_car] = box.capacity_kwh
    for k, stay in enumerate(asked.stays):
        here = slice(stay.arrives, min(stay.departs, T))
        top[here], gives[here], floor[here] = box.max_kw, box.discharge_max_kw, stay.least_kwh
        must, rest, _ = asked.needs[k]
        floor[here.stop - 1] = must
        draft.upper[at.in_car.start + here.start : at.in_car.start + here.stop] = max(
            asked.arriving_kwh[k], min(stay.most_kwh, box.capacity_kwh), stay.wanted_kwh
        )
        if stay.used_kwh is None:
            carried[stay.arrives], right[stay.arrives] = 0.0, stay.stored_kwh
        else:
            right[stay.arrives] = -stay.used_kwh
        draft.upper[at.towed.start + stay.arrives] = np.inf
        if stay.departs > T and rest > 0:
            draft.cost[at.in_car.stop - 1] = -asked.settings.charged_at_end_eur_per_kwh(box, asked.outlook)
    draft.segments(at.car, up_to(top, asked.cuts(On.CAR)))
    draft.upper[at.giving] = gives
    draft.misses(Rung.COMFORT, at.towed, 1.0)
    draft.put(at.towed, at.driving, -1.0)
    draft.lower[at.in_car], draft.upper[at.lacking] = floor, floor
    draft.misses(Rung.COMFORT, at.lacking, 1.0)
    draft.cost[at.giving] = (box.wear_eur_per_kwh + STILL_EUR_PER_KWH) * h
    draft.right[at.driving] = right
    draft.flow(at.car, "car")
    draft.flow([at.giving], "car", 1.0)
    for block in at.car:
        draft.put(block, at.driving, -box.efficiency * h)
    draft.put(at.giving, at.driving, h / box.discharge_efficiency)
    for part, sign in ((at.in_car, 1.0), (at.lacking, -1.0)):
        draft.put(part, at.driving, sign)
        draft.put(
            slice(part.start, part.stop - 1), slice(at.driving.start + 1, at.driving.stop), sign * carried[1:]
        )
