"""What a kWh in the battery is worth when the day may turn out otherwise."""

from dataclasses import fields, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.home.whole_homes import whole_home

from laag.home.plan import cheapest, hedged
from laag.home.plan.hedged import OTHERWISE
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings

SOLVER = Solver()
seeds = st.integers(0, 10**6)


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_only_the_worth_of_what_the_battery_holds_is_another(seed):
    house, state, outlook = whole_home(seed)
    sure, unsure = (plan(house, state, outlook, solver=SOLVER) for plan in (cheapest, hedged))
    for field in fields(sure):
        if field.name != "kept_eur_per_kwh":
            np.testing.assert_equal(getattr(unsure, field.name), getattr(sure, field.name))
    assert (unsure.kept_eur_per_kwh is None) == (house.battery is None)


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_it_is_the_mean_of_what_it_is_worth_on_days_with_more_and_with_less(seed):
    house, state, outlook = whole_home(seed)
    if house.battery is None:
        return
    days = [
        replace(outlook, load_kw=load * outlook.load_kw, pv_kw=sun * outlook.pv_kw) for load, sun in OTHERWISE
    ]
    no_search = PlanSettings(worth_a_search_eur=np.inf)
    worths = [cheapest(house, state, outlook, solver=SOLVER).stored_eur_per_kwh] + [
        cheapest(house, state, day, solver=SOLVER, settings=no_search).stored_eur_per_kwh for day in days
    ]
    kept = hedged(house, state, outlook, solver=SOLVER).kept_eur_per_kwh
    np.testing.assert_allclose(kept, np.mean(worths, axis=0), atol=1e-9)
