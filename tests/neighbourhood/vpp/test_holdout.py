"""Whoever says more than it will use, to be paid for using less, gets nothing for it; who is honest keeps what it gave."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.errors import BadInput
from laag.neighbourhood.vpp import credited_wh

PTUS = 400
"""Of a month in which a home is asked."""
SPARED = 0.05


def a_month(seed, moves_wh, says_more_wh, noise_wh=150):
    """Announced, metered, promised and called, of a home that promises 500 Wh each time."""
    chance = np.random.default_rng(seed)
    called = chance.random(PTUS) >= SPARED
    usual = chance.integers(300, 900, PTUS)
    metered = usual + np.rint(chance.normal(0, noise_wh, PTUS)).astype(np.int64) - moves_wh * called
    return usual + says_more_wh, metered, np.full(PTUS, 500), called


def share(month):
    counted, off = credited_wh(*month)
    called = month[3]
    return counted / (500 * int(called.sum())), off


@pytest.mark.parametrize("seed", range(5))
def test_who_raises_what_it_announces_and_does_nothing_is_paid_for_next_to_nothing(seed):
    """Believed by its word it would be paid for nine tenths of air."""
    month = a_month(seed, moves_wh=0, says_more_wh=500)
    by_word = np.clip(month[0] - month[1], 0, 500)[month[3]].sum() / (500 * month[3].sum())
    assert by_word > 0.8
    assert share(month)[0] < 0.1


@pytest.mark.parametrize("seed", range(5))
def test_who_gives_what_it_promised_keeps_most_of_it_though_its_day_is_never_quite_as_announced(seed):
    assert share(a_month(seed, moves_wh=500, says_more_wh=0))[0] > 0.7


def test_an_event_that_everybody_sees_coming_changes_nothing_as_the_quarter_hours_spared_are_among_it():
    """The cold evening on which it is sure to be asked: it raises its word then, and then is when it may be spared."""
    quiet, evening = a_month(1, 0, 0), a_month(2, 0, 500)
    month = [np.concatenate(both) for both in zip(quiet, evening, strict=True)]
    month[2] = np.concatenate([np.zeros(PTUS, np.int64), month[2][PTUS:]])
    counted, _ = credited_wh(*month)
    assert counted < 0.1 * 500 * PTUS


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 800), st.integers(-300, 800))
def test_nothing_is_counted_twice_and_nothing_below_zero(seed, moves, more):
    announced, metered, promised, called = a_month(seed, moves, more)
    counted, off = credited_wh(announced, metered, promised, called)
    assert counted >= 0
    assert counted + off == np.clip(announced - metered, 0, 500)[called].sum()


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(0, 800))
def test_more_taken_is_judged_as_less_taken_is(seed, moves):
    announced, metered, promised, called = a_month(seed, moves, 0)
    assert credited_wh(announced, metered, promised, called) == credited_wh(
        -announced, -metered, -promised, called
    )


def test_of_too_few_times_spared_nothing_is_concluded():
    announced, metered, promised, called = a_month(1, 0, 500)
    called[:] = True
    called[:7] = False
    assert credited_wh(announced, metered, promised, called)[1] == 0


def test_lists_of_other_lengths_are_refused():
    one, two = np.ones(1, np.int64), np.ones(2, np.int64)
    with pytest.raises(BadInput, match="same quarter-hours"):
        credited_wh(one, one, two, one > 0)
