"""A home's offer to the grid: it can be delivered, costs no more than is asked, and sells nobody's comfort."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from benchmarks.homes import plain_home
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.home.whole_homes import whole_home

from laag.foundation.contracts import NO_LIMIT_WH
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ptu import PtuGrid
from laag.home.devices import Battery, Building, Charger, EvSession, HeatPump, Pv
from laag.home.flex import Asked, Consent, kept, offer
from laag.home.house import HomeState, House
from laag.home.ladder import Guarantee, Limit, On, Rung
from laag.home.operate import Actual, stretch
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.cheapest import weighed
from laag.home.plan.solver import Solver

SOLVER = Solver()
COUNT = 96
EVENING = tuple(range(70, 78))
FEW = settings(max_examples=12)


def ordered_wh(made, share, count, whole_steps=None):
    """So much of it: the same share of every step, or its first steps in full."""
    wh = np.zeros(count)
    for number, step in enumerate(made.steps):
        taken = share if whole_steps is None else float(number < whole_steps)
        wh[made.first : made.ptus.stop] += taken * np.array(step.less_wh)
    return np.floor(np.abs(wh) + 1e-6).astype(np.int64) * np.sign(wh).astype(np.int64)


def asked_eur(made, share, whole_steps=None):
    return (
        sum(
            step.asked_units * (share if whole_steps is None else float(number < whole_steps))
            for number, step in enumerate(made.steps)
        )
        / UNITS_PER_EUR
    )


def an_offer(home, less=True, **given):
    house, state, outlook = home
    first = 48 if not less else 70
    ptus = tuple(i for i in range(first, first + 8) if i < len(outlook.grid)) or (4, 5, 6, 7)
    return offer(house, state, outlook, Asked("r1", outlook.grid, ptus, less=less), solver=SOLVER, **given)


@given(st.integers(0, 5000), st.booleans(), st.floats(0.05, 1.0))
@FEW
def test_any_share_of_an_offer_is_delivered_for_no_more_than_is_asked(seed, less, share):
    home = plain_home(seed, COUNT)
    made = an_offer(home, less)
    assume(made is not None)
    wh = ordered_wh(made, share, COUNT)
    usual, weighs = weighed(*home, solver=SOLVER)
    plan, claims = kept(*home, home.outlook.grid, wh, solver=SOLVER)
    moved_kw = (usual.connection_kw - plan.connection_kw) * (1 if less else -1)
    assert (moved_kw[wh != 0] * 250 >= np.abs(wh)[wh != 0] - 0.1).all()
    _, costs = weighed(
        home.house, home.state, replace(home.outlook, claims=(*home.outlook.claims, *claims)), solver=SOLVER
    )
    assert costs - weighs <= asked_eur(made, share) + 1e-4


@given(st.integers(0, 5000))
@settings(max_examples=6)
def test_whatever_is_in_a_home_its_whole_steps_are_delivered_and_nothing_above_them_gives_way(seed):
    home = whole_home(seed, broken=False)
    made = offer(*home, Asked("r1", home[2].grid, (20, 21, 22, 23)), solver=SOLVER)
    assume(made is not None)
    usual = cheapest(*home, solver=SOLVER)
    wh = ordered_wh(made, 1.0, len(home[2].grid))
    plan, _ = kept(*home, home[2].grid, wh, solver=SOLVER)
    assert ((usual.connection_kw - plan.connection_kw)[wh > 0] * 250 >= wh[wh > 0] - 1).all()
    before = {one.rung: one.amount for one in usual.missed}
    above = [one for one in plan.missed if one.rung < Rung.GRID_MARGIN]
    assert all(one.amount <= before.get(one.rung, 0.0) + 1e-3 for one in above)


@given(st.integers(0, 5000))
@FEW
def test_an_offer_says_the_same_whatever_was_planned_before(seed):
    home = plain_home(seed, COUNT)
    assert an_offer(home) == offer(*home, Asked("r1", home.outlook.grid, EVENING), solver=Solver())


GRID = PtuGrid(datetime(2026, 1, 14, 23, tzinfo=UTC), COUNT)
FLAT = np.ones(COUNT)


def outlook(**given):
    usual = {
        "load_kw": 0.5 * FLAT,
        "pv_kw": 0 * FLAT,
        "outdoor_c": 4 * FLAT,
        "heat_gain_kw": 0.2 * FLAT,
        "buy_eur_per_kwh": 0.30 + 0.0005 * np.arange(COUNT),
        "sell_eur_per_kwh": 0.05 * FLAT,
    }
    return Outlook(GRID, quarter=np.arange(COUNT), **(usual | given))


CAR = House("car", charger=Charger(7.4, efficiency=1.0))
PLUGGED = (EvSession(64, 200, 20.0, 25.0),)


def asked(**given):
    return Asked("r1", GRID, EVENING, **given)


def test_a_car_that_may_wait_offers_what_it_would_have_taken_and_says_when_it_comes_back():
    expected = outlook(
        buy_eur_per_kwh=np.where(np.arange(COUNT) < 72, 0.30, 0.35), sessions=(EvSession(70, 96, 20.0, 23.0),)
    )
    made = offer(CAR, HomeState(), expected, asked(), solver=SOLVER)
    assert made is not None
    assert made.id == "car:r1"
    assert sum(step.wh for step in made.steps) > 2900
    back = sum(one.more_wh for step in made.steps for one in step.rebound)
    assert back == pytest.approx(sum(step.wh for step in made.steps), abs=30)
    assert all(step.price_ticks == pytest.approx(5000, abs=150) for step in made.steps), "five cents later"


def test_what_comes_back_is_promised_too_where_that_was_counted_on():
    expected = outlook(
        buy_eur_per_kwh=np.where(np.arange(COUNT) < 72, 0.30, 0.35), sessions=(EvSession(70, 96, 20.0, 23.0),)
    )
    home = CAR, HomeState(), expected
    usual_kw = cheapest(*home, solver=SOLVER).connection_kw
    wh = np.zeros(COUNT, np.int64)
    wh[70:72] = np.floor(usual_kw[70:72] * 250)
    back = np.full(COUNT, NO_LIMIT_WH)
    back[72:80] = 50
    free, _ = kept(*home, GRID, wh, solver=SOLVER)
    plan, claims = kept(*home, GRID, wh, solver=SOLVER, back_wh=back)
    assert {one.first for one in claims if one.promised} == {*np.flatnonzero(wh).tolist(), *range(72, 80)}
    assert (plan.connection_kw[72:80] <= usual_kw[72:80] + 0.2 + 1e-4).all()
    assert (free.connection_kw[72:80] > usual_kw[72:80] + 0.2 + 1e-4).any()
    assert plan.connection_kw.sum() == pytest.approx(free.connection_kw.sum(), abs=0.05)


def test_who_announced_another_day_than_it_plans_offers_and_keeps_against_what_was_announced():
    """The grid operator reckons with what was announced, and pays by it."""
    house = House("box", battery=Battery(10.0, 5.0, 5.0, 0.95, 0.95))
    home = house, HomeState(stored_kwh=5.0), outlook()
    usual_kw = cheapest(*home, solver=SOLVER).connection_kw
    announced = np.full(COUNT, np.nan)
    announced[70:72] = usual_kw[70:72] + 0.4
    both = Asked("r1", GRID, (70, 71, 72, 73))
    made = offer(*home, both, solver=SOLVER, announced_kw=announced)
    plain = offer(*home, both, solver=SOLVER)
    assert made is not None
    assert plain is not None
    assert sum(one.asked_units for one in made.steps) <= sum(one.asked_units for one in plain.steps)
    wh = np.zeros(COUNT, np.int64)
    wh[70:74] = 250
    plan, claims = kept(*home, GRID, wh, solver=SOLVER, announced_kw=announced)
    most = {one.first: one.max_kw for one in claims}
    assert [most[at] for at in (70, 72)] == pytest.approx([usual_kw[70] - 0.6, usual_kw[72] - 1.0])
    assert (plan.connection_kw[70:72] <= usual_kw[70:72] - 0.6 + 1e-4).all()


def test_a_car_that_needs_every_quarter_hour_offers_nothing():
    expected = outlook(sessions=(EvSession(70, 78, 10.0, 10.0 + 8 * 7.4 / 4),))
    assert offer(CAR, HomeState(), expected, asked(), solver=SOLVER) is None


def test_a_battery_offers_below_zero_where_the_home_would_have_taken_little():
    house = House("box", battery=Battery(10.0, 5.0, 5.0, 0.95, 0.95))
    expected = outlook(buy_eur_per_kwh=0.30 * FLAT, sell_eur_per_kwh=0.05 * FLAT)
    made = offer(house, HomeState(stored_kwh=9.0), expected, asked(), solver=SOLVER)
    assert made is not None
    usual = cheapest(house, HomeState(stored_kwh=9.0), expected, solver=SOLVER)
    most = np.abs(np.array([step.less_wh for step in made.steps]).sum(axis=0)).max() / 250
    assert most > usual.connection_kw[list(EVENING)].max(), "it gives back, not only stops taking"


def test_a_warm_house_offers_its_heat_pump_within_comfort_and_never_beyond():
    house = House("warm", heat_pump=HeatPump(2.5), building=Building(0.15, 8.0))
    cold, warm = HomeState(indoor_c=house.comfort.low_c(np.array([72]))[0]), HomeState(indoor_c=20.9)
    never = offer(house, cold, outlook(outdoor_c=-25 * FLAT), asked(), solver=SOLVER)
    some = offer(house, warm, outlook(), asked(), solver=SOLVER)
    assert never is None
    if some is not None:
        wh = ordered_wh(some, 1.0, COUNT)
        plan, _ = kept(house, warm, outlook(), GRID, wh, solver=SOLVER)
        usual = cheapest(house, warm, outlook(), solver=SOLVER)
        low = house.comfort.low_c(np.arange(COUNT))
        assert (plan.indoor_c >= np.minimum(usual.indoor_c, low) - 1e-4).all()


def test_a_household_that_will_not_is_not_asked_twice():
    home = plain_home(4, COUNT)
    assert an_offer(home, consent=Consent(gives=False)) is None


def test_a_household_may_say_how_much_and_for_how_much():
    home = plain_home(4, COUNT)
    made = an_offer(home, consent=Consent(most_kw=0.75, least_eur_per_kwh=0.5))
    assert made is not None
    assert max(np.array([step.less_wh for step in made.steps]).sum(axis=0)) <= 0.75 * 250 + 1
    assert all(step.price_ticks >= 50_000 for step in made.steps)


def test_a_car_that_cannot_charge_by_halves_offers_only_whole_steps():
    house = replace(CAR, charger=Charger(7.4, efficiency=1.0, min_kw=1.38))
    expected = outlook(sessions=(EvSession(70, 96, 20.0, 25.0),))
    made = offer(house, HomeState(), expected, asked(), solver=SOLVER)
    assert made is not None
    assert made.least_share == 1.0


def test_an_offer_for_hours_that_the_home_does_not_look_at_is_none():
    late = PtuGrid(GRID.start + timedelta(days=3), COUNT)
    assert offer(CAR, HomeState(), outlook(sessions=PLUGGED), Asked("r1", late, (3,)), solver=SOLVER) is None


def test_the_day_of_the_request_need_not_begin_where_the_home_looks_from():
    noon = replace(outlook(sessions=(EvSession(70, 96, 20.0, 23.0),)))
    day = PtuGrid(GRID.start + timedelta(hours=12), 48)
    made = offer(CAR, HomeState(), noon, Asked("r1", day, tuple(range(22, 30))), solver=SOLVER)
    same = offer(CAR, HomeState(), noon, asked(), solver=SOLVER)
    assert made is not None
    assert same is not None
    assert made.first == same.first - 48
    assert [step.wh for step in made.steps] == [step.wh for step in same.steps]
    assert made.steps[0].rebound[0].ptu == same.steps[0].rebound[0].ptu - 48


def test_what_is_sold_holds_below_what_every_home_may_always_take():
    law = Guarantee(4.2, 4.2, "law")
    sold = Limit(Rung.GRID_MARGIN, On.IMPORT, 70, 78, 0.2, "flex:r1", promised=True)
    asks = replace(sold, promised=False)
    house = House("box", battery=Battery(10.0, 5.0, 5.0))
    cheap = outlook(buy_eur_per_kwh=np.where(np.arange(COUNT) >= 70, 0.1, 0.3), sell_eur_per_kwh=0.09 * FLAT)

    def highest(claim):
        day = cheapest(house, HomeState(5.0), replace(cheap, claims=(law, claim)), solver=SOLVER)
        return day.connection_kw[70:78].max(), [short.kind for short in day.shortfalls]

    assert highest(sold) == (pytest.approx(0.2), [])
    assert highest(asks)[0] >= 0.5 - 1e-6


@pytest.mark.parametrize("less", [True, False])
def test_a_real_evening_with_the_order_delivers_what_was_ordered(less):
    """Lived quarter-hour by quarter-hour, with the limits in force and every new plan made under them."""
    house = House("all", battery=Battery(8.0, 4.0, 4.0), pv=Pv(4.0), charger=Charger(7.4))
    sun = 3.0 * ((np.arange(COUNT) > 36) & (np.arange(COUNT) < 64))
    expected = outlook(pv_kw=sun, sessions=(EvSession(68, 96, 20.0, 30.0),))
    state = HomeState(stored_kwh=4.0)
    ptus = EVENING if less else tuple(range(44, 52))
    made = offer(house, state, expected, Asked("r1", GRID, ptus, less=less), solver=SOLVER)
    assert made is not None
    wh = ordered_wh(made, 0.6, COUNT)
    usual = cheapest(house, state, expected, solver=SOLVER)
    plan, claims = kept(house, state, expected, GRID, wh, solver=SOLVER)
    happens = Actual(
        GRID,
        quarter=np.arange(COUNT),
        load_kw=0.5 * FLAT,
        pv_kw=sun,
        outdoor_c=4 * FLAT,
        sun_w_m2=0 * FLAT,
        sessions=expected.sessions,
        claims=claims,
    )

    def replan(ptu, held, known):
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
        later = tuple(replace(one, first=one.first - ptu, stop=one.stop - ptu) for one in claims)
        return cheapest(
            house,
            held,
            replace(expected, grid=GRID.window(ptu, COUNT), sessions=ahead, claims=later, **cut),
            solver=SOLVER,
        )

    lived = stretch(house, state, plan, happens, 0, COUNT, replan)
    moved = (usual.connection_kw - lived.offtake_kw) * 250 * (1 if less else -1)
    here = wh != 0
    assert here.any()
    assert (moved[here] >= np.abs(wh[here]) - 1).all()
