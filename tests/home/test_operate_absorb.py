"""Who takes what the plan did not foresee: the merit order, its limits, and what it is good for."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.home.days import COUNT, FLAT, actual, outlook

from laag.foundation.ptu import PTU_HOURS
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
)
from laag.home.house import HomeState, House
from laag.home.ladder import Floor, Guarantee, Level, Limit, On, Rung
from laag.home.operate import Absorbing, Triggers, stretch
from laag.home.operate.absorb import given_up, slices, taken_up
from laag.home.operate.bounds import UNBOUND, bounds_at
from laag.home.operate.caution import Caution, Signal, bounded
from laag.home.physics import WholePhysics
from laag.home.plan import cheapest
from laag.home.plan.day import Run
from laag.home.plan.solver import Solver

SOLVER = Solver()
NEVER = Triggers(drift_kwh=np.inf, drift_k=np.inf, rest_ptus=10**9)

worth = st.one_of(st.floats(-0.5, 1.0), st.just(float("nan")))
offers = st.lists(st.tuples(worth, st.floats(-1, 5), st.integers(0, 5)), max_size=6)
prices = st.tuples(st.floats(-4, 4), st.floats(-0.5, 1), st.floats(-0.5, 1)).map(
    lambda p: (p[0], max(p[1], p[2]), min(p[1], p[2]))
)
power = st.floats(-8, 8)


@given(power, power, prices)
def test_what_was_not_foreseen_is_cut_into_prices_without_remainder(planned, now, agreed):
    parts = slices(planned, now, agreed)
    assert sum(kw for _, kw in parts) == pytest.approx(abs(now - planned))
    assert all(kw > 0 for _, kw in parts)
    each = [price for price, _ in parts]
    assert each == sorted(each, reverse=now > planned)


@given(power, power, prices, offers, st.floats(0, 0.05))
def test_nobody_moves_at_a_loss_or_further_than_it_can_or_than_was_unforeseen(
    planned, now, agreed, could, margin
):
    parts = slices(planned, now, agreed)
    rising = now < planned
    moves = (taken_up if rising else given_up)(parts, could, margin)
    assert sum(abs(kw) for _, kw in moves) <= abs(now - planned) + 1e-9
    best = (min if rising else max)((price for price, _ in parts), default=0.0)
    for device, kw in moves:
        assert (kw > 0) == rising
        able = [
            (value, room)
            for value, room, who in could
            if who == device and (value - best if rising else best - value) > margin
        ]
        assert abs(kw) <= max(room for _, room in able) + 1e-9


@given(power, power, prices, offers)
def test_a_smaller_margin_never_leaves_more_to_the_connection(planned, now, agreed, could):
    parts = slices(planned, now, agreed)
    taken = [
        sum(abs(kw) for _, kw in (taken_up if now < planned else given_up)(parts, could, margin))
        for margin in (0.0, 0.01, 0.1)
    ]
    assert taken == sorted(taken, reverse=True)


def refuse(*_):
    raise AssertionError("nobody asked for another plan")


def live(house, expected, happens, state=HomeState(), **rest):  # noqa: B008 - a frozen value
    plan = rest.pop("plan", None) or cheapest(house, state, expected, solver=SOLVER)
    return plan, stretch(house, state, plan, happens, 0, COUNT, refuse, **({"triggers": NEVER} | rest))


def plan_with(plan, **values):
    """The plan with other numbers, each the same in all PTUs."""
    return replace(plan, **{name: np.full(COUNT, value) for name, value in values.items()})


BATTERY = House("h", battery=Battery(10, 5, 5, 1.0, 1.0))


def resting(house=BATTERY, state=HomeState(5.0), **values):  # noqa: B008 - a frozen value
    """A plan in which the battery rests and a kWh in it is worth 20 ct."""
    plan = cheapest(house, state, outlook(), solver=SOLVER)
    still = {"battery_kw": 0.0, "connection_kw": 0.4, "stored_kwh": 5.0, "stored_eur_per_kwh": 0.20}
    return plan_with(plan, **(still | values))


def test_a_kettle_boils_on_the_battery_where_that_is_cheaper_than_the_street():
    load = np.where(np.arange(COUNT) == 10, 2.4, 0.4)
    _, lived = live(BATTERY, None, actual(load_kw=load), HomeState(5.0), plan=resting())
    assert lived.battery_kw[10] == pytest.approx(-2.0)
    assert lived.offtake_kw == pytest.approx(0.4 * FLAT)
    assert lived.absorbed_kw[10] == pytest.approx(-2.0)


def test_a_kettle_boils_on_the_street_where_the_battery_has_better_to_do():
    load = np.where(np.arange(COUNT) == 10, 2.4, 0.4)
    plan = resting(stored_eur_per_kwh=0.40)
    _, lived = live(BATTERY, None, actual(load_kw=load), HomeState(5.0), plan=plan)
    assert not lived.battery_kw.any()
    assert lived.offtake_kw[10] == pytest.approx(2.4)


def test_a_kettle_goes_by_what_a_kwh_is_worth_when_the_day_may_turn_out_otherwise():
    load = np.where(np.arange(COUNT) == 10, 2.4, 0.4)
    plan = resting(stored_eur_per_kwh=0.40, kept_eur_per_kwh=0.20)
    _, lived = live(BATTERY, None, actual(load_kw=load), HomeState(5.0), plan=plan)
    assert lived.battery_kw[10] == pytest.approx(-2.0)


def test_sun_that_nobody_expected_is_stored_where_it_would_be_sold_for_less():
    house = replace(BATTERY, pv=Pv(4.0))
    sun = np.where(np.arange(COUNT) == 10, 1.0, 0.0)
    _, lived = live(house, None, actual(pv_kw=sun), HomeState(5.0), plan=resting(house))
    assert lived.battery_kw[10] == pytest.approx(0.6)  # beyond its own load it would be sold for 5 ct
    assert lived.offtake_kw[10] == pytest.approx(-0.0, abs=1e-9) or lived.offtake_kw[10] == pytest.approx(0.0)


def test_a_plan_that_a_rung_fixed_is_left_as_it_is():
    load = np.where(np.arange(COUNT) == 10, 2.4, 0.4)
    plan = resting()
    firm = plan.firm.copy()
    firm[Device.BATTERY] = True
    _, lived = live(BATTERY, None, actual(load_kw=load), HomeState(5.0), plan=replace(plan, firm=firm))
    assert not lived.battery_kw.any()


def test_what_may_be_gained_is_too_little_to_begin_but_enough_to_go_on():
    load = np.where(np.arange(COUNT) >= 10, 1.4, 0.4)
    above = np.where(np.arange(COUNT) == 10, 0.25, 0.206)
    plan = replace(resting(), above_eur_per_kwh=above)
    _, begun = live(BATTERY, None, actual(load_kw=load), HomeState(5.0), plan=plan)
    assert np.flatnonzero(begun.absorbed_kw)[0] == 10
    assert np.flatnonzero(begun.absorbed_kw)[-1] > 20
    plan = replace(plan, above_eur_per_kwh=0.206 * FLAT)
    _, never = live(BATTERY, None, actual(load_kw=load), HomeState(5.0), plan=plan)
    assert not never.absorbed_kw.any()


def test_a_reserve_is_not_spent_on_a_kettle():
    load = np.where(np.arange(COUNT) == 10, 2.4, 0.4)
    reserve = Floor(Rung.COMFORT, Level.STORED, 0, COUNT, 5.0, "wish:power cut")
    _, lived = live(BATTERY, None, actual(load_kw=load, claims=(reserve,)), HomeState(5.0), plan=resting())
    assert not lived.battery_kw.any()


def test_a_limit_that_somebody_claims_is_worth_any_price():
    load = np.where(np.arange(COUNT) == 10, 4.4, 0.4)
    asked = Limit(Rung.GRID_MARGIN, On.IMPORT, 0, COUNT, 2.0, "dso:margin")
    plan = resting(stored_eur_per_kwh=0.90)
    _, lived = live(BATTERY, None, actual(load_kw=load, claims=(asked,)), HomeState(5.0), plan=plan)
    assert lived.offtake_kw[10] == pytest.approx(2.0)


def test_in_an_emergency_the_car_waits_and_on_the_grids_margin_only_if_it_can():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    stay = EvSession(0, 8, 0.0, 8.0)
    for rung, most_kw in ((Rung.EMERGENCY, 2.0), (Rung.GRID_MARGIN, 4.4)):
        claims = (Limit(rung, On.IMPORT, 0, COUNT, 2.0, "dso"),)
        _, lived = live(house, outlook(sessions=(stay,)), actual(sessions=(stay,), claims=claims))
        assert lived.offtake_kw.max() == pytest.approx(most_kw)


@pytest.mark.parametrize(("rung", "left_with"), [(Rung.OWN_SUN, 8.0), (Rung.EMERGENCY, 4.0)])
def test_a_car_that_must_be_ready_charges_against_a_wish_that_it_rests_and_not_against_the_law(
    rung, left_with
):
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    stay = EvSession(0, 8, 0.0, 8.0)
    claims = (Limit(rung, On.CAR, 0, 4, 0.0, "somebody"),)
    _, lived = live(house, outlook(sessions=(stay,)), actual(sessions=(stay,), claims=claims))
    assert lived.ev_stored_kwh[7] == pytest.approx(left_with)


def test_rooms_are_kept_warm_against_a_wish_that_the_heat_pump_rests():
    even = Comfort(low_day_c=19.5, low_night_c=19.5)
    house = House("h", heat_pump=HeatPump(3.0), building=Building(0.2, 8.0), comfort=even)
    claims = (Limit(Rung.OWN_SUN, On.HEAT_PUMP, 0, COUNT, 0.0, "wish"),)
    _, lived = live(house, outlook(), actual(claims=claims), HomeState(indoor_c=19.5))
    assert lived.indoor_c.min() > 19.49


def test_a_heat_pump_that_heats_water_alone_lives_by_claims_too():
    house = House("h", heat_pump=HeatPump(2.0), tank=Tank(), battery=Battery(10, 5, 5))
    claims = (Limit(Rung.GRID_MARGIN, On.IMPORT, 0, COUNT, 1.0, "dso:evening"),)
    _, lived = live(house, outlook(), actual(claims=claims), HomeState(5.0))
    assert lived.tank_c.min() >= house.tank.low_c - 0.1


def test_what_is_guaranteed_no_claim_takes():
    claims = (Limit(Rung.EMERGENCY, On.IMPORT, 0, 9, 1.0, "dso"), Guarantee(4.2, 4.2, "law"))
    assert bounds_at(claims, 3).must_import_kw == 4.2
    assert bounds_at(claims, 9) == UNBOUND


def test_a_car_that_absorbed_sun_is_not_charged_beyond_what_its_driver_wants():
    house = House("h", charger=Charger(4.0, efficiency=1.0), pv=Pv(4.0))
    stay = EvSession(0, 40, 10.0, 16.0)
    sun = np.where(np.arange(COUNT) < 12, 3.0, 0.0)
    expected = outlook(sessions=(stay,), buy_eur_per_kwh=np.where(np.arange(COUNT) < 20, 0.3, 0.1))
    plan, lived = live(house, expected, actual(pv_kw=sun, sessions=(stay,)))
    assert not plan.ev_kw[:12].any()
    assert lived.ev_kw[:2] == pytest.approx([2.6, 2.6])
    assert lived.ev_stored_kwh[39] == pytest.approx(16.0)


def test_a_car_that_gave_way_is_still_ready_in_time():
    house = House("h", charger=Charger(4.0, efficiency=1.0))
    stay = EvSession(0, 12, 10.0, 16.0)
    plan = cheapest(house, HomeState(), outlook(sessions=(stay,)), solver=SOLVER)
    plan = replace(plan, ev_kw=0 * FLAT, connection_kw=0.4 * FLAT)
    _, lived = live(house, None, actual(sessions=(stay,)), plan=plan)
    assert np.flatnonzero(lived.ev_kw).tolist() == [6, 7, 8, 9, 10, 11]
    assert lived.ev_stored_kwh[11] == pytest.approx(16.0)


def test_a_house_is_kept_within_its_comfort_when_it_is_colder_than_forecast():
    house = House("h", heat_pump=HeatPump(3.0), building=Building(0.2, 4.0))
    _, lived = live(house, outlook(outdoor_c=8 * FLAT), actual(outdoor_c=3 * FLAT), HomeState(indoor_c=19.6))
    low = house.comfort.low_c(np.arange(COUNT))
    assert np.all(lived.indoor_c[28:] >= low[28:] - 1e-9)


def test_more_sun_than_the_roof_was_meant_to_give_serves_a_kettle():
    house = House("h", pv=Pv(4.0), battery=Battery(0.0, 0.0, 0.0))
    expected = outlook(pv_kw=2.0 * FLAT, sell_eur_per_kwh=-0.1 * FLAT)
    load = np.where(np.arange(COUNT) == 10, 1.4, 0.4)
    plan, lived = live(house, expected, actual(pv_kw=2.0 * FLAT, load_kw=load))
    assert plan.pv_kw == pytest.approx(0.4 * FLAT)
    assert lived.pv_kw[10] == pytest.approx(1.4)
    assert lived.offtake_kw == pytest.approx(0 * FLAT)


def everything():
    return House(
        "h",
        battery=Battery(8, 4, 4, standby_kw=0.02, charge_taper_from=0.8),
        charger=Charger.of_current(16),
        heat_pump=HeatPump(2.0, min_kw=0.5, min_run_ptus=2),
        building=Building(0.2, 8.0),
        boiler=Boiler(),
        tank=Tank(),
        pv=Pv(4.0),
        appliances=(DISHWASHER,),
    )


DISHWASHER = Appliance("dishwasher", (2.0, 0.4, 0.4, 1.6))


def test_a_home_with_everything_lives_a_day_that_adds_up():
    rng = np.random.default_rng(5)
    house, state = everything(), HomeState(4.0, 0.0, 20.0, 50.0, 600, 0)
    stay = EvSession(4, 40, 10.0, 25.0)
    job = Job(DISHWASHER, 8, 30)
    sun = 3.0 * rng.random(COUNT) * (np.arange(COUNT) > 20)
    expected = outlook(pv_kw=sun, sessions=(stay,), jobs=(job,), hot_water_kw=0.3 * FLAT)
    happens = actual(
        load_kw=rng.exponential(0.5, COUNT),
        pv_kw=sun * rng.random(COUNT),
        sessions=(stay,),
        jobs=(job,),
        hot_water_kw=rng.exponential(0.3, COUNT),
    )
    _, lived = live(house, expected, happens, state)
    flows = (
        lived.load_kw
        - lived.pv_kw
        + lived.battery_kw
        + lived.ev_kw
        + lived.heat_pump_kw
        + lived.water_kw
        + lived.appliance_kw
    )
    assert np.array_equal(lived.offtake_kw, flows)
    assert lived.load_kw == pytest.approx(happens.load_kw + 0.02)
    assert lived.appliance_kw.sum() * PTU_HOURS == pytest.approx(DISHWASHER.energy_kwh)
    assert lived.tank_c.min() > 40
    assert lived.ev_stored_kwh[39] == pytest.approx(25.0, abs=0.4)
    charging = lived.ev_kw[lived.ev_kw > 0]
    assert charging.min() >= house.charger.min_kw or lived.ev_stored_kwh[39] >= 25.0
    assert lived.indoor_c.min() > 16.5
    assert lived.state.hot_ago_ptus == 648 or lived.tank_c.max() >= 59.9


def test_a_programme_starts_when_the_plan_says_and_without_one_at_once():
    house = House("h", appliances=(DISHWASHER,))
    job = Job(DISHWASHER, 8, 30)
    plan = cheapest(house, HomeState(), outlook(jobs=(job,)), solver=SOLVER)
    for runs, starts in (((Run(job, 20),), 20), ((), 8)):
        _, lived = live(house, None, actual(jobs=(job,)), plan=replace(plan, runs=runs))
        assert np.flatnonzero(lived.appliance_kw).tolist() == list(range(starts, starts + 4))
        assert lived.shortfalls == ()


def test_a_programme_without_room_is_said_once():
    house = House("h", appliances=(DISHWASHER,))
    job = Job(DISHWASHER, 8, 30)
    plan = cheapest(house, HomeState(), outlook(jobs=(job,)), solver=SOLVER)
    _, lived = live(house, None, actual(jobs=(job,)), plan=replace(plan, runs=(Run(job, None),)))
    assert [(short.kind, short.ptu) for short in lived.shortfalls] == [("appliance", 26)]
    assert not lived.appliance_kw.any()


def test_a_programme_that_runs_goes_on_in_the_next_stretch_and_a_new_plan_hears_of_it():
    house = House("h", battery=Battery(8, 4, 4), appliances=(DISHWASHER,))
    job, heard = Job(DISHWASHER, 8, 30), []
    plan = replace(cheapest(house, HomeState(), outlook(), solver=SOLVER), runs=(Run(job, 8),))

    def replan(ptu, state, begun, jobs):
        heard.append((ptu, jobs))
        return plan

    happens = actual(jobs=(job,), load_kw=3 * FLAT)
    often = Triggers(rest_ptus=1)
    first = stretch(house, HomeState(), plan, happens, 0, 10, replan, triggers=often)
    rest = stretch(
        house, first.state, first.plan, happens, 10, COUNT, replan, triggers=often, watch=first.watch
    )
    both = np.concatenate([first.appliance_kw, rest.appliance_kw])
    assert np.flatnonzero(both).tolist() == [8, 9, 10, 11]
    told = dict(heard)
    assert told[7] == (job,)
    assert told[10] == (replace(job, started=8),)
    assert told[20] == ()


def test_a_hybrid_that_is_colder_than_planned_burns_more_gas_where_it_burns_gas():
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 4.0), boiler=Boiler())
    plan = cheapest(house, HomeState(indoor_c=19.5), outlook(), solver=SOLVER)
    plan = plan_with(plan, heat_pump_kw=0.0, gas_kw=2.0)
    _, lived = live(house, None, actual(outdoor_c=0 * FLAT), HomeState(indoor_c=19.5), plan=plan)
    assert not lived.heat_pump_kw[32:].any()
    assert lived.gas_kw[32:].min() > 2.0
    assert lived.indoor_c[32:].min() >= 19.5 - 1e-9


def test_whoever_absorbs_nothing_lives_by_setpoints_alone():
    load = np.where(np.arange(COUNT) == 10, 2.4, 0.4)
    _, lived = live(BATTERY, None, actual(load_kw=load), HomeState(5.0), plan=resting(), absorbing=None)
    assert not lived.battery_kw.any()
    assert not lived.absorbed_kw.any()
    assert Absorbing().begin_eur_per_kwh > Absorbing().go_on_eur_per_kwh


SOLD = slice(16, 28)


@st.composite
def sold_homes(draw):
    """A home that sold so much of its connection in three hours, and a day that goes otherwise than expected."""
    house = House(
        "h",
        battery=draw(st.sampled_from([None, Battery(10, 5, 5), Battery(3, 2, 2, 0.9, 0.9)])),
        pv=draw(st.sampled_from([None, Pv(4.0), Pv(4.0, curtailable=False)])),
    )
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    sun, load = 3 * rng.random(COUNT), rng.exponential(0.7, COUNT)
    if house.pv is None:
        sun = 0 * FLAT
    on = draw(st.sampled_from([On.IMPORT, On.EXPORT]))
    sold = Limit(
        Rung.GRID_MARGIN, on, SOLD.start, SOLD.stop, -draw(st.floats(0.1, 4)), "flex:r1", promised=True
    )
    stored_kwh = draw(st.floats(0, 1)) * (house.battery.capacity_kwh if house.battery else 0.0)
    sell = draw(st.sampled_from([-0.1, 0.05])) * FLAT
    seen = outlook(pv_kw=sun * rng.random(COUNT), sell_eur_per_kwh=sell, claims=(sold,) * draw(st.booleans()))
    return house, HomeState(stored_kwh), seen, actual(load_kw=load, pv_kw=sun, claims=(sold,)), sold


@given(sold_homes())
@settings(max_examples=100, deadline=None)
def test_what_a_home_sold_it_gives_as_far_as_its_devices_can(home):
    house, state, expected, happens, sold = home
    _, lived = live(house, expected, happens, state)
    for ptu in range(SOLD.start, SOLD.stop):
        stored_kwh = lived.stored_kwh[ptu - 1]
        takes, gives = WholePhysics(house).battery_limits(stored_kwh)
        if sold.on is On.IMPORT and lived.offtake_kw[ptu] > sold.max_kw + 1e-6:
            assert lived.battery_kw[ptu] == pytest.approx(-gives, abs=1e-6)
            assert lived.pv_kw[ptu] == pytest.approx(happens.pv_kw[ptu], abs=1e-6)
        if sold.on is On.EXPORT and lived.offtake_kw[ptu] < -sold.max_kw - 1e-6:
            assert lived.battery_kw[ptu] == pytest.approx(takes, abs=1e-6)
            assert not house.pv or not house.pv.curtailable or lived.pv_kw[ptu] == pytest.approx(0, abs=1e-6)


def test_a_kettle_does_not_break_what_was_sold_and_a_roof_that_would_earn_less_gives_it():
    """The battery gives the kettle's 2 kW as well; without one the roof does, which negative prices had turned down."""
    load = np.where(np.arange(COUNT) == 20, 2.4, 0.4)
    sold = Limit(Rung.GRID_MARGIN, On.IMPORT, 16, 24, -0.5, "flex:r1", promised=True)
    _, lived = live(BATTERY, outlook(claims=(sold,)), actual(load_kw=load, claims=(sold,)), HomeState(5.0))
    assert lived.offtake_kw[16:24] == pytest.approx(-0.5 * FLAT[16:24])
    assert lived.battery_kw[20] == pytest.approx(-2.9)
    house, sun = House("h", pv=Pv(4.0)), 3 * FLAT
    expected = outlook(pv_kw=sun, sell_eur_per_kwh=-0.1 * FLAT, claims=(sold,))
    _, lived = live(house, expected, actual(load_kw=load, pv_kw=sun, claims=(sold,)))
    assert lived.offtake_kw[16:24] == pytest.approx(-0.5 * FLAT[16:24])
    assert lived.pv_kw[20] == pytest.approx(2.9)


def test_what_the_home_promised_itself_is_no_word_from_outside():
    """Caution leaves 2 kW of any limit that comes from outside; what was sold stays as it was sold."""
    sold = Limit(Rung.GRID_MARGIN, On.IMPORT, 0, 4, -1.0, "flex:r1", promised=True)
    asked = replace(sold, promised=False)
    assert [one.max_kw for one in bounded((sold, asked), Caution())] == [-1.0, 2.0]
    assert not bounded((sold,), Caution(veto=frozenset({Signal.REQUESTS})))
