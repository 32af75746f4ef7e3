"""From what a home has measured to what it expects: simple, strong, and unable to look ahead.

A :class:`Record` ends at ``now``; there is nothing later in it to look at. All functions are pure, bear missing
(``nan``) readings, and take well under a millisecond. What the household knows of tomorrow (the car, agreed prices)
is not guessed here but given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile
from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.house import House
from laag.home.outlook import Floats, Ints, Outlook

DAY, WEEK = 96, 672
"""PTUs in 24 hours and in seven times that: durations, not calendar days."""
LOAD_WEEKS = 4
"""How far back a habit is looked for."""
LOAD_MEMORY_PTUS = 14.0 * DAY
"""A load this long ago counts for a third."""
SKY_DAYS = 7
SKY_MEMORY_PTUS = 3.0 * DAY
"""Sun this long ago counts for a third."""
PANEL_DAYS = 14
BRIGHT_W_M2 = 20.0
"""Below this mean irradiance a ratio says more about dusk than about panels."""
FADING_PTUS = 8.0
"""What is off now is still off by a third of it after two hours."""
WEATHER_FADING_PTUS = 48.0
"""The same for the temperature outside: twelve hours."""
UNKNOWN_LOAD_KW = 0.3
"""A Dutch household's mean without heat pump and car (2,600 kWh a year), until the first reading."""
_HOURLY_SHAPE = (
    0.62, 0.54, 0.50, 0.48, 0.48, 0.54, 0.76, 1.00, 1.06, 1.02, 1.00, 1.02,
    1.08, 1.02, 0.96, 0.98, 1.12, 1.44, 1.66, 1.64, 1.50, 1.36, 1.14, 0.84,
)  # fmt: skip
TYPICAL_DAY = np.repeat(np.array(_HOURLY_SHAPE) / np.mean(_HOURLY_SHAPE), 4)
"""A stylised household's day around its mean, by local quarter: low at night, highest at dinner."""


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """What was measured up to an instant: ``grid`` ends at ``now``. Missing readings are ``nan``."""

    grid: PtuGrid
    load_kw: Floats
    pv_kw: Floats
    """What the panels could give, as an inverter knows also while it is turned down; ``nan`` where it does not say."""
    outdoor_c: Floats
    sun_w_m2: Floats
    sun_forecast_w_m2: Floats | None = None
    """What had been forecast of the sun the day before; ``None`` where nobody keeps forecasts."""

    def __post_init__(self) -> None:
        for name in ("load_kw", "pv_kw", "outdoor_c", "sun_w_m2", "sun_forecast_w_m2"):
            values = getattr(self, name)
            if values is not None and values.shape != (len(self.grid),):
                raise GridMismatch(
                    f"{name} does not fit {self.grid}; cut all series of a record at the same now"
                )

    @property
    def now(self) -> datetime:
        """Nothing in the record is later."""
        return self.grid.end


def outlook(
    house: House,
    past: Record,
    calendar: Calendar,
    grid: PtuGrid,
    *,
    buy_eur_per_kwh: Floats,
    sell_eur_per_kwh: Floats,
    sessions: tuple[EvSession, ...] = (),
    position_kw: Floats | None = None,
    more_eur_per_kwh: Floats | None = None,
    less_eur_per_kwh: Floats | None = None,
    sun_forecast_w_m2: Floats | None = None,
    outdoor_forecast_c: Floats | None = None,
) -> Outlook:
    """What a home expects of ``grid``, from its past, from what is agreed, and from the weather forecast if there is one.

    ``calendar`` must reach from four weeks before now (or the start of the record) to the end of ``grid``.
    """
    none = np.zeros(len(grid))
    sunny = house.pv is not None or house.building is not None
    sun = sun_w_m2(past, grid, sun_forecast_w_m2) if sunny else none
    pv = none
    if house.pv is not None:
        told = sun_forecast_w_m2 is not None
        pv = panels(past, sun, grid) if told else sky(past.pv_kw, past.grid, grid)
    return Outlook(
        grid=grid,
        quarter=calendar.on(grid).quarter,
        load_kw=load_kw(past, calendar, grid),
        pv_kw=pv,
        outdoor_c=outdoor_c(past, grid, outdoor_forecast_c) if house.building is not None else none,
        heat_gain_kw=house.building.gains_kw(sun) if house.building else none,
        buy_eur_per_kwh=buy_eur_per_kwh,
        sell_eur_per_kwh=sell_eur_per_kwh,
        sessions=sessions,
        position_kw=position_kw,
        more_eur_per_kwh=more_eur_per_kwh,
        less_eur_per_kwh=less_eur_per_kwh,
        made_at=past.now,
    )


