"""The built-in street as a whole: what every run of it may count on."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.cycle.street import Nation
from laag.foundation.errors import BadInput, GridMismatch
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit
from laag.study.population import street

SPRING, AUTUMN = date(2025, 3, 30), date(2025, 10, 26)


def same_values(one, other):
    """Equal but for the seventh digit of the sun's position, which pvlib iterates until a whole array is good.

    A price may round to the next tick.
    """
    return np.allclose(
        one.values, other.values, rtol=1e-5, atol=0.0101 if one.unit is Unit.EUR_PER_MWH else 1e-4
    )


def profiles(built):
    yield from (built.outdoor_c, built.sun_w_m2)
    yield from (built.nation.day_ahead, built.nation.shortage, built.nation.surplus)
    for home in built.homes:
        yield home.load_kw
        if home.pv_kw:
            yield home.pv_kw


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 12, 20)),
    days=st.integers(1, 4),
    homes=st.integers(1, 8),
    seed=st.integers(0, 2**32),
    warmup=st.integers(0, 3),
)
@settings(max_examples=12, deadline=None)
def test_any_street_is_complete_and_physical(first, days, homes, seed, warmup):
    """Every PTU has a number, nothing inflexible feeds in, and panels give between nothing and their peak."""
    built = street(first, days, homes, seed, warmup)
    assert built.grid == PtuGrid.days(first - timedelta(days=warmup), days + warmup, AMSTERDAM)
    for profile in profiles(built):
        assert profile.grid == built.grid
        assert np.all(np.isfinite(profile.values))
    for home in built.homes:
        assert np.all(home.load_kw.values >= 0)
        assert np.all(home.load_kw.values < home.house.import_max_kw)
        assert (home.pv_kw is None) == (home.house.pv is None)
        if home.pv_kw and home.house.pv:
            assert np.all(home.pv_kw.values >= 0)
            assert np.all(home.pv_kw.values <= home.house.pv.peak_kw)
            assert not np.any(home.pv_kw.values[built.sun_w_m2.values == 0])


def test_the_same_seed_gives_the_same_street_to_the_last_bit():
    once, again = (street(date(2025, 6, 2), 2, homes=7, warmup_days=1) for _ in range(2))
    for one, other in zip(profiles(once), profiles(again), strict=True):
        assert one.values.tobytes() == other.values.tobytes()
    assert [home.sessions for home in once.homes] == [home.sessions for home in again.homes]
    assert [home.house for home in once.homes] == [home.house for home in again.homes]


def test_another_seed_gives_other_people_under_another_sky():
    one, other = (street(date(2025, 6, 2), 2, homes=4, seed=seed) for seed in (1, 2))
    assert not np.allclose(one.outdoor_c.values, other.outdoor_c.values)
    assert all(
        not np.allclose(a.load_kw.values, b.load_kw.values)
        for a, b in zip(one.homes, other.homes, strict=True)
    )


def test_a_home_is_the_same_in_a_short_street_and_a_long_one():
    short, long = (street(date(2025, 6, 2), 2, homes=homes, warmup_days=1) for homes in (10, 70))
    for one, other in zip(short.homes, long.homes, strict=False):
        assert one.house == other.house
        assert (one.sessions, one.feeder, one.group) == (other.sessions, other.feeder, other.group)
        assert np.array_equal(one.load_kw.values, other.load_kw.values)


@pytest.mark.parametrize("first", [SPRING - timedelta(days=1), date(2025, 7, 20), date(2025, 12, 30)])
def test_what_happens_at_an_instant_does_not_depend_on_the_run(first):
    """Two days seen alone and within two months: same weather, prices, loads, roofs and cars."""
    short = street(first, 2, homes=20, warmup_days=0)
    long = street(first - timedelta(days=20), 50, homes=20, warmup_days=9)
    at = short.grid.within(long.grid)
    for one, other in zip(profiles(short), profiles(long), strict=True):
        assert same_values(one, other.on(short.grid))
    for one, other in zip(short.homes, long.homes, strict=True):
        within = [
            (max(stay.arrives - at.start, 0), stay.departs - at.start, stay.stored_kwh)
            for stay in other.sessions
            if stay.departs > at.start and stay.arrives < at.stop
        ]
        assert [(stay.arrives, stay.departs, stay.stored_kwh) for stay in one.sessions] == within


@pytest.mark.parametrize(("day", "count"), [(SPRING, 92), (AUTUMN, 100)])
def test_a_clock_change_day_has_its_own_length(day, count):
    built = street(day, 1, homes=7, warmup_days=0)
    assert len(built.grid) == count
    assert all(len(profile.values) == count for profile in profiles(built))


def test_a_nation_from_outside_is_cut_to_the_street_and_keeps_its_name():
    grid = PtuGrid.days(date(2025, 5, 1), 40, AMSTERDAM)
    flat = Profile.flat(grid, 80.0, Unit.EUR_PER_MWH)
    built = street(date(2025, 5, 20), 3, homes=2, nation=Nation(flat, flat, flat, "measured"))
    assert built.nation.day_ahead.grid == built.grid
    assert built.nation.source == "measured"
    with pytest.raises(GridMismatch):
        street(date(2025, 5, 10), 3, homes=2, nation=Nation(flat, flat, flat, "measured"))


def test_modelled_prices_say_that_they_are():
    assert street(date(2025, 5, 20), 1, homes=1, warmup_days=0).nation.source.startswith("model: ")


@pytest.mark.parametrize(("homes", "days", "warmup"), [(0, 1, 0), (1, 0, 0), (1, 1, -1)])
def test_a_street_of_nothing_is_refused(homes, days, warmup):
    with pytest.raises(BadInput, match="at least one home and one day"):
        street(date(2025, 5, 20), days, homes, warmup_days=warmup)


def test_the_mix_is_the_stated_one():
    houses = [home.house for home in street(date(2025, 5, 20), 1, warmup_days=0).homes]
    assert sum(house.pv is not None for house in houses) == 27
    assert sum(house.charger is not None for house in houses) == 15
    assert sum(house.heat_pump is not None for house in houses) == 15
    assert sum(house.battery is not None for house in houses) == 9
    assert len({house.name for house in houses}) == 60


def test_every_cable_serves_a_third_of_the_street_and_some_of_everything():
    built = street(date(2025, 5, 20), 1, warmup_days=0)
    assert [feeder.name for feeder in built.feeders] == ["cable-1", "cable-2", "cable-3"]
    for feeder in built.feeders:
        served = [home.house for home in built.homes if home.feeder == feeder.name]
        assert len(served) == 20
        for device in ("pv", "charger", "heat_pump", "battery"):
            assert any(getattr(house, device) for house in served)
    assert built.import_max_kw == 152.0


def test_a_heat_pump_has_a_building_that_it_can_heat():
    """At -10 °C the pump's heat covers the loss at 20 °C indoors."""
    for home in street(date(2025, 1, 10), 1, warmup_days=0).homes:
        pump, building = home.house.heat_pump, home.house.building
        if pump is None:
            continue
        assert building is not None
        cop = max(pump.cop_at_7c + pump.cop_per_k * (-10 - 7), pump.cop_min)
        assert pump.power_max_kw * cop >= building.loss_kw_per_k * 30
        assert 0.05 < building.loss_kw_per_k < 0.3
        assert 3.0 < pump.cop_at_7c < 5.0
