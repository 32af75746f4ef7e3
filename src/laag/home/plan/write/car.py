"""A car that charges and never gives back: per stay one equation, whatever the hour."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.ladder import On, Rung
from laag.home.plan.draft import Draft
from laag.home.plan.tiers import up_to


def car(draft: Draft) -> None:
    """It charges while it is here; what it lacks on leaving is missed."""
    at, asked, box = draft.at, draft.asked, draft.asked.house.charger
    if box is None or not asked.stays or box.gives:
        return
    T, K, stays = asked.count, len(asked.stays), asked.stays
    top = np.zeros(T)
    for stay in stays:
        top[stay.arrives : min(stay.departs, T)] = box.max_kw
    draft.segments(at.car, up_to(top, asked.cuts(On.CAR)))
    draft.flow(at.car, "car")
    for block in at.car:
        draft.put(block, np.full(T, at.stay.start), -box.efficiency * PTU_HOURS)
    draft.misses(Rung.COMFORT, at.must, -1.0)
    draft.misses(Rung.COMFORT, at.towed, 1.0)
    draft.upper[at.towed] = np.inf
    for k, stay in enumerate(stays):
        must, rest, spare = asked.needs[k]
        draft.missed_anyway[Rung.COMFORT] += must
        draft.upper[at.must.start + k], draft.upper[at.rest.start + k] = must, rest
        draft.upper[at.spare.start + k] = spare
        parts = np.array([at.must.start + k, at.rest.start + k, at.spare.start + k])
        row = at.stay.start + k
        draft.put(parts, np.full(3, row), 1.0)
        draft.put(np.array([at.towed.start + k]), np.array([row]), -1.0)
        if stay.used_kwh is not None:
            draft.put(parts - 1, np.full(3, row), -1.0)
            draft.right[row] = -stay.used_kwh
        else:
            draft.right[row] = stay.stored_kwh
    if stays[K - 1].departs > T:
        draft.cost[at.rest.stop - 1] = -asked.settings.charged_at_end_eur_per_kwh(box, asked.outlook)
