"""Bilateral trade: by stated preference and then distance, each pair at the middle of its two limits.

All pairs whose limits agree are ordered by how many of the two prefer the other, by distance (unknown is furthest),
then by the ranks of buy and sell, and traded in that order as far as each still has something left. The rest deals
with the supplier at ``R`` and ``E``, best limit first. A price-taking buy counts as ``R``, must-run feed-in as ``E``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import (
    ANY_PRICE,
    Books,
    Clearings,
    Gateways,
    Ints,
    Neighbours,
    Orders,
    Outcome,
    Side,
)
from laag.foundation.money import sum_by

RULE = "peer_to_peer/1"
FAR_M2 = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class _Deals:
    """What each order has left, and has paid (+) or received (-); written to deal by deal."""

    left: list[int]
    units: list[int]

    def strike(self, order: int, wh: int, units: int) -> None:
        self.left[order] -= wh
        self.units[order] += units


@dataclass(frozen=True, slots=True, eq=False)
class _Wishes:
    """What is known of the parties, with all preferences sorted to be looked up."""

    known: Neighbours
    members: int
    sorted: Ints
    """``order x members + member`` of each preference."""

    @classmethod
    def of(cls, known: Neighbours) -> _Wishes:
        members = 1 + int(max(known.member.max(initial=0), known.prefers_member.max(initial=0)))
        return cls(known, members, np.sort(known.prefers_order * members + known.prefers_member))

    def nearness(self, buyer: Ints, seller: Ints) -> tuple[Ints, Ints]:
        """Sort keys of each pair, the last of which counts most: distance squared, then preference."""
        known = self.known
        east, north = (side[buyer] - side[seller] for side in (known.east_m, known.north_m))
        distance = np.where(known.placed[buyer] & known.placed[seller], east**2 + north**2, FAR_M2)
        return distance, -(self._prefers(buyer, seller) + self._prefers(seller, buyer))

    def _prefers(self, order: Ints, other: Ints) -> Ints:
        wish = order * self.members + self.known.member[other]
        found = np.searchsorted(self.sorted, wish, "right") - np.searchsorted(self.sorted, wish)
        return np.asarray(found > 0, np.int64)


def clear(books: Books) -> Clearings:
    """Clear all books, one after the other.

    >>> from laag.foundation.contracts import Gateways, Orders
    >>> gate = Gateways(*np.array([[8000], [7000], [10000], [100], [0]]))
    >>> c = clear(Books(gate, Orders(*np.array([[0, 0], [1, 0], [100, 60], [30000, 5000], [0, 1]]))))
    >>> c.fill_wh.tolist(), c.fill_units.tolist()
    ([100, 60], [1770000, -1050000])
    """
    orders, gate, count = books.orders, books.gateways, len(books)
    value = _values(orders, gate)
    wishes = None if books.neighbours is None else _Wishes.of(books.neighbours)
    deals = _Deals(orders.quantity_wh.tolist(), [0] * len(orders))
    by_book = np.argsort(orders.book, kind="stable")
    ends = np.searchsorted(orders.book[by_book], np.arange(count + 1))
    imported, exported = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for book in range(count):
        mine = by_book[ends[book] : ends[book + 1]]
        buys, sells = mine[orders.side[mine] == Side.BUY], mine[orders.side[mine] == Side.SELL]
        _among_neighbours(orders, value, buys, sells, wishes, deals)
        imported[book] = _with_supplier(
            orders, value, buys, deals, int(gate.landed_ticks[book]), int(gate.import_max_wh[book])
        )
        exported[book] = _with_supplier(
            orders, value, sells, deals, int(gate.export_ticks[book]), int(gate.export_max_wh[book])
        )
    return _written(books, deals, imported, exported)


def _values(orders: Orders, gate: Gateways) -> Ints:
    """What each order counts as, in ticks."""
    R, E = gate.landed_ticks[orders.book], gate.export_ticks[orders.book]
    limit = orders.limit_ticks
    return np.where(limit == ANY_PRICE, R, np.where(limit == -ANY_PRICE, E, limit))


def _among_neighbours(
    orders: Orders, value: Ints, buys: Ints, sells: Ints, wishes: _Wishes | None, deals: _Deals
) -> None:
    buyer, seller = np.nonzero(value[buys][:, None] >= value[sells][None, :])
    buyer, seller = buys[buyer], sells[seller]
    nearness = () if wishes is None else wishes.nearness(buyer, seller)
    order = np.lexsort((orders.rank[seller], orders.rank[buyer], *nearness))
    pairs = zip(buyer[order].tolist(), seller[order].tolist(), strict=True)
    twice = (value[buyer] + value[seller])[order].tolist()
    for (buy, sell), price in zip(pairs, twice, strict=True):
        wh = min(deals.left[buy], deals.left[sell])
        if wh:
            deals.strike(buy, wh, price * wh // 2)
            deals.strike(sell, wh, -(price * wh // 2))


def _with_supplier(orders: Orders, value: Ints, mine: Ints, deals: _Deals, price: int, capacity: int) -> int:
    """Serve what is left and agrees with the supplier's price, best limit first; returns the Wh that took."""
    if not len(mine) or not capacity:
        return 0
    sign = 1 if orders.side[mine[0]] == Side.BUY else -1
    willing = mine[sign * (value[mine] - price) >= 0]
    room = capacity
    for order in willing[np.lexsort((orders.rank[willing], -sign * orders.limit_ticks[willing]))].tolist():
        wh = min(deals.left[order], room)
        deals.strike(order, wh, sign * price * wh)
        room -= wh
    return capacity - room


