"""What every rule promises, and what each rule promises beside it, over random small books."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import ceil, floor

import numpy as np
import pytest

from laag.foundation.contracts import (
    ANY_PRICE,
    NO_LIMIT_WH,
    Books,
    Gateways,
    Neighbours,
    Orders,
    Outcome,
    Side,
)
from laag.neighbourhood.market import RULES, WITH_FUND, clear

BOOKS = 2_000
PER_ORDER = {"fill_wh", "fill_units", "outcome"}


def random_books(seed, books=BOOKS, lowest=-20, highest=40):
    rng = np.random.default_rng(seed)
    size = rng.integers(0, 9, books)
    book = np.repeat(np.arange(books), size)
    n = len(book)
    side = rng.integers(0, 2, n)
    limit = rng.integers(lowest, highest, n)
    taker = rng.random(n) < 0.1
    limit = np.where(taker, np.where(side == Side.BUY, ANY_PRICE, -ANY_PRICE), limit)
    export = rng.integers(lowest, highest, books)
    landed = export + rng.integers(0, 15, books) * rng.integers(0, 2, books)
    levy = rng.integers(0, 15, books) * rng.integers(0, 2, books)
    capacity = np.array([0, 1, 4, 9, NO_LIMIT_WH, NO_LIMIT_WH])
    gate = Gateways(landed - levy, export, levy, rng.choice(capacity, books), rng.choice(capacity, books))
    rank, member = rng.permutation(n), rng.integers(0, 5, n)
    wishes = rng.integers(0, n, n // 3)
    neighbours = Neighbours(
        member,
        rng.integers(-3, 4, n),
        rng.integers(-3, 4, n),
        rng.random(n) < 0.8,
        wishes,
        rng.integers(0, 5, n // 3),
    )
    return Books(gate, Orders(book, side, rng.integers(1, 8, n), limit, rank), 30, neighbours=neighbours)


@pytest.fixture(scope="module", params=RULES)
def cleared(request):
    books = random_books(11)
    return request.param, books, clear(request.param, books)


@pytest.fixture(scope="module")
def books():
    return random_books(12)


def by_book(values, book, count):
    total = np.zeros(count, np.int64)
    np.add.at(total, book, values)
    return total


def test_money_closes(cleared):
    rule, books, c = cleared
    paid = by_book(c.fill_units, books.orders.book, len(books))
    assert not np.any(paid - c.levy_units + c.gateway_units + c.fund_units)
    assert np.array_equal(paid, c.buyers_units - c.sellers_units)
    assert np.array_equal(c.levy_units, books.gateways.levy_ticks * c.imported_wh)
    assert rule in WITH_FUND or not np.any(c.fund_units)
    assert c.rule == f"{rule}/1"


def test_energy_closes_and_the_gateway_trades_one_way_within_its_capacity(cleared):
    _, books, c = cleared
    buys = books.orders.side == Side.BUY
    for total, mine in ((c.bought_wh, buys), (c.sold_wh, ~buys)):
        assert np.array_equal(total, by_book(c.fill_wh[mine], books.orders.book[mine], len(books)))
    assert np.array_equal(c.bought_wh + c.exported_wh, c.sold_wh + c.imported_wh)
    assert not np.any(c.imported_wh * c.exported_wh)
    assert np.all((c.imported_wh >= 0) & (c.imported_wh <= books.gateways.import_max_wh))
    assert np.all((c.exported_wh >= 0) & (c.exported_wh <= books.gateways.export_max_wh))
    assert np.all((c.fill_wh >= 0) & (c.fill_wh <= books.orders.quantity_wh))


def test_limits_hold_to_within_the_last_unit(cleared):
    _, books, c = cleared
    priced = np.abs(books.orders.limit_ticks) < ANY_PRICE
    worth = np.where(priced, books.orders.limit_ticks, 0) * c.fill_wh
    buys = priced & (books.orders.side == Side.BUY)
    sells = priced & (books.orders.side == Side.SELL)
    assert np.all(c.fill_units[buys] < worth[buys] + 1)
    assert np.all(-c.fill_units[sells] > worth[sells] - 1)


def test_nothing_is_paid_for_nothing(cleared):
    _, _, c = cleared
    assert not np.any(c.fill_units[c.fill_wh == 0])


def test_outcomes_say_what_was_filled(cleared):
    _, books, c = cleared
    full = c.fill_wh == books.orders.quantity_wh
    assert np.array_equal(full & (c.outcome <= Outcome.ACCEPTED), c.outcome <= Outcome.ACCEPTED)
    assert not np.any(c.fill_wh[(c.outcome == Outcome.PRICED_OUT) | (c.outcome == Outcome.NO_PARTNER)])
    taker = np.abs(books.orders.limit_ticks) == ANY_PRICE
    assert not np.any(c.outcome[taker] == Outcome.PRICED_OUT)
    assert not np.any(taker[(c.outcome == Outcome.ACCEPTED) | (c.outcome == Outcome.SHARED)])


def test_the_order_of_arrival_does_not_matter(cleared):
    rule, books, c = cleared
    mixed = np.random.default_rng(5).permutation(len(books.orders))
    orders = Orders(*(getattr(books.orders, f)[mixed] for f in Orders.__slots__))
    known = books.neighbours
    place = np.argsort(mixed)
    moved = Neighbours(
        *(getattr(known, f)[mixed] for f in ("member", "east_m", "north_m", "placed")),
        place[known.prefers_order],
        known.prefers_member,
    )
    again = clear(rule, replace(books, orders=orders, neighbours=moved))
    for f in set(c.__slots__) - {"rule"}:
        assert np.array_equal(getattr(c, f)[mixed] if f in PER_ORDER else getattr(c, f), getattr(again, f)), f


def test_a_batch_is_what_each_book_is_alone(cleared):
    rule, books, c = cleared
    for b in range(0, len(books), 13):
        mine = np.flatnonzero(books.orders.book == b)
        gate = Gateways(*(getattr(books.gateways, f)[[b]] for f in Gateways.__slots__))
        orders = Orders(*(getattr(books.orders, f)[mine] for f in Orders.__slots__))
        known = books.neighbours
        kept = np.isin(known.prefers_order, mine)
        own = Neighbours(
            *(getattr(known, f)[mine] for f in ("member", "east_m", "north_m", "placed")),
            np.searchsorted(mine, known.prefers_order[kept]),
            known.prefers_member[kept],
        )
        alone = replace(
            books, gateways=gate, orders=replace(orders, book=np.zeros_like(mine)), neighbours=own
        )
        single = clear(rule, alone)
        for f in set(c.__slots__) - {"rule"}:
            assert np.array_equal(getattr(single, f), getattr(c, f)[mine if f in PER_ORDER else [b]]), f


@pytest.mark.parametrize("rule", ["literal", "pay_as_bid"])
def test_who_trades_is_decided_as_in_the_layered_rule(books, rule):
    layered, other = clear("layered", books), clear(rule, books)
    for f in ("fill_wh", "outcome", "imported_wh", "exported_wh", "rationed"):
        assert np.array_equal(getattr(layered, f), getattr(other, f))


@pytest.mark.parametrize("rule", ["uniform", "mid_market"])
def test_buyers_pay_no_more_than_outside_unless_a_full_gateway_rations(books, rule):
    c, gate = clear(rule, books), books.gateways
    fair = ~c.rationed & (gate.import_max_wh > 0)
    assert np.all((c.buyers_units <= gate.landed_ticks * c.bought_wh)[fair])


@pytest.mark.parametrize("rule", ["literal", "uniform", "mid_market"])
def test_sellers_get_no_less_than_outside_unless_a_full_gateway_rations(books, rule):
    c, gate = clear(rule, books), books.gateways
    fair = ~c.rationed & (gate.export_max_wh > 0)
    if rule == "uniform":  # an untaxed import below the export price presses on sellers too
        fair &= gate.import_ticks >= gate.export_ticks
    assert np.all((c.sellers_units >= gate.export_ticks * c.sold_wh)[fair])


@pytest.mark.parametrize("rule", ["literal", "pay_as_bid", "peer_to_peer"])
def test_every_local_offer_below_the_landed_price_comes_before_an_import(books, rule):
    c, orders = clear(rule, books), books.orders
    landed, imports = books.gateways.landed_ticks[orders.book], c.imported_wh[orders.book] > 0
    cheap = (orders.side == Side.SELL) & (orders.limit_ticks < landed) & imports
    assert np.array_equal(c.fill_wh[cheap], orders.quantity_wh[cheap])
    poor = (orders.side == Side.BUY) & (orders.limit_ticks < landed) & imports
    assert rule == "peer_to_peer" or not np.any(c.fill_wh[poor])


def test_literal_pays_sellers_the_price_and_never_charges_buyers_more_than_price_and_tax(books):
    c = clear("literal", books)
    layered = clear("layered", books)
    assert np.array_equal(c.price_centiticks, layered.price_centiticks)
    assert np.array_equal(c.sellers_units, c.price_centiticks * c.sold_wh // 100)
    assert np.all(c.buyers_units <= c.price_centiticks * c.bought_wh // 100 + c.levy_units)


def sides(books, b):
    """The limits of one book's Wh, one entry each: buys from high to low, sells from low to high."""
    orders = books.orders
    mine = np.flatnonzero(orders.book == b)
    each = np.repeat(mine, orders.quantity_wh[mine])
    buys = sorted((-orders.limit_ticks[each[orders.side[each] == Side.BUY]]).tolist())
    return [-x for x in buys], sorted(orders.limit_ticks[each[orders.side[each] == Side.SELL]].tolist())


