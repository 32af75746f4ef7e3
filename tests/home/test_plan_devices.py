"""What each device of a whole house does on a day that anyone can picture."""

from datetime import UTC, datetime

import numpy as np
import pytest

from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.home.devices import (
    Appliance,
    Battery,
    Boiler,
    Building,
    Charger,
    Comfort,
    Device,
    EvSession,
    HeatPump,
    Job,
    Pv,
    Tank,
    Wiring,
)
from laag.home.house import HomeState, House
from laag.home.ladder import Floor, Guarantee, Ladder, Level, Limit, On, Rung, SunFirst
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings
from laag.home.tariff import Band, Peak

SOLVER = Solver()
T = 96
DEAR = slice(68, 84)
"""17:00 to 21:00."""


def outlook(count=T, **given):
    """A winter day: 20 ct, twice as much in the evening; nothing is earned by feeding in."""
    price = np.full(count, 0.20)
    price[DEAR] = 0.40
    zero = np.zeros(count)
    series = {
        "quarter": np.arange(count) % 96,
        "load_kw": np.full(count, 0.4),
        "pv_kw": zero,
        "outdoor_c": np.full(count, 5.0),
        "heat_gain_kw": np.full(count, 0.3),
        "buy_eur_per_kwh": price,
        "sell_eur_per_kwh": zero,
    }
    return Outlook(grid=PtuGrid(datetime(2025, 1, 13, tzinfo=UTC), count), **(series | given))


def planned(house, state=None, ladder=None, settings=None, **given):
    return cheapest(
        house,
        state or HomeState(),
        outlook(**given),
        solver=SOLVER,
        ladder=ladder or Ladder(),
        settings=settings or PlanSettings(),
    )


def test_a_battery_near_full_takes_less_and_near_empty_gives_less():
    box = Battery(10, 5, 5, charge_taper_from=0.8, discharge_taper_below=0.2)
    sun = np.where((np.arange(T) >= 40) & (np.arange(T) < 60), 8.0, 0.0)
    plan = planned(
        House("h", battery=box, pv=Pv(8)), HomeState(5.0), pv_kw=sun, sell_eur_per_kwh=np.full(T, 0.01)
    )
    stored = np.concatenate([[5.0], plan.stored_kwh[:-1]])
    assert np.all(plan.battery_kw <= [box.takes_kw(kwh) + 1e-4 for kwh in stored])
    assert np.all(-plan.battery_kw <= [box.gives_kw(kwh) + 1e-4 for kwh in stored])
    assert plan.stored_kwh.max() > 9.0
    assert plan.battery_kw.max() > 4.9


def test_standby_is_paid_day_and_night():
    plan = planned(House("h", battery=Battery(5, 2, 2, standby_kw=0.03)))
    assert np.allclose(plan.load_kw, 0.43)


def test_a_car_that_gives_back_serves_the_dear_evening_and_still_leaves_with_what_it_needs():
    box = Charger(7.4, capacity_kwh=60, discharge_max_kw=5.0, wear_eur_per_kwh=0.02)
    stay = EvSession(60, 94, 40.0, 42.0, least_kwh=30.0)
    plan = planned(House("h", charger=box), sessions=(stay,), load_kw=np.full(T, 2.0))
    assert np.allclose(plan.connection_kw[DEAR], 0.0, atol=1e-6)
    assert plan.ev_kw[DEAR].max() < 0
    assert plan.ev_stored_kwh[93] == pytest.approx(42.0, abs=1e-6)
    assert np.nanmin(plan.ev_stored_kwh) >= 30.0
    one_way = planned(House("h", charger=Charger(7.4)), sessions=(stay,), load_kw=np.full(T, 2.0))
    assert plan.cost_eur < one_way.cost_eur - 1.0


