"""Any home, however odd its devices, prices and readings: physics hold, nothing raises, what is short is said."""

import hashlib
import pickle
import subprocess
import sys
from dataclasses import fields, replace
from datetime import UTC, datetime

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from laag.foundation.contracts import ANY_PRICE, Side
from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.foundation.series import ticks, wh
from laag.home.bid import Device, Prospect, orders, plans
from laag.home.devices import Battery, Building, Charger, EvSession, HeatPump, Pv
from laag.home.house import HomeState, House
from laag.home.operate import Actual, Watch, stretch
from laag.home.outlook import Outlook, mended
from laag.home.physics import Physics, sound
from laag.home.plan import Plan, cheapest
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings
from laag.home.simple import simple_day
from laag.home.stays import stays_in

SOLVER = Solver(most=256)
COUNT = 48
GRID = PtuGrid(datetime(2025, 1, 6, tzinfo=UTC), COUNT)


def maybe(strategy):
    return st.one_of(st.none(), strategy)


efficiency = st.floats(0.7, 1.0)
batteries = st.builds(
    Battery, st.floats(0, 20), st.floats(0, 8), st.floats(0, 8), efficiency, efficiency, st.floats(0, 0.1)
)
chargers = st.builds(Charger, st.sampled_from([0.0, 3.7, 7.4, 11.0]), efficiency, st.floats(5, 90))
pumps = st.builds(HeatPump, st.floats(0, 5))
buildings = st.builds(Building, st.floats(0, 0.5), st.floats(1, 30))
stays = st.builds(
    EvSession,
    st.integers(-60, 70),
    st.integers(-10, 110),
    st.floats(-5, 100),
    st.floats(-5, 100),
    maybe(st.floats(-5, 40)),
)


@st.composite
def houses(draw):
    building = draw(maybe(buildings))
    return House(
        "any",
        import_max_kw=draw(st.sampled_from([1.0, 5.75, 17.25, np.inf])),
        export_max_kw=draw(st.sampled_from([0.0, 5.75, 17.25, np.inf])),
        battery=draw(maybe(batteries)),
        charger=draw(maybe(chargers)),
        heat_pump=draw(maybe(pumps)) if building else None,
        building=building,
        pv=draw(maybe(st.builds(Pv, st.just(4.0), st.booleans()))),
    )


@st.composite
def outlooks(draw, negative=True, agreed=True):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    swing = draw(st.sampled_from([0.0, 0.05, 0.3, 4.0]))
    low = draw(st.sampled_from([0.05, -0.2, -0.5])) if negative else 0.05
    buy = np.round(low + swing * rng.random(COUNT), 5)
    position = np.where(rng.random(COUNT) < 0.5, rng.normal(0, 2, COUNT), np.nan)
    with_position = agreed and draw(st.booleans())
    return Outlook(
        GRID,
        (np.arange(COUNT) + int(rng.integers(96))) % 96,
        rng.exponential(0.5, COUNT),
        rng.exponential(1.5, COUNT) * (rng.random(COUNT) < 0.5),
        rng.normal(8, 6) + rng.normal(0, 1, COUNT),
        rng.exponential(0.5, COUNT),
        buy,
        buy - draw(st.sampled_from([0.0, 0.15])),
        tuple(draw(st.lists(stays, max_size=3))),
        position if with_position else None,
        buy + 0.05 if with_position else None,
        buy - 0.05 if with_position else None,
    )


sane_states = st.builds(HomeState, st.floats(0, 20), st.floats(0, 90), st.floats(15, 25))
any_states = st.builds(
    HomeState,
    *[st.one_of(st.floats(-5, 95), st.sampled_from([np.nan, np.inf, -np.inf, 1e9]))] * 3,
)


