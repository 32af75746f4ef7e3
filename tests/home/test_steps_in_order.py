"""What devices cannot do by halves is decided by the ladder too: no run and no 6 A is worth what a higher rung asks."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.ptu import PtuGrid
from laag.home.devices import Appliance, Charger, EvSession, Job
from laag.home.house import HomeState, House
from laag.home.ladder import BY_LAW, Guarantee, Ladder, Limit, On, Rung
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver

sys.path.insert(0, str(Path(__file__).resolve().parent))
from whole_homes import whole_home

SOLVER, COUNT, SIX_AMPS = Solver(), 40, 1.38
A_HAIR = 1e-3
A_STEP_KWH = 0.2
"""Of 600 such homes three lost something: 0.16, 0.09 and 0.005 kWh."""
BY_SIX = Job(Appliance("dishwasher", (2.0, 0.4, 0.4, 1.6)), 0, 32)
USUAL_LADDER = Ladder()
MARGIN_FIRST = Ladder((*BY_LAW, Rung.GRID_MARGIN, Rung.COMFORT, Rung.OWN_SUN, Rung.AGREEMENT, Rung.MARKET))


def planned(limit, *, ladder=USUAL_LADDER, jobs=(), sessions=(), charger=None, buy=None):
    one, none = np.ones(COUNT), np.zeros(COUNT)
    outlook = Outlook(
        PtuGrid(datetime(2025, 1, 6, tzinfo=UTC), COUNT),
        np.arange(COUNT),
        0.2 * one,
        none,
        8 * one,
        none,
        0.3 * one if buy is None else buy,
        none,
        sessions=sessions,
        jobs=jobs,
        claims=(limit,),
    )
    plan = cheapest(House("a", charger=charger), HomeState(), outlook, solver=SOLVER, ladder=ladder)
    return plan, {missed.rung: missed.amount for missed in plan.missed}


@pytest.mark.parametrize(
    ("rung", "ladder", "runs"),
    [
        (Rung.EMERGENCY, Ladder(), False),
        (Rung.GRID_MARGIN, Ladder(), True),
        (Rung.GRID_MARGIN, MARGIN_FIRST, False),
    ],
)
def test_a_programme_that_a_higher_rung_leaves_no_room_for_stays_undone(rung, ladder, runs):
    plan, missed = planned(Limit(rung, On.IMPORT, 0, 36, 0.5, "dso"), ladder=ladder, jobs=(BY_SIX,))
    assert (plan.runs[0].start is not None) == runs
    assert missed == {rung: pytest.approx(0.8)} if runs else {Rung.COMFORT: pytest.approx(1.1)}


def test_a_programme_runs_where_nobody_minds_however_dear_that_is():
    buy = np.where(np.arange(COUNT) < 28, 0.05, 3.0)
    plan, missed = planned(Limit(Rung.GRID_MARGIN, On.IMPORT, 0, 28, 0.5, "dso"), jobs=(BY_SIX,), buy=buy)
    assert plan.runs[0].start == 28
    assert missed == {}


@pytest.mark.parametrize(
    ("rung", "ladder", "charges"),
    [
        (Rung.EMERGENCY, Ladder(), False),
        (Rung.GRID_MARGIN, Ladder(), True),
        (Rung.GRID_MARGIN, MARGIN_FIRST, False),
    ],
)
def test_a_car_that_cannot_charge_slowly_enough_waits_for_a_higher_rung(rung, ladder, charges):
    plan, missed = planned(
        Limit(rung, On.IMPORT, 0, COUNT, SIX_AMPS, "dso"),
        ladder=ladder,
        sessions=(EvSession(0, 30, 10, 20),),
        charger=Charger(7.4, min_kw=SIX_AMPS),
    )
    assert (plan.ev_kw.max() > 0) == charges
    assert list(missed) == [rung if charges else Rung.COMFORT]


def test_a_car_does_not_take_a_little_too_much_in_cheap_hours_when_dear_ones_are_free():
    buy = np.where(np.arange(COUNT) < 20, 0.05, 1.0)
    plan, missed = planned(
        Limit(Rung.AGREEMENT, On.IMPORT, 0, 20, SIX_AMPS, "neighbours"),
        sessions=(EvSession(0, 36, 10, 16),),
        charger=Charger(7.4, efficiency=1.0, min_kw=SIX_AMPS),
        buy=buy,
    )
    assert missed == {}
    assert plan.ev_stored_kwh[35] == pytest.approx(16, abs=1e-3)
    assert not plan.ev_kw[:20].any()


@given(st.integers(0, 600), st.sampled_from([0.0, 0.5, 1.5, 3.0]))
@settings(max_examples=40, deadline=None)
def test_an_emergency_gets_what_it_would_get_if_nobody_needed_anything(seed, kw):
    """Whatever steps the devices of a home have, but for what rounding them leaves; what safety gains counts first."""
    house, state, outlook = whole_home(seed, broken=False)
    asked = (*outlook.claims, Limit(Rung.EMERGENCY, On.IMPORT, 0, len(outlook.grid), kw, "dso"))
    above = tuple(claim for claim in asked if isinstance(claim, Guarantee) or claim.rung <= Rung.EMERGENCY)
    content = replace(
        outlook,
        claims=above,
        jobs=tuple(job for job in outlook.jobs if job.started is not None),
        sessions=tuple(replace(stay, wanted_kwh=0.0, used_kwh=None) for stay in outlook.sessions),
        comfort_low_c=np.full(len(outlook.grid), -50.0),
    )
    least, got = (
        {missed.rung: missed.amount for missed in cheapest(house, state, each, solver=SOLVER).missed}
        for each in (content, replace(outlook, claims=asked))
    )
    for rung in BY_LAW:
        if got.get(rung, 0.0) < least.get(rung, 0.0) - A_HAIR:
            return
        assert got.get(rung, 0.0) <= least.get(rung, 0.0) + A_STEP_KWH, rung.name