def load_kw(past: Record, calendar: Calendar, grid: PtuGrid) -> Floats:
    """Inflexible load: the same quarter on the same kind of day lately, plus what is off right now, fading.

    A quarter not yet seen on this kind of day (weekday or weekend) is taken from the other kind; one never seen,
    from a typical day around this home's mean; a home without any reading is a typical home.
    """
    recent = past.grid.window(max(len(past.grid) - LOAD_WEEKS * WEEK, 0), len(past.grid))
    then, ahead = calendar.on(recent), calendar.on(grid)
    measured = past.load_kw[len(past.grid) - len(recent) :]
    usual = _usual_load(measured, then)
    departure = _departure(measured[-4:], usual[then.weekend[-4:], then.quarter[-4:]])
    expected = usual[ahead.weekend, ahead.quarter] + departure * _fading(past.grid, grid, FADING_PTUS)
    return np.maximum(expected, 0.0)


def _usual_load(measured: Floats, then: Calendar) -> Floats:
    """Mean by kind of day and local quarter, shape ``(2, 96)``; no hole in it."""
    key = then.weekend * DAY + then.quarter
    total, weight = _weighted(measured, key, 2 * DAY, LOAD_MEMORY_PTUS)
    total, weight = total.reshape(2, DAY), weight.reshape(2, DAY)
    known = weight > 0
    any_total, any_weight = total.sum(axis=0), weight.sum(axis=0)
    typical = TYPICAL_DAY * (any_total.sum() / any_weight.sum() if any_weight.any() else UNKNOWN_LOAD_KW)
    any_day = np.where(any_weight > 0, any_total / np.where(any_weight > 0, any_weight, 1.0), typical)
    return np.where(known, total / np.where(known, weight, 1.0), any_day)


def sky(measured: Floats, past: PtuGrid, grid: PtuGrid) -> Floats:
    """Sun, or the power of panels: the mean of the same quarter (UTC) lately, scaled by how the last hours went.

    >>> from datetime import UTC
    >>> week = PtuGrid(datetime(2025, 6, 1, tzinfo=UTC), 7 * 96)
    >>> bright = np.maximum(np.sin(np.arange(7 * 96) / 96 * 2 * np.pi), 0)
    >>> tomorrow = sky(bright, week, week.window(7 * 96, 8 * 96))
    >>> bool(np.allclose(tomorrow, bright[:96]))
    True
    """
    recent = min(len(past), SKY_DAYS * DAY)
    measured = measured[len(past) - recent :]
    then = _utc_quarter(past)[len(past) - recent :]
    total, weight = _weighted(measured, then, DAY, SKY_MEMORY_PTUS)
    usual = total / np.where(weight > 0, weight, 1.0)
    lately = slice(-8, None)
    got, meant = measured[lately], usual[then[lately]]
    known = np.isfinite(got)
    meant_sum = float(meant[known].sum())
    bright = float(np.max(usual, initial=0.0)) * 0.5
    ratio = min(max(float(got[known].sum()) / meant_sum, 0.2), 2.0) if meant_sum > bright > 0 else 1.0
    return np.asarray(usual[_utc_quarter(grid)] * (1.0 + (ratio - 1.0) * _fading(past, grid, FADING_PTUS)))


def sun_w_m2(past: Record, grid: PtuGrid, forecast_w_m2: Floats | None) -> Floats:
    """The sun as forecast, scaled by how much brighter the last two hours were than forecast, fading; or like lately."""
    if forecast_w_m2 is None:
        return sky(past.sun_w_m2, past.grid, grid)
    if past.sun_forecast_w_m2 is None:
        return forecast_w_m2
    got, said = past.sun_w_m2[-8:], past.sun_forecast_w_m2[-8:]
    known = np.isfinite(got) & np.isfinite(said)
    said_sum = float(said[known].sum())
    ratio = (
        min(max(float(got[known].sum()) / said_sum, 0.2), 2.0) if said_sum > BRIGHT_W_M2 * len(said) else 1.0
    )
    return np.asarray(forecast_w_m2 * (1.0 + (ratio - 1.0) * _fading(past.grid, grid, FADING_PTUS)))


