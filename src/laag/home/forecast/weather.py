"""The temperature outside."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.forecast.recency import DAY, WEEK, leads, without_gaps
from laag.home.forecast.record import Record
from laag.home.outlook import Floats

WEATHER_FADING_PTUS = 48.0
"""What is unusual about the weather now is still there by a third after twelve hours."""
TO_THE_MEAN = 0.5
"""How far the last 24 hours are expected to return to the mean of the last week."""
UNKNOWN_C = 10.0


def outdoor_c(past: Record, grid: PtuGrid, forecast_c: Floats | None = None) -> Floats:
    """As forecast; or the last 24 hours again, half-way to the week's mean, plus how much warmer it is than a day ago."""
    if forecast_c is not None:
        return forecast_c
    lately = past.outdoor_c[-WEEK:]
    if not np.isfinite(lately[-2 * DAY :]).any():
        return np.full(len(grid), UNKNOWN_C)
    known = without_gaps(lately)
    ahead = leads(past.grid, grid)
    last_day = known[-DAY:]
    again = last_day[ahead % len(last_day)]
    days = len(known) // DAY
    if days < 2:
        return again
    fades = np.exp(-np.maximum(ahead, 0) / WEATHER_FADING_PTUS)
    usual = known[-days * DAY :].reshape(days, DAY).mean(axis=0)[ahead % DAY]
    warmer = float(known[-1] - known[-1 - DAY])
    return np.asarray(again + TO_THE_MEAN * (1.0 - fades) * (usual - again) + warmer * fades)
