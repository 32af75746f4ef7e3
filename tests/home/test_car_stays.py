"""What a stay of the car says of its battery, a plan keeps: never beyond its most, and given back never below its least."""

from datetime import UTC, datetime
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.ptu import PtuGrid
from laag.home.devices import Charger, EvSession
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver

SOLVER, COUNT = Solver(), 48
FIRST, SECOND = slice(0, 20), slice(30, 48)
DEAR_FIRST = np.repeat([0.6, 0.1], COUNT // 2)


def charged(buy, charger, *sessions, stored_kwh=30.0):
    one, none = np.ones(COUNT), np.zeros(COUNT)
    grid = PtuGrid(datetime(2025, 1, 6, tzinfo=UTC), COUNT)
    outlook = Outlook(grid, np.arange(COUNT), one, none, 8 * one, none, buy, buy - 0.05, sessions=sessions)
    return cheapest(
        House("a", charger=charger), HomeState(ev_stored_kwh=stored_kwh), outlook, solver=SOLVER
    ).ev_stored_kwh


@pytest.mark.parametrize("most_kwh", [inf, 40.0])
def test_a_car_that_fills_up_for_a_later_trip_goes_no_further_than_its_most(most_kwh):
    stays = (EvSession(-1, 20, 30, 30, most_kwh=most_kwh), EvSession(30, 48, 30, 45, used_kwh=20))
    held = charged(DEAR_FIRST[::-1], Charger(7.4), *stays)
    assert np.nanmax(held[FIRST]) == pytest.approx(min(most_kwh, 60.0), abs=1e-3)


@pytest.mark.parametrize("least_kwh", [0.0, 20.0])
def test_a_car_that_gives_back_keeps_its_least(least_kwh):
    box = Charger(7.4, discharge_max_kw=7.4)
    held = charged(DEAR_FIRST, box, EvSession(-1, 40, 30, 30, least_kwh=least_kwh))
    assert np.nanmin(held) >= least_kwh - 1e-6
    assert np.nanmin(held) < 25


@given(
    stored_kwh=st.floats(0, 60),
    most_kwh=st.floats(0, 80),
    used_kwh=st.floats(0, 30),
    gives=st.booleans(),
)
def test_a_car_fuller_than_its_most_comes_back_fuller_too_and_still_has_a_plan(
    stored_kwh, most_kwh, used_kwh, gives
):
    box = Charger(7.4, discharge_max_kw=7.4 if gives else 0.0)
    first = EvSession(-1, 20, 0.0, 0.0, most_kwh=most_kwh)
    held = charged(
        DEAR_FIRST,
        box,
        first,
        EvSession(30, 48, 0.0, 10.0, used_kwh, most_kwh=most_kwh),
        stored_kwh=stored_kwh,
    )
    assert np.isfinite(held[FIRST]).all()
    assert np.nanmax(held[FIRST]) <= max(stored_kwh, most_kwh) + 1e-6
