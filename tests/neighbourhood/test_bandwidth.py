"""Pooled bands: never worse off than alone, and nobody's excess costs a neighbour anything."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.adapters import facts
from laag.foundation.errors import BadInput
from laag.neighbourhood.bandwidth import (
    BANDS_KW,
    Answered,
    firm_w,
    levelled,
    pooled,
    smaller_kw,
)
from laag.settlement.bands import beyond_units, yearly_units

FACTS = facts.load(date(2026, 6, 1))
shapes = st.tuples(st.integers(1, 8), st.integers(1, 7))


@st.composite
def pools(draw):
    shape = draw(shapes)
    wanted = draw(arrays(np.int64, shape, elements=st.integers(0, 20_000)))
    band = np.array(
        draw(st.lists(st.sampled_from([1000 * kw for kw in BANDS_KW]), min_size=shape[1], max_size=shape[1])),
        np.int64,
    )
    return wanted, band


def alone(wanted, band):
    return np.maximum(wanted - band, 0)


@given(pools())
def test_a_pooled_member_is_never_worse_off_than_with_its_own_band_alone(pool):
    wanted, band = pool
    found = pooled(wanted, band)
    assert (found.beyond_w <= alone(wanted, band)).all()
    assert (found.within_w >= np.minimum(wanted, band)).all()
    for ticks in (0, 1, 25_000):
        paid = beyond_units(found.beyond_w.sum(axis=0), ticks)
        assert (paid <= beyond_units(alone(wanted, band).sum(axis=0), ticks)).all()


@given(pools(), st.integers(0, 6), st.integers(1, 20_000))
def test_who_wants_more_takes_nothing_from_who_stays_within_its_band(pool, who, more):
    wanted, band = pool
    who %= wanted.shape[1]
    before = pooled(wanted, band)
    greedy = wanted.copy()
    greedy[:, who] += more
    after = pooled(greedy, band)
    within = wanted <= band
    assert (after.beyond_w[within & (np.arange(wanted.shape[1]) != who)] == 0).all()
    assert (after.own_w == np.minimum(greedy, band)).all()
    assert (before.own_w[within] == wanted[within]).all()


@given(pools())
def test_what_is_borrowed_is_lent_and_the_pool_is_never_overdrawn(pool):
    wanted, band = pool
    found = pooled(wanted, band)
    assert (found.own_w + found.borrowed_w + found.beyond_w == wanted).all()
    assert (found.borrowed_w.sum(axis=1) == found.lent_w.sum(axis=1)).all()
    assert (found.own_w + found.lent_w <= band).all()
    assert (found.within_w.sum(axis=1) <= band.sum()).all()
    wasted = (found.beyond_w.sum(axis=1) > 0) & (found.within_w.sum(axis=1) < band.sum())
    assert not wasted.any()


@given(pools())
def test_who_borrows_less_got_all_it_wanted(pool):
    wanted, band = pool
    found = pooled(wanted, band)
    short = found.beyond_w > 0
    for minute in range(len(wanted)):
        if short[minute].any():
            least = found.borrowed_w[minute][short[minute]].min()
            assert (found.borrowed_w[minute] <= least + 1).all()


@given(pools(), st.integers(1, 9000))
def test_who_wants_less_leaves_others_no_less(pool, less):
    wanted, band = pool
    before = pooled(wanted, band)
    modest = wanted.copy()
    modest[:, 0] = np.maximum(modest[:, 0] - less, 0)
    after = pooled(modest, band)
    assert (after.beyond_w[:, 1:].sum(axis=1) <= before.beyond_w[:, 1:].sum(axis=1)).all()


@given(pools(), st.integers(0, 60_000))
def test_levelled_gives_out_all_that_is_wanted_or_all_there_is(pool, total):
    wanted, _ = pool
    totals = np.full(len(wanted), total)
    given_ = levelled(totals, wanted)
    assert ((given_ >= 0) & (given_ <= wanted)).all()
    assert (given_.sum(axis=1) == np.minimum(totals, wanted.sum(axis=1))).all()


@given(st.sampled_from(BANDS_KW), st.integers(0, 40), st.integers(0, 10**7), st.floats(0, 1), st.floats(0, 1))
def test_the_more_was_delivered_the_smaller_and_the_cheaper(band, requests, asked, one, other):
    less, more = sorted((int(one * asked), int(other * asked)))
    few, many = Answered(requests, asked, less), Answered(requests, asked, more)
    assert firm_w(band, many) <= firm_w(band, few) <= 1000 * band
    assert firm_w(band, many) >= 1000 * smaller_kw(band)
    least, less_, more_, most = (
        yearly_units(FACTS, kw, permille)
        for kw, permille in (
            (smaller_kw(band), 0),
            (band, many.earned_permille),
            (band, few.earned_permille),
            (band, 0),
        )
    )
    assert least <= less_ <= more_ <= most


def test_everything_delivered_earns_the_whole_step_and_too_few_requests_nothing():
    assert firm_w(8, Answered(12, 5000, 5000)) == 4000
    assert firm_w(8, Answered(11, 5000, 5000)) == 8000
    assert firm_w(2, Answered(12, 5000, 5000)) == 2000


@pytest.mark.parametrize(
    "odd",
    [
        lambda: smaller_kw(5),
        lambda: Answered(1, 10, 11),
        lambda: pooled(np.array([[-1]]), np.array([1])),
    ],
)
def test_what_cannot_be_meant_is_refused(odd):
    with pytest.raises(BadInput):
        odd()
