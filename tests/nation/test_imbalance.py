"""TenneT's columns by regulation state, and a model that fills them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.nation.imbalance import Activation, Regulation, modelled, settlement

prices = st.floats(-1000, 5000)


def settled(state, up, down, middle):
    out = settlement(Activation(np.array([state]), np.array([up]), np.array([down]), np.array([middle])))
    return float(out.shortage[0]), float(out.surplus[0])


@pytest.mark.parametrize(
    ("state", "shortage", "surplus"),
    [
        (Regulation.NONE, 70.0, 70.0),
        (Regulation.UP, 120.0, 120.0),
        (Regulation.DOWN, 20.0, 20.0),
        (Regulation.BOTH, 120.0, 20.0),
    ],
)
def test_the_columns_of_each_state(state, shortage, surplus):
    assert settled(state, 120.0, 20.0, 70.0) == (shortage, surplus)


def test_in_state_two_the_middle_counts_where_it_is_worse():
    """max(p_up, p_mid) and min(p_down, p_mid), also when bids were activated out of order."""
    assert settled(2, 50.0, 90.0, 70.0) == (70.0, 70.0)
    assert settled(2, 60.0, 20.0, 70.0) == (70.0, 20.0)


@given(st.sampled_from([0, 1, -1, 2]), prices, prices, prices)
def test_being_short_never_pays_less_than_being_long_receives(state, up, down, middle):
    shortage, surplus = settled(state, up, down, middle)
    assert shortage >= surplus
    assert shortage == surplus or state == Regulation.BOTH


@given(st.floats(-500, 4000), st.floats(-4, 4), st.floats(0, 0.9999))
def test_modelled_prices_are_ordered_and_bounded(day_ahead, imbalance, chance):
    made = modelled(np.array([day_ahead]), np.array([imbalance]), np.array([chance]))
    assert int(made.state[0]) in set(Regulation)
    assert made.down[0] <= made.middle[0] <= made.up[0]
    assert made.down[0] >= -1400
    assert made.up[0] <= 5500


def test_a_short_country_regulates_up_and_pays_more():
    made = modelled(np.full(2, 90.0), np.array([1.5, -1.5]), np.full(2, 0.9))
    assert made.state.tolist() == [Regulation.UP, Regulation.DOWN]
    paid = settlement(made).shortage
    assert paid[0] > 90 > paid[1]


def test_a_rare_shortage_costs_thousands():
    assert settlement(modelled(np.array([90.0]), np.array([3.2]), np.array([0.5]))).shortage[0] > 2000