def test_uniform_accepts_the_largest_volume_its_last_buyer_can_bear(books):
    c, gate = clear("uniform", books), books.gateways
    for b in range(len(books)):
        buys, sells = sides(books, b)
        I, R, E = (int(a[b]) for a in (gate.import_ticks, gate.landed_ticks, gate.export_ticks))
        if sum(x <= E for x in sells) > sum(x >= E for x in buys):
            continue  # exports clear as in the layered rule
        imports = [I] * int(min(gate.import_max_wh[b], len(buys)))
        supply = sorted([(x, 0) for x in sells] + [(x, 1) for x in imports])
        best = 0
        for volume in range(1, min(len(buys), len(supply)) + 1):
            imported = sum(outside for _, outside in supply[:volume])
            dearest = supply[volume - 1][0]
            if buys[volume - 1] >= dearest + Fraction((R - I) * imported, volume):
                best = volume
        assert c.bought_wh[b] == best
        assert c.imported_wh[b] == sum(outside for _, outside in supply[:best])


def test_mid_market_serves_as_many_as_agree_with_the_pooled_price(books):
    c, gate = clear("mid_market", books), books.gateways
    for b in range(len(books)):
        buys, sells = sides(books, b)
        R, E = int(gate.landed_ticks[b]), int(gate.export_ticks[b])
        p = Fraction(R + E, 2)
        buys, sells = [x for x in buys if x >= p], [x for x in sells if x <= p]
        bought, sold = min(len(buys), len(sells)), min(len(buys), len(sells))
        for volume in range(sold + 1, min(len(buys), sold + int(gate.import_max_wh[b])) + 1):
            if buys[volume - 1] >= p + (R - p) * Fraction(volume - sold, volume):
                bought = volume
        for volume in range(len(buys) + 1, min(len(sells), len(buys) + int(gate.export_max_wh[b])) + 1):
            if sells[volume - 1] <= p + (E - p) * Fraction(volume - len(buys), volume):
                sold = volume
        assert (c.bought_wh[b], c.sold_wh[b]) == (bought, sold)
        assert c.price_centiticks[b] == 100 * p


