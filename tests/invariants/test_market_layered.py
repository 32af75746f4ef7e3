"""The layered rule against a brute force written from the definitions: every way to fill a tiny book."""

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from math import floor, inf

import numpy as np
import pytest

from laag.foundation.contracts import ANY_PRICE, NO_LIMIT_WH, Books, Gateways, Orders, Outcome, Side
from laag.neighbourhood.market import layered, levels

BOOKS = 12_000
BEYOND_ANY_WELFARE = 10_000


def random_books(seed, books):
    """Tiny books full of ties, exact fits, full gateways, price-takers, must-run, E = R and negative prices."""
    rng = np.random.default_rng(seed)
    size = rng.integers(0, 7, books)
    book = np.repeat(np.arange(books), size)
    side = rng.integers(0, 2, len(book))
    limit = rng.integers(-4, 9, len(book))
    taker = rng.random(len(book)) < 0.15
    limit = np.where(taker, np.where(side == Side.BUY, ANY_PRICE, -ANY_PRICE), limit)
    export = rng.integers(-5, 7, books)
    landed = export + rng.integers(0, 5, books) * rng.integers(0, 2, books)
    levy = rng.integers(0, 4, books) * rng.integers(0, 2, books)
    capacity = np.array([0, 0, 1, 2, 3, 5, NO_LIMIT_WH])
    gate = Gateways(landed - levy, export, levy, rng.choice(capacity, books), rng.choice(capacity, books))
    mixed = rng.permutation(len(book))
    orders = Orders(
        book[mixed], side[mixed], rng.integers(1, 4, len(book)), limit[mixed], rng.permutation(len(book))
    )
    return Books(gate, orders, int(rng.integers(0, 101)))


def rows(books, cleared):
    """Each book as plain Python: gateway, orders and what became of them."""
    gate, orders = books.gateways, books.orders
    mine = [[] for _ in range(len(books))]
    columns = zip(
        *(a.tolist() for a in (orders.side, orders.quantity_wh, orders.limit_ticks, orders.rank)),
        *(a.tolist() for a in (cleared.fill_wh, cleared.fill_units, cleared.outcome)),
        strict=True,
    )
    for book, row in zip(orders.book.tolist(), columns, strict=True):
        mine[book].append(row)
    for b in range(len(books)):
        yield b, int(gate.landed_ticks[b]), int(gate.export_ticks[b]), mine[b]


@cache
def every_fill(quantities):
    ways = list(product(*(range(q + 1) for q in quantities)))
    return np.array(ways, np.int64).reshape(len(ways), len(quantities))


def merit(fill, side, limit, R, E):
    """Welfare first, then volume, then least import, then least export, as one number; and the net import."""
    taker = np.abs(limit) == ANY_PRICE
    value = np.where(taker, np.sign(limit) * BEYOND_ANY_WELFARE, limit) * np.where(side == Side.BUY, 1, -1)
    net = fill @ np.where(side == Side.BUY, 1, -1)
    imported, exported = np.maximum(net, 0), np.maximum(-net, 0)
    welfare = fill @ value - R * imported + E * exported
    volume = fill @ (side == Side.BUY) + exported
    return ((welfare * 64 + volume) * 64 - imported) * 64 - exported, net


def plain_bounds(orders):
    """``L`` and ``H`` with infinities, order by order."""
    low, high = [-inf], [inf]
    for side, quantity, ticks, _, wh, *_ in orders:
        limit = {ANY_PRICE: inf, -ANY_PRICE: -inf}.get(ticks, ticks)
        if (side == Side.SELL and wh > 0) or (side == Side.BUY and wh < quantity):
            low.append(limit)
        if (side == Side.BUY and wh > 0) or (side == Side.SELL and wh < quantity):
            high.append(limit)
    return low, high


def plain_price(orders, R, E, import_max, export_max, k_percent):
    """``lo``, ``hi`` and ``p`` as section 2 writes them."""
    lows, highs = plain_bounds(orders)
    if inf in lows:
        lo = hi = max([x for x in lows if x != inf] + [R])
    elif -inf in highs:
        lo = hi = min([x for x in highs if x != -inf] + [E])
    else:
        L, H = max(lows), min(highs)
        lo = max(L, min(E, H)) if export_max > 0 else L
        hi = min(H, max(R, L)) if import_max > 0 else H
        if lo == -inf and hi == inf:
            lo, hi = E, R
        lo, hi = (hi if lo == -inf else lo), (lo if hi == inf else hi)
    return lo, hi, lo + Fraction(k_percent, 100) * (hi - lo)