def _outcomes(orders: Orders, gate: Gateways, wh: Ints) -> Ints:
    full, none, taker = wh == orders.quantity_wh, wh == 0, np.abs(orders.limit_ticks) == ANY_PRICE
    posted = sum_by(orders.side * len(gate) + orders.book, orders.quantity_wh, 2 * len(gate)).reshape(2, -1)
    others = posted[1 - orders.side, orders.book]
    outside = np.stack([gate.export_max_wh, gate.import_max_wh])[orders.side, orders.book]
    outcome = np.where(none, Outcome.PRICED_OUT, Outcome.PARTLY)
    outcome = np.where(taker, Outcome.RATIONED, outcome)
    outcome = np.where(others + outside == 0, Outcome.NO_PARTNER, outcome)
    return np.where(full, np.where(taker, Outcome.SERVED_FIRST, Outcome.ACCEPTED), outcome)


def _written(books: Books, deals: _Deals, imported: Ints, exported: Ints) -> Clearings:
    orders, gate, count = books.orders, books.gateways, len(books)
    group = orders.side * count + orders.book
    wh, units = orders.quantity_wh - np.array(deals.left, np.int64), np.array(deals.units, np.int64)
    sold, bought = sum_by(group, wh, 2 * count).reshape(2, -1)
    received, paid = sum_by(group, units, 2 * count).reshape(2, -1)
    outcome = _outcomes(orders, gate, wh)
    left_over = sum_by(orders.book, (outcome == Outcome.RATIONED).astype(np.int64), count)
    nothing = np.zeros(count, np.int64)
    return Clearings(
        rule=RULE,
        priced=np.zeros(count, np.bool_),
        low_ticks=nothing,
        high_ticks=nothing,
        price_centiticks=nothing,
        bought_wh=bought,
        sold_wh=sold,
        imported_wh=imported,
        exported_wh=exported,
        buyers_units=paid,
        sellers_units=-received,
        levy_units=gate.levy_ticks * imported,
        gateway_units=gate.export_ticks * exported - gate.import_ticks * imported,
        fund_units=nothing,
        rationed=left_over > 0,
        fill_wh=wh,
        fill_units=units,
        outcome=outcome,
    )