def matches(buys, sells):
    """Two lists of ``(limit, rank, order, wh)`` in merit order, merged as one would with two fingers."""
    buys, sells = [list(x) for x in buys], [list(x) for x in sells]
    while buys and sells:
        wh = min(buys[0][-1], sells[0][-1])
        yield buys[0], sells[0], wh
        for ladder in (buys, sells):
            ladder[0][-1] -= wh
            if not ladder[0][-1]:
                ladder.pop(0)


def test_pay_as_bid_pays_the_middle_of_every_match(books):
    c, gate, orders = clear("pay_as_bid", books), books.gateways, books.orders
    for b in range(0, len(books), 2):
        R, E = int(gate.landed_ticks[b]), int(gate.export_ticks[b])
        ladders = {Side.BUY: [], Side.SELL: []}
        for i in np.flatnonzero((orders.book == b) & (c.fill_wh > 0)).tolist():
            best = -orders.limit_ticks[i] if orders.side[i] == Side.BUY else orders.limit_ticks[i]
            ladders[Side(orders.side[i])].append((int(best), 0, int(orders.rank[i]), i, int(c.fill_wh[i])))
        if c.exported_wh[b]:
            ladders[Side.BUY].append((-E, 1, 0, None, int(c.exported_wh[b])))
        if c.imported_wh[b]:
            ladders[Side.SELL].append((R, 1, 0, None, int(c.imported_wh[b])))
        units = dict.fromkeys(np.flatnonzero(orders.book == b).tolist(), 0)
        for bid, ask, wh in matches(sorted(ladders[Side.BUY]), sorted(ladders[Side.SELL])):
            value, cost = -bid[0], ask[0]
            if value == ANY_PRICE:
                value = R if cost == -ANY_PRICE else max(R, cost)
            if cost == -ANY_PRICE:
                cost = E if -bid[0] == ANY_PRICE else min(E, value)
            price = Fraction(R if ask[3] is None else E if bid[3] is None else value + cost, 1)
            paid = floor(price * wh if None in {bid[3], ask[3]} else price * wh / 2)
            for order, sign in ((bid[3], 1), (ask[3], -1)):
                if order is not None:
                    units[order] += sign * paid
        assert [c.fill_units[i] for i in units] == list(units.values())


