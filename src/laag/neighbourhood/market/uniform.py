"""One price from one merit order in which imports rank at their untaxed price; the tax is spread afterwards.

Accepted is the largest volume ``B`` whose last buyer can bear what it costs: limit at least the dearest supply used
plus ``t = levy M / B``. The price inside lies between the bounds of the layered rule, with ``I`` for ``R`` while there
is import left and buyers' limits less ``t``; the gateway's trade is pooled as there, so nobody pays more than ``p + t``.

What it loses against the layered rule: an untaxed import passes local offers that cost members less than the taxed
one, and where its tax is more than the last buyers can bear, they trade less or nothing.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from laag.foundation.contracts import Books, Clearings, Gateways, Ints, Side
from laag.neighbourhood.market import layered, merit, pools
from laag.neighbourhood.market.ladders import Ladder, ladder, meet
from laag.neighbourhood.market.levels import Levels, fold

RULE = "uniform/1"
IMPORT = 1


def clear(books: Books) -> Clearings:
    """Clear all books at once.

    >>> from laag.foundation.contracts import Gateways, Orders
    >>> gate = Gateways(*np.array([[8000], [7000], [10000], [100], [0]]))
    >>> c = clear(Books(gate, Orders(*np.array([[0, 0, 0], [1, 0, 0], [100, 60, 20], [30000, 5000, 9000], [0, 1, 2]]))))
    >>> c.fill_wh.tolist(), c.price_centiticks.tolist(), c.buyers_units.tolist()
    ([100, 60, 0], [800000], [1200000])
    """
    gate = books.gateways
    I, R, E = gate.import_ticks, gate.landed_ticks, gate.export_ticks
    levels = fold(books.orders, len(books), R, E)
    traded = _volumes(levels, gate)
    taken = merit.accepted(levels, traded.bought, traded.sold)
    bounds = _bounds(levels, taken, traded, gate)
    untaxed = np.where(traded.imported < gate.import_max_wh, np.maximum(I, E), R)
    low, high = layered.with_gateway(
        bounds, gate, untaxed, E, layered.scarcity(books), layered.surplus(books)
    )
    return pools.at_one_price(
        RULE,
        books,
        traded,
        merit.fills(books.orders, levels, taken, gate),
        (low, high, layered.between(low, high, books.k_percent)),
        merit.rationed(levels, taken, R, E),
    )


def _bounds(levels: Levels, taken: Ints, traded: merit.Volumes, gate: Gateways) -> merit.Bounds:
    """Buyers' limits less the tax, in whole ticks; what is imported counts as a sell that was used.

    A buyer whom the tax keeps out may bid more than a seller asks whom the import keeps out; the lower bound then
    gives way.
    """
    tax = -(-gate.levy_ticks * traded.imported // np.maximum(traded.bought, 1))
    bounds = merit.bounds(levels, taken, tax)
    low = np.where(traded.imported > 0, np.maximum(bounds.low, gate.import_ticks), bounds.low)
    return replace(bounds, low=np.minimum(low, bounds.high))


def _volumes(levels: Levels, gate: Gateways) -> merit.Volumes:
    """A book with more to sell at the export price than to buy exports as ever; the others may import."""
    plain = merit.volumes(levels, gate)
    supply, demand = levels.within
    at_export = levels.marks[1]
    outward = supply[at_export] > demand[at_export]
    bought, imported = _sweep(levels, gate)
    return merit.Volumes(
        np.where(outward, plain.bought, bought),
        np.where(outward, plain.sold, bought - imported),
        np.where(outward, 0, imported),
        np.where(outward, plain.exported, 0),
    )


def _sweep(levels: Levels, gate: Gateways) -> tuple[Ints, Ints]:
    """The largest volume that its last buyer can bear, and what of it is imported, per book."""
    books = len(gate)
    demand = np.add.reduceat(levels.wh[Side.BUY], levels.first)
    import_wh = np.minimum(gate.import_max_wh, demand)
    local_first = np.add.reduceat(
        np.where(levels.tick <= gate.import_ticks[levels.book], levels.wh[Side.SELL], 0), levels.first
    )
    buys, sells = _ladders(levels, gate, import_wh)
    met = meet(buys, sells, books)
    limit, cost, book = buys.tick[met.buy], sells.tick[met.sell], met.book
    levy = gate.levy_ticks[book]
    imported = np.clip(met.end - local_first[book], 0, import_wh[book])
    bears = np.minimum(limit - cost, levy) * met.end >= levy * imported
    # Along the import itself t rises with every Wh: (limit - I) B >= levy (B - local) up to this B.
    short_of = np.maximum(levy - (limit - cost), 1)
    partway = np.minimum(met.end, levy * local_first[book] // short_of)
    importing = sells.owner[met.sell] == IMPORT
    reach = np.where(bears, met.end, np.where(importing & (partway > met.start), partway, 0))
    bought = np.zeros(books, np.int64)
    np.maximum.at(bought, book, reach)
    return bought, np.clip(bought - local_first, 0, import_wh)


def _ladders(levels: Levels, gate: Gateways, import_wh: Ints) -> tuple[Ladder, Ladder]:
    """Demand from the top down; supply from the bottom up with the import at its untaxed price, after local sells."""
    members = np.zeros(len(levels), np.int64)
    buys = ladder((-levels.tick,), levels.book, levels.tick, levels.wh[Side.BUY], members)
    tick = np.concatenate([levels.tick, gate.import_ticks])
    owner = np.concatenate([members, np.full(len(gate), IMPORT)])
    sells = ladder(
        (tick, owner),
        np.concatenate([levels.book, np.arange(len(gate))]),
        tick,
        np.concatenate([levels.wh[Side.SELL], import_wh]),
        owner,
    )
    return buys, sells
