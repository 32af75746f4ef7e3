"""Attacks on answers: with the noise that is given nobody learns more than was stated, and the same attacks work without it."""

from functools import cache

import numpy as np
import pytest
from benchmarks.differencing.attacks import (
    AFFORDED,
    TOTAL,
    bare,
    lower_bound,
    measured_epsilon,
    measured_year,
    pairs,
    reconstruction,
    year_of_answers,
)
from benchmarks.differencing.street import street
from tests.neighbourhood.commons.homes import fair

from laag.neighbourhood.commons.questions import SHIPPED

SURELY = 0.999999
"""A bound that is wrong by chance once in a million runs."""


@cache
def homes():
    return street()


def test_a_thousand_pairs_that_differ_by_one_home_tell_nothing_of_its_quarter_hour():
    """Who knows all that others took and all else of that home guesses as well before the answers as after."""
    period, quarter = pairs(homes(), fair(1), 1_000)
    for guess in (period, quarter):
        assert np.median(guess.after) >= 0.98 * np.median(guess.before)
        assert guess.after.mean() >= 0.98 * guess.before.mean()


def test_the_same_pairs_without_noise_give_every_home_away():
    period, quarter = pairs(homes(), bare, 200)
    assert np.median(period.after) == 0
    assert np.median(quarter.after) == 0
    assert np.median(quarter.before) > 0


def test_a_year_of_answers_around_one_quarter_hour_tells_nothing_of_it():
    """All ten that the budget affords, where the truth would lie in the middle of them."""
    noisy, plain = (year_of_answers(homes(), one, 150) for one in (fair(2), bare))
    assert np.median(noisy.after) >= 0.98 * np.median(noisy.before)
    assert np.median(plain.after) == 0


def test_least_squares_over_a_year_of_answers_finds_no_home_and_without_noise_and_budget_all_of_them():
    found = reconstruction(homes(), fair(3), 600)
    assert found.answers < 3 * AFFORDED
    assert found.after_wh >= 0.9 * found.before_wh
    bare_all = reconstruction(homes(), bare, 90, budget=False)
    assert bare_all.after_wh < 1
    assert bare_all.before_wh > 10_000


@pytest.mark.parametrize("name", ["taken-total", "homes-that-give"])
def test_no_question_surely_gives_away_more_than_it_states(name):
    """A home at its bound that is there or is not: the worst case, by the likelihood of what was answered."""
    told = measured_epsilon(SHIPPED[name], fair(4), 3_000, certainty=SURELY)
    assert told.at_least <= told.stated


def test_neither_does_a_year_of_them():
    told = measured_year(fair(5), 2_000)
    assert told.stated == 1.0
    assert told.at_least <= told.stated


def test_noise_that_is_too_narrow_is_found_out():
    """Or the tests above could not fail."""
    coin = fair(6)

    def narrow(values, reach, micro_epsilon):
        return coin(values, -(-reach // 20), micro_epsilon)

    told = measured_epsilon(TOTAL, narrow, 3_000, certainty=SURELY)
    assert told.at_least > told.stated
    assert measured_epsilon(TOTAL, bare, 3_000, certainty=SURELY).at_least > 3


def test_the_bound_of_two_heaps_that_are_alike_is_nothing():
    draw = np.random.default_rng(1)
    assert lower_bound(draw.normal(size=4_000), draw.normal(size=4_000), draw) < 0.1