def test_a_car_charges_with_six_amperes_or_not_at_all():
    box = Charger.of_current(16, capacity_kwh=60)
    sun = 1.4 + 1.2 * np.sin(np.arange(T) / T * np.pi)
    plan = planned(
        House("h", charger=box, pv=Pv(3)),
        pv_kw=sun,
        sessions=(EvSession(30, 70, 20.0, 32.0),),
        load_kw=np.zeros(T),
    )
    charging = plan.ev_kw[plan.ev_kw > 0]
    assert charging.min() >= box.min_kw - 1e-6
    assert plan.ev_stored_kwh[69] >= 32.0 - 1e-6


def test_a_heat_pump_runs_at_its_least_or_not_and_for_long_enough():
    pump = HeatPump(2.0, min_kw=0.8, min_run_ptus=3)
    plan = planned(House("h", heat_pump=pump, building=Building(0.15, 8)), HomeState(indoor_c=19.6))
    on = plan.heat_pump_kw > 1e-6
    assert plan.heat_pump_kw[on].min() >= 0.8 - 1e-6
    starts = np.flatnonzero(on & ~np.concatenate([[False], on[:-1]]))
    lengths = [int(np.argmin(np.append(on[s:], False))) for s in starts]
    assert all(length >= 3 for length, s in zip(lengths, starts, strict=True) if s + length < T)
    assert sum(short.amount for short in plan.shortfalls) < 0.2


def test_a_hybrid_burns_gas_only_where_gas_is_cheaper_than_the_heat_pump():
    house = House("h", heat_pump=HeatPump(3.0), boiler=Boiler(), building=Building(0.2, 1))
    plan = planned(house, gas_eur_per_kwh=0.08)
    gas_kwh = 0.08 / 0.95
    heat = plan.gas_kw > 1e-6
    electric = outlook().buy_eur_per_kwh / house.heat_pump.cop(5.0)
    assert heat.any()
    assert np.all(electric[heat] > gas_kwh - 1e-6)
    assert not planned(house, gas_eur_per_kwh=0.40).gas_kw.any()


def test_water_is_warmed_before_the_dear_evening_and_never_too_cold():
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.1, 8), tank=Tank(legionella_days=0))
    drawn = np.zeros(T)
    drawn[[30, 31, 80, 81, 82]] = 5.0
    plan = planned(house, HomeState(tank_c=46.0), hot_water_kw=drawn)
    assert plan.tank_c.min() >= 45.0 - 1e-6
    assert plan.tank_c.max() <= 55.0 + 1e-6
    assert plan.water_kw[DEAR].sum() < 0.25 * plan.water_kw.sum()
    assert not plan.element_kw.any()


def test_once_a_week_the_tank_gets_hot():
    house = House("h", tank=Tank())
    plan = planned(house, HomeState(tank_c=50.0, hot_ago_ptus=6 * 96 + 40), hot_water_kw=np.full(T, 0.1))
    assert plan.tank_c.max() >= 60.0 - 1e-6
    assert plan.element_kw.sum() > 0
    idle = planned(house, HomeState(tank_c=50.0, hot_ago_ptus=0), hot_water_kw=np.full(T, 0.1))
    assert idle.tank_c.max() < 60.0


def test_the_dishwasher_runs_whole_in_the_cheapest_hours_before_its_deadline():
    washer = Appliance("dishwasher", (2.0, 0.2, 0.2, 1.8))
    price = np.full(T, 0.30)
    price[50:56] = [0.20, 0.10, 0.25, 0.25, 0.12, 0.20]
    plan = planned(House("h"), jobs=(Job(washer, 20, 72),), buy_eur_per_kwh=price)
    costs = [price[s : s + 4] @ np.array(washer.programme_kw) for s in range(20, 69)]
    assert plan.runs[0].start == 20 + int(np.argmin(costs)) == 51
    assert plan.appliance_kw[51:55].tolist() == [2.0, 0.2, 0.2, 1.8]
    assert plan.appliance_kw.sum() == pytest.approx(4.2)


def test_a_programme_with_too_little_time_is_said_and_one_under_way_goes_on():
    washer = Appliance("washing machine", (2.0, 0.5, 0.5, 0.5))
    plan = planned(House("h"), jobs=(Job(washer, 10, 13), Job(washer, -5, 20, started=-2)))
    assert plan.runs[0].start is None
    assert plan.runs[1].start == -2
    assert plan.appliance_kw[:4].tolist() == [0.5, 0.5, 0.0, 0.0]
    (short,) = plan.shortfalls
    assert (short.kind, short.rung) == ("programme", Rung.COMFORT)


