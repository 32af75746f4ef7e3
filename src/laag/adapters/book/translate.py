"""Between the JSON of a book and the arrays of the market."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from laag.adapters.book.wire import BookWire, OrderWire
from laag.foundation.contracts import (
    ANY_PRICE,
    NO_LIMIT_WH,
    Books,
    Clearings,
    Gateways,
    Ints,
    Neighbours,
    Orders,
    Outcome,
    Side,
)
from laag.foundation.money import as_euros, shown
from laag.neighbourhood import market
from laag.neighbourhood.market.reasons import reason


def cleared(book: BookWire, language: str = "en") -> dict[str, Any]:
    """The clearing of one book, in the words and the order in which it is written out."""
    books = to_books(book)
    return to_words(book, books, market.clear(book.rule, books), language)


def to_books(book: BookWire) -> Books:
    """One book as a batch of one; ``BadOrder`` where the gateway would trade with itself."""
    gate = book.gateway
    gateways = Gateways(
        *(np.array([_ticks(price)]) for price in (gate.import_price, gate.export_price, gate.levy)),
        *(
            np.array([NO_LIMIT_WH if most is None else most])
            for most in (gate.import_max_wh, gate.export_max_wh)
        ),
    )
    orders = Orders(
        book=np.zeros(len(book.orders), np.int64),
        side=_ints(Side[order.side.upper()] for order in book.orders),
        quantity_wh=_ints(order.quantity_wh for order in book.orders),
        limit_ticks=_ints(_limit(order) for order in book.orders),
        rank=_ranks([order.id for order in book.orders]),
    )
    return Books(gateways, orders, _ticks(book.k), neighbours=_neighbours(book.orders))


def to_words(book: BookWire, books: Books, clearing: Clearings, language: str) -> dict[str, Any]:
    """Prices as decimal strings in EUR/MWh, money in euros with eight decimals; ``null`` where there is no price."""
    low, high, price, bought, sold, buyers, sellers = (
        int(column[0])
        for column in (
            clearing.low_ticks,
            clearing.high_ticks,
            clearing.price_centiticks,
            clearing.bought_wh,
            clearing.sold_wh,
            clearing.buyers_units,
            clearing.sellers_units,
        )
    )
    priced = bool(clearing.priced[0])
    words: dict[str, Any] = {
        "rule": clearing.rule,
        "low": shown(low, 100) if priced else None,
        "high": shown(high, 100) if priced else None,
        "price": shown(price, 10_000) if priced else None,
        "buyer_price": shown(buyers, bought * 100) if bought else None,
        "seller_price": shown(sellers, sold * 100) if sold else None,
        "bought_wh": bought,
        "sold_wh": sold,
        "imported_wh": int(clearing.imported_wh[0]),
        "exported_wh": int(clearing.exported_wh[0]),
        "levy_eur": _euros(clearing.levy_units[0]),
        "gateway_eur": _euros(clearing.gateway_units[0]),
    }
    if book.rule in market.WITH_FUND:
        words["fund_eur"] = _euros(clearing.fund_units[0])
    words["fills"] = _fills(book, books.orders, clearing, language)
    return words


def _fills(book: BookWire, orders: Orders, clearing: Clearings, language: str) -> dict[str, Any]:
    columns = zip(
        (order.id for order in book.orders),
        *(
            column.tolist()
            for column in (
                clearing.outcome,
                orders.side,
                orders.quantity_wh,
                orders.limit_ticks,
                clearing.fill_wh,
                clearing.fill_units,
            )
        ),
        strict=True,
    )
    return {
        name: {
            "wh": wh,
            "eur": _euros(units),
            "reason": reason(Outcome(outcome), Side(side), asked, limit, wh, units, language),
        }
        for name, outcome, side, asked, limit, wh, units in columns
    }


def _euros(units: int) -> str:
    return f"{as_euros(units):f}"


def _ticks(price: Decimal) -> int:
    return int(price.scaleb(2))


def _limit(order: OrderWire) -> int:
    if order.limit is not None:
        return _ticks(order.limit)
    return ANY_PRICE if order.side == "buy" else -ANY_PRICE


def _ranks(ids: list[str]) -> Ints:
    """The place of each id among all, compared as UTF-8 bytes."""
    rank = np.empty(len(ids), np.int64)
    rank[sorted(range(len(ids)), key=lambda i: ids[i].encode())] = np.arange(len(ids))
    return rank


def _neighbours(orders: tuple[OrderWire, ...]) -> Neighbours:
    names = sorted({order.member for order in orders} | {name for order in orders for name in order.prefers})
    number = {name: i for i, name in enumerate(names)}
    wishes = [(i, number[name]) for i, order in enumerate(orders) for name in order.prefers]
    places = [order.position or (0, 0) for order in orders]
    return Neighbours(
        member=_ints(number[order.member] for order in orders),
        east_m=_ints(east for east, _ in places),
        north_m=_ints(north for _, north in places),
        placed=np.array([order.position is not None for order in orders], np.bool_),
        prefers_order=_ints(i for i, _ in wishes),
        prefers_member=_ints(member for _, member in wishes),
    )


def _ints(values: Any) -> Ints:
    return np.array(list(values), np.int64)
