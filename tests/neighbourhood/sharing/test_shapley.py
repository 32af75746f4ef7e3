"""Shapley's shares, exactly: equal to the textbook's, and fair in the four ways that only they are."""

from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.neighbourhood.sharing.streets import game, made, streets
from tests.neighbourhood.sharing.textbook import bill, by_orders, by_subsets, value

from laag.foundation.contracts import ANY_PRICE, NO_LIMIT_WH, Books, Gateways, Orders, Side
from laag.foundation.errors import BadInput
from laag.neighbourhood.market import layered
from laag.neighbourhood.sharing.exact import exact
from laag.neighbourhood.sharing.trading import EXACT_UNITS, Trading


@st.composite
def tables(draw, least=1, most=5):
    """Any value for any coalition; nobody together is worth nothing."""
    n = draw(st.integers(least, most))
    some = st.integers(-(2**40), 2**40)
    return np.array([0, *draw(st.lists(some, min_size=2**n - 1, max_size=2**n - 1))], np.float64)


def worth(values):
    return lambda some: int(values[sum(1 << i for i in some)])


def players(values):
    return len(values).bit_length() - 1


@given(streets())
def test_every_coalition_is_worth_what_its_bills_differ(street):
    net, buy, sell = street
    found = Trading(net, buy, sell).of_all()
    for coalition, units in enumerate(found.tolist()):
        who = [i for i in range(len(net)) if coalition >> i & 1]
        assert units == value(net, buy, sell, who)


@given(streets(), st.integers(0, 99))
def test_what_all_save_is_what_a_cleared_market_leaves_them(street, k_percent):
    """Price-takers on one book for each quarter-hour: what members pay is what they pay alone, less the value of all."""
    net, buy, sell = street
    ptus = net.shape[1]
    home, ptu = (at[net.ravel() != 0] for at in np.divmod(np.arange(net.size), ptus))
    wh = net[home, ptu]
    books = Books(
        Gateways(buy, sell, np.zeros(ptus, np.int64), *np.full((2, ptus), NO_LIMIT_WH)),
        Orders(
            ptu,
            np.where(wh > 0, Side.BUY, Side.SELL),
            np.abs(wh),
            np.where(wh > 0, ANY_PRICE, -ANY_PRICE),
            np.arange(len(wh)),
        ),
        k_percent,
    )
    paid = int(layered.clear(books).fill_units.sum()) if len(wh) else 0
    alone = sum(bill(row, buy, sell) for row in net)
    assert alone - paid == Trading(net, buy, sell).whole()


@given(streets())
def test_a_window_is_worth_what_its_coalition_is(street):
    net, buy, sell = street
    n, one = len(net), Trading(net, buy, sell)
    order, values = np.arange(n)[::-1].copy(), one.of_all()
    for size, row in enumerate(one.windows(order, range(n + 1)).tolist()):
        for start, units in enumerate(row):
            who = {int(order[(start + k) % n]) for k in range(size)}
            assert units == values[sum(1 << i for i in who)]


@given(tables())
def test_shares_are_the_textbooks(values):
    assert list(exact(values)) == by_subsets(players(values), worth(values))


@given(tables(most=4))
def test_shares_are_the_mean_over_all_orders(values):
    assert list(exact(values)) == by_orders(players(values), worth(values))


@pytest.mark.parametrize("n", [8, 12])
def test_a_street_has_the_textbooks_shares(n):
    net = made(n, ptus=24)
    buy, sell = [25_000] * 24, [7_000] * 24
    save = cache(lambda some: value(net, buy, sell, sorted(some)))
    found = exact(Trading(net, np.array(buy), np.array(sell)).of_all())
    assert list(found) == by_subsets(n, save)


@given(tables())
def test_shares_sum_to_the_value_of_all(values):
    assert sum(exact(values)) == int(values[-1])


@given(tables(), tables())
def test_shares_of_two_pots_add_up(one, other):
    size = min(len(one), len(other))
    one, other = one[:size], other[:size]
    both = zip(exact(one), exact(other), strict=True)
    assert list(exact(one + other)) == [a + b for a, b in both]


@given(tables(most=4), st.integers(-(2**40), 2**40))
def test_who_adds_the_same_to_everybody_gets_just_that(values, own):
    """A null player where that is nothing."""
    with_one_more = np.concatenate([values, values + own])
    assert exact(with_one_more)[-1] == own


@given(tables(least=2, most=4))
def test_who_can_stand_in_for_each_other_get_the_same(values):
    n = players(values)
    swapped = np.array([values[_swap(c)] for c in range(1 << n)])
    shares = exact(values + swapped)
    assert shares[0] == shares[1]


def _swap(coalition):
    first, second = coalition & 1, coalition >> 1 & 1
    return (coalition & ~3) | second | first << 1


def test_twenty_homes_are_no_trouble():
    one = game(made(18, ptus=96))
    assert sum(exact(one.of_all())) == one.whole()


@given(streets())
def test_nobody_is_worth_less_than_nothing(street):
    """One more never makes a coalition save less, so nobody pays for having joined."""
    one = Trading(*street)
    assert min(exact(one.of_all())) >= 0


def test_a_value_that_a_float_cannot_count_is_refused():
    with pytest.raises(BadInput, match="share them in parts"):
        Trading(np.array([[2**40], [-(2**40)]]), np.array([20_000]), np.array([0]))
    with pytest.raises(BadInput, match="whole units"):
        exact(np.array([0.0, float(EXACT_UNITS)]))
    with pytest.raises(BadInput, match="two to the power"):
        exact(np.zeros(3))


def test_prices_outside_that_would_pay_for_going_round_are_refused():
    with pytest.raises(BadInput, match="E is at most R"):
        Trading(np.array([[1]]), np.array([1]), np.array([2]))


def test_a_known_game():
    """Three gloves: the only left one gets two thirds of the pair, each right one a sixth."""
    assert exact(np.array([0, 0, 0, 6, 0, 6, 0, 6.0])) == (Fraction(4), Fraction(1), Fraction(1))
