"""A forecast sees the past and nothing else, and bears what is missing from it."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home.calendar import Calendar
from laag.home.devices import Building, HeatPump, Pv
from laag.home.forecast import (
    TYPICAL_DAY,
    UNKNOWN_LOAD_KW,
    Record,
    load_kw,
    outdoor_c,
    outlook,
    prices_like_recent_days,
    sky,
)
from laag.home.house import House

YEAR = PtuGrid.days(date(2025, 1, 1), 365, AMSTERDAM)
CALENDAR = Calendar.of(YEAR, AMSTERDAM)


def record(end, days=35, **given):
    """A past of so many days that ends at PTU ``end`` of the year; zero but for what is given."""
    start = end - 96 * days
    zero = np.zeros(end - start)
    series = dict.fromkeys(("load_kw", "pv_kw", "outdoor_c", "sun_w_m2"), zero) | given
    return Record(YEAR.window(start, end), **series)


def weekly(calendar):
    """A household that dines at seven on weekdays and at noon in the weekend."""
    dinner = (calendar.quarter >= 76) & (calendar.quarter < 80) & (calendar.weekday < 5)
    lunch = (calendar.quarter >= 48) & (calendar.quarter < 52) & (calendar.weekday >= 5)
    return 0.2 + 2.0 * dinner + 1.0 * lunch


def test_a_weekend_is_expected_to_be_a_weekend():
    end = YEAR.index(datetime(2025, 2, 21, 11, tzinfo=UTC))  # a Friday noon
    past = record(end, load_kw=weekly(CALENDAR.on(YEAR.window(end - 35 * 96, end))))
    ahead = YEAR.window(end, end + 192)
    assert np.allclose(load_kw(past, CALENDAR, ahead), weekly(CALENDAR.on(ahead)))


def test_dinner_stays_at_seven_after_the_clock_has_changed():
    end = YEAR.index(datetime(2025, 3, 29, 11, tzinfo=UTC))
    past = record(end, load_kw=weekly(CALENDAR.on(YEAR.window(end - 35 * 96, end))))
    ahead = YEAR.window(end + 52, end + 52 + 3 * 96)
    assert np.allclose(load_kw(past, CALENDAR, ahead), weekly(CALENDAR.on(ahead)))


def test_what_is_on_now_is_expected_to_fade():
    load = np.full(35 * 96, 0.3)
    load[-4:] = 1.3
    ahead = YEAR.window(4000, 4096)
    expected = load_kw(record(4000, load_kw=load), CALENDAR, ahead)
    assert expected[0] == pytest.approx(1.05, abs=0.05)  # four fifths of it, and a little is already usual
    assert np.all(np.diff(expected[:20]) < 0)
    assert expected[60] == pytest.approx(0.3, abs=0.02)


def test_without_any_past_a_home_is_a_typical_home():
    nothing = Record(YEAR.window(0, 0), *[np.empty(0)] * 4)
    expected = load_kw(nothing, CALENDAR, YEAR.window(0, 96))
    assert np.allclose(expected, UNKNOWN_LOAD_KW * TYPICAL_DAY)
    assert outdoor_c(nothing, YEAR.window(0, 4)).tolist() == [10.0] * 4
    assert sky(np.empty(0), nothing.grid, YEAR.window(0, 4)).tolist() == [0.0] * 4


def test_after_one_evening_a_home_is_its_own_mean_on_a_typical_day():
    past = Record(YEAR.window(68, 92), np.full(24, 0.6), *[np.zeros(24)] * 3)
    expected = load_kw(past, CALENDAR, YEAR.window(92 + 96, 92 + 192))
    assert expected[CALENDAR.quarter[188:284] == 12] == pytest.approx(0.6 * TYPICAL_DAY[12])


def test_a_dull_afternoon_lowers_the_rest_of_it_and_not_tomorrow():
    end = 96 * 150 + 48
    utc = (np.arange(end - 35 * 96, end) + 92) % 96
    bright = 4.0 * np.maximum(np.sin((utc - 20) / 56 * np.pi), 0) * (utc >= 20) * (utc < 76)
    dull = bright.copy()
    dull[-8:] *= 0.25
    ahead = YEAR.window(end, end + 96)
    clear = sky(bright, YEAR.window(end - 35 * 96, end), ahead)
    clouded = sky(dull, YEAR.window(end - 35 * 96, end), ahead)
    assert clouded[0] < 0.5 * clear[0]
    assert clouded[85] == pytest.approx(clear[85], rel=0.35)
    assert np.all(clear >= 0)


def test_a_weather_forecast_goes_before_what_was_measured():
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 8.0, 2.0, 0.3))
    ahead, price = YEAR.window(4000, 4004), np.full(4, 0.2)
    expected = outlook(
        house,
        record(4000, sun_forecast_w_m2=np.zeros(35 * 96)),
        CALENDAR,
        ahead,
        buy_eur_per_kwh=price,
        sell_eur_per_kwh=price,
        sun_forecast_w_m2=np.full(4, 500.0),
        outdoor_forecast_c=np.array([5.0, 6.0, 7.0, 8.0]),
    )
    assert expected.heat_gain_kw.tolist() == [1.3] * 4
    assert expected.outdoor_c.tolist() == [5.0, 6.0, 7.0, 8.0]


def test_a_colder_morning_makes_a_colder_evening():
    yesterday = 10.0 + np.sin(np.arange(96) / 96 * 2 * np.pi)
    past = record(4000, days=2, outdoor_c=np.concatenate([yesterday, yesterday - 4.0]))
    expected = outdoor_c(past, YEAR.window(4000, 4096))
    assert expected[0] == pytest.approx(yesterday[0] - 8.0, abs=0.2)
    assert expected[-1] == pytest.approx(yesterday[-1] - 4.0, abs=0.8)


def test_prices_repeat_by_the_clock_on_the_wall():
    end = YEAR.index(datetime(2025, 3, 29, 23, tzinfo=UTC))  # midnight before the clock goes forward
    past = Profile(YEAR.window(0, end), CALENDAR.quarter[:end].astype(float), Unit.EUR_PER_MWH)
    ahead = YEAR.window(end, end + 92)
    expected = prices_like_recent_days(past, CALENDAR, ahead)
    wall = CALENDAR.on(ahead).quarter
    assert np.array_equal(expected[8:80], wall[8:80])


def test_prices_that_are_known_are_not_guessed():
    past = Profile(YEAR.window(0, 1000), np.arange(1000.0), Unit.EUR_PER_MWH)
    expected = prices_like_recent_days(past, CALENDAR, YEAR.window(990, 1010))
    assert expected[:10].tolist() == list(range(990, 1000))
    assert expected[10] == 0.5 * (1000 - 96 + 1000 - 672)


def test_a_record_refuses_series_that_end_at_another_now():
    with pytest.raises(GridMismatch, match="pv_kw does not fit"):
        record(4000, pv_kw=np.zeros(4))


@given(st.integers(0, 2**32 - 1), st.integers(0, 40), st.floats(0, 1), st.integers(-10, 200))
@settings(max_examples=60, deadline=None)
def test_any_past_gives_finite_expectations(seed, days, missing, ahead):
    rng = np.random.default_rng(seed)
    end = 4100

    def holey(values):
        return np.where(rng.random(len(values)) < missing, np.nan, values)

    past = record(
        end,
        days=days,
        load_kw=holey(rng.exponential(0.5, 96 * days)),
        pv_kw=holey(rng.exponential(1.0, 96 * days)),
        outdoor_c=holey(rng.normal(8, 5, 96 * days)),
        sun_w_m2=holey(rng.exponential(200, 96 * days)),
    )
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 8.0), pv=Pv(4.0))
    grid = YEAR.window(end + max(ahead, 0), end + max(ahead, 0) + 144)
    price = np.full(144, 0.2)
    expected = outlook(house, past, CALENDAR, grid, buy_eur_per_kwh=price, sell_eur_per_kwh=price)
    for field in fields(expected):
        values = getattr(expected, field.name)
        assert not isinstance(values, np.ndarray) or np.isfinite(values).all()
    assert np.all(expected.load_kw >= 0)
    assert np.all(expected.pv_kw >= 0)
    assert expected.made_at == YEAR.start + end * timedelta(minutes=15)


def test_the_far_past_does_not_matter():
    long = record(5000, days=50, load_kw=np.random.default_rng(1).exponential(0.5, 4800))
    short = replace(
        long,
        grid=YEAR.window(5000 - 28 * 96, 5000),
        **{name: getattr(long, name)[-28 * 96 :] for name in ("load_kw", "pv_kw", "outdoor_c", "sun_w_m2")},
    )
    ahead = YEAR.window(5000, 5144)
    assert np.array_equal(load_kw(long, CALENDAR, ahead), load_kw(short, CALENDAR, ahead))
