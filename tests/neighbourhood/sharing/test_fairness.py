"""Figures of who gains: they say the same of the same street, and none of them gives a few homes away."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.neighbourhood.sharing.streets import streets

from laag.neighbourhood.sharing.exact import exact
from laag.neighbourhood.sharing.fairness import (
    alone_units,
    for_others,
    gini,
    grouped,
    lorenz,
    lowest_third,
)
from laag.neighbourhood.sharing.trading import Trading

SHARES = st.lists(st.integers(0, 10**12), min_size=1, max_size=40).filter(sum)


@given(SHARES)
def test_gini_is_the_room_above_lorenz_curve(shares):
    points = lorenz(shares)
    below = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(points))
    assert gini(shares) == pytest.approx(1 - 2 * below, abs=1e-9)


@given(SHARES)
def test_the_lowest_third_never_has_more_than_its_number(shares):
    count = -(-len(shares) // 3)
    assert lowest_third(shares) <= count / len(shares) + 1e-12


@given(st.lists(st.sampled_from("abcdefg"), max_size=120), st.integers(2, 20))
def test_no_group_is_smaller_than_the_floor_nor_is_what_is_left_out(labels, floor):
    """Each home is in one group at most, and who is in none cannot be found by taking groups away from all."""
    groups = grouped(labels, floor)
    rows = [row for group in groups for row in group.rows]
    assert len(rows) == len(set(rows))
    assert all(len(group.rows) >= floor for group in groups)
    assert len(rows) in {0, len(labels)}


def test_without_anybody_nothing_is_shown():
    assert grouped([]) == ()


@given(streets())
def test_what_one_is_worth_to_others_is_what_all_save_less_without(street):
    net, buy, sell = street
    whole = Trading(net, buy, sell).whole()
    for row, units in enumerate(for_others(net, buy, sell).tolist()):
        rest = np.delete(net, row, axis=0)
        assert units == whole - (Trading(rest, buy, sell).whole() if len(rest) else 0)


@given(streets())
def test_what_all_save_is_what_they_pay_alone_less_one_bill(street):
    net, buy, sell = street
    together = alone_units(net.sum(axis=0)[None], buy, sell)[0]
    assert Trading(net, buy, sell).whole() == alone_units(net, buy, sell).sum() - together


@given(streets(most=2).filter(lambda street: len(street[0]) == 2))
def test_of_two_each_is_worth_all_to_the_other_and_half_by_shapley(street):
    halves = [2 * share for share in exact(Trading(*street).of_all())]
    assert for_others(*street).tolist() == halves
