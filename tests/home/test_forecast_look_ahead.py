"""Whatever happens from now on changes no forecast made now."""

from datetime import date, time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.cycle.habits import sessions_ahead
from laag.cycle.street import Habit
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home import forecast
from laag.home.calendar import Calendar
from laag.home.devices import Building, Charger, EvSession, HeatPump, Pv
from laag.home.forecast import DE_BILT, Diary, Known
from laag.home.house import House

DAYS = 40
GRID = PtuGrid.days(date(2025, 3, 3), DAYS, AMSTERDAM)
CALENDAR = Calendar.of(GRID, AMSTERDAM)
COUNT = len(GRID)
AHEAD = 196
BACK = 4 * 7 * 96
BUILDING = Building(0.2, 8.0)
HOUSE = House("h", heat_pump=HeatPump(2.0), building=BUILDING, pv=Pv(4.0))
CAR = Charger(11.0, capacity_kwh=50.0)
SERIES = (
    "load_kw",
    "pv_kw",
    "outdoor_c",
    "sun_w_m2",
    "sun_forecast_w_m2",
    "outdoor_forecast_c",
    "pv_forecast_kw",
)


def world(seed):
    """Everything that happens in a home and is told to it, and its car's stays."""
    rng = np.random.default_rng(seed)
    light = np.maximum(np.sin((np.arange(COUNT) % 96 - 24) / 48 * np.pi), 0)
    sun = 700 * light * rng.uniform(0.1, 1, COUNT)
    values = {
        "load_kw": rng.exponential(0.5, COUNT),
        "pv_kw": 0.004 * sun,
        "outdoor_c": rng.normal(8, 4, COUNT),
        "sun_w_m2": sun,
        "sun_forecast_w_m2": 500 * light,
        "outdoor_forecast_c": rng.normal(8, 4, COUNT),
        "pv_forecast_kw": 2.5 * light * rng.uniform(0.5, 1, COUNT),
    }
    stays = [
        EvSession(
            96 * day + int(rng.integers(64, 80)),
            96 * (day + 1) + int(rng.integers(20, 40)),
            float(rng.uniform(10, 30)),
            40.0,
        )
        for day in range(DAYS)
        if rng.random() < 0.8
    ]
    return values, stays


def changed(values, stays, now, told):
    """The same until now, and another world after it; what is told of later days may change from there on."""
    other = {}
    for name, old in values.items():
        at = told if "forecast" in name else now
        other[name] = np.concatenate([old[:at], 3.0 * old[at:][::-1] + 1.0])
    later = [EvSession(s.arrives + 9, s.departs + 9, 1.0, 49.0) for s in stays if s.arrives > now]
    return other, [s for s in stays if s.arrives <= now] + later


def diary(values):
    def known(name):
        profile = Profile(GRID, values[name], Unit.ONE)
        return (
            Known.published(profile, AMSTERDAM, time(12)) if "forecast" in name else Known.measured(profile)
        )

    return Diary(*map(known, SERIES))


def every_forecast(values, stays, now):
    """All public functions that expect something, by name."""
    book, at = diary(values), GRID.window(0, now).end
    past, ahead = book.record(at, BACK), GRID.window(now, now + AHEAD)
    sun, outdoor = book.weather(at, ahead)
    told = book.told_pv_kw(at, ahead)
    price = np.full(AHEAD, 0.2)
    prices = Profile(GRID.window(0, now), values["load_kw"][:now], Unit.EUR_PER_MWH)
    car = forecast.car_forecast(begun(stays, now), CALENDAR, ahead)
    expected = forecast.outlook(
        HOUSE, past, CALENDAR, ahead, buy_eur_per_kwh=price, sell_eur_per_kwh=price,
        sun_forecast_w_m2=sun, outdoor_forecast_c=outdoor, pv_forecast_kw=told, place=DE_BILT,
    )  # fmt: skip
    return {
        "load_kw": forecast.load_kw(past, CALENDAR, ahead),
        "load_forecast": forecast.load_forecast(past, CALENDAR, ahead).values,
        "sky": forecast.sky(past.pv_kw, past.grid, ahead, DE_BILT),
        "sun_w_m2": forecast.sun_w_m2(past, ahead, sun),
        "panels": forecast.panels(past, sun, ahead),
        "pv_kw": forecast.pv_kw(past, ahead, None, DE_BILT, told),
        "pv_forecast": forecast.pv_forecast(past, ahead, sun).values,
        "pv_forecast, told": forecast.pv_forecast(past, ahead, None, DE_BILT, told).values,
        "outdoor_c": forecast.outdoor_c(past, ahead),
        "heat_forecast": forecast.heat_forecast(
            BUILDING, past, ahead, outdoor_forecast_c=outdoor, sun_forecast_w_m2=sun
        ).values,
        "heat_forecast, unaided": forecast.heat_forecast(BUILDING, past, ahead).values,
        "hot_water_kw": forecast.hot_water_kw(past.load_kw, past.grid, CALENDAR, ahead),
        "prices": forecast.prices_like_recent_days(prices, CALENDAR, ahead),
        "outlook": np.stack([expected.load_kw, expected.pv_kw, expected.outdoor_c, expected.heat_gain_kw]),
        "car": np.empty(0) if car is None else np.concatenate([car.at_home, car.arrives, car.departs, car.needs_kwh]),
        "stays": sessions_ahead(stays, Habit(), CAR, GRID, AMSTERDAM, now, now + AHEAD, CALENDAR),
    }  # fmt: skip


def begun(stays, now):
    return [stay for stay in stays if stay.arrives <= now]


def told_until(now):
    """The PTU up to which the forecast of the last noon reaches: the end of today, or from noon on of tomorrow."""
    midnights = np.flatnonzero(CALENDAR.quarter[now + 1 :] == 0) + now + 1
    return int(midnights[0 if CALENDAR.quarter[now] < 48 else 1])


@given(st.integers(0, 2**32 - 1), st.integers(0, COUNT - AHEAD - 1))
@settings(max_examples=12, deadline=None)
def test_what_happens_later_changes_no_forecast(seed, now):
    values, stays = world(seed)
    mine = every_forecast(values, stays, now)
    theirs = every_forecast(*changed(values, stays, now, told_until(now)), now)
    for name, expected in mine.items():
        assert (
            np.array_equal(expected, theirs[name], equal_nan=True)
            if name != "stays"
            else (expected == theirs[name])
        ), name


def test_the_check_would_see_a_look_ahead():
    values, stays = world(1)
    now = stays[-8].arrives - 2
    mine = every_forecast(values, stays, now + 4)
    theirs = every_forecast(*changed(values, stays, now, now), now + 4)
    same = [name for name in mine if np.array_equal(np.asarray(mine[name]), np.asarray(theirs[name]))]
    assert same == []


@pytest.mark.parametrize("name", [name for name in forecast.__all__ if name[0].islower()])
def test_no_public_forecast_is_left_out_of_the_check(name):
    """Clear skies and heat through a building are formulas; every other function looks at a past."""
    checked = {"prices_like_recent_days", "car_forecast", "clear_w_m2", "heat_kw"}
    values, stays = world(0)
    assert name in checked | set(every_forecast(values, stays, 3000))
