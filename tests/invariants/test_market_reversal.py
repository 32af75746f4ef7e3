"""Trading on a position against a brute force over every way to fill a small book with two steps outside."""

from dataclasses import fields, replace

import numpy as np
import pytest
from tests.invariants.test_market_layered import BEYOND_ANY_WELFARE, every_fill, random_books
from tests.invariants.test_market_tree import SHAPES, random_trees, within

from laag.foundation.contracts import ANY_PRICE, Clearings, Side
from laag.neighbourhood.market import RULES, layered, reversal, tree

BOOKS = 1_500


def holding(seed, books=None):
    """Small books, and what each holds; outside nobody buys dearer than it sells, tax aside."""
    books = random_books(seed, BOOKS) if books is None else books
    gate = books.gateways
    gate = replace(gate, import_ticks=np.maximum(gate.import_ticks, gate.export_ticks))
    held = np.random.default_rng([seed, 7]).integers(-5, 6, len(books))
    return replace(books, gateways=gate), held


def outside(net, gate, book, held):
    """What the outside asks for this net import, both steps counted; never for more than it carries."""
    imported, exported = np.maximum(net, 0), np.maximum(-net, 0)
    back_in = np.minimum(imported, max(-held, 0))
    back_out = np.minimum(exported, max(held, 0))
    levy = gate.levy_ticks[book]
    cost = gate.import_ticks[book] * imported + levy * (imported - back_in)
    return cost - gate.export_ticks[book] * exported - levy * back_out


def best(every, side, limit, gate, book, held):
    """Welfare first, then volume, then least import, as one number."""
    taker = np.abs(limit) == ANY_PRICE
    value = np.where(taker, np.sign(limit) * BEYOND_ANY_WELFARE, limit) * np.where(side == Side.BUY, 1, -1)
    net = every @ np.where(side == Side.BUY, 1, -1)
    welfare = every @ value - outside(net, gate, book, held)
    volume = every @ (side == Side.BUY) + np.maximum(-net, 0)
    return (welfare * 64 + volume) * 64 - np.maximum(net, 0), net


@pytest.fixture(scope="module", params=range(3))
def cleared(request):
    books, held = holding(request.param)
    return books, held, reversal.clear("layered", books, held)


def test_no_other_way_to_fill_a_book_is_better(cleared):
    books, held, c = cleared
    gate, orders = books.gateways, books.orders
    for book in range(len(books)):
        mine = np.flatnonzero(orders.book == book)
        side, limit = orders.side[mine], orders.limit_ticks[mine]
        every = every_fill(tuple(orders.quantity_wh[mine].tolist()))
        worth, net = best(every, side, limit, gate, book, int(held[book]))
        fits = (net <= gate.import_max_wh[book]) & (-net <= gate.export_max_wh[book])
        ours, our_net = best(c.fill_wh[mine][None, :], side, limit, gate, book, int(held[book]))
        assert ours[0] == worth[fits].max()
        assert c.imported_wh[book] - c.exported_wh[book] == our_net[0]


def owed(books, held, c):
    """The tax that is due more, or less, than was due on what was held."""
    after = held + c.imported_wh - c.exported_wh
    return books.gateways.levy_ticks * (np.maximum(after, 0) - np.maximum(held, 0))


@pytest.mark.parametrize("rule", RULES)
def test_under_every_rule_the_tax_follows_the_position_and_money_closes(rule):
    books, held = holding(5)
    c, gate = reversal.clear(rule, books, held), books.gateways
    assert np.array_equal(c.levy_units, owed(books, held, c))
    assert np.array_equal(
        c.gateway_units, gate.export_ticks * c.exported_wh - gate.import_ticks * c.imported_wh
    )
    paid = np.zeros(len(books), np.int64)
    np.add.at(paid, books.orders.book, c.fill_units)
    assert not np.any(paid - c.levy_units + c.gateway_units + c.fund_units)
    assert np.array_equal(c.buyers_units - c.sellers_units, paid)
    assert np.any(c.levy_units < 0)
    assert np.any((c.exported_wh > np.maximum(held, 0)) & (held > 0))


@pytest.mark.parametrize("rule", RULES)
def test_under_every_rule_nobody_trades_beyond_their_limit(rule):
    books, held = holding(6)
    c, orders = reversal.clear(rule, books, held), books.orders
    sign = np.where(orders.side == Side.BUY, 1, -1)
    priced = np.abs(orders.limit_ticks) < ANY_PRICE
    worse = sign * (sign * c.fill_units - orders.limit_ticks * c.fill_wh)
    assert (worse[priced] < 1).all()


