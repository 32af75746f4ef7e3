"""Columns to quarter-hours: the temperature in the middle of each, and the mean of its sunshine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from laag.adapters.openmeteo.wire import Columns, Told
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home.forecast.known import Known

_PTU_S = 900
_HOUR_S = 3600
_LEAST_PTUS = 96
"""A forecast of less than a day plans nothing."""
_LONGEST_LINE_S = 3 * _HOUR_S
"""Between two temperatures up to this far apart a straight line holds."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weather:
    """What is expected outside, and since when anybody could know."""

    outdoor_c: Known
    sun_w_m2: Known
    """On a level square metre."""
    made_at: datetime
    source: str

    @classmethod
    def made(
        cls, grid: PtuGrid, outdoor_c: Floats, sun_w_m2: Floats, made_at: datetime, source: str
    ) -> Weather:
        """All of it known from one instant on."""
        since = np.full(len(grid), np.datetime64(made_at.astimezone(UTC).replace(tzinfo=None), "s"))
        return cls(
            Known(Profile(grid, outdoor_c, Unit.CELSIUS), since),
            Known(Profile(grid, sun_w_m2, Unit.W_PER_M2), since),
            made_at,
            source,
        )


def weather_of(told: Told, made_at: datetime, source: str) -> Weather | Finding:
    """The unbroken stretch of forecast around now; a quarter-hour is as told, else as its hour."""
    first = min(told.hourly.time, default=0) // _PTU_S * _PTU_S
    last = max(told.hourly.time, default=0)
    grid = PtuGrid(datetime.fromtimestamp(first, UTC), (last - first) // _PTU_S)
    fine = told.minutely_15 or Columns(time=[], temperature_2m=[], shortwave_radiation=[])
    outdoor_c = _temperature(told.hourly, fine, grid)
    sun_w_m2 = _sun(told.hourly, fine, grid)
    known = np.isfinite(outdoor_c) & np.isfinite(sun_w_m2)
    now = grid.index(made_at)
    start, stop = _around(known, now)
    if stop - now < _LEAST_PTUS:
        what = f"it forecasts {max(stop - now, 0)} quarter-hours from now, and {_LEAST_PTUS} are the least that helps"
        return Finding(source, f"{made_at:%Y-%m-%dT%H:%MZ}", what)
    part = slice(start, stop)
    return Weather.made(grid.window(start, stop), outdoor_c[part], sun_w_m2[part], made_at, source)


def _temperature(hourly: Columns, fine: Columns, grid: PtuGrid) -> Floats:
    """Along the line between the instants before and after the middle."""
    moments = {
        second: celsius
        for columns in (hourly, fine)
        for second, celsius in zip(columns.time, columns.temperature_2m, strict=True)
        if celsius is not None
    }
    if not moments:
        return np.full(len(grid), np.nan)
    at = np.array(sorted(moments), np.int64)
    middle = round(grid.start.timestamp()) + _PTU_S * np.arange(len(grid)) + _PTU_S // 2
    after = np.searchsorted(at, middle, side="right")
    inside = (after > 0) & (after < len(at))
    after = np.clip(after, 1, max(len(at) - 1, 1))
    apart = at[np.minimum(after, len(at) - 1)] - at[after - 1]
    line = np.interp(middle, at, [moments[second] for second in at.tolist()])
    return np.where(inside & (apart <= _LONGEST_LINE_S), line, np.nan)


def _sun(hourly: Columns, fine: Columns, grid: PtuGrid) -> Floats:
    """A mean is told at the end of its quarter-hour or hour."""
    sun = np.full(len(grid), np.nan)
    first = round(grid.start.timestamp())
    for columns, span_s in ((hourly, _HOUR_S), (fine, _PTU_S)):
        for second, mean in zip(columns.time, columns.shortwave_radiation, strict=True):
            start, rest = divmod(second - span_s - first, _PTU_S)
            if mean is not None and not rest:
                sun[max(start, 0) : max(start + span_s // _PTU_S, 0)] = mean
    return sun


def _around(known: NDArray[np.bool_], now: int) -> tuple[int, int]:
    """The stretch that is known without a gap and holds ``now``; empty where now is not known."""
    if not (0 <= now < len(known) and known[now]):
        return now, now
    gaps = np.flatnonzero(~known)
    before, after = gaps[gaps < now], gaps[gaps > now]
    return int(before[-1]) + 1 if len(before) else 0, int(after[0]) if len(after) else len(known)
