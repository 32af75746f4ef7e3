"""Ways to forecast a home's load and panels: the naive ones and ours, all with the same view of the past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.forecasts.homes import Floats, Measured
from benchmarks.forecasts.score import Guess
from laag.foundation.ptu import PtuGrid
from laag.home.calendar import Calendar
from laag.home.forecast import LEVELS, Place, Record, load_forecast, load_kw, pv_forecast, pv_kw
from laag.home.forecast.quantiles import around
from laag.home.forecast.rehearse import rehearsed

DAY, WEEK = 96, 672
PAST = 4 * WEEK
"""What every way but the learning ones looks back on."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One series of one home."""

    home: Measured
    kind: str
    """``load`` or ``pv``."""
    values: Floats
    calendar: Calendar
    said: Floats | None = None
    """What somebody else forecast of it."""

    @property
    def place(self) -> Place:
        return Place(*self.home.place)

    def until(self, now: int) -> Record:
        """The last four weeks; the benchmark's series is in the column of its kind."""
        lately = slice(max(now - PAST, 0), now)
        own, none = self.values[lately], np.zeros(now - lately.start)
        load, pv = (own, none) if self.kind == "load" else (none, own)
        said = None if self.said is None else self.said[lately]
        return Record(self.calendar.grid.window(lately.start, now), load, pv, none, none, pv_forecast_kw=said)


Way = Callable[[Series, int, int], Guess]
"""(series, now, how many PTUs from now on) -> guess."""


def yesterday(series: Series, now: int, count: int) -> Guess:
    return _again(series, now, count, DAY)


def last_week(series: Series, now: int, count: int) -> Guess:
    return _again(series, now, count, WEEK)


def ours(series: Series, now: int, count: int) -> Guess:
    """What the home itself goes by."""
    past, grid = series.until(now), series.calendar.grid.window(now, now + count)
    if series.kind == "load":
        quantiles = load_forecast(past, series.calendar, grid).values
        return Guess(load_kw(past, series.calendar, grid), quantiles)
    quantiles = pv_forecast(past, grid, place=series.place).values
    return Guess(pv_kw(past, grid, place=series.place), quantiles)


def as_said(series: Series, now: int, count: int) -> Guess:
    """The forecast that came with the measurements, with the band of its own past errors."""
    assert series.said is not None
    said, grid = np.nan_to_num(series.said), series.calendar.grid
    return _banded(series, now, count, lambda _, ahead: said[ahead.within(grid)])


def ours_with_told(series: Series, now: int, count: int) -> Guess:
    """Ours, with what a service forecast of these panels."""
    assert series.said is not None
    past, grid, told = (
        series.until(now),
        series.calendar.grid.window(now, now + count),
        series.said[now : now + count],
    )
    quantiles = pv_forecast(past, grid, place=series.place, told_kw=told).values
    return Guess(pv_kw(past, grid, None, series.place, told), quantiles)


def _again(series: Series, now: int, count: int, period: int) -> Guess:
    """The last whole period again, gaps and all."""

    def expect(past: Record, ahead: PtuGrid) -> Floats:
        values = past.load_kw if series.kind == "load" else past.pv_kw
        at = np.arange(len(ahead)) + past.grid.index(ahead.start)
        at -= period * (1 + (at - len(values)) // period)
        known = np.where(at >= 0, values[np.maximum(at, 0)], np.nan)
        return np.where(np.isfinite(known), known, np.nanmean(values) if len(values) else 0.0)

    return _banded(series, now, count, expect)


def _banded(series: Series, now: int, count: int, expect: Callable[[Record, PtuGrid], Floats]) -> Guess:
    past, grid = series.until(now), series.calendar.grid.window(now, now + count)
    mean = expect(past, grid)
    errors = rehearsed(past, series.values[now - len(past.grid) : now], grid, expect)
    return Guess(mean, around(mean, errors, LEVELS, least=0.0))
