"""A household that says nothing: what it is taken to want follows from its past and the public defaults alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.study.backtest_homes import made_up

from laag.adapters import defaults
from laag.home.devices import EvSession
from laag.home.plan.solver import Solver
from laag.study.backtest import MIXES, SaysAll, SaysNothing, Worth, as_said, score
from laag.study.backtest.households import Trips, learnt, stays_ahead

SILENT = SaysNothing(defaults.load())
CAR = next(mix for mix in MIXES if mix.name == "PV + car")
SOLVER = Solver()


@given(st.integers(0, 500), st.integers(1, 60), st.floats(0, 40))
@settings(max_examples=40, deadline=None)
def test_when_the_car_leaves_and_how_far_it_drives_next_is_not_known_to_a_silent_home(
    seed, longer, drive_kwh
):
    case = made_up(CAR, seed, days=2)
    trips = Trips(case.sessions)
    k = next(k for k, stay in enumerate(trips.stays) if stay.arrives >= case.start)
    now = trips.stays[k].arrives
    stay = replace(trips.stays[k], departs=trips.stays[k].departs + longer)
    following = EvSession(stay.departs + 10, stay.departs + 40, 40.0 - drive_kwh, 40.0)
    other = Trips((*trips.stays[:k], stay, following))
    here, there = (SILENT.stay(case, t, k, now, learnt(case, t, now)) for t in (trips, other))
    assert (here.departs, here.wanted_kwh) == (there.departs, there.wanted_kwh)
    assert here.departs > now


@given(st.integers(0, 500))
@settings(max_examples=20, deadline=None)
def test_a_home_that_says_all_says_when_its_car_leaves(seed):
    case = made_up(CAR, seed, days=2)
    trips = Trips(case.sessions)
    for k, stay in enumerate(trips.stays):
        told = SaysAll().stay(case, trips, k, stay.arrives, None)
        assert (told.arrives, told.departs) == (stay.arrives, stay.departs)


def test_a_stay_that_follows_comes_home_with_what_the_one_before_left_with():
    case = made_up(CAR, days=2)
    stays = stays_ahead(case, (), None, case.start, 192, case.state)
    assert stays[0].used_kwh is None
    assert all(stay.used_kwh > 0 for stay in stays[1:])


@pytest.mark.parametrize("resident", [SaysAll(), SILENT], ids=["told", "untold"])
def test_nobody_is_stranded_who_drives_the_same_every_day(resident):
    case = made_up(CAR, seed=5, days=3)
    course = as_said(case, resident, SOLVER, every_ptus=8)
    assert len(course.missing_kwh) == len(case.stays())
    assert sum(course.missing_kwh) == 0.0
    assert 0.0 <= course.in_car_kwh <= case.house.charger.capacity_kwh
    assert np.isfinite(score(case, course, Worth()).cost_eur)
