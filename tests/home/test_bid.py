"""What a home asks of the market, and up to which price it means it."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from laag.foundation.contracts import ANY_PRICE, Side
from laag.foundation.ptu import PtuGrid
from laag.home.bid import Device, orders
from laag.home.devices import Battery, Charger, EvSession, Pv
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver

SOLVER = Solver()
GRID = PtuGrid(datetime(2025, 5, 5, tzinfo=UTC), 8)
FLAT = np.ones(8)


def outlook(**given):
    usual = {
        "load_kw": 0.4 * FLAT,
        "pv_kw": 0 * FLAT,
        "buy_eur_per_kwh": 0.25 * FLAT,
        "sell_eur_per_kwh": 0.05 * FLAT,
    }
    series = {name: np.asarray(given.get(name, value)) for name, value in usual.items()}
    return Outlook(
        GRID,
        np.arange(8),
        outdoor_c=8 * FLAT,
        heat_gain_kw=0 * FLAT,
        sessions=given.get("sessions", ()),
        **series,
    )


def booked(house, expected, state=HomeState(), spread=0.0):  # noqa: B008 - a frozen value
    """Orders as (ptu, device, side, Wh, ticks)."""
    made = orders(cheapest(house, state, expected, solver=SOLVER), house, slice(0, 8), spread)
    columns = (made.ptu, made.device, made.side, made.quantity_wh, made.limit_ticks)
    return list(zip(*[column.tolist() for column in columns], strict=True))


def test_load_is_bought_at_any_price():
    assert booked(House("h"), outlook())[0] == (0, Device.LOAD, Side.BUY, 100, ANY_PRICE)


def test_own_sun_serves_own_load_and_only_the_rest_is_sold():
    sun = outlook(pv_kw=2.0 * FLAT)
    assert booked(House("h", pv=Pv(3.0)), sun)[0] == (0, Device.PV, Side.SELL, 400, 0)
    must_run = House("h", pv=Pv(3.0, curtailable=False))
    assert booked(must_run, sun)[0] == (0, Device.PV, Side.SELL, 400, -ANY_PRICE)


def test_sun_that_nobody_was_expected_to_pay_for_is_offered_for_nothing():
    """A neighbour may want it: the auction has not spoken yet, and a guess must not keep the street from its own sun."""
    below_zero = outlook(pv_kw=2.0 * FLAT, sell_eur_per_kwh=-0.03 * FLAT)
    house = House("h", pv=Pv(3.0))
    assert cheapest(house, HomeState(), below_zero, solver=SOLVER).pv_kw.max() == pytest.approx(0.4)
    assert booked(house, below_zero)[0] == (0, Device.PV, Side.SELL, 400, 0)


def test_no_more_sun_is_offered_than_the_connection_carries():
    below_zero = outlook(pv_kw=9.0 * FLAT, sell_eur_per_kwh=-0.03 * FLAT)
    house = House("h", export_max_kw=5.0, pv=Pv(9.0))
    assert booked(house, below_zero)[0] == (0, Device.PV, Side.SELL, 1250, 0)


def test_what_goes_to_market_of_a_car_and_a_load_with_some_sun_is_the_car():
    """The sun serves what is wanted most; the market sees the rest of the car."""
    house = House("h", pv=Pv(3.0), charger=Charger(4.0, efficiency=1.0))
    rows = booked(house, outlook(pv_kw=1.0 * FLAT, sessions=(EvSession(0, 8, 10.0, 18.0),)))
    ticks = rows[0][4]
    assert rows[0] == (0, Device.EV, Side.BUY, 850, ticks)
    assert ticks >= 25_000


def test_a_car_bids_the_price_of_its_dearest_quarter_and_the_spread_above_it():
    prices = np.array([0.10, 0.11, 0.12, 0.13, 0.40, 0.40, 0.40, 0.40])
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    expected = outlook(buy_eur_per_kwh=prices, sessions=(EvSession(0, 8, 10.0, 12.5),))
    for spread, ticks in ((0.0, 12_000), (0.01, 13_000)):
        rows = [row for row in booked(house, expected, spread=spread) if row[1] == Device.EV]
        assert [row[3] for row in rows] == [1000, 1000, 500]
        assert all(row[4] == pytest.approx(ticks, abs=2) for row in rows)


def test_a_battery_bids_and_asks_what_its_energy_is_worth_in_another_quarter():
    prices = np.array([0.10] * 4 + [0.50] * 4)
    house = House("h", battery=Battery(2.0, 4.0, 4.0, 0.9, 0.9, wear_eur_per_kwh=0.02))
    expected = outlook(buy_eur_per_kwh=prices, sell_eur_per_kwh=prices - 0.02, load_kw=0 * FLAT)
    rows = booked(house, expected)
    bought = [row for row in rows if row[2] == Side.BUY]
    sold = [row for row in rows if row[2] == Side.SELL]
    assert {row[1] for row in rows} == {Device.BATTERY}
    assert sum(row[3] for row in bought) == pytest.approx(2000 / 0.9, abs=3)
    assert sum(row[3] for row in sold) == pytest.approx(2000 * 0.9, abs=3)
    assert all(
        row[4] == pytest.approx(10_000, abs=3) for row in bought
    )  # another cheap quarter would do as well
    assert all(row[4] == pytest.approx(48_000, abs=3) for row in sold)


def test_the_last_watt_hour_of_rounding_goes_to_the_largest():
    plan = cheapest(House("h"), HomeState(), outlook(), solver=SOLVER)
    third = np.full(8, 0.0021)
    split = replace(plan, load_kw=third, ev_kw=third, heat_pump_kw=third * 1.1, connection_kw=third * 3.1)
    made = orders(split, House("h"), slice(0, 8))
    assert np.bincount(made.ptu, made.quantity_wh).tolist() == [2] * 8


def test_a_window_counts_from_its_start():
    plan = cheapest(House("h"), HomeState(), outlook(), solver=SOLVER)
    assert orders(plan, House("h"), slice(6, 8)).ptu.tolist() == [0, 1]
