"""The cheap guesses: good where members are alike, and how they fail where one has the only roof."""

import numpy as np
import pytest
from hypothesis import given
from tests.neighbourhood.sharing.streets import game, made, one_producer, streets

from laag.foundation.errors import BadInput
from laag.neighbourhood.sharing.cheap import by_classes, kinds, last_marginal, stratified_expected
from laag.neighbourhood.sharing.exact import exact
from laag.neighbourhood.sharing.sampled import sampled
from laag.neighbourhood.sharing.trading import Trading

GUESSES = [last_marginal, stratified_expected, by_classes]


def error(one, guess):
    """Of all that is shared, the part that goes to the wrong member."""
    right = np.array([float(share) for share in exact(one.of_all())])
    return np.abs(guess(one) - right).sum() / (2 * right.sum())


@pytest.mark.parametrize("guess", GUESSES)
@given(street=streets())
def test_a_guess_shares_all_and_takes_from_nobody(guess, street):
    one = Trading(*street)
    found = guess(one)
    assert found.sum() == pytest.approx(one.whole())
    assert found.min() >= 0


@pytest.mark.parametrize("guess", GUESSES)
def test_a_guess_is_right_for_two(guess):
    """With two everything is half of what both save."""
    one = game(np.array([[100] * 96, [-60] * 96]))
    assert guess(one).tolist() == [one.whole() / 2] * 2


def test_where_all_of_a_class_are_alike_classes_are_exact():
    one = game(np.concatenate([np.tile(made(1, lot=5, roofs=1.1), (6, 1)), np.full((6, 96), 300)]))
    assert error(one, by_classes) < 1e-9


def test_in_a_mixed_street_the_average_neighbour_is_a_fair_guess():
    assert error(game(made(14)), stratified_expected) < 0.1


def test_with_one_producer_the_guesses_fail_and_sampling_does_not():
    """The last consumer to join adds nothing at noon, for all of the roof is used: so the roof seems to be due everything."""
    one = game(one_producer(14))
    right = np.array([float(share) for share in exact(one.of_all())])
    assert error(one, last_marginal) > 0.2
    assert error(one, stratified_expected) > 0.2
    mean = one.whole() / 14
    drawn = sampled(one, 1, 0.02 * mean)
    assert np.abs(drawn.units - right).sum() / (2 * right.sum()) < 0.01


def test_one_roof_is_a_class_by_itself():
    net = one_producer(14).astype(float)
    which = kinds(net, 2)
    assert (which == which[0]).sum() == 1


def test_too_many_classes_are_refused():
    with pytest.raises(BadInput, match="fewer classes"):
        by_classes(game(made(60)), classes=6)