def largest_remainder(total, weights, ranks):
    whole = sum(weights)
    if not whole:
        assert total == 0
        return [0] * len(weights)
    exact = [Fraction(total * w, whole) for w in weights]
    share = [floor(x) for x in exact]
    first = sorted(range(len(weights)), key=lambda i: (share[i] - exact[i], ranks[i]))
    for i in first[: total - sum(share)]:
        share[i] += 1
    return share


@pytest.fixture(scope="module")
def cleared():
    batches = [random_books(seed, BOOKS // 8) for seed in range(8)]
    return [(books, layered.clear(books)) for books in batches]


@pytest.fixture(scope="module")
def plain(cleared):
    return [(books, c, b, R, E, orders) for books, c in cleared for b, R, E, orders in rows(books, c)]


def test_no_other_way_to_fill_a_book_is_better(plain):
    """Welfare is maximal; among those outcomes volume; among those imports are least; then exports."""
    for books, c, b, R, E, orders in plain:
        side, quantity, limit, _, wh, *_ = np.array(orders, np.int64).reshape(-1, 7).T
        every = every_fill(tuple(quantity.tolist()))
        worth, net = merit(every, side, limit, R, E)
        fits = (net <= books.gateways.import_max_wh[b]) & (-net <= books.gateways.export_max_wh[b])
        ours, our_net = merit(wh[None, :], side, limit, R, E)
        assert ours[0] == worth[fits].max(), (b, R, E, orders)
        assert c.imported_wh[b] == max(our_net[0], 0)
        assert c.exported_wh[b] == max(-our_net[0], 0)
        assert c.bought_wh[b] == wh[side == Side.BUY].sum()
        assert c.sold_wh[b] == wh[side == Side.SELL].sum()


def test_the_price_is_the_rule_books(plain):
    for books, c, b, R, E, orders in plain:
        gate = books.gateways
        lo, hi, p = plain_price(orders, R, E, gate.import_max_wh[b], gate.export_max_wh[b], books.k_percent)
        assert (c.low_ticks[b], c.high_ticks[b], Fraction(int(c.price_centiticks[b]), 100)) == (lo, hi, p)
        assert lo <= hi


def test_pools_are_the_rule_books_and_money_closes(plain):
    for books, c, b, R, E, orders in plain:
        gate = books.gateways
        S, M, X = (int(a[b]) for a in (c.sold_wh, c.imported_wh, c.exported_wh))
        p = Fraction(int(c.price_centiticks[b]), 100)
        assert c.sellers_units[b] == floor(p * S + (E - p) * X)
        assert c.buyers_units[b] - c.sellers_units[b] == R * M - E * X
        assert c.levy_units[b] == gate.levy_ticks[b] * M
        assert c.gateway_units[b] == E * X - gate.import_ticks[b] * M
        paid = sum(units for *_, units, _ in orders)
        assert paid - c.levy_units[b] + c.gateway_units[b] + c.fund_units[b] == 0
        for side, total in ((Side.BUY, c.buyers_units[b]), (Side.SELL, c.sellers_units[b])):
            mine = [o for o in orders if o[0] == side]
            share = largest_remainder(int(total), [o[4] for o in mine], [o[3] for o in mine])
            assert [x if side == Side.BUY else -x for x in share] == [o[5] for o in mine]


def test_limits_hold_to_within_the_last_unit(plain):
    for *_, orders in plain:
        for side, _, limit, _, wh, units, _ in orders:
            if abs(limit) < ANY_PRICE:
                sign = 1 if side == Side.BUY else -1
                assert sign * (units * sign - limit * wh) < 1


def test_nobody_pays_more_than_outside_unless_a_full_gateway_rations(plain):
    """Where there is a gateway at all: ``u <= R`` with imports possible, ``s >= E`` with exports possible."""
    for books, c, b, R, E, orders in plain:
        rationed = any(
            (side == Side.BUY and limit > R and wh < quantity)
            or (side == Side.SELL and limit > R and wh > 0)
            or (side == Side.SELL and limit < E and wh < quantity)
            or (side == Side.BUY and limit < E and wh > 0)
            for side, quantity, limit, _, wh, *_ in orders
        )
        assert c.rationed[b] == rationed
        if not rationed and books.gateways.import_max_wh[b]:
            assert c.buyers_units[b] <= R * c.bought_wh[b]
        if not rationed and books.gateways.export_max_wh[b]:
            assert c.sellers_units[b] >= E * c.sold_wh[b]


def test_imports_serve_only_who_would_pay_them_and_local_comes_first(plain):
    for _, c, b, R, E, orders in plain:
        for side, quantity, limit, _, wh, *_ in orders:
            if c.imported_wh[b]:
                assert not (side == Side.BUY and wh and limit < R)
                assert not (side == Side.SELL and wh < quantity and limit <= R)
            if c.exported_wh[b]:
                assert not (side == Side.SELL and wh and limit > E)
                assert not (side == Side.BUY and wh < quantity and limit >= E)


def test_equal_limits_share_in_proportion(plain):
    for *_, orders in plain:
        for key in {(o[0], o[2]) for o in orders}:
            same = [o for o in orders if (o[0], o[2]) == key]
            total = sum(o[4] for o in same)
            assert [o[4] for o in same] == largest_remainder(
                total, [o[1] for o in same], [o[3] for o in same]
            )


def test_every_order_has_the_outcome_its_fill_says(plain):
    for books, _, b, _, _, orders in plain:
        gate = books.gateways
        for side, quantity, limit, _, wh, _, outcome in orders:
            level = [o for o in orders if (o[0], o[2]) == (side, limit)]
            others = [o for o in orders if o[0] != side]
            outside = (gate.import_max_wh if side == Side.BUY else gate.export_max_wh)[b]
            taker = abs(limit) == ANY_PRICE
            if all(o[4] == o[1] for o in level):
                expected = Outcome.SERVED_FIRST if taker else Outcome.ACCEPTED
            elif not others and not outside:
                expected = Outcome.NO_PARTNER
            elif taker:
                expected = Outcome.RATIONED
            else:
                expected = Outcome.SHARED if any(o[4] for o in level) else Outcome.PRICED_OUT
            assert outcome == expected
            assert (wh == quantity) >= (expected <= Outcome.ACCEPTED)


def alone(books, b):
    """Book ``b`` as a batch of its own, and which orders those are."""
    mine = np.flatnonzero(books.orders.book == b)
    orders = Orders(*(getattr(books.orders, f)[mine] for f in Orders.__slots__))
    gate = Gateways(*(getattr(books.gateways, f)[[b]] for f in Gateways.__slots__))
    return replace(books, gateways=gate, orders=replace(orders, book=np.zeros_like(mine))), mine


def test_a_batch_is_what_each_book_is_alone(cleared):
    per_order = ("fill_wh", "fill_units", "outcome")
    per_book = [f for f in layered.clear(cleared[0][0]).__slots__ if f not in (*per_order, "rule")]
    for books, c in cleared[:2]:
        for b in range(0, len(books), 3):
            single, mine = alone(books, b)
            own = layered.clear(single)
            assert all(getattr(own, f)[0] == getattr(c, f)[b] for f in per_book)
            assert all(np.array_equal(getattr(own, f), getattr(c, f)[mine]) for f in per_order)


@pytest.mark.parametrize("ticks_per_order", [0, 10**6], ids=["sorted", "counted"])
def test_both_ways_to_fold_orders_give_the_same(cleared, ticks_per_order, monkeypatch):
    monkeypatch.setattr(levels, "DENSE", ticks_per_order)
    for books, c in cleared:
        again = layered.clear(books)
        assert all(np.array_equal(getattr(c, f), getattr(again, f)) for f in c.__slots__)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_does_not_matter(cleared, seed):
    for books, c in cleared:
        mixed = np.random.default_rng(seed).permutation(len(books.orders))
        orders = Orders(*(getattr(books.orders, f)[mixed] for f in Orders.__slots__))
        again = layered.clear(replace(books, orders=orders))
        for f in c.__slots__:
            ours = getattr(c, f)
            assert np.array_equal(
                ours[mixed] if f in {"fill_wh", "fill_units", "outcome"} else ours, getattr(again, f)
            )
