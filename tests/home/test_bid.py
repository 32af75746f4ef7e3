"""What a home asks of the market, and up to which price it means it."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.contracts import ANY_PRICE, Side
from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import PtuGrid
from laag.home.bid import Device, Prospect, orders, plans
from laag.home.bid.curve import falling, steps
from laag.home.bid.steps import Steps, to_market
from laag.home.devices import Battery, Building, Charger, EvSession, HeatPump, Pv
from laag.home.house import HomeState, House
from laag.home.ladder import Floor, Level, Rung
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver

SOLVER = Solver()
GRID = PtuGrid(datetime(2025, 5, 5, tzinfo=UTC), 8)
ALL = slice(0, 8)
FLAT = np.ones(8)
CHEAP_THEN_DEAR = np.array([0.10, 0.11, 0.12, 0.13, 0.40, 0.40, 0.40, 0.40])


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
        claims=given.get("claims", ()),
        **series,
    )


def prospect(expected, *surprises, spread=0.0, **given):
    """A market in which the outlook's price to buy is the price that all pay, and how it may miss."""
    price = expected.buy_eur_per_kwh
    usual = {"market_eur_per_kwh": price, "later_eur_per_kwh": price, "spread_eur_per_kwh": spread}
    return Prospect(surprise_eur_per_kwh=np.array(surprises).reshape(-1, 8), **(usual | given))


def booked(house, expected, *surprises, state=HomeState(), spread=0.0, ev_share=1.0):  # noqa: B008 - a frozen value
    """Orders as (ptu, device, side, Wh, ticks)."""
    seen = prospect(expected, *surprises, spread=spread)
    planned = plans(house, state, expected, ALL, seen, solver=SOLVER)
    made = orders(planned, house, ALL, seen, ev_share)
    columns = (made.ptu, made.device, made.side, made.quantity_wh, made.limit_ticks)
    return list(zip(*[column.tolist() for column in columns], strict=True))


def of(rows, device):
    return [row for row in rows if row[1] == device]


@given(st.lists(st.lists(st.integers(-50, 50), min_size=3, max_size=3), min_size=1, max_size=7))
def test_a_falling_curve_pools_what_rises(rows):
    """Beside the textbook's way of pooling adjacent violators, one column at a time."""
    levels = np.array(rows, np.float64)
    fitted = falling(levels)
    assert (np.diff(fitted, axis=0) <= 1e-9).all()
    for column in range(3):
        pools = []
        for level in levels[:, column]:
            pools.append([level, 1])
            while len(pools) > 1 and pools[-2][0] < pools[-1][0]:
                (a, n), (b, m) = pools[-2:]
                pools[-2:] = [[(a * n + b * m) / (n + m), n + m]]
        assert fitted[:, column] == pytest.approx([mean for mean, n in pools for _ in range(n)])


limits = st.one_of(st.integers(-5, 30), st.sampled_from([ANY_PRICE, -ANY_PRICE]))
few = st.lists(st.tuples(st.integers(0, 6), limits), max_size=5)


@given(few, few)
def test_what_a_home_takes_at_any_price_is_what_its_devices_take_less_what_they_give(wants, gives):
    """Own supply first changes who deals with whom, not what the meter sees."""
    demand, supply = together(Device.EV, wants), together(Device.BATTERY, gives)
    bought, sold = to_market(demand, supply)
    for price in range(-8, 34):
        outside = taken(bought, price, 1) - taken(sold, price, -1)
        assert outside in between_sides(wants, gives, price)
        assert not (taken(bought, price, 1) and taken(sold, price, -1))


def together(device, parts):
    quantity, limit = np.array(parts, np.int64).reshape(-1, 2).T
    return Steps.of(device, quantity[:, None], limit[:, None])


def taken(some, price, sign):
    return int(some.quantity_wh[sign * some.limit_ticks >= sign * price].sum())


def between_sides(wants, gives, price):
    """Exactly at a limit an order may be served or not."""
    above, below = (
        sum(wh for wh, limit in wants if limit >= at) - sum(wh for wh, limit in gives if limit <= other)
        for at, other in ((price + 1, price), (price, price - 1))
    )
    return range(min(above, below), max(above, below) + 1)


