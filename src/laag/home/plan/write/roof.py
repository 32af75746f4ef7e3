"""Panels: what they give, or less."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.plan.draft import STILL_EUR_PER_KWH, Draft


def roof(draft: Draft) -> None:
    """All that the sun gives is used, unless leaving it pays."""
    at, pv = draft.at, draft.asked.house.pv
    if pv is None:
        return
    available = np.maximum(draft.asked.outlook.pv_kw, 0.0)
    draft.cost[at.pv] = -2 * STILL_EUR_PER_KWH * PTU_HOURS
    draft.upper[at.pv] = available
    draft.lower[at.pv] = 0.0 if pv.curtailable else available
    draft.flow([at.pv], "pv", 1.0)
    for first in draft.asked.claimed.sun_first:
        assert first.rung is not None
        draft.misses(first.rung, at.pv, -first.at * PTU_HOURS)
        draft.missed_anyway[first.rung] += float(first.at @ available) * PTU_HOURS
