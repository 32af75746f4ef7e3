"""What a home does on a day that anyone can picture."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import AMSTERDAM, PTU_HOURS, PtuGrid
from laag.home.calendar import Calendar
from laag.home.devices import Battery, Building, Charger, EvSession, HeatPump, Pv
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver

SOLVER = Solver()


def outlook(count=96, **given):
    """A mild, dark, flat-priced day; say what is different."""
    grid = PtuGrid(datetime(2025, 3, 3, tzinfo=UTC), count)
    usual = {
        "quarter": np.arange(count) % 96,
        "load_kw": np.full(count, 0.4),
        "pv_kw": np.zeros(count),
        "outdoor_c": np.full(count, 8.0),
        "heat_gain_kw": np.full(count, 0.3),
        "buy_eur_per_kwh": np.full(count, 0.25),
        "sell_eur_per_kwh": np.full(count, 0.06),
    }
    series = {name: np.asarray(given.get(name, value)) for name, value in usual.items()}
    rest = {name: value for name, value in given.items() if name not in usual}
    return Outlook(grid, **series, **rest)


def kinds(plan):
    return [short.kind for short in plan.shortfalls]


HOURS = np.arange(96) / 4
DEAR_EVENING = np.where((HOURS >= 17) & (HOURS < 21), 0.45, np.where(HOURS < 6, 0.10, 0.25))
NOON_SUN = np.where((HOURS >= 11) & (HOURS < 15), 3.0, 0.0)


def test_a_battery_carries_the_cheap_night_to_the_dear_evening():
    house = House("h", battery=Battery(8.0, 4.0, 4.0))
    plan = cheapest(house, HomeState(), outlook(buy_eur_per_kwh=DEAR_EVENING), solver=SOLVER)
    night, evening = HOURS < 6, (HOURS >= 17) & (HOURS < 21)
    assert plan.battery_kw[night].sum() > 0
    assert np.allclose(plan.connection_kw[evening], 0.0)
    assert np.all(plan.battery_kw[~night & ~evening] <= 1e-9)


def test_the_car_charges_in_the_cheapest_quarters_it_is_there():
    prices = 0.2 + 0.001 * np.arange(96)[::-1] * np.where(np.arange(96) % 2, 1, -1)
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    stay = EvSession(8, 40, 10.0, 20.0)
    plan = cheapest(house, HomeState(), outlook(buy_eur_per_kwh=prices, sessions=(stay,)), solver=SOLVER)
    cheapest_ten = np.sort(np.argsort(prices[8:40])[:10] + 8)
    assert np.flatnonzero(plan.ev_kw).tolist() == cheapest_ten.tolist()
    assert plan.ev_stored_kwh[39] == pytest.approx(20.0)
    assert np.isnan(plan.ev_stored_kwh[[7, 40]]).all()
    assert plan.shortfalls == ()


def test_of_equally_cheap_quarters_the_car_takes_the_first():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    plan = cheapest(house, HomeState(), outlook(sessions=(EvSession(10, 90, 10.0, 20.0),)), solver=SOLVER)
    assert np.flatnonzero(plan.ev_kw).tolist() == list(range(10, 20))


def test_sun_to_spare_goes_into_the_battery_before_the_grid():
    house = House("h", pv=Pv(4.0), battery=Battery(6.0, 4.0, 4.0))
    plan = cheapest(house, HomeState(), outlook(pv_kw=NOON_SUN), solver=SOLVER)
    assert plan.stored_kwh.max() == pytest.approx(6.0)
    assert np.all(plan.battery_kw[NOON_SUN == 0] <= 0)
    assert np.array_equal(plan.pv_kw, NOON_SUN)


def test_the_roof_is_turned_down_when_feeding_in_costs_money():
    house = House("h", pv=Pv(4.0))
    expected = outlook(pv_kw=NOON_SUN, sell_eur_per_kwh=np.full(96, -0.05))
    plan = cheapest(house, HomeState(), expected, solver=SOLVER)
    sunny = NOON_SUN > 0
    assert np.allclose(plan.connection_kw[sunny], 0.0)
    assert np.array_equal(plan.pv_limit_kw[sunny], plan.pv_kw[sunny])
    assert np.all(np.isinf(plan.pv_limit_kw[~sunny]))
    fixed = cheapest(replace(house, pv=Pv(4.0, curtailable=False)), HomeState(), expected, solver=SOLVER)
    assert np.array_equal(fixed.pv_kw, NOON_SUN)


def test_an_impossible_wish_gets_full_power_and_a_sentence():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    plan = cheapest(house, HomeState(), outlook(sessions=(EvSession(8, 12, 5.0, 50.0),)), solver=SOLVER)
    assert plan.ev_kw[8:12].tolist() == [4.0] * 4
    (short,) = plan.shortfalls
    assert (short.kind, short.unit, short.ptu) == ("ev", "kWh", 11)
    assert short.amount == pytest.approx(41.0)
    assert short.why == "the car leaves with 9.0 of the 50.0 kWh it should have"


def test_a_car_that_stays_beyond_the_horizon_is_charged_in_time_and_when_it_is_cheap():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    stay = EvSession(80, 120, 10.0, 30.0)  # 24 quarters after the horizon give at most 24 kWh
    flat = cheapest(house, HomeState(), outlook(sessions=(stay,)), solver=SOLVER)
    assert flat.shortfalls == ()
    low = np.where(np.arange(96) >= 92, 0.05, 0.25)
    keen = cheapest(house, HomeState(), outlook(sessions=(stay,), buy_eur_per_kwh=low), solver=SOLVER)
    assert keen.ev_kw[92:].tolist() == [4.0] * 4
    need_now = replace(stay, wanted_kwh=36.0)
    must = cheapest(house, HomeState(), outlook(sessions=(need_now,)), solver=SOLVER)
    assert must.ev_stored_kwh[-1] >= 12.0 - 1e-6


def test_what_is_charged_before_a_trip_is_still_there_after_it():
    """The second stay continues from the first: charging cheaply today spares charging dearly tomorrow."""
    prices = np.where(np.arange(96) < 30, 0.10, 0.40)
    house = House("h", charger=Charger(7.4, efficiency=1.0, capacity_kwh=60.0))
    stays = (EvSession(0, 30, 20.0, 30.0), EvSession(60, 96, 0.0, 30.0, used_kwh=10.0))
    plan = cheapest(house, HomeState(), outlook(buy_eur_per_kwh=prices, sessions=stays), solver=SOLVER)
    assert plan.ev_stored_kwh[29] == pytest.approx(40.0)
    assert plan.ev_kw[60:].sum() == 0
    unlinked = (stays[0], replace(stays[1], used_kwh=None, stored_kwh=20.0))
    plan = cheapest(house, HomeState(), outlook(buy_eur_per_kwh=prices, sessions=unlinked), solver=SOLVER)
    assert plan.ev_stored_kwh[29] == pytest.approx(30.0)
    assert plan.ev_kw[60:].sum() * PTU_HOURS == pytest.approx(10.0)


def test_paid_to_consume_a_car_takes_what_it_wants_and_no_more_than_it_will_drive():
    car = House("nr-1", charger=Charger(11.0, capacity_kwh=60.0))
    paid = outlook(buy_eur_per_kwh=np.full(96, -0.2), sessions=(EvSession(0, 90, 20.0, 40.0),))
    day = cheapest(car, HomeState(), paid, solver=SOLVER)
    assert day.ev_stored_kwh[89] == pytest.approx(40.0)


def test_a_heat_pump_heats_before_the_dear_hours_and_keeps_the_band():
    house = House("h", heat_pump=HeatPump(2.5), building=Building(0.2, 10.0))
    plan = cheapest(house, HomeState(indoor_c=20.0), outlook(buy_eur_per_kwh=DEAR_EVENING), solver=SOLVER)
    low = house.comfort.low_c(np.arange(96))
    assert np.all(plan.indoor_c >= low - 1e-6)
    assert np.all(plan.indoor_c <= house.comfort.high_c + 1e-6)
    evening = (HOURS >= 17) & (HOURS < 21)
    assert plan.heat_pump_kw[(HOURS >= 15) & (HOURS < 17)].sum() > 0
    assert plan.heat_pump_kw[evening].sum() < 0.2 * plan.heat_pump_kw.sum()


def test_a_cold_house_is_heated_at_full_power_and_the_plan_says_it_is_cold():
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 10.0))
    plan = cheapest(house, HomeState(indoor_c=12.0), outlook(), solver=SOLVER)
    assert plan.heat_pump_kw[:8].tolist() == [2.0] * 8
    assert kinds(plan) == ["too_cold"]


def test_the_band_follows_the_clock_on_the_wall_when_it_changes():
    """On 30 March there is no 02:00: comfort by day begins one PTU-hour earlier than on other days."""
    grid = PtuGrid.day(date(2025, 3, 30), AMSTERDAM)
    quarter = Calendar.of(grid, AMSTERDAM).quarter
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.25, 4.0))
    usual = outlook(92)
    spring = replace(usual, grid=grid, quarter=quarter, outdoor_c=np.zeros(92))
    plan = cheapest(house, HomeState(indoor_c=18.0), spring, solver=SOLVER)
    assert len(plan) == 92
    assert plan.indoor_c[22] >= 19.5 - 1e-6  # the PTU of 06:30 is the 23rd of this day
    assert plan.indoor_c[20] < 19.5


def test_where_the_market_has_cleared_the_home_keeps_to_its_position():
    house = House("h", battery=Battery(8.0, 4.0, 4.0))
    bought = np.full(96, 0.6)
    agreed = outlook(
        position_kw=bought,
        more_eur_per_kwh=np.full(96, 0.60),
        less_eur_per_kwh=np.full(96, 0.01),
        buy_eur_per_kwh=DEAR_EVENING,
    )
    plan = cheapest(house, HomeState(2.0), agreed, solver=SOLVER)
    assert np.allclose(plan.connection_kw[:60], 0.6)
    assert plan.cost_eur == pytest.approx((DEAR_EVENING * bought).sum() * PTU_HOURS, rel=0.05)
    half = replace(agreed, position_kw=np.where(np.arange(96) < 48, bought, np.nan))
    plan = cheapest(house, HomeState(2.0), half, solver=SOLVER)
    assert np.allclose(plan.connection_kw[:24], 0.6)
    assert np.ptp(plan.connection_kw[48:]) > 0.3


def test_a_position_beyond_the_fuse_is_not_followed_there():
    house = House("h", import_max_kw=3.0, battery=Battery(50.0, 9.0, 9.0))
    agreed = outlook(
        position_kw=np.full(96, 5.0), more_eur_per_kwh=np.full(96, 0.3), less_eur_per_kwh=np.full(96, 0.2)
    )
    plan = cheapest(house, HomeState(), agreed, solver=SOLVER)
    assert plan.connection_kw.max() <= 3.0 + 1e-6


def test_paid_to_consume_the_battery_does_not_charge_and_discharge_at_once():
    """Burning energy in losses would pay on paper, quarter after quarter; a battery has one direction at a time."""
    house = House("h", battery=Battery(4.0, 5.0, 5.0, 0.8, 0.8))
    paid = outlook(buy_eur_per_kwh=np.full(96, -0.20), sell_eur_per_kwh=np.full(96, -0.25))
    plan = cheapest(house, HomeState(), paid, solver=SOLVER)
    stored = 0.0
    for kw, after in zip(plan.battery_kw.tolist(), plan.stored_kwh.tolist(), strict=True):
        stored = house.battery.after(stored, kw, PTU_HOURS)
        assert stored == pytest.approx(after, abs=1e-6)
    assert plan.battery_kw.max() > 0 > plan.battery_kw.min()


def test_a_battery_is_not_emptied_at_the_horizon_for_less_than_tomorrow_pays():
    house = House("h", pv=Pv(6.0), battery=Battery(3.0, 3.0, 3.0))
    prices = np.where(HOURS < 8, 0.40, 0.25)  # a third of the day is dear, and will be tomorrow
    plan = cheapest(house, HomeState(0.0), outlook(buy_eur_per_kwh=prices), solver=SOLVER)
    assert plan.stored_kwh[-1] == pytest.approx(3.0)
    long_days = np.where((HOURS >= 2) & (HOURS < 21), 5.0, 0.0)
    plan = cheapest(house, HomeState(3.0), outlook(buy_eur_per_kwh=prices, pv_kw=long_days), solver=SOLVER)
    assert plan.stored_kwh[-1] < 0.1  # the sun will fill it again for what it would earn


def test_a_connection_that_carries_too_little_is_said_in_kwh():
    house = House("h", import_max_kw=1.0)
    plan = cheapest(house, HomeState(), outlook(load_kw=np.full(96, 1.5)), solver=SOLVER)
    (short,) = plan.shortfalls
    assert (short.kind, short.ptu) == ("connection", 0)
    assert short.amount == pytest.approx(12.0)


def test_impossible_readings_and_missing_expectations_are_named():
    house = House("h", battery=Battery(8.0, 4.0, 4.0), heat_pump=HeatPump(2.0), building=Building(0.2, 8.0))
    load = np.full(96, 0.4)
    load[5:8] = np.nan
    plan = cheapest(house, HomeState(9.0, 0.0, np.nan), outlook(load_kw=load), solver=SOLVER)
    assert [short.why for short in plan.shortfalls[:3]] == [
        "load_kw is not known; taken as the mean of the others",
        "the battery says it holds 9.0 kWh of at most 8.0; taken as 8.0",
        "the thermometer says nan °C indoors; taken as 19.5",
    ]
    assert plan.load_kw[6] == pytest.approx(0.4)


def test_an_outlook_refuses_series_of_another_length():
    with pytest.raises(GridMismatch, match="load_kw has"):
        outlook(load_kw=np.zeros(95))


class Stuck(Solver):
    """A solver that never gets there."""

    def solve(self, question):  # noqa: ARG002
        return None


def test_without_a_solver_the_home_follows_its_demand():
    house = House(
        "h", charger=Charger(4.0, efficiency=1.0), heat_pump=HeatPump(2.0), building=Building(0.2, 8.0)
    )
    expected = outlook(sessions=(EvSession(8, 40, 10.0, 12.0),))
    plan = cheapest(house, HomeState(indoor_c=19.0), expected, solver=Stuck())
    assert np.flatnonzero(plan.ev_kw).tolist() == [8, 9]
    assert plan.indoor_c[40] == pytest.approx(19.5)
    assert kinds(plan)[0] == "solver"
    assert plan.cost_eur == pytest.approx((plan.connection_kw * 0.25).sum() * PTU_HOURS)


def test_no_quarter_hours_are_an_empty_plan():
    house = House("h", battery=Battery(8.0, 4.0, 4.0))
    assert len(cheapest(house, HomeState(), outlook(0), solver=SOLVER).connection_kw) == 0
