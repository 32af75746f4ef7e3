"""A home asked by a premium: it moves the way it is paid for, asks what that costs it, and no price reaches its comfort."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.home.devices import Battery, Building, Charger, EvSession, HeatPump
from laag.home.flex import Asked, Consent, offer
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.plan.solver import Solver
from laag.home.priced import at_premium

DAY = PtuGrid(datetime(2026, 1, 14, 23, tzinfo=UTC), 120)
FLAT = np.ones(120)
BUY = 0.25 + 0.08 * np.sin(np.arange(120) / 96 * 2 * np.pi)
OUTLOOK = Outlook(DAY, np.arange(120) % 96, 0.4 * FLAT, 0 * FLAT, 4 * FLAT, 0.2 * FLAT, BUY, 0.4 * BUY)
ANN = House("ann", battery=Battery(8.0, 4.0, 4.0, wear_eur_per_kwh=0.02))
BOB = House("bob", charger=Charger(7.4, efficiency=0.9))
CAS = House("cas", heat_pump=HeatPump(2.0), building=Building(0.18, 9.0))
HOMES = {
    "ann": (ANN, HomeState(stored_kwh=4.0), OUTLOOK),
    "bob": (BOB, HomeState(ev_stored_kwh=20.0), replace(OUTLOOK, sessions=(EvSession(-4, 40, 20.0, 34.0),))),
    "cas": (CAS, HomeState(indoor_c=20.2), OUTLOOK),
}
ANY = st.sampled_from(sorted(HOMES))
FEW = settings(max_examples=25, deadline=None)


def asked(name, premium, **more):
    return at_premium(*HOMES[name], np.array(premium), solver=Solver(), **more)


@FEW
@given(ANY, st.floats(-0.6, 0.6))
def test_it_is_moved_only_the_way_it_is_paid_for_and_never_at_a_loss(name, premium):
    moved = asked(name, [premium])
    if moved is None:
        return
    earns = premium * float((moved.usual.connection_kw - moved.other.connection_kw)[0]) * PTU_HOURS
    assert earns >= moved.asked_eur - 1e-6
    assert moved.asked_eur >= 0
    assert moved.asked_now_eur() <= moved.asked_eur + 1e-9


@FEW
@given(ANY, st.floats(0.02, 0.3), st.booleans())
def test_for_more_money_it_never_moves_less(name, premium, less):
    sign = 1 if less else -1
    moves = []
    for factor in (1.0, 2.0):
        moved = asked(name, [sign * factor * premium])
        moves.append(0 if moved is None else sign * int(moved.less_wh[0]))
    assert moves[1] >= moves[0] - 1


@pytest.mark.parametrize("name", sorted(HOMES))
def test_no_price_reaches_its_comfort(name):
    """At three euros a kWh the car is as full by ten, and the rooms as warm."""
    both = [asked(name, [sign * 3.0] * 8) for sign in (1, -1)]
    assert any(both)
    for moved in filter(None, both):
        missed = [{one.rung: one.amount for one in plan.missed} for plan in (moved.usual, moved.other)]
        assert all(amount <= missed[0].get(rung, 0.0) + 1e-4 for rung, amount in missed[1].items())
        assert len(moved.other.shortfalls) <= len(moved.usual.shortfalls)


def test_what_it_does_at_a_price_is_what_its_offer_says_up_to_that_price():
    """The same home asked by amounts: the steps that ask less than the premium are what the premium moves."""
    house, state, _ = HOMES["ann"]
    outlook = replace(OUTLOOK, sell_eur_per_kwh=BUY)
    made = offer(house, state, outlook, Asked("r", DAY, (0,)), solver=Solver(), steps_kw=(0.5, 1, 2, 3, 4))
    for premium in (0.05, 0.12, 0.3):
        moved = at_premium(house, state, outlook, np.array([premium]), solver=Solver())
        took = 0 if moved is None else int(moved.less_wh[0])
        cheap = sum(step.wh for step in made.steps if step.price_ticks < premium * 100_000 - 500)
        cheap_or_near = sum(step.wh for step in made.steps if step.price_ticks < premium * 100_000 + 500)
        assert cheap - 2 <= took
        assert cheap_or_near + 2 >= min(took, sum(step.wh for step in made.steps))


def test_a_household_that_says_no_is_not_moved_nor_one_that_wants_more_than_is_told():
    assert asked("ann", [0.5], consent=Consent(gives=False)) is None
    assert asked("ann", [0.5], consent=Consent(least_eur_per_kwh=0.6)) is None
    assert asked("ann", [0.5], consent=Consent(least_eur_per_kwh=0.4)) is not None


def test_told_nothing_it_does_what_it_was_going_to_do():
    assert asked("ann", [0.0, 0.0]) is None


def test_a_home_with_nothing_to_move_says_nothing():
    assert at_premium(House("dov"), HomeState(), OUTLOOK, np.array([0.5]), solver=Solver()) is None