def test_a_curve_steps_halfway_between_two_courses():
    power, price = np.array([[1.0], [4.0]]), np.array([[0.30], [0.20]])
    buys, sells = steps(Device.EV, power, price, np.array([40_000]), np.array([0]))
    assert buys.quantity_wh[:, 0].tolist() == [750, 250]
    assert buys.limit_ticks[:, 0].tolist() == [25_000, 40_000]
    assert not sells.quantity_wh.any()


def test_a_curve_goes_from_buying_to_selling_as_the_price_rises():
    power, price = np.array([[2.0], [-2.0]]), np.array([[0.10], [0.50]])
    buys, sells = steps(Device.BATTERY, power, price, np.array([50_000]), np.array([10_000]))
    assert buys.quantity_wh[:, 0].tolist() == [500, 0]
    assert buys.limit_ticks[0, 0] == 30_000
    assert sells.quantity_wh[:, 0].tolist() == [0, 500]
    assert sells.limit_ticks[1, 0] == 30_000


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


def test_a_car_on_own_sun_would_rather_sell_it_where_that_pays_more_than_another_hour_costs():
    house = House("h", pv=Pv(3.0), charger=Charger(4.0, efficiency=1.0))
    sunny = outlook(pv_kw=1.0 * FLAT, sessions=(EvSession(0, 8, 10.0, 14.5),))
    sun, car = [row for row in booked(house, sunny) if row[0] == 0]
    assert car[1:4] == (Device.EV, Side.BUY, 850)
    assert sun[1:4] == (Device.PV, Side.SELL, 150)
    assert sun[4] > car[4] >= 25_000 - 1


def test_a_car_bids_what_its_dearest_quarter_costs_and_the_spread():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    expected = outlook(buy_eur_per_kwh=CHEAP_THEN_DEAR, sessions=(EvSession(0, 8, 10.0, 12.5),))
    for spread, ticks in ((0.0, 12_000), (0.01, 13_000)):
        rows = of(booked(house, expected, spread=spread), Device.EV)
        assert [row[3] for row in rows] == [1000, 1000, 500]
        assert all(row[4] == pytest.approx(ticks, abs=2) for row in rows)


def test_a_day_that_may_be_dearer_as_a_whole_only_raises_the_limits_of_what_is_needed_anyway():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    expected = outlook(buy_eur_per_kwh=CHEAP_THEN_DEAR, sessions=(EvSession(0, 8, 10.0, 12.5),))
    rows = of(booked(house, expected, 0.07 * FLAT, -0.05 * FLAT), Device.EV)
    assert [row[:4] for row in rows] == [
        (t, Device.EV, Side.BUY, wh) for t, wh in enumerate([1000, 1000, 500])
    ]
    assert all(row[4] == pytest.approx(19_000, abs=2) for row in rows)


def test_a_quarter_that_may_become_dear_is_left_above_the_price_at_which_another_is_better():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    expected = outlook(buy_eur_per_kwh=CHEAP_THEN_DEAR, sessions=(EvSession(0, 8, 10.0, 11.0),))
    spike = 0.20 * (np.arange(8) == 0)
    (first,), (second,) = (
        [row for row in of(booked(house, expected, spike), Device.EV) if row[0] == ptu] for ptu in (0, 1)
    )
    assert (first[3], first[4]) == (1000, pytest.approx(20_000, abs=2))
    assert second[3] == 500  # its own price is the same in both courses, so nothing there tells them apart
    assert second[4] < first[4]


def test_a_kwh_that_can_only_come_later_as_an_import_may_cost_what_an_import_costs():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    expected = outlook(buy_eur_per_kwh=CHEAP_THEN_DEAR, sessions=(EvSession(0, 8, 10.0, 10.5),))
    seen = prospect(expected, later_eur_per_kwh=CHEAP_THEN_DEAR + 0.05)
    made = orders(plans(house, HomeState(), expected, ALL, seen, solver=SOLVER), house, ALL, seen)
    assert made.limit_ticks[made.device == Device.EV].tolist() == pytest.approx([15_000], abs=2)


def test_market_prices_are_without_vat():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    expected = outlook(buy_eur_per_kwh=CHEAP_THEN_DEAR, sessions=(EvSession(0, 8, 10.0, 10.5),))
    seen = prospect(
        expected, market_eur_per_kwh=CHEAP_THEN_DEAR / 1.25, later_eur_per_kwh=CHEAP_THEN_DEAR / 1.25
    )
    seen = replace(seen, vat=1.25)
    made = orders(plans(house, HomeState(), expected, ALL, seen, solver=SOLVER), house, ALL, seen)
    assert made.limit_ticks[made.device == Device.EV].tolist() == pytest.approx([8_000], abs=2)


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
    assert all(row[4] == pytest.approx(10_000, abs=3) for row in bought)
    assert all(row[4] == pytest.approx(48_000, abs=3) for row in sold)