def with_holes(outlook, rng):
    """The same outlook with missing and infinite numbers in it."""
    hole = {
        name: np.where(rng.random(COUNT) < 0.1, rng.choice([np.nan, np.inf]), getattr(outlook, name))
        for name in ("load_kw", "pv_kw", "outdoor_c", "buy_eur_per_kwh", "sell_eur_per_kwh")
    }
    return replace(outlook, **hole)


def score(house, outlook, day, stays_):
    """What a plan minimises, rung by rung, written again from its definition: safety, comfort, and money last."""
    worth = PlanSettings()
    position, above, below = outlook.prices_of_a_change()
    change = day.connection_kw - position
    beyond = np.maximum(day.connection_kw - house.import_max_kw, 0.0)
    beyond += np.maximum(-day.connection_kw - house.export_max_kw, 0.0)
    money = (np.where(change >= 0, above, below) * change).sum() * PTU_HOURS
    uneasy = 0.0
    if house.battery:
        money += house.battery.wear_eur_per_kwh * np.maximum(-day.battery_kw, 0).sum() * PTU_HOURS
        money -= worth.stored_at_end_eur_per_kwh(house.battery, outlook) * day.stored_kwh[-1]
    if house.heat_pump:
        low = house.comfort.low_c(outlook.quarter)
        off = np.maximum(low - day.indoor_c, 0) + np.maximum(day.indoor_c - house.comfort.high_c, 0)
        uneasy += off.sum() * PTU_HOURS
        per_k = worth.warmth_at_end_eur_per_k(house, outlook, low)
        money -= per_k * min(max(day.indoor_c[-1], low[-1]), house.comfort.high_c)
    for stay in stays_:
        left = day.ev_stored_kwh[min(stay.departs, COUNT) - 1]
        later = max(stay.departs - COUNT, 0) * house.charger.max_kw * house.charger.efficiency * PTU_HOURS
        must = max(stay.wanted_kwh - later, 0.0)
        uneasy += max(must - left, 0.0)
        if stay.departs > COUNT:
            per_kwh = worth.charged_at_end_eur_per_kwh(house.charger, outlook)
            money -= per_kwh * max(min(left, stay.wanted_kwh) - must, 0.0)
    return beyond.sum() * PTU_HOURS, uneasy, money


def at_most(ours, theirs, hair=2e-3):
    """Whether the first is no worse, rung by rung; a higher rung that is better settles it."""
    for mine, other in zip(ours, theirs, strict=True):
        room = hair + 1e-6 * abs(other)
        if mine > other + room:
            return False
        if mine < other - room:
            return True
    return True


