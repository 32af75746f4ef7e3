"""A real day is not the planned one: what a home then does, and when it plans again."""

from dataclasses import replace

import numpy as np
import pytest
from tests.home.days import COUNT, FLAT, GRID, actual, outlook

from laag.home.devices import Battery, Building, Charger, EvSession, HeatPump, Pv
from laag.home.house import HomeState, House
from laag.home.operate import Triggers, stretch
from laag.home.physics import Physics
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver

SOLVER = Solver()
NEVER = Triggers(drift_kwh=np.inf, drift_k=np.inf)


def live(house, expected, happens, state=HomeState(), **rest):  # noqa: B008 - a frozen value
    """One stretch; every new plan expects the same, and knows the stays that began."""

    def replan(ptu, now, known):
        asked.append(ptu)
        cut = {
            name: getattr(expected, name)[ptu:]
            for name in (
                "quarter",
                "load_kw",
                "pv_kw",
                "outdoor_c",
                "heat_gain_kw",
                "buy_eur_per_kwh",
                "sell_eur_per_kwh",
            )
        }
        ahead = tuple(stay.shifted(-ptu) for stay in known if stay.departs > ptu)
        return cheapest(
            house, now, replace(expected, grid=GRID.window(ptu, COUNT), sessions=ahead, **cut), solver=SOLVER
        )

    asked: list[int] = []
    plan = cheapest(house, state, expected, solver=SOLVER)
    lived = stretch(house, state, plan, happens, 0, COUNT, replan, **rest)
    assert [made.ptu for made in lived.replanned] == asked
    return plan, lived


def test_a_day_that_goes_as_planned_is_the_plan():
    house = House(
        "h",
        battery=Battery(8, 4, 4),
        charger=Charger(7.4),
        heat_pump=HeatPump(2),
        building=Building(0.2, 8),
        pv=Pv(4),
    )
    stays = (EvSession(4, 40, 10.0, 25.0),)
    sun = 3.0 * (np.arange(COUNT) > 30)
    expected = outlook(pv_kw=sun, sessions=stays)
    plan, lived = live(house, expected, actual(pv_kw=sun, sessions=stays), HomeState(2.0, 0.0, 20.0))
    assert lived.replanned == ()
    for name in ("battery_kw", "ev_kw", "heat_pump_kw", "pv_kw"):
        assert np.allclose(getattr(lived, name), getattr(plan, name), atol=1e-6)
    assert np.allclose(lived.indoor_c, plan.indoor_c)
    assert np.allclose(lived.stored_kwh, plan.stored_kwh, atol=1e-6)
    assert np.allclose(lived.ev_stored_kwh, plan.ev_stored_kwh, equal_nan=True)
    assert np.array_equal(lived.planned_kw, plan.connection_kw)
    assert lived.shortfalls == ()


def test_a_car_that_comes_unannounced_is_planned_for_at_once():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    _, lived = live(house, outlook(), actual(sessions=(EvSession(5, 40, 10.0, 14.0),)))
    assert [(made.ptu, made.why) for made in lived.replanned] == [(5, "the car arrived")]
    assert np.flatnonzero(lived.ev_kw).tolist() == [5, 6, 7, 8]
    assert lived.ev_stored_kwh[39] == pytest.approx(14.0)
    assert np.isnan(lived.ev_stored_kwh[40])


def test_a_car_that_does_not_come_is_noticed():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    _, lived = live(house, outlook(sessions=(EvSession(5, 40, 10.0, 14.0),)), actual())
    assert [(made.ptu, made.why) for made in lived.replanned] == [(5, "the car is not there")]
    assert not lived.ev_kw.any()


def test_a_car_that_leaves_before_it_is_full_is_a_shortfall_not_an_error():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    _, lived = live(house, outlook(), actual(sessions=(EvSession(5, 7, 10.0, 30.0),)))
    (short,) = lived.shortfalls
    assert (short.kind, short.ptu, short.amount) == ("ev", 6, pytest.approx(18.0))


def test_drift_at_the_meter_leads_to_a_new_plan_at_most_once_an_hour():
    house = House("h", battery=Battery(8, 4, 4))
    _, lived = live(house, outlook(), actual(load_kw=2.4 * FLAT), HomeState(4.0))
    at = [made.ptu for made in lived.replanned]
    assert at[0] == 2  # 0.5 kWh a PTU: more than half a kWh after two
    assert set(np.diff(at)) == {4}


def test_a_home_with_nothing_to_steer_never_plans_again():
    _, lived = live(House("h", pv=Pv(3.0)), outlook(), actual(load_kw=5.0 * FLAT))
    assert lived.replanned == ()
    assert np.array_equal(lived.offtake_kw, lived.load_kw)


def test_a_silent_meter_is_filled_in_from_the_plan_and_marked():
    load = np.where((np.arange(COUNT) >= 10) & (np.arange(COUNT) < 14), np.nan, 0.7)
    _, lived = live(House("h", battery=Battery(8, 4, 4)), outlook(), actual(load_kw=load), triggers=NEVER)
    assert np.flatnonzero(lived.estimated).tolist() == [10, 11, 12, 13]
    assert lived.load_kw[9:15].tolist() == [0.7, 0.4, 0.4, 0.4, 0.4, 0.7]


