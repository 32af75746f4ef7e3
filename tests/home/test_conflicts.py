"""A ruling is a record of plans that were really made: what it says of cost, loss and otherwise can be planned again."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.ptu import PtuGrid
from laag.home.conflicts import Kind, Outcome, conflicts, say
from laag.home.conflicts.home import known
from laag.home.conflicts.money import all_told_eur
from laag.home.conflicts.rule import TRIFLE
from laag.home.conflicts.trials import MOST
from laag.home.devices import Charger, EvSession
from laag.home.house import HomeState, House
from laag.home.ladder import Ladder, Limit, On, Rung
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings

sys.path.insert(0, str(Path(__file__).resolve().parent))
from whole_homes import whole_home

SOLVER, LADDER = Solver(), Ladder()
HOMES = st.integers(0, 5000)


def ruled(seed, *, broken=True, **changes):
    house, state, outlook = whole_home(seed, broken=broken)
    outlook = replace(outlook, **changes)
    plan = cheapest(house, state, outlook, solver=SOLVER)
    return (house, state, outlook, plan), conflicts(house, state, outlook, plan, solver=SOLVER)


@given(HOMES)
@settings(max_examples=15, deadline=None)
def test_any_home_gets_a_ruling_on_everything_that_is_asked(seed):
    (_, _, outlook, plan), rulings = ruled(seed)
    here = {c.source for c in outlook.claims if not hasattr(c, "first") or 0 <= c.first < c.stop}
    assert here <= {ruling.request.source for ruling in rulings}
    places = [LADDER.place(ruling.request.rung) for ruling in rulings]
    assert all(above <= below for above, below in pairwise(places))
    for ruling in rulings:
        assert ruling.missed >= 0
        assert ruling.outcome is not Outcome.UNKNOWN
        assert (ruling.missed > TRIFLE) == (ruling.outcome in {Outcome.PARTLY, Outcome.UNMET})
        assert not ruling.decided_by or ruling.missed > TRIFLE
        assert all(LADDER.place(one.rung) <= LADDER.place(ruling.request.rung) for one in ruling.decided_by)
        assert all(LADDER.place(one.request.rung) >= LADDER.place(ruling.request.rung) for one in ruling.took)
        for language in ("nl", "en"):
            sentence = say(ruling, language)
            assert sentence[0].isupper() or not sentence[0].isalpha()
            assert sentence.endswith(".")
            assert not any(odd in sentence for odd in ("{", "nan", "inf ", "None", "  "))
    if not outlook.claims and not plan.missed:
        assert not any(ruling.took for ruling in rulings)


@given(HOMES)
@settings(max_examples=6, deadline=None)
def test_the_same_home_gets_the_same_rulings_whatever_was_solved_before(seed):
    (house, state, outlook, plan), rulings = ruled(seed)
    cheapest(*whole_home(seed + 1), solver=SOLVER)
    assert conflicts(house, state, outlook, plan, solver=Solver()) == rulings


@given(HOMES)
@settings(max_examples=8, deadline=None)
def test_what_a_claim_costs_is_what_the_plan_without_it_saves(seed):
    """Planned again without the claim itself, not with an idle one in its place."""
    (house, state, outlook, plan), rulings = ruled(seed, broken=False)
    _, asked = known(house, state, outlook, PlanSettings())
    for ruling in rulings:
        mine = tuple(c for c in outlook.claims if c.source == ruling.request.source)
        if not mine or ruling.outcome is Outcome.FREE or len({type(c) for c in mine}) > 1:
            continue
        kept = tuple(c for c in outlook.claims if c not in mine)
        then = cheapest(house, state, replace(outlook, claims=kept), solver=SOLVER)
        cost_eur = all_told_eur(asked, plan) - all_told_eur(asked, then)
        assert ruling.cost_eur == pytest.approx(cost_eur, abs=0.02)


@given(HOMES)
@settings(max_examples=12, deadline=None)
def test_who_takes_nothing_from_anybody_never_saves_money(seed):
    """Less choice for the same rungs cannot be cheaper; the choice for grid or green is not money, steps are not exact."""
    (house, _, outlook, _), rulings = ruled(seed, broken=False, nudge_eur_per_kwh=None, jobs=())
    stepped = (house.charger and house.charger.min_kw) or (house.heat_pump and house.heat_pump.min_kw)
    if stepped or (outlook.sell_eur_per_kwh < 0).any():
        return
    for ruling in rulings:
        if ruling.request.source.startswith("signal") and not ruling.took and not ruling.missed:
            assert ruling.cost_eur >= -0.01


def test_beyond_forty_requests_the_lowest_are_not_looked_into_and_that_is_said():
    claims = tuple(Limit(Rung.AGREEMENT, On.IMPORT, i, i + 1, 0.0, f"neighbours:{i:02d}") for i in range(48))
    _, rulings = ruled(3, broken=False, claims=claims, jobs=(), sessions=())
    unknown = [ruling for ruling in rulings if ruling.outcome is Outcome.UNKNOWN]
    looked_into = [ruling for ruling in rulings if ruling.otherwise or ruling.cost_eur]
    assert unknown
    assert len(looked_into) <= MOST
    assert all(ruling.cost_eur is None and ruling.otherwise is None for ruling in unknown)
    assert "was not looked into" in say(unknown[0], "en")
    assert max(rulings.index(one) for one in looked_into) < min(rulings.index(one) for one in unknown)


def test_of_two_limits_that_ask_the_same_neither_alone_decides_and_still_one_is_named():
    """Left out one by one nothing changes; left out together the car would be ready."""
    one, none = np.ones(48), np.zeros(48)
    house = House("two", charger=Charger(7.4))
    outlook = Outlook(
        PtuGrid(datetime(2025, 1, 6, tzinfo=UTC), 48),
        np.arange(48),
        0.5 * one,
        none,
        8 * one,
        none,
        0.3 * one,
        none,
        sessions=(EvSession(0, 8, 10, 20),),
        claims=tuple(Limit(Rung.EMERGENCY, On.IMPORT, 0, 48, 0.5, f"dso:{name}") for name in "ab"),
    )
    plan = cheapest(house, HomeState(), outlook, solver=SOLVER)
    rulings = conflicts(house, HomeState(), outlook, plan, solver=SOLVER)
    car = next(ruling for ruling in rulings if ruling.request.kind is Kind.CAR_READY)
    assert car.outcome is Outcome.UNMET
    assert [one.source for one in car.decided_by] == ["dso:a"]


def test_a_plan_of_no_quarter_hours_has_no_rulings():
    none = np.zeros(0)
    outlook = Outlook(
        PtuGrid(datetime(2025, 1, 6, tzinfo=UTC), 0), np.arange(0), none, none, none, none, none, none
    )
    plan = cheapest(House("a"), HomeState(), outlook, solver=SOLVER)
    assert conflicts(House("a"), HomeState(), outlook, plan, solver=SOLVER) == ()


def test_claims_that_cannot_be_meant_are_ruled_on_too():
    claims = (
        Limit(Rung.AGREEMENT, On.CAR, -5, 5, float("nan"), "neighbours:nan"),
        Limit(Rung.AGREEMENT, On.CHARGE, 0, 900, inf, "neighbours:inf"),
        Limit(Rung.AGREEMENT, On.CAR, 60, 90, 0.0, "neighbours:later"),
    )
    _, rulings = ruled(5, claims=claims)
    of = {ruling.request.source: ruling.outcome for ruling in rulings}
    assert of["neighbours:nan"] is of["neighbours:inf"] is Outcome.FREE
    assert "neighbours:later" not in of
