"""Shares of many, from a sample: near the exact ones, as sure as they say, and the same on any machine."""

import numpy as np
import pytest
from tests.neighbourhood.sharing.streets import game, made

from laag.foundation.errors import BadInput
from laag.neighbourhood.sharing.chance import orders, philox
from laag.neighbourhood.sharing.exact import exact
from laag.neighbourhood.sharing.sampled import sampled, sampling, t95

STREET = game(made(12, ptus=48, lot=3))
EXACT = np.array([float(share) for share in exact(STREET.of_all())])
MEAN = STREET.whole() / 12


def test_its_numbers_are_philox():
    """The vectors that its authors published."""
    ones = philox(np.full((1, 4), 0xFFFFFFFF, np.uint64), (0xFFFFFFFF, 0xFFFFFFFF))[0]
    assert [f"{word:08x}" for word in ones.tolist()] == ["408f276d", "41c83b0e", "a20bc7c6", "6d5451fd"]
    pi = np.array([[0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344]], np.uint64)
    words = philox(pi, (0xA4093822, 0x299F31D0))[0]
    assert [f"{word:08x}" for word in words.tolist()] == ["d16cfe09", "94fdcceb", "5001e420", "24126ea1"]


def test_every_place_is_as_likely_for_everybody():
    drawn = orders(7, 3, range(6000), 5)
    assert np.all(np.sort(drawn, axis=1) == np.arange(5))
    for player in range(5):
        assert np.allclose((drawn == player).mean(axis=0), 0.2, atol=0.025)


def test_shares_are_near_the_exact_ones():
    found = sampled(STREET, seed=1, within_units=0.02 * MEAN)
    assert found.enough
    assert np.abs(found.units - EXACT).max() < 0.04 * MEAN


def test_shares_sum_to_the_value_of_all():
    found = sampled(STREET, seed=1, within_units=0.1 * MEAN)
    assert found.units.sum() == pytest.approx(STREET.whole(), abs=1e-3)


def test_what_it_says_to_be_sure_of_it_is_sure_of():
    """Of a hundred samples of twelve shares each, 95 % of the intervals hold the exact share; less than 92 % would be a lie."""
    holds = [
        np.abs(found.units - EXACT) <= found.half_width_units
        for seed in range(100)
        for found in [sampled(STREET, seed, within_units=0.08 * MEAN)]
    ]
    assert np.mean(holds) > 0.92


def test_the_same_seed_gives_the_same_shares_and_another_gives_others():
    one, again, other = (sampled(STREET, seed, 0.1 * MEAN).units for seed in (5, 5, 6))
    assert one.tolist() == again.tolist() != other.tolist()


def test_it_gets_better_while_it_goes_on_and_stops_when_told():
    *_, last = steps = list(sampling(STREET, 1, within_units=0.0, values_most=30_000))
    widths = [step.half_width_units.max() for step in steps]
    assert widths[-1] < widths[0] / 2
    assert 30_000 <= last.values < 60_000
    assert not last.enough


def test_who_adds_nothing_gets_nothing_and_who_are_alike_get_nearly_the_same():
    net = made(12, ptus=48, lot=3)
    net[4], net[5] = 0, net[6]
    found = sampled(game(net), seed=2, within_units=0.03 * MEAN)
    assert found.units[4] == 0
    assert found.units[5] == pytest.approx(found.units[6], abs=2 * 0.03 * MEAN)


def test_sizes_of_which_answers_differ_more_get_more_samples():
    found = sampled(STREET, seed=1, within_units=0.02 * MEAN)
    assert found.rings.max() > 1.5 * found.rings.min()


def test_students_t_is_a_statisticians():
    assert [round(t95(v), 2) for v in (7, 10, 30, 1000)] == [2.36, 2.23, 2.04, 1.96]


def test_two_are_not_sampled():
    with pytest.raises(BadInput, match="three players"):
        sampled(game(made(2)), 1, 0.0)
