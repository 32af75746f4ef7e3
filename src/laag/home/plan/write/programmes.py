"""Programmes that run once: in the relaxed program a share of a run may start in each quarter-hour."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.ladder import Rung
from laag.home.plan.draft import Draft


def programmes(draft: Draft) -> None:
    """Each runs once within its window, or after the horizon where that is soon enough; else it stays undone."""
    at, asked, T = draft.at, draft.asked, draft.asked.count
    if not asked.jobs:
        return
    last_kwh_eur = asked.settings.later_eur_per_kwh(asked.outlook)
    draft.upper[at.later] = draft.upper[at.undone] = 1.0
    draft.right[at.once] = 1.0
    draft.put(at.later, at.once, 1.0)
    draft.put(at.undone, at.once, 1.0)
    wiring = asked.house.wiring
    for k, (job, starts) in enumerate(zip(asked.jobs, at.starts, strict=True)):
        power = np.array(job.appliance.programme_kw)
        length = len(power)
        first, last = max(job.earliest, 0), min(job.deadline - length, T - 1)
        window = slice(starts.start + first, starts.start + max(last + 1, first))
        draft.upper[window] = 1.0
        after_s = [float(power[T - s :].sum()) if s + length > T else 0.0 for s in range(T)]
        draft.cost[starts] = np.array(after_s) * (PTU_HOURS * last_kwh_eur)
        draft.cost[at.later.start + k] = job.appliance.energy_kwh * last_kwh_eur
        draft.upper[at.later.start + k] = float(job.deadline - length >= T)
        draft.misses(
            Rung.COMFORT, slice(at.undone.start + k, at.undone.start + k + 1), job.appliance.energy_kwh
        )
        draft.put(starts, np.full(T, at.once.start + k), 1.0)
        for step in range(min(length, T)):
            begun = slice(starts.start, starts.stop - step)
            draft.put(begun, slice(at.balance.start + step, at.balance.stop), -float(power[step]))
            if wiring is not None:
                for phase, share in enumerate(wiring.appliances):
                    row = at.phases.start + phase * T
                    draft.put(begun, slice(row + step, row + T), float(power[step]) * share)