def test_no_phase_carries_more_than_its_fuse():
    house = House(
        "h",
        charger=Charger(7.4),
        heat_pump=HeatPump(3.0),
        building=Building(0.2, 6),
        wiring=Wiring(phase_max_kw=5.75),
    )
    stay = EvSession(0, 20, 10.0, 40.0)
    plan = planned(house, HomeState(0, 10, 17.0), sessions=(stay,))
    first = plan.load_kw / 3 + plan.ev_kw + plan.heat_pump_kw
    assert first.max() <= 5.75 + 1e-6
    assert first.max() > 5.7
    assert ("ev", Rung.SAFETY) in {(s.kind, s.decided_by) for s in plan.shortfalls}


def test_beyond_the_band_costs_and_a_peak_is_shaved():
    stay = EvSession(0, 60, 10.0, 40.0)
    house = House("h", charger=Charger(11.0))
    free = planned(house, sessions=(stay,))
    assert free.connection_kw.max() > 10
    banded = planned(house, sessions=(stay,), band=Band(4.0, 0.5))
    assert banded.connection_kw.max() <= 4.0 + 1e-6
    peaked = planned(house, sessions=(stay,), peak=Peak(2.0, 3.0))
    flat = (30 / 0.92 + 0.4 * 15) / 15
    assert peaked.connection_kw.max() == pytest.approx(flat, abs=0.01)
    assert peaked.cost_eur == pytest.approx(
        float(outlook().buy_eur_per_kwh @ peaked.connection_kw) / 4 + (flat - 2) * 3, abs=0.05
    )


def test_a_reserve_is_kept_for_a_power_cut_and_market_prices_do_not_touch_it():
    house = House("h", battery=Battery(10, 5, 5))
    floor = Floor(Rung.COMFORT, Level.STORED, 0, T, 2.0, "wish:keep 20 % for a power cut")
    price = np.full(T, 0.2)
    price[DEAR] = 4.0
    plan = planned(house, HomeState(5.0), claims=(floor,), buy_eur_per_kwh=price, load_kw=np.full(T, 3.0))
    assert plan.stored_kwh.min() >= 2.0 - 1e-6
    without = planned(house, HomeState(5.0), buy_eur_per_kwh=price, load_kw=np.full(T, 3.0))
    assert without.stored_kwh.min() < 0.1


def test_own_sun_first_keeps_what_a_good_price_would_have_sold():
    sun = np.where((np.arange(T) >= 44) & (np.arange(T) < 52), 3.0, 0.0)
    house = House("h", battery=Battery(10, 5, 5), pv=Pv(3))
    sell = np.full(T, 0.35)
    free = planned(house, HomeState(2.0), pv_kw=sun, sell_eur_per_kwh=sell)
    assert free.connection_kw.min() < -1
    first = planned(
        house,
        HomeState(2.0),
        pv_kw=sun,
        sell_eur_per_kwh=sell,
        claims=(SunFirst(Rung.OWN_SUN, 0, T, "wish"),),
    )
    assert first.connection_kw[44:52].min() >= -1e-6
    assert np.array_equal(first.pv_kw, sun)


def test_an_emergency_limit_goes_before_the_car_and_the_least_for_everyone_before_the_limit():
    stay = EvSession(60, 80, 10.0, 40.0)
    house = House("h", charger=Charger(7.4))
    limit = Limit(Rung.EMERGENCY, On.IMPORT, 60, 80, 0.0, "dso:emergency 7")
    held = planned(house, sessions=(stay,), claims=(limit,))
    assert held.ev_kw.max() == 0.0
    car = next(short for short in held.shortfalls if short.kind == "ev")
    assert car.decided_by is Rung.EMERGENCY
    least = planned(house, sessions=(stay,), claims=(limit, Guarantee(1.5, 1.5, "law:minimum capacity")))
    assert np.allclose(least.connection_kw[60:80], 1.5, atol=1e-6)
    assert least.firm[Device.EV, 60:80].all()
    assert not least.firm[Device.EV, :60].any()


