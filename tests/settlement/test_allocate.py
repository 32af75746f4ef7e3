"""Deviations cover the TSO's bill to the last unit, and only who causes them pays the outside price."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.settlement.allocate import by_cause, pro_rata
from laag.settlement.levy import levy_units

MEMBERS, PTUS = 5, 7
LEVY = np.full(PTUS, 9161)


def wh(low=-5000, high=5000):
    return arrays(np.int64, (MEMBERS, PTUS), elements=st.integers(low, high))


def per_ptu(low, high):
    return arrays(np.int64, (PTUS,), elements=st.integers(low, high))


centiticks = per_ptu(-5_000_000, 40_000_000)
imbalance_ticks = per_ptu(-140_000, 550_000)
ranks = st.permutations(range(MEMBERS)).map(np.array)


@given(wh(), wh(), centiticks, imbalance_ticks, ranks)
def test_deviations_sum_to_the_tso_bill_and_the_tax_difference(agreed, metered, p, pi, rank):
    off = by_cause(agreed, metered, p, pi, LEVY, rank)
    D = metered.sum(axis=0) - agreed.sum(axis=0)
    dT = levy_units(metered.sum(axis=0), LEVY) - levy_units(agreed.sum(axis=0), LEVY)
    assert (off.units.sum(axis=0) == pi * D + dT).all()
    assert (off.layer_wh == D).all()


@given(wh(), wh(), centiticks, imbalance_ticks, ranks)
def test_who_did_as_agreed_pays_nothing(agreed, metered, p, pi, rank):
    off = by_cause(agreed, metered, p, pi, LEVY, rank)
    assert not off.units[metered == agreed].any()


@given(wh(), wh(), centiticks, imbalance_ticks, ranks)
def test_the_side_that_helps_settles_at_the_local_price(agreed, metered, p, pi, rank):
    off = by_cause(agreed, metered, p, pi, LEVY, rank)
    helps = np.sign(off.wh) == -np.sign(off.layer_wh)
    # Within a unit for the total that was rounded and one for the split.
    assert (np.abs(off.units - off.wh * p // 100)[helps & (off.layer_wh != 0)] <= 2).all()


@given(wh(), centiticks, imbalance_ticks, ranks)
def test_in_balance_neighbours_settle_with_each_other_at_the_local_price(metered, p, pi, rank):
    agreed = metered.copy()
    agreed[0] += 300
    agreed[1] -= 300
    off = by_cause(agreed, metered, p, pi, LEVY, rank)
    assert (off.units.sum(axis=0) == 0).all()
    assert (np.abs(off.units[1] - 3 * p) <= 1).all()


@given(wh(), wh(), centiticks, imbalance_ticks, ranks, st.permutations(range(MEMBERS)))
def test_the_order_of_members_does_not_matter(agreed, metered, p, pi, rank, order):
    one = by_cause(agreed, metered, p, pi, LEVY, rank)
    other = by_cause(agreed[order], metered[order], p, pi, LEVY, rank[order])
    assert (one.units[order] == other.units).all()


@given(st.integers(-5_000_000, 40_000_000), st.integers(-140_000, 550_000), st.sampled_from([-1, 1]))
def test_a_last_wh_out_of_balance_changes_no_bill_by_more_than_that_wh_costs(p, pi, extra):
    """Continuous at D = 0: the outside price comes in by the Wh, never at once."""
    agreed = np.zeros((3, 1), np.int64)
    metered = np.array([[4000], [-3000], [-1000]])
    rank, levy = np.arange(3), np.array([9161])
    balanced = by_cause(agreed, metered, np.array([p]), np.array([pi]), levy, rank)
    off = by_cause(agreed, metered + np.array([[extra], [0], [0]]), np.array([p]), np.array([pi]), levy, rank)
    step = np.abs(off.units - balanced.units).max()
    assert step <= abs(pi) + 9161 + abs(p) // 100 + 2


@given(wh(0, 5000), per_ptu(-(10**9), 10**9), ranks)
def test_a_total_is_split_in_proportion_and_whole(weight, total, rank):
    weight[0] += 1
    share = pro_rata(total, weight, rank)
    assert (share.sum(axis=0) == total).all()
    assert (np.abs(share * weight.sum(axis=0) - total * weight) <= weight.sum(axis=0)).all()
