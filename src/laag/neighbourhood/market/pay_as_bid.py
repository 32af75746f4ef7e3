"""Every match at the middle of its two limits: no single price, and no pool.

Quantities of the layered rule. The highest buy meets the lowest sell, the gateway in its place on both ladders at
its own prices ``R`` and ``E``. A price-taking buy counts as ``R`` and must-run feed-in as ``E``, or as the other
side's limit where a full gateway left nothing better.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from laag.foundation.contracts import ANY_PRICE, Books, Clearings, Ints, Side
from laag.foundation.money import sum_by
from laag.neighbourhood.market import layered
from laag.neighbourhood.market.ladders import Ladder, Stretches, ladder, meet

RULE = "pay_as_bid/1"
GATEWAY = -1


def clear(books: Books) -> Clearings:
    """Clear all books at once.

    >>> from laag.foundation.contracts import Gateways, Orders
    >>> gate = Gateways(*np.array([[8000], [7000], [10000], [100], [0]]))
    >>> c = clear(Books(gate, Orders(*np.array([[0, 0], [1, 0], [100, 60], [30000, 5000], [0, 1]]))))
    >>> c.fill_units.tolist()
    [1770000, -1050000]
    """
    base, orders = layered.clear(books), books.orders
    R, E = books.gateways.landed_ticks, books.gateways.export_ticks
    buys = _side(books, base.fill_wh, Side.BUY, E, base.exported_wh)
    sells = _side(books, base.fill_wh, Side.SELL, R, base.imported_wh)
    matches = meet(buys, sells, len(books))
    buyer, seller = buys.owner[matches.buy], sells.owner[matches.sell]
    twice = _twice_the_price(buys, sells, matches, R, E)
    units = twice * (matches.end - matches.start) // 2
    fill_units = sum_by(buyer[buyer != GATEWAY], units[buyer != GATEWAY], len(orders))
    fill_units -= sum_by(seller[seller != GATEWAY], units[seller != GATEWAY], len(orders))
    nothing = np.zeros(len(books), np.int64)
    return replace(
        base,
        rule=RULE,
        priced=np.zeros(len(books), np.bool_),
        low_ticks=nothing,
        high_ticks=nothing,
        price_centiticks=nothing,
        fill_units=fill_units,
        buyers_units=sum_by(matches.book[buyer != GATEWAY], units[buyer != GATEWAY], len(books)),
        sellers_units=sum_by(matches.book[seller != GATEWAY], units[seller != GATEWAY], len(books)),
    )


def _side(books: Books, fill_wh: Ints, side: Side, gateway_ticks: Ints, gateway_wh: Ints) -> Ladder:
    """What traded on one side, best limit first; at equal limits members by rank, then the gateway."""
    orders, count = books.orders, len(books)
    mine = np.flatnonzero(orders.side == side)
    tick = np.concatenate([orders.limit_ticks[mine], gateway_ticks])
    outside = np.repeat([0, 1], [len(mine), count])
    rank = np.concatenate([orders.rank[mine], np.zeros(count, np.int64)])
    return ladder(
        (-tick if side == Side.BUY else tick, outside, rank),
        np.concatenate([orders.book[mine], np.arange(count)]),
        tick,
        np.concatenate([fill_wh[mine], gateway_wh]),
        np.concatenate([mine, np.full(count, GATEWAY)]),
    )


def _twice_the_price(buys: Ladder, sells: Ladder, matches: Stretches, R: Ints, E: Ints) -> Ints:
    """In ticks, of each match: the sum of its two limits, or twice the gateway's own price."""
    bid, ask = buys.tick[matches.buy], sells.tick[matches.sell]
    takes_any, gives_any = bid == ANY_PRICE, ask == -ANY_PRICE
    R, E = R[matches.book], E[matches.book]
    value = np.where(takes_any, np.maximum(R, np.where(gives_any, R, ask)), bid)
    cost = np.where(gives_any, np.minimum(E, np.where(takes_any, E, bid)), ask)
    imports, exports = sells.owner[matches.sell] == GATEWAY, buys.owner[matches.buy] == GATEWAY
    return np.where(imports, 2 * R, np.where(exports, 2 * E, value + cost))
