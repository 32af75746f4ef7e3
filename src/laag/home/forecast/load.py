"""The load that nobody steers: the same quarter on the same kind of day, and what is unusual today."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Unit
from laag.home.calendar import Calendar
from laag.home.forecast.quantiles import LEVELS, Forecast, around
from laag.home.forecast.recency import DAY, WEEK, fading, weights
from laag.home.forecast.record import Record
from laag.home.forecast.rehearse import rehearsed
from laag.home.outlook import Floats, Ints

LOAD_WEEKS = 4
"""How far back a habit is looked for."""
LOAD_MEMORY_PTUS = 14.0 * DAY
"""A load this long ago counts for a third."""
NOW_PTUS = 2
"""What is on now is the mean of the last half hour."""
NOW_SHARE = 0.8
"""How much of what is on now and is not usual is expected to stay on, at first."""
FADING_PTUS = 8.0
"""A third of it is left after two hours."""
TODAY_SHARE = 0.4
"""How much of what the last 24 hours had above the usual is expected to stay: guests, a cold, a heat pump."""
UNKNOWN_LOAD_KW = 0.3
"""A Dutch household's mean without heat pump and car (2,600 kWh a year), until the first reading."""
_HOURLY_SHAPE = (
    0.62, 0.54, 0.50, 0.48, 0.48, 0.54, 0.76, 1.00, 1.06, 1.02, 1.00, 1.02,
    1.08, 1.02, 0.96, 0.98, 1.12, 1.44, 1.66, 1.64, 1.50, 1.36, 1.14, 0.84,
)  # fmt: skip
TYPICAL_DAY = np.repeat(np.array(_HOURLY_SHAPE) / np.mean(_HOURLY_SHAPE), 4)
"""A stylised household's day around its mean, by local quarter: low at night, highest at dinner."""
_WEIGHTS = weights(LOAD_WEEKS * WEEK, LOAD_MEMORY_PTUS)


def load_kw(past: Record, calendar: Calendar, grid: PtuGrid) -> Floats:
    """Inflexible load: the same quarter on the same kind of day lately, plus what is unusual now and today.

    A quarter not yet seen on this kind of day (weekday or weekend) is taken from the other kind; one never seen,
    from a typical day around this home's mean; a home without any reading is a typical home.
    """
    recent = past.grid.window(max(len(past.grid) - LOAD_WEEKS * WEEK, 0), len(past.grid))
    then, ahead = calendar.on(recent), calendar.on(grid)
    kind = then.weekend * DAY + then.quarter
    measured = past.load_kw[len(past.grid) - len(recent) :]
    usual = _usual_load(measured, kind)
    off = measured[-DAY:] - usual[kind[-DAY:]]
    off = np.where(np.isfinite(off), off, 0.0)
    today = TODAY_SHARE * float(off.sum()) / DAY
    now = float(off[-NOW_PTUS:].sum()) / NOW_PTUS
    stays = today + NOW_SHARE * (now - today) * fading(past.grid, grid, FADING_PTUS)
    return np.asarray(np.maximum(usual[ahead.weekend * DAY + ahead.quarter] + stays, 0.0))


def load_forecast(
    past: Record, calendar: Calendar, grid: PtuGrid, levels: tuple[float, ...] = LEVELS
) -> Forecast:
    """How far the load may be off: by what this forecast was off lately, at this hour and so far ahead."""

    def expect(known: Record, then: PtuGrid) -> Floats:
        return load_kw(known, calendar, then)

    errors = rehearsed(past, past.load_kw, grid, expect)
    values = around(expect(past, grid), errors, levels, least=0.0)
    return Forecast(grid, levels, values, Unit.KW, past.now, "load: kind of day and recency")


def _usual_load(measured: Floats, kind: Ints) -> Floats:
    """Mean by kind of day and local quarter, shape ``(192,)``, weekdays first; no hole in it.

    The two kinds of day borrow from each other as far as chance alone explains their difference: Stein's shrinkage,
    C. N. Morris, J. Am. Stat. Assoc. 78 (1983) 47-55. A home that lives the same all week learns from seven days.
    """
    weight = _WEIGHTS[len(_WEIGHTS) - len(measured) :]
    known = np.isfinite(measured)
    if not known.all():
        weight, measured = weight * known, np.where(known, measured, 0.0)
    weighted = weight * measured
    total, heavy = _by_kind(kind, weighted), _by_kind(kind, weight)
    seen = heavy > 0
    if seen.all():
        own, both = total / heavy, total.sum(axis=0) / heavy.sum(axis=0)
        square, heavy2 = _by_kind(kind, weighted * measured), _by_kind(kind, weight * weight)
        within = float(square.sum() - (total * own).sum())
        share = _real_share(own, within, heavy, heavy2 / heavy)
        return np.asarray(both + share * (own - both)).ravel()
    ever = seen.any(axis=0)
    mean = float(total.sum() / heavy.sum()) if ever.any() else UNKNOWN_LOAD_KW
    both = np.where(ever, total.sum(axis=0) / np.where(ever, heavy.sum(axis=0), 1.0), TYPICAL_DAY * mean)
    return np.where(seen, total / np.where(seen, heavy, 1.0), both).ravel()


def _by_kind(kind: Ints, values: Floats) -> Floats:
    return np.bincount(kind, values, 2 * DAY).astype(np.float64, copy=False).reshape(2, DAY)


def _real_share(own: Floats, within: float, heavy: Floats, heaviest: Floats) -> float:
    """Which share of the difference between weekdays and weekends is more than chance.

    ``within`` is the weighted sum of squares around the means, ``heaviest`` the mean weight of what a mean is made of:
    a mean counts as many days as its weight holds of that.
    """
    found = float(((own[0] - own[1]) ** 2).sum())
    free = float(heavy.sum() - heaviest.sum())
    if found <= 0 or free <= 0:
        return 1.0
    return max(1.0 - max(within, 0.0) / free * float((heaviest / heavy).sum()) / found, 0.0)
