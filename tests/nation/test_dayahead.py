"""The price model: sun and wind push it below zero, a calm cold evening pulls it up."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.nation.dayahead import MERIT_ORDER, Country, Drivers, gas_eur_per_mwh, modelled_prices, price_at

DAY = PtuGrid.day(date(2025, 5, 11), AMSTERDAM)


def drivers(grid=DAY, *, outdoor=13.0, sun=0.0, wind=0.25, rest=False, surprise=0.0):
    def flat(value, kind=np.float64):
        return np.full(len(grid), value, kind)

    return Drivers(grid, flat(outdoor), flat(sun), flat(wind), flat(rest, np.bool_), flat(surprise))


@given(st.floats(-60, 60), st.floats(0, 20))
def test_more_residual_load_never_lowers_the_price(residual, more):
    low, high = price_at(np.array([residual, residual + more]))
    assert -500 <= low <= high <= 4000


@given(st.floats(-10, 30), st.floats(0, 900), st.floats(0, 1), st.booleans())
def test_prices_are_on_the_exchange_tick(outdoor, sun, wind, rest):
    values = modelled_prices(drivers(outdoor=outdoor, sun=sun, wind=wind, rest=rest)).values
    assert np.allclose(values * 100, np.rint(values * 100), atol=1e-6)


def test_a_sunny_windy_sunday_in_spring_goes_below_zero():
    noon = modelled_prices(drivers(sun=700.0, wind=0.6, rest=True)).values[52]
    assert noon < -20


def test_a_cold_calm_evening_is_dear():
    evening = modelled_prices(
        drivers(PtuGrid.day(date(2025, 1, 15), AMSTERDAM), outdoor=-6.0, wind=0.02)
    ).values[72]
    assert evening > 200


def test_gas_sets_the_price_of_an_ordinary_evening():
    evening = modelled_prices(drivers(wind=0.3)).values[76]
    assert gas_eur_per_mwh(0.62) < evening < gas_eur_per_mwh(0.32)


def test_sundays_are_cheaper():
    assert np.all(modelled_prices(drivers(rest=True)).values < modelled_prices(drivers()).values)


def test_wind_and_sun_each_lower_the_price():
    calm, windy, sunny = (
        modelled_prices(drivers(wind=w, sun=s)).values for w, s in ((0.1, 0), (0.8, 0), (0.1, 500))
    )
    assert np.all(windy < calm)
    assert np.all(sunny < calm)


def test_the_merit_order_rises():
    until = [step.until for step in MERIT_ORDER]
    assert until == sorted(until)
    assert all(step.gw > 0 for step in MERIT_ORDER)


def test_more_panels_in_the_country_lower_the_noon_price():
    more = modelled_prices(drivers(sun=600.0), Country(solar_gw=40.0)).values
    assert np.all(more < modelled_prices(drivers(sun=600.0)).values)


@pytest.mark.parametrize(("day", "count"), [(date(2025, 3, 30), 92), (date(2025, 10, 26), 100)])
def test_a_clock_change_day_is_priced_in_full(day, count):
    prices = modelled_prices(drivers(PtuGrid.day(day, AMSTERDAM)))
    assert len(prices.values) == count
    assert np.all(np.isfinite(prices.values))


def test_a_grid_may_start_within_an_hour():
    whole = modelled_prices(drivers(DAY))
    late = modelled_prices(drivers(DAY.window(1, 96)))
    assert len(late.values) == 95
    assert np.abs(late.values[10:] - whole.values[11:]).max() < 5
