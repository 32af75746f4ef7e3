"""Hot water: what was drawn at the same quarter on the same kind of day lately."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.calendar import Calendar
from laag.home.forecast.recency import DAY, WEEK, weights
from laag.home.outlook import Floats, Ints

MEMORY_PTUS = 14.0 * DAY
"""A shower this long ago counts for a third."""
_WEIGHTS = weights(4 * WEEK, MEMORY_PTUS)


def hot_water_kw(drawn_kw: Floats, past: PtuGrid, calendar: Calendar, grid: PtuGrid) -> Floats:
    """Heat that will be drawn from the tank, from what was drawn up to the end of ``past``; ``nan`` is not measured.

    A quarter never seen on this kind of day (weekday or weekend) is taken from the other kind, one never seen at all
    from the mean; where nothing was measured yet nobody showers.

    >>> from datetime import date
    >>> from laag.foundation.ptu import AMSTERDAM
    >>> fortnight = PtuGrid.days(date(2025, 1, 6), 14, AMSTERDAM)
    >>> past, ahead = fortnight.window(0, 7 * 96), fortnight.window(7 * 96, 8 * 96)
    >>> shower = np.where(np.arange(7 * 96) % 96 == 28, 6.0, 0.0)
    >>> drawn = hot_water_kw(shower, past, Calendar.of(fortnight, AMSTERDAM), ahead)
    >>> drawn[[27, 28]].tolist()
    [0.0, 6.0]
    """
    count = min(len(past), len(_WEIGHTS))
    recent, drawn = past.window(len(past) - count, len(past)), drawn_kw[len(past) - count :]
    then, ahead = calendar.on(recent), calendar.on(grid)
    known = np.isfinite(drawn)
    weight = _WEIGHTS[len(_WEIGHTS) - count :] * known
    kind = then.weekend * DAY + then.quarter
    total, heavy = _by_kind(kind, weight * np.where(known, drawn, 0.0)), _by_kind(kind, weight)
    mean = total.sum() / heavy.sum() if heavy.any() else 0.0
    both = _ratio(total.sum(axis=0), heavy.sum(axis=0), np.full(DAY, mean))
    usual = _ratio(total, heavy, np.broadcast_to(both, total.shape))
    return np.asarray(np.maximum(usual.ravel()[ahead.weekend * DAY + ahead.quarter], 0.0))


def _by_kind(kind: Ints, values: Floats) -> Floats:
    return np.asarray(np.bincount(kind, values, minlength=2 * DAY), np.float64).reshape(2, DAY)


def _ratio(total: Floats, heavy: Floats, otherwise: Floats) -> Floats:
    seen = heavy > 0
    return np.where(seen, total / np.where(seen, heavy, 1.0), otherwise)