def test_where_a_battery_serves_the_house_cheap_energy_is_bought_instead():
    """The battery's kWh is kept for later below what it is worth, and never sold above: the load needs it."""
    prices = np.array([0.30] * 4 + [0.10] * 4)
    house = House("h", battery=Battery(4.0, 4.0, 4.0, 1.0, 1.0, wear_eur_per_kwh=0.02))
    expected = outlook(buy_eur_per_kwh=prices, sell_eur_per_kwh=0 * FLAT)
    rows = [row for row in booked(house, expected, state=HomeState(0.4)) if row[0] < 4]
    assert [row[1:4] for row in rows] == [(Device.LOAD, Side.BUY, 100)] * 4
    assert all(0 < row[4] <= 30_000 for row in rows)


def test_what_a_rung_above_the_market_fixes_is_bought_at_any_price():
    """A floor under the battery for a power cut is not a matter of money."""
    house = House("h", battery=Battery(4.0, 4.0, 4.0, 1.0, 1.0))
    keep = Floor(Rung.COMFORT, Level.STORED, 3, 8, 3.0, "wish:keep 75 %")
    expected = outlook(load_kw=0 * FLAT, claims=(keep,))
    plan = cheapest(house, HomeState(0.0), expected, solver=SOLVER)
    firm = replace(plan, firm=np.broadcast_to(np.arange(7)[:, None] == Device.BATTERY, (7, 8)))
    made = orders((firm,), house, ALL, prospect(expected))
    assert made.quantity_wh.sum() == pytest.approx(3000, abs=4)
    assert (made.limit_ticks == ANY_PRICE).all()


def test_a_car_that_stays_away_every_other_evening_is_bought_half_for():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    expected = outlook(buy_eur_per_kwh=CHEAP_THEN_DEAR, sessions=(EvSession(0, 8, 10.0, 12.5),))
    rows = of(booked(house, expected, ev_share=0.5), Device.EV)
    assert [row[3] for row in rows] == [500, 500, 250]


def test_a_programme_is_bought_for_one_time_whole():
    """Half a wash in each of two courses is no wash."""
    plan = cheapest(House("h"), HomeState(), outlook(), solver=SOLVER)
    early, late = (
        replace(plan, appliance_kw=kw, connection_kw=plan.connection_kw + kw)
        for kw in (2.0 * (np.arange(8) == 1), 2.0 * (np.arange(8) == 5))
    )
    made = orders((early, late), House("h"), ALL, prospect(outlook(), 0.1 * (np.arange(8) == 1)))
    wash = made.device == Device.APPLIANCE
    assert (made.ptu[wash].tolist(), made.quantity_wh[wash].tolist()) == ([1], [500])


def test_a_home_that_can_shift_nothing_is_planned_once():
    expected = outlook()
    seen = prospect(expected, 0.2 * (np.arange(8) == 0), 0.1 * FLAT)
    planned = plans(House("h", pv=Pv(1.0)), HomeState(), expected, ALL, seen, solver=SOLVER)
    assert len(planned) == 3
    assert planned[1] is planned[0]
    assert planned[2] is planned[0]


def test_a_heat_pump_is_planned_for_every_surprising_course():
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 8.0))
    expected = outlook()
    seen = prospect(expected, 0.2 * (np.arange(8) == 0), 0.1 * FLAT)
    planned = plans(house, HomeState(), expected, ALL, seen, solver=SOLVER)
    assert planned[1] is not planned[0]
    assert planned[2] is planned[0]  # dearer as a whole: the house needs the same heat


def test_a_window_counts_from_its_start():
    plan = cheapest(House("h"), HomeState(), outlook(), solver=SOLVER)
    window = slice(6, 8)
    assert orders((plan,), House("h"), window, Prospect.as_expected(outlook(), window)).ptu.tolist() == [0, 1]


def test_surprises_of_another_day_are_refused():
    with pytest.raises(GridMismatch, match="the day that is bid for"):
        Prospect(FLAT, FLAT, np.zeros((2, 7)))
