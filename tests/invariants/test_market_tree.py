"""Nested layers against a brute force over every way to fill all members of a small tree."""

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from math import inf

import numpy as np
import pytest

from laag.foundation.contracts import ANY_PRICE, NO_LIMIT_WH, Books, Gateways, Orders, Side
from laag.foundation.errors import BadInput
from laag.neighbourhood.market import layered, tree

BEYOND_ANY_WELFARE = 10_000
SHAPES = {"two feeders": [0, 0, 0], "a home on a feeder": [0, 0, 1], "one feeder": [0, 0]}
PTUS = 800


def random_trees(seed, parent, ptus=PTUS):
    rng = np.random.default_rng(seed)
    layers = len(parent)
    books = layers * ptus
    size = rng.integers(0, 7 // layers + 1, books)
    book = np.repeat(np.arange(books), size)
    n = len(book)
    side = rng.integers(0, 2, n)
    limit = rng.integers(-4, 9, n)
    taker = rng.random(n) < 0.15
    limit = np.where(taker, np.where(side == Side.BUY, ANY_PRICE, -ANY_PRICE), limit)
    export = rng.integers(-5, 7, books)
    landed = export + rng.integers(0, 5, books) * rng.integers(0, 2, books)
    levy = rng.integers(0, 4, books)
    capacity = np.array([0, 1, 2, 3, 5, NO_LIMIT_WH, NO_LIMIT_WH])
    gate = Gateways(landed - levy, export, levy, rng.choice(capacity, books), rng.choice(capacity, books))
    mixed = rng.permutation(n)
    orders = Orders(book[mixed], side[mixed], rng.integers(1, 4, n), limit[mixed], rng.permutation(n))
    return Books(gate, orders, int(rng.integers(0, 101))), np.array(parent)


@pytest.fixture(scope="module", params=SHAPES, ids=lambda name: name.replace(" ", "-"))
def cleared(request):
    batches = [random_trees(seed, SHAPES[request.param]) for seed in range(2)]
    return [(books, parent, tree.clear(books, parent)) for books, parent in batches]


@cache
def every_fill(quantities):
    ways = list(product(*(range(q + 1) for q in quantities)))
    return np.array(ways, np.int64).reshape(len(ways), len(quantities))


def merit(fill, sign, value, R, E):
    """Welfare first, then volume, then least import, as one number."""
    net = fill @ sign
    imported, exported = np.maximum(net, 0), np.maximum(-net, 0)
    welfare = fill @ value - R * imported + E * exported
    volume = fill @ (sign > 0) + exported
    return (welfare * 64 + volume) * 64 - imported


def within(parent, layer):
    """A layer and everything below it."""
    return [i for i in range(len(parent)) if i == layer or (i and layer in ancestors(parent, i))]


def ancestors(parent, layer):
    while layer:
        layer = parent[layer]
        yield layer


def ptus_of(books, parent):
    ptus = len(books) // len(parent)
    layer, ptu = np.divmod(books.orders.book, ptus)
    for t in range(ptus):
        yield t, np.arange(len(parent)) * ptus + t, np.flatnonzero(ptu == t), layer


def test_no_other_way_to_fill_the_tree_is_better(cleared):
    for books, parent, result in cleared:
        gate, orders = books.gateways, books.orders
        for _, row, mine, layer in ptus_of(books, parent):
            side, limit = orders.side[mine], orders.limit_ticks[mine]
            sign = np.where(side == Side.BUY, 1, -1)
            value = np.where(np.abs(limit) == ANY_PRICE, np.sign(limit) * BEYOND_ANY_WELFARE, limit) * sign
            every = every_fill(tuple(orders.quantity_wh[mine].tolist()))
            ours = result.clearings.fill_wh[mine][None, :]
            fits = np.ones(len(every), np.bool_)
            for at in range(len(parent)):
                below = np.isin(layer[mine], within(parent, at)) * sign
                net = every @ below
                fits &= (net <= gate.import_max_wh[row[at]]) & (-net <= gate.export_max_wh[row[at]])
                assert result.net_wh[row[at]] == ours @ below
                assert -gate.export_max_wh[row[at]] <= ours @ below <= gate.import_max_wh[row[at]]

            outside = gate.landed_ticks[row[0]], gate.export_ticks[row[0]]
            assert merit(ours, sign, value, *outside)[0] == merit(every, sign, value, *outside)[fits].max()


def test_money_closes_in_every_layer_and_rent_is_never_negative(cleared):
    for books, parent, result in cleared:
        c = result.clearings
        rest = c.buyers_units - c.sellers_units - c.levy_units + c.gateway_units + c.fund_units
        assert np.array_equal(rest, result.rent_units)
        assert result.rent_units.min() >= 0
        paid = np.zeros(len(books), np.int64)
        np.add.at(paid, books.orders.book, c.fill_units)
        ptus = len(books) // len(parent)
        shape = (len(parent), ptus)
        outside = c.gateway_units[:ptus] - c.levy_units[:ptus]
        assert not np.any(
            paid.reshape(shape).sum(axis=0) + outside - result.rent_units.reshape(shape).sum(axis=0)
        )
        for at in range(len(parent)):
            below = [i for i in range(1, len(parent)) if parent[i] == at]
            of_children = result.net_units.reshape(shape)[below].sum(axis=0)
            assert np.array_equal(
                paid.reshape(shape)[at] + of_children, (c.buyers_units - c.sellers_units).reshape(shape)[at]
            )


def test_rent_arises_at_capacity_only(cleared):
    for books, _, result in cleared:
        gate = books.gateways
        full = (result.net_wh == gate.import_max_wh) | (result.net_wh == -gate.export_max_wh)
        assert not np.any(result.rent_units[~full])
        assert np.any(result.rent_units)


def test_limits_hold_to_within_the_last_unit(cleared):
    for books, _, result in cleared:
        orders, c = books.orders, result.clearings
        priced = np.abs(orders.limit_ticks) < ANY_PRICE
        worth = orders.limit_ticks * c.fill_wh
        buys = priced & (orders.side == Side.BUY)
        assert np.all(c.fill_units[buys] <= worth[buys])
        sells = priced & (orders.side == Side.SELL)
        assert np.all(-c.fill_units[sells] >= worth[sells])


def plain_bounds(books, result, row):
    low, high = -inf, inf
    for i in np.flatnonzero(books.orders.book == row):
        limit = int(books.orders.limit_ticks[i])
        bought = books.orders.side[i] == Side.BUY
        wh, left = result.clearings.fill_wh[i], books.orders.quantity_wh[i] - result.clearings.fill_wh[i]
        if abs(limit) == ANY_PRICE:
            continue
        if (left if bought else wh) > 0:
            low = max(low, limit)
        if (wh if bought else left) > 0:
            high = min(high, limit)
    return low, high


def takers_left(books, result, row):
    """For each price-taker of a layer, whether it was left short or over."""
    orders = books.orders
    mine = (orders.book == row) & (np.abs(orders.limit_ticks) == ANY_PRICE)
    return (result.clearings.fill_wh < orders.quantity_wh)[mine]


def test_a_child_has_its_parents_price_below_capacity_and_the_nearest_of_its_own_at_capacity(cleared):
    """For layers with members only: what their buyers and sellers pay and receive, exactly."""
    for books, parent, result in cleared:
        c, gate = result.clearings, books.gateways
        ptus = len(books) // len(parent)
        for layer in set(range(1, len(parent))) - set(parent.tolist()):
            if parent[layer]:
                continue  # a rational parent price is checked through the money of the tree
            for t in range(ptus):
                row, top = layer * ptus + t, t
                n, paid = int(result.net_wh[row]), int(result.net_units[row])
                p = Fraction(int(c.price_centiticks[top]), 100)
                at_the_edge = n in {gate.import_max_wh[row], -gate.export_max_wh[row]}
                full = n and at_the_edge
                low, high = plain_bounds(books, result, row)
                near = Fraction(paid, n) if full else p
                own = max(low, min(near, high))
                assert own == p or at_the_edge or takers_left(books, result, row).any()
                rent = own * n - paid if full else 0
                sold_inside = int(c.sold_wh[row] - c.exported_wh[row])
                sellers = (own * sold_inside).__floor__() + (-paid - rent if n < 0 else 0)
                assert c.sellers_units[row] == sellers
                assert c.buyers_units[row] == sellers + (paid + rent)
                assert result.rent_units[row] == rent


def test_the_order_of_arrival_does_not_matter(cleared):
    for books, parent, result in cleared:
        mixed = np.random.default_rng(9).permutation(len(books.orders))
        orders = Orders(*(getattr(books.orders, f)[mixed] for f in Orders.__slots__))
        again = tree.clear(replace(books, orders=orders), parent)
        assert np.array_equal(again.rent_units, result.rent_units)
        assert np.array_equal(again.clearings.fill_units, result.clearings.fill_units[mixed])
        assert np.array_equal(again.clearings.fill_wh, result.clearings.fill_wh[mixed])


def test_a_tree_of_one_layer_is_the_layered_rule():
    books, parent = random_trees(3, [0])
    flat, nested = layered.clear(books), tree.clear(books, parent).clearings
    assert all(np.array_equal(getattr(flat, f), getattr(nested, f)) for f in flat.__slots__)


def test_feeders_without_a_limit_change_no_quantity():
    """Wide cables: the street clears as if all homes hung on the transformer."""
    books, parent = random_trees(4, [0, 0, 0])
    ptus = len(books) // 3
    wide = np.where(np.arange(len(books)) < ptus, books.gateways.import_max_wh, NO_LIMIT_WH)
    wide_out = np.where(np.arange(len(books)) < ptus, books.gateways.export_max_wh, NO_LIMIT_WH)
    books = replace(books, gateways=replace(books.gateways, import_max_wh=wide, export_max_wh=wide_out))
    nested = tree.clear(books, parent)
    top = Gateways(*(getattr(books.gateways, f)[:ptus] for f in Gateways.__slots__))
    flat = layered.clear(
        replace(books, gateways=top, orders=replace(books.orders, book=books.orders.book % ptus))
    )
    assert np.array_equal(nested.clearings.imported_wh[:ptus], flat.imported_wh)
    assert np.array_equal(nested.clearings.exported_wh[:ptus], flat.exported_wh)
    assert not np.any(nested.rent_units)


@pytest.mark.parametrize("parent", [[0, 2, 1], [0, 1], [0, 5], []])
def test_layers_that_are_no_tree_are_refused(parent):
    books, _ = random_trees(1, [0], ptus=6)
    with pytest.raises(BadInput, match="layers"):
        tree.clear(books, np.array(parent, np.int64))
