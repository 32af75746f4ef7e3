"""The layered rule: local energy first, the tax on imports spread over all who buy.

Quantities by plain merit order; one price ``p = lo + k (hi - lo)`` between what members would all accept and what
the gateway offers; imports and exports pooled. Keeps every promise of docs/market-rules.md.
"""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import ANY_PRICE, Books, Clearings, Ints
from laag.neighbourhood.market import merit, pools
from laag.neighbourhood.market.levels import fold

RULE = "layered/1"


def clear(books: Books) -> Clearings:
    """Clear all books at once.

    >>> from laag.foundation.contracts import Gateways, NO_LIMIT_WH, Orders
    >>> gate = Gateways(*np.array([[8000], [7000], [10000], [NO_LIMIT_WH], [NO_LIMIT_WH]]))
    >>> orders = Orders(*np.array([[0, 0, 0], [1, 0, 0], [100, 60, 20], [30000, 5000, 12000], [0, 1, 2]]))
    >>> c = clear(Books(gate, orders))
    >>> c.price_centiticks.tolist(), c.imported_wh.tolist(), c.buyers_units.tolist()
    ([1500000], [20], [1560000])
    """
    gate = books.gateways
    levels = fold(books.orders, len(books), gate.landed_ticks, gate.export_ticks)
    traded = merit.volumes(levels, gate, *levels.marks)
    taken = merit.accepted(levels, traded.bought, traded.sold)
    low, high = with_gateway(merit.bounds(levels, taken), books)
    return pools.at_one_price(
        RULE,
        books,
        traded,
        merit.fills(books.orders, levels, taken, gate),
        (low, high, 100 * low + books.k_percent * (high - low)),
        merit.rationed(levels, taken, gate.landed_ticks, gate.export_ticks),
    )


def with_gateway(bounds: merit.Bounds, books: Books) -> tuple[Ints, Ints]:
    """``lo`` and ``hi``: the members' bounds, narrowed by what the gateway offers, or set where it is full."""
    gate = books.gateways
    R, E, L, H = gate.landed_ticks, gate.export_ticks, bounds.low, bounds.high
    lo = np.where(gate.export_max_wh > 0, np.maximum(L, np.minimum(E, H)), L)
    hi = np.where(gate.import_max_wh > 0, np.minimum(H, np.maximum(R, L)), H)
    no_low, no_high = lo == -ANY_PRICE, hi == ANY_PRICE
    lo, hi = (
        np.where(no_low, np.where(no_high, E, hi), lo),
        np.where(no_high, np.where(no_low, R, lo), hi),
    )
    scarce = np.maximum(L, R if books.scarcity_ticks is None else books.scarcity_ticks)
    surplus = np.minimum(H, E if books.surplus_ticks is None else books.surplus_ticks)
    either = bounds.short | bounds.glutted
    full = np.where(bounds.short, scarce, surplus)
    return np.where(either, full, lo), np.where(either, full, hi)