@given(houses(), any_states, outlooks(), st.integers(0, 1000), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_home_gets_a_plan_that_physics_allows(house, state, outlook, seed, holes):
    if holes:
        outlook = with_holes(outlook, np.random.default_rng(seed))
    plan = cheapest(house, state, outlook, solver=SOLVER)
    assert not any(short.kind == "solver" for short in plan.shortfalls)
    flows = plan.load_kw - plan.pv_kw + plan.battery_kw + plan.ev_kw + plan.heat_pump_kw
    assert np.array_equal(plan.connection_kw, flows)
    known, _ = mended(outlook)
    assert np.all(plan.pv_kw >= 0)
    assert np.all(plan.pv_kw <= (np.maximum(known.pv_kw, 0) if house.pv else 0))
    if house.pv and not house.pv.curtailable:
        assert np.array_equal(plan.pv_kw, np.maximum(known.pv_kw, 0))
    if house.battery:
        assert np.all((plan.stored_kwh >= 0) & (plan.stored_kwh <= house.battery.capacity_kwh))
        assert np.all(plan.battery_kw <= house.battery.charge_max_kw)
        assert np.all(plan.battery_kw >= -house.battery.discharge_max_kw)
        follows_stored(house, sound(house, state)[0], plan)
    assert np.all((plan.ev_kw >= 0) & (plan.ev_kw <= (house.charger.max_kw if house.charger else 0)))
    assert np.all(plan.ev_kw[np.isnan(plan.ev_stored_kwh)] == 0)
    assert np.all(
        (plan.heat_pump_kw >= 0)
        & (plan.heat_pump_kw <= (house.heat_pump.power_max_kw if house.heat_pump else 0))
    )
    if not any(short.kind == "connection" for short in plan.shortfalls):
        assert np.all(plan.connection_kw <= house.import_max_kw + 1e-2)
        assert np.all(-plan.connection_kw <= house.export_max_kw + 1e-2)


def follows_stored(house, state, plan):
    """What is stored follows from what flowed: no charging and discharging at once hides in a PTU."""
    stored = state.stored_kwh
    for kw, after in zip(plan.battery_kw.tolist(), plan.stored_kwh.tolist(), strict=True):
        stored = house.battery.after(stored, kw, PTU_HOURS)
        assert abs(stored - after) < 1e-5


@given(houses(), sane_states, outlooks())
@settings(max_examples=100, deadline=None)
def test_a_plan_says_exactly_what_the_car_lacks(house, state, outlook):
    plan = cheapest(house, state, outlook, solver=SOLVER)
    stays_ = stays_in(house, sound(house, state)[0], outlook.sessions, COUNT)
    lacking = {
        stay.departs - 1
        for stay in stays_
        if stay.departs <= COUNT and plan.ev_stored_kwh[stay.departs - 1] < stay.wanted_kwh - 1e-3
    }
    said = {short.ptu for short in plan.shortfalls if short.kind == "ev" and short.ptu < COUNT - 1}
    assert lacking - {COUNT - 1} == said


@given(houses(), sane_states, outlooks())
@settings(max_examples=100, deadline=None)
def test_no_plan_costs_more_than_not_planning(house, state, outlook):
    state, _ = sound(house, state)
    plan = cheapest(house, state, outlook, solver=SOLVER)
    stays_ = stays_in(house, state, outlook.sessions, COUNT)
    assume(all(stay.used_kwh is None for stay in stays_))
    ours = score(house, outlook, plan, stays_)
    theirs = score(house, outlook, simple_day(house, state, outlook, stays_), stays_)
    assert at_most(ours, theirs)


@given(
    houses(),
    sane_states,
    outlooks(negative=False, agreed=False),
    st.integers(0, COUNT - 1),
    st.floats(-0.2, 0.5),
)
@settings(max_examples=100, deadline=None)
def test_the_worth_of_a_kwh_bounds_what_more_load_costs(house, state, outlook, ptu, more_kw):
    """Cost is convex in load, so the plan's price is a tangent from below: exact signs, exact units.

    Not with a battery where feeding in costs money: what then keeps it from burning energy is not convex.
    """
    assume(house.battery is None or outlook.sell_eur_per_kwh.min() >= 0)
    state, _ = sound(house, state)
    stays_ = stays_in(house, state, outlook.sessions, COUNT)
    assume(all(stay.used_kwh is None for stay in stays_))
    load = outlook.load_kw.copy()
    load[ptu] += more_kw
    other = replace(outlook, load_kw=load)
    assume(
        np.array_equal(load > outlook.pv_kw, outlook.load_kw > outlook.pv_kw)
    )  # what is left is worth the same
    plan, moved = (cheapest(house, state, ahead, solver=SOLVER) for ahead in (outlook, other))
    *missed, money = score(house, outlook, plan, stays_)
    *still_missed, more_money = score(house, other, moved, stays_)
    assume(np.allclose(missed, still_missed, atol=1e-6))
    tangent = plan.connection_eur_per_kwh[ptu] * more_kw * PTU_HOURS
    assert more_money >= money + tangent - 1e-3


def fingerprint(plan: Plan) -> str:
    digest = hashlib.sha256()
    for field in fields(plan):
        value = getattr(plan, field.name)
        digest.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
    return digest.hexdigest()


questions = st.tuples(houses(), sane_states, outlooks())


@given(st.lists(questions, min_size=30, max_size=30), st.randoms(use_true_random=False))
@settings(max_examples=3, deadline=None)
def test_a_warm_solver_answers_as_a_cold_one_in_any_order(asked, random):
    alone = [fingerprint(cheapest(*question, solver=Solver())) for question in asked]
    warm = Solver(most=5)
    order = list(range(len(asked)))
    random.shuffle(order)
    streamed = {i: fingerprint(cheapest(*asked[i], solver=warm)) for i in order}
    assert [streamed[i] for i in range(len(asked))] == alone


def seeded_question(seed):
    """A home with everything, for where a strategy cannot come along."""
    rng = np.random.default_rng(seed)
    buy = 0.2 + 0.3 * rng.random(COUNT) - 0.2 * (seed % 2)
    house = House(
        "s",
        battery=Battery(10, 5, 5),
        charger=Charger(7.4),
        heat_pump=HeatPump(2),
        building=Building(0.2, 8),
        pv=Pv(4),
    )
    outlook = Outlook(
        GRID,
        np.arange(COUNT),
        rng.random(COUNT),
        3 * rng.random(COUNT),
        10 * rng.random(COUNT),
        rng.random(COUNT),
        buy,
        buy - 0.1,
        (EvSession(-2, 30, 20, 35), EvSession(40, 90, 10, 40)),
    )
    return house, HomeState(5 * rng.random(), 20.0, 18 + 3 * rng.random()), outlook


def test_another_process_finds_the_same_plans():
    asked = [seeded_question(seed) for seed in range(6)]
    code = (
        "import pickle, sys; from laag.home.plan import cheapest; from laag.home.plan.solver import Solver\n"
        "asked = pickle.load(sys.stdin.buffer); solver = Solver()\n"
        "pickle.dump([cheapest(*q, solver=solver) for q in reversed(asked)], sys.stdout.buffer)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(asked), stdout=subprocess.PIPE, check=True
    )
    there = [fingerprint(plan) for plan in reversed(pickle.loads(done.stdout))]
    assert there == [fingerprint(cheapest(*question, solver=Solver())) for question in asked]


@st.composite
def prospects(draw, outlook, window):
    """A market at the price to buy, and up to four courses of it: quiet ones, stretched ones, noise, extremes."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    price = outlook.buy_eur_per_kwh[window]
    shape = (draw(st.integers(0, 4)), len(price))
    size = draw(st.sampled_from([0.0, 0.05, 0.3, 4.0]))
    surprise = np.round(rng.normal(0, size + 1e-12, shape) + rng.normal(0, 0.05, (shape[0], 1)), 5)
    return Prospect(price, price + 0.05, surprise, draw(st.sampled_from([1.0, 1.21])), 0.02)


windows = st.tuples(st.integers(0, 20), st.integers(20, COUNT)).map(lambda span: slice(*span))


def booked(house, state, outlook, window, prospect, solver=SOLVER):
    planned = plans(house, state, outlook, window, prospect, solver=solver)
    return planned[0], orders(planned, house, window, prospect)


@given(st.data(), houses(), sane_states, outlooks(), windows)
@settings(max_examples=100, deadline=None)
def test_the_dearer_it_gets_the_less_a_home_takes_and_never_from_itself(data, house, state, outlook, window):
    prospect = data.draw(prospects(outlook, window))
    plan, made = booked(house, state, outlook, window, prospect)
    count = len(prospect.market_eur_per_kwh)
    assert np.all(made.quantity_wh >= 1)
    named = zip(made.ptu, made.device, made.side, made.limit_ticks, strict=True)
    assert len(set(named)) == len(made)
    buys = made.side == Side.BUY
    dearest_buy, cheapest_sale = np.full(count, -ANY_PRICE - 1), np.full(count, ANY_PRICE + 1)
    np.maximum.at(dearest_buy, made.ptu[buys], made.limit_ticks[buys])
    np.minimum.at(cheapest_sale, made.ptu[~buys], made.limit_ticks[~buys])
    assert np.all(dearest_buy < cheapest_sale)
    asked = np.unique(np.concatenate([made.limit_ticks, made.limit_ticks + 1, [-ANY_PRICE, ANY_PRICE]]))
    taken = np.stack([made.taken_wh(np.full(count, price)) for price in asked.tolist()])
    assert np.all(np.diff(taken, axis=0) <= 0)
    planned = wh(plan.connection_kw[window])
    assert np.all(taken <= np.maximum(min(house.import_max_kw * 250, 1e9), planned) + 1e-6)
    assert np.all(-taken <= np.maximum(min(house.export_max_kw * 250, 1e9), -planned) + 1e-6)


@given(houses(), sane_states, outlooks(negative=False, agreed=False), windows)
@settings(max_examples=100, deadline=None)
def test_at_the_expected_prices_a_home_gets_its_plan(house, state, outlook, window):
    """To a Wh for each device; and where it gives, the sun that it leaves unused as far as the connection carries it."""
    prospect = Prospect.as_expected(outlook, window, spread_eur_per_kwh=0.01)
    plan, made = booked(house, state, outlook, window, prospect)
    planned_kw = plan.connection_kw[window]
    unused_kw = np.maximum(plan.sun_kw - plan.pv_kw, 0.0)[window]
    offered_kw = np.maximum(planned_kw - unused_kw, np.minimum(-house.export_max_kw, planned_kw))
    taken = made.taken_wh(ticks(prospect.market_eur_per_kwh))
    assert np.abs(taken - wh(offered_kw)).max(initial=0) <= len(Device)


@given(st.data(), houses(), sane_states, outlooks(), windows)
@settings(max_examples=30, deadline=None)
def test_what_a_home_bids_depends_on_that_home_alone(data, house, state, outlook, window):
    """A solver that has just planned other homes, and one that never planned any, lead to the same orders."""
    prospect = data.draw(prospects(outlook, window))
    warm, cold = (booked(house, state, outlook, window, prospect, solver)[1] for solver in (SOLVER, Solver()))
    assert all(np.array_equal(getattr(warm, f.name), getattr(cold, f.name)) for f in fields(warm))


@st.composite
def actuals(draw, outlook):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    real, at = [], 0
    for _ in range(draw(st.integers(0, 3))):
        arrives = at + draw(st.integers(0, 30))
        at = arrives + draw(st.integers(1, 30))
        real.append(EvSession(arrives, at, draw(st.floats(0, 60)), draw(st.floats(0, 60))))
    silent = rng.random(COUNT) < draw(st.sampled_from([0.0, 0.2]))
    return Actual(
        GRID,
        outlook.quarter,
        np.where(silent, np.nan, outlook.load_kw * rng.uniform(0, 2, COUNT)),
        np.where(silent, np.nan, outlook.pv_kw * rng.uniform(0, 2, COUNT)),
        outlook.outdoor_c + rng.normal(0, 2),
        rng.exponential(200, COUNT),
        tuple(real),
    )


def again(house, outlook, actual):
    """Plan what is left with the same expectations and the stays that have begun."""

    def replan(ptu, state, known):
        left = slice(ptu, None)
        cut = {
            field.name: getattr(outlook, field.name)[left]
            for field in fields(outlook)
            if isinstance(getattr(outlook, field.name), np.ndarray)
        }
        ahead = tuple(stay.shifted(-ptu) for stay in known if stay.departs > ptu)
        rest = replace(outlook, grid=GRID.window(ptu, COUNT), sessions=ahead, **cut)
        return cheapest(house, state, rest, solver=SOLVER)

    return replan


@given(st.data(), houses(), any_states, outlooks())
@settings(max_examples=60, deadline=None)
def test_whatever_happens_energy_is_conserved_and_limits_hold(data, house, state, outlook):
    actual = data.draw(actuals(outlook))
    plan = cheapest(house, state, outlook, solver=SOLVER)
    lived = stretch(house, state, plan, actual, 0, COUNT, again(house, outlook, actual))
    flows = lived.load_kw - lived.pv_kw + lived.battery_kw + lived.ev_kw + lived.heat_pump_kw
    assert np.array_equal(lived.offtake_kw, flows)
    assert np.array_equal(lived.estimated, np.isnan(actual.load_kw))
    heard = ~lived.estimated
    assert np.array_equal(lived.load_kw[heard], actual.load_kw[heard])
    here = np.zeros(COUNT, bool)
    for stay in actual.sessions:
        here[stay.arrives : stay.departs] = True
    assert np.all(lived.ev_kw[~here] == 0)
    if house.battery:
        assert np.all((lived.stored_kwh >= 0) & (lived.stored_kwh <= house.battery.capacity_kwh))
        follows_stored(house, sound(house, state)[0], lived)
    if house.charger:
        assert np.all(lived.ev_kw <= house.charger.max_kw)
        assert np.nanmax(lived.ev_stored_kwh, initial=0.0) <= house.charger.capacity_kwh
    flexible = np.maximum(lived.battery_kw, 0) + lived.ev_kw
    assert np.all(flexible[lived.offtake_kw > house.import_max_kw + 1e-9] < 1e-9)


@given(st.data(), houses(), sane_states, outlooks(), st.integers(1, COUNT - 1))
@settings(max_examples=40, deadline=None)
def test_a_day_in_two_parts_is_the_same_day(data, house, state, outlook, cut):
    actual = data.draw(actuals(outlook))
    plan = cheapest(house, state, outlook, solver=SOLVER)
    replan = again(house, outlook, actual)
    whole = stretch(house, state, plan, actual, 0, COUNT, replan)
    early = stretch(house, state, plan, actual, 0, cut, replan)
    late = stretch(house, early.state, early.plan, actual, cut, COUNT, replan, watch=early.watch)
    for name in ("offtake_kw", "planned_kw", "stored_kwh", "ev_stored_kwh", "indoor_c"):
        joined = np.concatenate([getattr(early, name), getattr(late, name)])
        assert np.array_equal(joined, getattr(whole, name), equal_nan=True)
    assert early.replanned + late.replanned == whole.replanned
    assert early.shortfalls + late.shortfalls == whole.shortfalls
    assert late.state == whole.state


@given(
    houses(),
    sane_states,
    st.floats(-3, 8),
    st.floats(-8, 12),
    st.floats(0, 6),
    st.floats(0, 20),
    st.floats(0, 8),
)
def test_wishes_never_move_more_than_devices_can(house, state, load_kw, battery, pump, sun, ev):
    state, _ = sound(house, state)
    flow = Physics(house).happens(
        (state.stored_kwh, state.ev_stored_kwh, state.indoor_c),
        (battery, ev, pump, np.inf),
        load_kw,
        sun,
        5.0,
        0.3,
        19.5,
        car_here=True,
    )
    assert flow.offtake_kw == load_kw - flow.pv_kw + flow.battery_kw + flow.ev_kw + flow.heat_pump_kw
    assert 0 <= flow.stored_kwh <= (house.battery.capacity_kwh if house.battery else 0)
    if flow.offtake_kw > house.import_max_kw + 1e-9:
        assert flow.battery_kw <= 0
        assert flow.ev_kw < 1e-9
        assert flow.heat_pump_kw < 1e-9
    if -flow.offtake_kw > house.export_max_kw + 1e-9:
        assert not (house.pv and house.pv.curtailable) or flow.pv_kw < 1e-9


def test_nothing_remembered_is_nothing_assumed():
    assert Watch().planned_at < -COUNT
