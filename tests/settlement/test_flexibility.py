"""Who delivers flexibility gets what it brought in, and a shortfall is fined only where it worsens congestion."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.settlement.flexibility import Ordered, resold, uftp_units

wh = arrays(np.int64, (4, 3), elements=st.integers(-4000, 4000))
sold = arrays(np.int64, (4, 3), elements=st.integers(0, 2000))
LEVY, RANK = np.full(3, 9161), np.arange(4)


@given(wh, sold, arrays(np.int64, 3, elements=st.integers(-50_000, 50_000)))
def test_proceeds_and_lapsed_levy_go_to_who_sold_in_full(cleared, flexibility, price):
    sale = resold(cleared, Ordered(flexibility, np.zeros_like(flexibility), price), LEVY, RANK)
    assert (sale.units.sum(axis=0) == -(sale.proceeds_units + sale.levy_units)).all()
    assert not sale.units[flexibility == 0].any()
    taken = np.maximum(cleared.sum(axis=0), 0) - np.maximum((cleared - flexibility).sum(axis=0), 0)
    assert (sale.levy_units == 9161 * taken).all()


@given(st.integers(-100, 100), st.integers(0, 50), st.integers(-200, 200))
def test_an_increase_is_settled_as_the_mirror_of_a_reduction(baseline, bought, allocated):
    ask = np.array([baseline]), np.array([bought]), np.array([allocated])
    mirrored = tuple(-number for number in ask)
    assert uftp_units(*ask, price=7, penalty=11) == uftp_units(*mirrored, price=7, penalty=11)


@given(st.integers(0, 50), st.integers(0, 50))
def test_giving_more_than_was_ordered_earns_no_more(bought, more):
    exactly = uftp_units(np.array([100]), np.array([bought]), np.array([100 - bought]), price=7, penalty=11)
    beyond = uftp_units(
        np.array([100]), np.array([bought]), np.array([100 - bought - more]), price=7, penalty=11
    )
    assert exactly == beyond == 7 * bought