def panels(past: Record, sun: Floats, grid: PtuGrid) -> Floats:
    """What the panels give under this sun, from what they lately gave under the sun of the same quarter (UTC).

    The ratio per quarter holds the roof's size, its slope and the neighbour's tree, without asking for any of them.
    """
    recent = slice(max(len(past.grid) - PANEL_DAYS * DAY, 0), None)
    pv, shone = past.pv_kw[recent], past.sun_w_m2[recent]
    known = np.isfinite(pv) & np.isfinite(shone)
    then = _utc_quarter(past.grid)[recent][known]
    given = np.bincount(then, pv[known], DAY)
    got = np.bincount(then, shone[known], DAY)
    overall = given.sum() / got.sum() if got.sum() > 0 else 0.0
    ratio = np.where(got > BRIGHT_W_M2, given / np.where(got > BRIGHT_W_M2, got, 1.0), overall)
    most = float(np.max(pv[known], initial=0.0))
    return np.minimum(ratio[_utc_quarter(grid)] * sun, most * 1.2)


def outdoor_c(past: Record, grid: PtuGrid, forecast_c: Floats | None = None) -> Floats:
    """As forecast; or the last 24 hours again, plus how much warmer it is now than it was a day ago, fading."""
    if forecast_c is not None:
        return forecast_c
    if not len(past.grid) or not np.isfinite(past.outdoor_c[-2 * DAY :]).any():
        return np.full(len(grid), 10.0)
    known = _without_gaps(past.outdoor_c[-2 * DAY :])
    ahead = np.arange(len(grid)) + past.grid.index(grid.start) - len(past.grid)
    last_day = known[-DAY:]
    again = last_day[ahead % len(last_day)]
    departure = float(known[-1] - known[-1 - DAY]) if len(known) > DAY else 0.0
    return np.asarray(again + departure * _fading(past.grid, grid, WEATHER_FADING_PTUS))


def prices_like_recent_days(past: Profile, calendar: Calendar, grid: PtuGrid) -> Floats:
    """Prices not yet known: halfway between the last day that is, and the same day of the week before.

    By the clock on the wall: after a clock change the evening peak stays in the evening. ``past`` may already hold
    prices of the future (tomorrow's auction); what ``grid`` shares with it is simply known.
    """
    ahead = np.arange(len(grid)) + past.grid.index(grid.start)
    count = len(past.grid)
    if not count or not np.isfinite(past.values).any():
        return np.full(len(grid), np.nan)
    values = _without_gaps(past.values)
    yesterday = values[_same_quarter_before(ahead, DAY, past.grid, calendar)]
    last_week = values[_same_quarter_before(ahead, WEEK, past.grid, calendar)] if count >= WEEK else yesterday
    known = values[np.clip(ahead, 0, count - 1)]
    return np.where((ahead >= 0) & (ahead < count), known, 0.5 * (yesterday + last_week))


def _same_quarter_before(ahead: Ints, period: int, past: PtuGrid, calendar: Calendar) -> Ints:
    """For each PTU the latest one of the past that lies whole periods before it, at the same time on the wall."""
    back = -((len(past) - 1 - ahead) // period)
    then = np.clip(ahead - back * period, 0, len(past) - 1)
    offset = calendar.grid.index(past.start)
    wall = calendar.quarter
    off = (wall[ahead + offset] - wall[then + offset] + DAY // 2) % DAY - DAY // 2
    moved = then + off
    return np.asarray(np.where((moved >= 0) & (moved < len(past)), moved, then), np.int64)


def _weighted(measured: Floats, key: Ints, keys: int, memory_ptus: float) -> tuple[Floats, Floats]:
    """Sum and weight per key of what is known, the latest counting most."""
    known = np.isfinite(measured)
    weight = np.where(known, np.exp(np.arange(1 - len(measured), 1) / memory_ptus), 0.0)
    value = np.where(known, measured, 0.0)
    total = np.bincount(key, value * weight, keys).astype(np.float64)
    return total, np.bincount(key, weight, keys).astype(np.float64)


def _departure(measured: Floats, usual: Floats) -> float:
    off = measured - usual
    off = off[np.isfinite(off)]
    return float(off.mean()) if len(off) else 0.0


def _fading(past: PtuGrid, grid: PtuGrid, memory_ptus: float) -> Floats:
    """1 now, a third after ``memory_ptus``."""
    ahead = np.arange(len(grid)) + past.index(grid.start) - len(past)
    return np.asarray(np.exp(-np.maximum(ahead, 0) / memory_ptus))


def _utc_quarter(grid: PtuGrid) -> Ints:
    first = grid.start.hour * 4 + grid.start.minute // 15
    return (np.arange(len(grid)) + first) % DAY


def _without_gaps(values: Floats) -> Floats:
    """Missing values from a straight line between their neighbours."""
    known = np.isfinite(values)
    if known.all():
        return values
    at = np.arange(len(values))
    return np.interp(at, at[known], values[known])
