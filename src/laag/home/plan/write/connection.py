"""What the connection takes and gives, what that costs, and what it carries at most."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.ladder import On, Rung
from laag.home.outlook import Floats
from laag.home.plan.draft import EARLIER_EUR_PER_KWH, STILL_EUR_PER_KWH, Draft
from laag.home.plan.question import running_kw
from laag.home.plan.tiers import Segment, around


def connection(draft: Draft) -> None:
    """The balance of every quarter-hour: up and down from what is agreed, at the price of a change."""
    at, asked, h = draft.at, draft.asked, PTU_HOURS
    T, outlook = asked.count, asked.outlook
    agreed, above, below = outlook.prices_of_a_change()
    takes, gives = asked.cuts(On.IMPORT), asked.cuts(On.EXPORT)
    position = np.minimum(np.maximum(agreed, -gives[0].at), takes[0].at)
    later = STILL_EUR_PER_KWH + EARLIER_EUR_PER_KWH / max(T, 1) * np.arange(T)
    leans = 0.0 if outlook.nudge_eur_per_kwh is None else outlook.nudge_eur_per_kwh
    up, down = around(position, takes, gives)
    for block, piece in zip(at.up, up, strict=True):
        draft.cost[block] = (above + leans + later) * h + _beyond_the_band(draft, piece)
    for block, piece in zip(at.down, down, strict=True):
        draft.cost[block] = (later - below - leans) * h + _beyond_the_band(draft, piece)
    draft.segments(at.up, up)
    draft.segments(at.down, down)
    for net, cuts in ((position, takes), (-position, gives)):
        for cut in cuts:
            if cut.rung in draft.missed_anyway:
                draft.missed_anyway[cut.rung] += float(np.maximum(net - cut.at, 0.0).sum()) * h
    draft.right[at.balance] = (
        outlook.load_kw + asked.house.standby_kw + running_kw(outlook.jobs, T) - position
    )
    for block in at.up:
        draft.put(block, at.balance, 1.0)
    for block in at.down:
        draft.put(block, at.balance, -1.0)


def _beyond_the_band(draft: Draft, piece: Segment) -> Floats | float:
    band = draft.asked.outlook.band
    if band is None:
        return 0.0
    slope = sum((s for rung, s in piece.misses if rung is None), np.zeros(draft.asked.count))
    return np.asarray(band.beyond_eur_per_kwh * PTU_HOURS * slope)


def phases(draft: Draft) -> None:
    """No phase carries more than its fuse, either way; the inflexible load takes its share first."""
    wiring, at, T = draft.asked.house.wiring, draft.at, draft.asked.count
    if wiring is None:
        return
    load = draft.asked.outlook.load_kw + draft.asked.house.standby_kw
    running = running_kw(draft.asked.outlook.jobs, T)
    draft.lower[at.phase], draft.upper[at.phase] = -wiring.phase_max_kw, wiring.phase_max_kw
    for beyond, way in ((at.phase_over, -1.0), (at.phase_under, 1.0)):
        draft.upper[beyond] = np.inf
        draft.misses(Rung.SAFETY, beyond, PTU_HOURS)
        draft.put(beyond, at.phases, way)
    draft.put(at.phase, at.phases, -1.0)
    for phase in range(3):
        row = slice(at.phases.start + phase * T, at.phases.start + (phase + 1) * T)
        draft.right[row] = -(wiring.load[phase] * load + wiring.appliances[phase] * running)


def peak(draft: Draft) -> None:
    """The highest quarter-hour taken, beyond what has been paid for, has its price."""
    charge, at = draft.asked.outlook.peak, draft.at
    if charge is None:
        return
    agreed, _, _ = draft.asked.outlook.prices_of_a_change()
    takes, gives = draft.asked.cuts(On.IMPORT), draft.asked.cuts(On.EXPORT)
    position = np.minimum(np.maximum(agreed, -gives[0].at), takes[0].at)
    draft.cost[at.peak] = charge.eur_per_kw
    draft.upper[at.peak] = np.inf
    draft.upper[at.below_peak] = np.inf
    draft.right[at.peaks] = charge.so_far_kw - position
    for block in at.up:
        draft.put(block, at.peaks, 1.0)
    for block in at.down:
        draft.put(block, at.peaks, -1.0)
    draft.put(at.below_peak, at.peaks, 1.0)
    draft.put(np.full(draft.asked.count, at.peak.start), np.arange(at.peaks.start, at.peaks.stop), -1.0)
