"""Money is whole, and what is split sums to what there was."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.foundation.errors import BadInput, OutOfBalance
from laag.foundation.money import (
    allot,
    as_euros,
    cents,
    first_of_each,
    floor_share,
    from_euros,
    shown,
    sum_by,
)


@st.composite
def splits(draw):
    """Totals of any sign over small groups, with weights from a few Wh to more than 64 bits of product."""
    size = draw(st.integers(0, 12))
    groups = draw(st.integers(1, 4))
    most = draw(st.sampled_from([1, 3, 1_000, 10**12, 2**45]))
    column = st.lists(st.integers(0, most), min_size=size, max_size=size)
    weight = np.array(draw(column), np.int64)
    group = np.array(draw(st.lists(st.integers(0, groups - 1), min_size=size, max_size=size)), np.int64)
    rank = np.array(draw(st.permutations(range(size))), np.int64)
    total = np.array(draw(st.lists(st.integers(-most, 3 * most), min_size=groups, max_size=groups)), np.int64)
    return np.where(sum_by(group, weight, groups) > 0, total, 0), weight, group, rank


def largest_remainder(total, weight, group, rank):
    share = [0] * len(weight)
    for g, amount in enumerate(total.tolist()):
        mine = [i for i in range(len(weight)) if group[i] == g]
        whole = sum(int(weight[i]) for i in mine)
        exact = {i: Fraction(amount * int(weight[i]), whole) if whole else Fraction(0) for i in mine}
        for i in mine:
            share[i] = floor(exact[i])
        over = amount - sum(share[i] for i in mine)
        for i in sorted(mine, key=lambda i: (share[i] - exact[i], rank[i]))[:over]:
            share[i] += 1
    return share


@given(splits())
def test_allot_is_largest_remainder_then_rank(split):
    assert allot(*split).tolist() == largest_remainder(*split)


@given(splits())
def test_shares_sum_to_the_total(split):
    total, weight, group, rank = split
    assert sum_by(group, allot(total, weight, group, rank), len(total)).tolist() == total.tolist()


@given(splits(), st.randoms(use_true_random=False))
def test_nobody_gains_by_coming_first(split, shuffler):
    total, weight, group, rank = split
    order = list(range(len(weight)))
    shuffler.shuffle(order)
    again = allot(total, weight[order], group[order], rank[order])
    assert again.tolist() == allot(total, weight, group, rank)[order].tolist()


def test_an_amount_without_takers_is_a_fault():
    with pytest.raises(OutOfBalance):
        allot(np.array([1]), np.array([0]), np.array([0]), np.array([0]))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-(2**62), 2**62)), max_size=12), st.integers(0, 5))
def test_first_of_each_takes_the_lowest_keys(rows, count):
    group = np.array([g for g, _ in rows], np.int64)
    key = np.array([k for _, k in rows], np.int64)
    rank = np.arange(len(rows))[::-1].copy()
    chosen = first_of_each(np.full(3, count), group, key, rank)
    for g in range(3):
        mine = [i for i in range(len(rows)) if group[i] == g]
        first = sorted(mine, key=lambda i: (key[i], rank[i]))[:count]
        assert [i for i in mine if chosen[i]] == sorted(first)


@given(st.integers(-(2**62), 2**62), st.integers(0, 2**40), st.integers(1, 2**40))
def test_floor_share_is_exact(total, part, whole):
    part = min(part, whole)
    assert floor_share(np.array([total]), np.array([part]), np.array([whole])).tolist() == [
        total * part // whole
    ]


@given(st.integers(-(10**18), 10**18))
def test_euros_and_units_are_the_same_number(units):
    assert from_euros(as_euros(units)) == units
    assert as_euros(units) * 10**8 == units


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**9), st.integers(2, 8))
def test_shown_is_the_nearest_decimal_half_to_even(numerator, denominator, most):
    text = shown(numerator, denominator, most)
    exact = Fraction(numerator, denominator)
    off = abs(Fraction(text) - exact) * 10**most
    assert off <= Fraction(1, 2)
    if off == Fraction(1, 2):
        assert int(Fraction(text) * 10**most) % 2 == 0
    assert 2 <= len(text.partition(".")[2]) <= most


@given(st.integers(-(10**15), 10**15))
def test_cents_are_within_half_a_cent(units):
    assert abs(cents(units) * 10**6 - units) <= 500_000


def test_more_than_eight_decimals_are_refused():
    with pytest.raises(BadInput, match="eight decimals"):
        from_euros(Decimal("0.000000001"))
