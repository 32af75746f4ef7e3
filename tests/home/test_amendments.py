"""What a home wants changed of its position is never worse for it than doing so unasked."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.contracts import Side
from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import PtuGrid
from laag.home.bid import amendments
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver

COUNT = 6
WHOLE = slice(0, COUNT)
FLAT = np.ones(COUNT)
PLAN = cheapest(
    House("home"),
    HomeState(),
    Outlook(
        PtuGrid(datetime(2026, 5, 4, tzinfo=UTC), COUNT),
        np.arange(COUNT),
        load_kw=0.4 * FLAT,
        pv_kw=0 * FLAT,
        buy_eur_per_kwh=0.25 * FLAT,
        sell_eur_per_kwh=0.05 * FLAT,
        outdoor_c=8 * FLAT,
        heat_gain_kw=0 * FLAT,
        sessions=(),
        claims=(),
    ),
    solver=Solver(),
)
some_wh = st.lists(st.integers(-3_000, 3_000), min_size=COUNT, max_size=COUNT).map(np.array)
prices = st.lists(st.floats(-0.6, 1.0), min_size=COUNT, max_size=COUNT).map(np.array)


def planning(taken_wh, above, below):
    return replace(
        PLAN,
        connection_kw=taken_wh / 250,
        above_eur_per_kwh=np.maximum(above, below),
        below_eur_per_kwh=np.minimum(above, below),
    )


def felt_eur(before_wh, after_wh, price_eur_per_kwh, vat):
    """What a household pays for going from one position to another: VAT on what it takes, none on what it feeds in."""
    taken = max(after_wh, 0) - max(before_wh, 0)
    return price_eur_per_kwh * (taken * vat + (after_wh - before_wh - taken)) / 1000


@given(some_wh, some_wh, prices, prices, st.sampled_from([1.0, 1.21]))
def test_at_its_own_limits_an_amendment_costs_no_more_than_the_deviation_it_saves(
    planned, position, above, below, vat
):
    plan = planning(planned, above, below)
    made = amendments(plan, WHOLE, position, vat=vat)
    for ptu, side, quantity, limit in zip(
        *(column.tolist() for column in (made.ptu, made.side, made.quantity_wh, made.limit_ticks)),
        strict=True,
    ):
        change = quantity if side == Side.BUY else -quantity
        assert position[ptu] + change == planned[ptu]
        amended = felt_eur(position[ptu], planned[ptu], limit / 100_000, vat)
        rate = plan.above_eur_per_kwh[ptu] if side == Side.BUY else plan.below_eur_per_kwh[ptu]
        assert amended <= rate * change / 1000 + 1e-9


@given(some_wh, some_wh, prices, prices)
def test_what_matters_is_asked_for_and_what_does_not_is_left(planned, position, above, below):
    made = amendments(planning(planned, above, below), WHOLE, position, least_wh=50)
    assert made.ptu.tolist() == np.flatnonzero(np.abs(planned - position) >= 50).tolist()
    assert (made.quantity_wh >= 50).all()


def test_a_home_that_takes_more_than_it_has_buys_up_to_what_that_would_cost_it():
    made = amendments(
        planning(200 + 0 * FLAT, 0.363 * FLAT, 0.1 * FLAT), slice(0, 1), np.array([100]), vat=1.21
    )
    assert (made.side.tolist(), made.quantity_wh.tolist(), made.limit_ticks.tolist()) == (
        [1],
        [100],
        [30_000],
    )


def test_a_home_with_more_sun_than_it_sold_sells_it_down_to_what_that_would_earn():
    made = amendments(
        planning(-400 + 0 * FLAT, 0.3 * FLAT, 0.05 * FLAT), slice(2, 3), np.array([-100]), vat=1.21
    )
    assert (made.ptu.tolist(), made.side.tolist()) == ([0], [0])
    assert (made.quantity_wh.tolist(), made.limit_ticks.tolist()) == ([300], [5_000])


def test_where_the_plan_says_no_price_nothing_is_asked():
    made = amendments(
        planning(900 + 0 * FLAT, np.nan * FLAT, np.nan * FLAT), WHOLE, np.zeros(COUNT, np.int64)
    )
    assert len(made) == 0


def test_a_position_of_other_quarter_hours_is_refused():
    with pytest.raises(GridMismatch, match="the same PTUs"):
        amendments(PLAN, WHOLE, np.zeros(3, np.int64))
