"""The layered rule: local energy first, the tax on imports spread over all who buy.

Quantities by plain merit order; one price ``p = lo + k (hi - lo)`` between what members would all accept and what
the gateway offers; imports and exports pooled. Keeps every promise of docs/market-rules.md.
"""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import ANY_PRICE, Books, Clearings, Gateways, Ints
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
    R, E = gate.landed_ticks, gate.export_ticks
    levels = fold(books.orders, len(books), R, E)
    traded = merit.volumes(levels, gate)
    taken = merit.accepted(levels, traded.bought, traded.sold)
    low, high = with_gateway(merit.bounds(levels, taken), gate, R, E, scarcity(books), surplus(books))
    return pools.at_one_price(
        RULE,
        books,
        traded,
        merit.fills(books.orders, levels, taken, gate),
        (low, high, between(low, high, books.k_percent)),
        merit.rationed(levels, taken, R, E),
    )


def between(low: Ints, high: Ints, k_percent: int) -> Ints:
    """``lo + k (hi - lo)`` in centiticks: exact, as ``k`` has two decimals."""
    return pools.CENTITICKS * low + k_percent * (high - low)


def scarcity(books: Books) -> Ints:
    """The price where a full gateway leaves price-takers short: the charter's, or the landed price."""
    return books.gateways.landed_ticks if books.scarcity_ticks is None else books.scarcity_ticks


def surplus(books: Books) -> Ints:
    """The price where a full gateway leaves must-run feed-in over: the charter's, or the export price."""
    return books.gateways.export_ticks if books.surplus_ticks is None else books.surplus_ticks


def with_gateway(
    bounds: merit.Bounds, gate: Gateways, R: Ints, E: Ints, scarce: Ints, abundant: Ints
) -> tuple[Ints, Ints]:
    """``lo`` and ``hi``: the members' bounds, narrowed by what the gateway offers, or set where it is full."""
    L, H = bounds.low, bounds.high
    lo = np.where(gate.export_max_wh > 0, np.maximum(L, np.minimum(E, H)), L)
    hi = np.where(gate.import_max_wh > 0, np.minimum(H, np.maximum(R, L)), H)
    no_lo, no_hi = lo == -ANY_PRICE, hi == ANY_PRICE
    lo, hi = np.where(no_lo, np.where(no_hi, E, hi), lo), np.where(no_hi, np.where(no_lo, R, lo), hi)
    either = bounds.short | bounds.glutted
    full = np.where(bounds.short, np.maximum(L, scarce), np.minimum(H, abundant))
    return np.where(either, full, lo), np.where(either, full, hi)