def test_an_agreement_gives_way_to_a_car_that_must_leave_but_only_as_far_as_it_must():
    stay = EvSession(66, 86, 20.0, 40.0)
    house = House("h", charger=Charger(7.4, efficiency=1.0))
    quiet = Limit(Rung.AGREEMENT, On.CAR, 68, 80, 0.0, "neighbours:no charging 17-20")
    plan = planned(house, sessions=(stay,), claims=(quiet,))
    outside = 8 * 7.4 / 4
    assert plan.ev_kw[68:80].sum() * PTU_HOURS == pytest.approx(20.0 - outside, abs=1e-6)
    assert plan.ev_stored_kwh[85] == pytest.approx(40.0, abs=1e-6)
    assert [m.rung for m in plan.missed] == [Rung.AGREEMENT]
    swapped = Ladder(
        (*list(Rung)[:3], Rung.AGREEMENT, Rung.COMFORT, Rung.OWN_SUN, Rung.GRID_MARGIN, Rung.MARKET)
    )
    other = planned(house, sessions=(stay,), claims=(quiet,), ladder=swapped)
    assert other.ev_kw[68:80].max() == 0.0
    assert next(s for s in other.shortfalls if s.kind == "ev").decided_by is Rung.AGREEMENT


def test_nobody_heats_a_home_beyond_its_comfort_for_a_lower_rung():
    house = House("h", heat_pump=HeatPump(3), building=Building(0.2, 6), comfort=Comfort(high_c=21.0))
    warm = Floor(Rung.AGREEMENT, Level.INDOOR, 0, T, 24.0, "neighbours:store heat")
    plan = planned(house, HomeState(indoor_c=20.0), claims=(warm,))
    assert plan.indoor_c.max() <= 21.0 + 1e-6


def test_a_nudge_moves_the_day_but_is_not_money():
    house = House("h", charger=Charger(7.4))
    stay = EvSession(0, 60, 10.0, 20.0)
    green = np.full(T, 0.1)
    green[40:50] = 0.0
    plan = planned(house, sessions=(stay,), nudge_eur_per_kwh=green)
    assert plan.ev_kw[40:50].sum() == pytest.approx(plan.ev_kw.sum(), rel=1e-6)
    assert plan.cost_eur == pytest.approx(planned(house, sessions=(stay,)).cost_eur, abs=1e-6)


def test_binaries_find_what_mending_misses_and_never_something_dearer():
    house = House("h", charger=Charger.of_current(16), pv=Pv(4))
    sun = np.where((np.arange(T) >= 36) & (np.arange(T) < 64), 1.2, 0.0)
    given = {"sessions": (EvSession(20, 90, 20.0, 26.0),), "pv_kw": sun, "sell_eur_per_kwh": np.full(T, 0.05)}
    quick = planned(house, settings=PlanSettings(worth_a_search_eur=np.inf), **given)
    looked = planned(house, settings=PlanSettings(worth_a_search_eur=0.0), **given)
    assert looked.cost_eur <= quick.cost_eur + 1e-6
    for plan in (quick, looked):
        assert plan.ev_kw[plan.ev_kw > 0].min() >= 1.38 - 1e-6


def test_what_nothing_could_give_was_taken_by_nobody():
    """Ten minutes of charging, a cold house: no rung is blamed for what full power does not reach."""
    house = House("h", charger=Charger(7.4), heat_pump=HeatPump(1.0), building=Building(0.2, 6))
    always = Guarantee(1.5, 1.5, "law:minimum capacity")
    plan = planned(house, HomeState(indoor_c=12.0), sessions=(EvSession(0, 1, 10.0, 60.0),), claims=(always,))
    assert {(short.kind, short.decided_by) for short in plan.shortfalls} == {("ev", None), ("too_cold", None)}