@pytest.mark.parametrize("rule", RULES)
def test_two_equal_steps_are_one(rule):
    """Without a levy a position changes nothing; without a position the levy does nothing new."""
    books, held = holding(8)
    gate = books.gateways
    untaxed = replace(books, gateways=replace(gate, levy_ticks=np.zeros_like(gate.levy_ticks)))
    same(reversal.clear(rule, untaxed, held), RULES[rule](untaxed))
    same(reversal.clear(rule, books, 0 * held), RULES[rule](books))


def same(ours, theirs, but=frozenset()):
    for part in fields(Clearings):
        if part.name not in but:
            assert np.array_equal(getattr(ours, part.name), getattr(theirs, part.name)), part.name


@pytest.mark.parametrize("parent", SHAPES.values(), ids=[name.replace(" ", "-") for name in SHAPES])
def test_nested_layers_trade_on_the_position_of_the_street(parent):
    books, parent = random_trees(3, parent, 500)
    ptus = len(books) // len(parent)
    books, held = holding(3, books)
    held, gate, orders = held[:ptus], books.gateways, books.orders
    result = reversal.clear_tree(books, parent, held)
    c = result.clearings
    layer, ptu = np.divmod(orders.book, ptus)
    for at in range(ptus):
        mine = np.flatnonzero(ptu == at)
        side, limit = orders.side[mine], orders.limit_ticks[mine]
        sign = np.where(side == Side.BUY, 1, -1)
        every = every_fill(tuple(orders.quantity_wh[mine].tolist()))
        fits = np.ones(len(every), np.bool_)
        for one in range(len(parent)):
            net = every @ (np.isin(layer[mine], within(parent, one)) * sign)
            row = one * ptus + at
            fits &= (net <= gate.import_max_wh[row]) & (-net <= gate.export_max_wh[row])
        ours, _ = best(c.fill_wh[mine][None, :], side, limit, gate, at, int(held[at]))
        worth, _ = best(every, side, limit, gate, at, int(held[at]))
        assert ours[0] == worth[fits].max()


@pytest.mark.parametrize("parent", SHAPES.values(), ids=[name.replace(" ", "-") for name in SHAPES])
def test_in_nested_layers_money_closes_and_limits_hold(parent):
    books, parent = random_trees(4, parent, 800)
    ptus = len(books) // len(parent)
    books, held = holding(4, books)
    held, gate, orders = held[:ptus], books.gateways, books.orders
    result = reversal.clear_tree(books, parent, held)
    c = result.clearings
    after = held + (c.imported_wh - c.exported_wh)[:ptus]
    assert np.array_equal(
        c.levy_units[:ptus], gate.levy_ticks[:ptus] * (np.maximum(after, 0) - np.maximum(held, 0))
    )
    paid = np.zeros(len(books), np.int64)
    np.add.at(paid, orders.book, c.fill_units)
    shape = (len(parent), ptus)
    rent = result.rent_units.reshape(shape).sum(axis=0)
    assert not np.any(paid.reshape(shape).sum(axis=0) + (c.gateway_units - c.levy_units)[:ptus] - rent)
    assert result.rent_units.min() >= 0
    energy = gate.export_ticks * c.exported_wh - gate.import_ticks * c.imported_wh
    assert np.array_equal(c.gateway_units[:ptus], energy[:ptus])
    sign = np.where(orders.side == Side.BUY, 1, -1)
    priced = np.abs(orders.limit_ticks) < ANY_PRICE
    assert (sign * (sign * c.fill_units - orders.limit_ticks * c.fill_wh))[priced].max() < 1


def test_a_tree_of_one_layer_is_the_layered_rule():
    books, held = holding(2)
    flat = reversal.clear("layered", books, held)
    nested = reversal.clear_tree(books, np.array([0]), held).clearings
    same(flat, nested, but={"fill_units"})
    assert np.abs(flat.fill_units - nested.fill_units).max() <= 1


def test_nothing_held_is_the_plain_tree():
    books, parent = random_trees(6, [0, 0, 0], 300)
    books, _ = holding(6, books)
    plain = tree.clear(books, parent)
    ours = reversal.clear_tree(books, parent, np.zeros(300, np.int64))
    same(ours.clearings, plain.clearings)
    assert np.array_equal(ours.rent_units, plain.rent_units)
    same(reversal.clear("layered", books, np.zeros(len(books), np.int64)), layered.clear(books))
