"""The sun: as lately, as high as it stands, and as the last hour went."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.forecast.recency import DAY, fading, utc_quarter, weights
from laag.home.forecast.record import Record
from laag.home.forecast.sunshine import Place, clear_w_m2
from laag.home.outlook import Floats, Ints

SKY_DAYS = 21
SKY_MEMORY_PTUS = 10.0 * DAY
"""Sun this long ago counts for a third."""
SKY_AGE_DAYS = 8
"""How long ago what is remembered of the sun was, on average: that much lower or higher it stood."""
HOUR_PTUS = 4
SKY_FADING_PTUS = 16.0
"""Clouds of the last hour are still there by a third after four."""
TODAY_SHARE = 0.2
"""How much of what the last 24 hours were brighter than usual is expected of the next."""
BRIGHT_W_M2 = 20.0
"""Below this mean irradiance a ratio says more about dusk than about clouds or panels."""
FADING_PTUS = 8.0
"""A weather forecast that is off now is still off by a third of it after two hours."""
DULLEST, BRIGHTEST = 0.2, 2.0
_WEIGHTS = weights(SKY_DAYS * DAY, SKY_MEMORY_PTUS)


def sky(measured: Floats, past: PtuGrid, grid: PtuGrid, place: Place | None = None) -> Floats:
    """Sun, or the power of panels: the mean of the same quarter (UTC) lately, scaled by how bright it was just now.

    With a place, also by how much higher the sun stands now than in the days that are remembered.

    >>> from datetime import UTC, datetime
    >>> week = PtuGrid(datetime(2025, 6, 1, tzinfo=UTC), 7 * 96)
    >>> bright = np.maximum(np.sin(np.arange(7 * 96) / 96 * 2 * np.pi), 0)
    >>> tomorrow = sky(bright, week, week.window(7 * 96, 8 * 96))
    >>> bool(np.allclose(tomorrow, bright[:96]))
    True
    """
    recent = min(len(past), SKY_DAYS * DAY)
    measured = measured[len(past) - recent :]
    then = utc_quarter(past.window(len(past) - recent, len(past)))
    usual = usual_by_quarter(measured, then)
    if place is not None:
        age_days = min(SKY_AGE_DAYS, (recent // DAY + 1) // 2)
        usual = usual * _climb(place, past.window(len(past), len(past) + DAY), age_days)
    got, meant = measured[-DAY:], usual[then[-DAY:]]
    brightest = float(usual.max())
    today = 1.0 + TODAY_SHARE * (_brightness(got, meant, 0.5 * brightest) - 1.0)
    now = _brightness(got[-HOUR_PTUS:], meant[-HOUR_PTUS:], 0.25 * brightest)
    return np.asarray(
        usual[utc_quarter(grid)] * (today + (now - today) * fading(past, grid, SKY_FADING_PTUS))
    )


def sun_w_m2(past: Record, grid: PtuGrid, forecast_w_m2: Floats | None, place: Place | None = None) -> Floats:
    """The sun as forecast, scaled by how much brighter the last two hours were than forecast, fading; or like lately."""
    if forecast_w_m2 is None:
        return sky(past.sun_w_m2, past.grid, grid, place)
    if past.sun_forecast_w_m2 is None:
        return forecast_w_m2
    got, said = past.sun_w_m2[-8:], past.sun_forecast_w_m2[-8:]
    ratio = _brightness(got, said, BRIGHT_W_M2 * len(said))
    return np.asarray(forecast_w_m2 * (1.0 + (ratio - 1.0) * fading(past.grid, grid, FADING_PTUS)))


def usual_by_quarter(measured: Floats, then: Ints) -> Floats:
    """Mean per quarter (UTC), the latest counting most; zero where nothing was measured."""
    weight = _WEIGHTS[len(_WEIGHTS) - len(measured) :]
    known = np.isfinite(measured)
    if not known.all():
        weight, measured = weight * known, np.where(known, measured, 0.0)
    heavy = np.bincount(then, weight, DAY)
    return np.asarray(np.bincount(then, weight * measured, DAY) / np.where(heavy > 0, heavy, 1.0))


@lru_cache(maxsize=8)
def _climb(place: Place, day: PtuGrid, age_days: int) -> Floats:
    """By how much the sun of a day outshines that of so many days before, per quarter (UTC), under a clear sky.

    Kept, because all homes of a street ask the same at the same time.
    """
    before = day.window(-age_days * DAY, len(day) - age_days * DAY)
    soon, then = clear_w_m2(place, day), clear_w_m2(place, before)
    light = np.minimum(soon, then) > BRIGHT_W_M2
    climb = np.ones(DAY)
    climb[utc_quarter(day)] = np.where(light, np.clip(soon / np.where(light, then, 1.0), 0.5, 2.0), 1.0)
    climb.flags.writeable = False
    return climb


def _brightness(got: Floats, meant: Floats, least: float) -> float:
    """How much brighter it was than meant; 1 where what was meant is too little to tell."""
    known = np.isfinite(got) & np.isfinite(meant)
    if not known.all():
        got, meant = got[known], meant[known]
    meant_sum = float(meant.sum())
    return min(max(float(got.sum()) / meant_sum, DULLEST), BRIGHTEST) if meant_sum > least > 0 else 1.0