def test_more_sun_than_expected_is_used_unless_it_is_turned_down_on_purpose():
    house = House("h", pv=Pv(4.0))
    _, lived = live(house, outlook(pv_kw=1.0 * FLAT), actual(pv_kw=2.0 * FLAT))
    assert lived.pv_kw.tolist() == [2.0] * COUNT
    turned_down = outlook(pv_kw=1.0 * FLAT, sell_eur_per_kwh=-0.1 * FLAT)
    _, lived = live(house, turned_down, actual(pv_kw=2.0 * FLAT))
    assert lived.pv_kw == pytest.approx(0.4 * FLAT)


def test_a_battery_does_not_give_what_it_does_not_hold():
    house = House("h", battery=Battery(8, 4, 4))
    prices = np.where(np.arange(COUNT) < 40, 0.1, 0.6)
    expected = outlook(buy_eur_per_kwh=prices, load_kw=1.0 * FLAT)
    plan = cheapest(house, HomeState(6.0), expected, solver=SOLVER)
    lived = stretch(
        house, HomeState(0.0), plan, actual(load_kw=1.0 * FLAT), 0, COUNT, _refuse, triggers=NEVER
    )
    assert lived.stored_kwh.min() >= 0.0
    assert plan.battery_kw.min() < -0.5


def _refuse(ptu, state, known):
    raise AssertionError("nothing departed from the plan")


def test_at_the_fuse_the_car_yields_to_the_kettle():
    house = House("h", import_max_kw=5.0, charger=Charger(4.0, efficiency=1.0))
    stays = (EvSession(0, 8, 0.0, 8.0),)
    _, lived = live(
        house, outlook(sessions=stays), actual(load_kw=3.0 * FLAT, sessions=stays), triggers=NEVER
    )
    assert lived.ev_kw[:8] == pytest.approx([2.0] * 8)
    assert lived.offtake_kw.max() <= 5.0
    assert lived.shortfalls[0].amount == pytest.approx(4.0)


def test_the_thermostat_takes_over_outside_its_margin():
    physics = Physics(House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 8.0)))
    rest = (0.0, 0.0, 0.0, np.inf)
    full = (0.0, 0.0, 2.0, np.inf)

    def pump_kw(indoor_c, wish):
        return physics.happens(
            (0.0, 0.0, indoor_c), wish, 0.4, 0.0, 5.0, 0.3, 19.5, car_here=False
        ).heat_pump_kw

    assert pump_kw(18.9, rest) == 2.0
    assert pump_kw(19.1, rest) == 0.0
    assert pump_kw(22.6, full) == 0.0
    assert pump_kw(22.4, full) == 2.0


def test_a_house_colder_than_planned_is_planned_again():
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 4.0))
    _, lived = live(
        house, outlook(outdoor_c=12.0 * FLAT), actual(outdoor_c=-4.0 * FLAT), HomeState(indoor_c=20.0)
    )
    assert any("°C indoors" in made.why for made in lived.replanned)
    assert lived.indoor_c[-1] > 18.5


def test_after_its_plan_has_ended_a_home_is_a_simple_home():
    house = House(
        "h", charger=Charger(4.0, efficiency=1.0), heat_pump=HeatPump(2.0), building=Building(0.2, 8.0)
    )
    expected = outlook()
    short = replace(
        expected,
        grid=GRID.window(0, 4),
        **{name: getattr(expected, name)[:4] for name in ("quarter", "load_kw", "pv_kw", "outdoor_c")},
        **{
            name: getattr(expected, name)[:4]
            for name in ("heat_gain_kw", "buy_eur_per_kwh", "sell_eur_per_kwh")
        },
    )
    plan = cheapest(house, HomeState(indoor_c=19.5), short, solver=SOLVER)
    happens = actual(sessions=(EvSession(0, 20, 10.0, 14.0),), load_kw=np.nan * FLAT)
    lived = stretch(house, HomeState(indoor_c=19.5), plan, happens, 0, COUNT, lambda *_: plan)
    assert lived.ev_stored_kwh[19] == pytest.approx(14.0)
    assert lived.indoor_c.min() > 16.9
    assert np.isfinite(lived.offtake_kw).all()


def test_a_car_that_keeps_its_own_count_comes_back_with_what_it_left_with_less_its_drive():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    night, next_night = EvSession(0, 8, 10.0, 14.0), EvSession(20, 40, 99.0, 15.0, used_kwh=6.0)
    expected = outlook(sessions=(night, next_night))
    _, lived = live(house, expected, actual(sessions=(night, next_night)), HomeState(ev_stored_kwh=10.0))
    came_with = lived.ev_stored_kwh[7] - 6.0
    assert 0.25 * lived.ev_kw[20:].sum() == pytest.approx(15.0 - came_with)
    assert lived.ev_stored_kwh[39] == pytest.approx(15.0)


def test_what_a_car_lacked_on_the_road_is_said():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    far = EvSession(20, 40, 0.0, 5.0, used_kwh=16.0)
    _, lived = live(house, outlook(sessions=(far,)), actual(sessions=(far,)), HomeState(ev_stored_kwh=12.0))
    (short,) = lived.shortfalls
    assert (short.kind, short.amount, short.ptu) == ("ev", pytest.approx(4.0), 20)
    assert lived.ev_stored_kwh[39] == pytest.approx(5.0)


def test_a_part_of_a_stay_that_goes_on_is_no_arrival():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    parts = (EvSession(0, 16, 10.0, 14.0), EvSession(16, 40, 14.0, 14.0, used_kwh=0.0))
    _, lived = live(house, outlook(sessions=parts), actual(sessions=parts), HomeState(ev_stored_kwh=10.0))
    assert not lived.shortfalls
    assert 16 not in [made.ptu for made in lived.replanned]
