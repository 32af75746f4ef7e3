"""A home that lives plans and orders as the same home does in a simulation, from nothing but what it has measured."""

from dataclasses import astuple, fields, replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.apps.homes import Homes
from laag.apps.wiring import Options, terms_of
from laag.cycle.agent import day_orders, question
from laag.cycle.day import HORIZON_PTUS, apply, due, prepare, start
from laag.cycle.living import Knowledge, orders_for, think
from laag.cycle.street import Wants
from laag.cycle.wants import asks
from laag.cycle.world import Sight, World
from laag.foundation.ptu import AMSTERDAM
from laag.home.forecast import DE_BILT, Record
from laag.home.plan import Plan, cheapest
from laag.home.plan.solver import Solver
from laag.home.preferences import parse
from laag.study.population import street as built_in

FIRST = date(2026, 3, 28)
"""The clock goes forward in the night after it."""
HOMES = 8
SOLVER = Solver()


@cache
def midway():
    """A street with its market cleared once, and the bulletin of the gate after it."""
    street = built_in(FIRST, 3, homes=HOMES, warmup_days=15)
    run = prepare(street, terms_of(Options()), FIRST, 3)
    state = start(run)
    with Homes(run, 1) as homes:
        for _ in range(2):
            state = apply(run, state, homes.step(state, due(run, state)))
    return run, state, due(run, state)


def known_at(home, world, now, wants=None):
    """What the home itself has measured and been told by then; everything later is cut off, not hidden."""
    past, at = world.grid.window(0, now), world.grid[now]
    diary = world.diary(home)
    told_until = world.grid.index(world.sun_forecast_w_m2.until(at))

    def cut(profile):
        return profile.values[:now].copy()

    return Knowledge(
        house=home.house,
        past=Record(
            past,
            cut(home.load_kw),
            cut(diary.pv_kw.profile),
            cut(world.outdoor_c.profile),
            cut(world.sun_w_m2.profile),
            cut(world.sun_forecast_w_m2.profile),
            cut(world.outdoor_forecast_c.profile),
        ),
        zone=AMSTERDAM,
        place=DE_BILT,
        wants=wants,
        habit=home.habit,
        stays=tuple(stay for stay in home.sessions if stay.arrives <= now),
        sun_ahead_w_m2=world.sun_forecast_w_m2.profile.values[now:told_until].copy(),
        outdoor_ahead_c=world.outdoor_forecast_c.profile.values[now:told_until].copy(),
    )


def same(one, other):
    return all(
        np.array_equal(getattr(one, f.name), getattr(other, f.name), equal_nan=True)
        if isinstance(getattr(one, f.name), np.ndarray)
        else getattr(one, f.name) == getattr(other, f.name)
        for f in fields(Plan)
        if f.name != "kept_eur_per_kwh"
    )


def simulated(home, world, board, row, now, held):
    """The question of the simulator's home, as ``gate_to_gate`` asks it."""
    sight = Sight(world, home, world.diary(home), board, row)
    wanted = asks(home, world.calendar, now, (), sight.sun_w_m2)
    return question(sight, wanted, now, held)


@settings(max_examples=25)
@given(st.integers(0, HOMES - 1), st.integers(0, 95))
def test_a_living_home_plans_as_the_simulated_one_does(which, later):
    run, state, work = midway()
    world = World.of(run.street, run.calendar, HORIZON_PTUS)
    home, now, held = run.street.homes[which], work.work.start + later, state.homes[which]
    asked = simulated(home, world, work.bulletin, which, now, held)
    thought = think(known_at(home, world, now), work.bulletin.of([which]), held, HORIZON_PTUS, solver=SOLVER)
    assert same(thought.plan, cheapest(*asked, solver=Solver()))


@pytest.mark.parametrize("which", range(0, HOMES, 2))
def test_a_living_home_orders_as_the_simulated_one_does(which):
    run, state, work = midway()
    world = World.of(run.street, run.calendar, HORIZON_PTUS)
    home, now, held = run.street.homes[which], work.work.stop, state.homes[which]
    day = work.work.bid_for
    asked = simulated(home, world, work.bulletin, which, now, held)
    board = work.bulletin.of([which])
    thought = think(known_at(home, world, now), board, held, HORIZON_PTUS, solver=SOLVER)
    ours, theirs = (
        orders_for(thought, day, solver=SOLVER),
        day_orders(home, work.bulletin, asked, now, day, Solver()),
    )
    for name in ("ptu", "device", "side", "quantity_wh", "limit_ticks"):
        assert np.array_equal(getattr(ours, name), getattr(theirs, name))
    assert len(ours)


def test_what_is_wished_is_in_the_plan_of_a_living_home_too():
    run, state, work = midway()
    world = World.of(run.street, run.calendar, HORIZON_PTUS)
    which = next(i for i, home in enumerate(run.street.homes) if home.house.battery is not None)
    wants = Wants((parse("keep 40 % for a power cut"),))
    home, now = replace(run.street.homes[which], wants=wants), work.work.start
    held = state.homes[which]
    asked = simulated(home, world, work.bulletin, which, now, held)
    known = known_at(home, world, now, wants)
    thought = think(known, work.bulletin.of([which]), held, HORIZON_PTUS, solver=SOLVER)
    assert same(thought.plan, cheapest(*asked, solver=Solver()))
    assert thought.outlook.claims


def test_a_home_that_knows_nothing_yet_plans_all_the_same():
    run, state, work = midway()
    world = World.of(run.street, run.calendar, HORIZON_PTUS)
    for which, home in enumerate(run.street.homes):
        full = known_at(home, world, work.work.start)
        grid = full.past.grid.window(full.now, full.now)
        none = np.zeros(0)
        known = replace(
            full,
            past=Record(grid, none, none, none, none),
            stays=(),
            sun_ahead_w_m2=none,
            outdoor_ahead_c=none,
        )
        board = replace(work.bulletin.of([which]), first=0)
        plan = think(known, board, state.homes[which], HORIZON_PTUS, solver=SOLVER).plan
        assert len(plan) == HORIZON_PTUS
        assert np.isfinite(plan.connection_kw).all()
        assert astuple(state.homes[which])