def test_peers_leave_no_pair_behind_that_would_have_agreed(books):
    c, gate, orders = clear("peer_to_peer", books), books.gateways, books.orders
    left = orders.quantity_wh - c.fill_wh
    for b in range(len(books)):
        R, E = gate.landed_ticks[b], gate.export_ticks[b]
        mine = np.flatnonzero((orders.book == b) & (left > 0))
        value = {
            i: {ANY_PRICE: R, -ANY_PRICE: E}.get(x, x)
            for i, x in zip(mine, orders.limit_ticks[mine], strict=True)
        }
        buys, sells = mine[orders.side[mine] == Side.BUY], mine[orders.side[mine] == Side.SELL]
        assert all(value[i] < value[j] for i, j in product(buys, sells))
        assert c.imported_wh[b] == gate.import_max_wh[b] or all(value[i] < R for i in buys)
        assert c.exported_wh[b] == gate.export_max_wh[b] or all(value[j] > E for j in sells)


def test_the_price_of_the_uniform_rule_agrees_with_everybody(books):
    """Accepted buyers bear ``p`` and the tax, accepted sellers get at least their limit, import at least its price."""
    c, gate, orders = clear("uniform", books), books.gateways, books.orders
    tax = [
        ceil(Fraction(int(t) * int(m), max(int(b), 1)))
        for t, m, b in zip(gate.levy_ticks, c.imported_wh, c.bought_wh, strict=True)
    ]
    priced = (np.abs(orders.limit_ticks) < ANY_PRICE) & (c.fill_wh > 0)
    buys, sells = priced & (orders.side == Side.BUY), priced & (orders.side == Side.SELL)
    p = c.price_centiticks
    assert np.all(p[orders.book[buys]] <= 100 * (orders.limit_ticks[buys] - np.array(tax)[orders.book[buys]]))
    assert np.all(p[orders.book[sells]] >= 100 * orders.limit_ticks[sells])
    assert np.all(p[c.imported_wh > 0] >= 100 * gate.import_ticks[c.imported_wh > 0])
    assert np.all(c.low_ticks <= c.high_ticks)
