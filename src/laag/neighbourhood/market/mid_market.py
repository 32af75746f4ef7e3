"""Members trade halfway between the gateway's two prices; what is short or over is pooled.

``p = (E + R) / 2``. Whoever's limit agrees with ``p`` takes part. Where demand exceeds supply buyers pay
``u = p + (R - p) M / B``, where supply exceeds demand sellers get ``s = p + (E - p) X / S``; the larger side is served
in merit order as far as its last order still agrees with the pooled price. Ignores ``k``.
"""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Books, Clearings, Flags, Gateways, Ints, Side
from laag.neighbourhood.market import merit, pools
from laag.neighbourhood.market.levels import Levels, fold

RULE = "mid_market/1"


def clear(books: Books) -> Clearings:
    """Clear all books at once.

    >>> from laag.foundation.contracts import Gateways, Orders
    >>> gate = Gateways(*np.array([[8000], [7000], [10000], [100], [0]]))
    >>> c = clear(Books(gate, Orders(*np.array([[0, 0], [1, 0], [100, 60], [30000, 5000], [0, 1]]))))
    >>> c.price_centiticks.tolist(), c.buyers_units.tolist(), c.sellers_units.tolist()
    ([1250000], [1470000], [750000])
    """
    gate, orders = books.gateways, books.orders
    R, E = gate.landed_ticks, gate.export_ticks
    levels = fold(orders, len(books), R, E)
    traded = _volumes(levels, gate)
    taken = merit.accepted(levels, traded.bought, traded.sold)
    willing_buys, willing_sells = _willing(levels, R + E)
    full = (traded.imported == gate.import_max_wh) & (willing_buys > traded.bought)
    full |= (traded.exported == gate.export_max_wh) & (willing_sells > traded.sold)
    price = (E, R, pools.CENTITICKS * (E + R) // 2)
    return pools.at_one_price(RULE, books, traded, merit.fills(orders, levels, taken, gate), price, full)


def _willing(levels: Levels, twice: Ints) -> tuple[Ints, Ints]:
    """Wh of buys and of sells whose limit agrees with half of ``twice``."""
    doubled = 2 * levels.tick
    buys = np.where(doubled >= twice[levels.book], levels.wh[Side.BUY], 0)
    sells = np.where(doubled <= twice[levels.book], levels.wh[Side.SELL], 0)
    return np.add.reduceat(buys, levels.first), np.add.reduceat(sells, levels.first)


def _volumes(levels: Levels, gate: Gateways) -> merit.Volumes:
    R, E = gate.landed_ticks, gate.export_ticks
    buys, sells = _willing(levels, R + E)
    supply, demand = levels.within
    # The last buy at x agrees with u at B where (R - x) B <= (R - p) S, and (R - p) is half of (R - E).
    bought = _furthest(
        levels, demand, 2 * levels.tick >= (R + E)[levels.book], R[levels.book] - levels.tick, (R - E) * sells
    )
    sold = _furthest(
        levels, supply, 2 * levels.tick <= (R + E)[levels.book], levels.tick - E[levels.book], (R - E) * buys
    )
    short = buys >= sells
    bought = np.where(short, np.minimum(bought, sells + gate.import_max_wh), buys)
    sold = np.where(short, sells, np.minimum(sold, buys + gate.export_max_wh))
    return merit.Volumes(bought, sold, np.maximum(bought - sold, 0), np.maximum(sold - bought, 0))


def _furthest(levels: Levels, wanted: Ints, agrees: Flags, gap: Ints, pool: Ints) -> Ints:
    """Per book, the largest volume whose last order still agrees: ``2 gap x volume <= pool``, or no gap at all."""
    bearable = np.where(gap > 0, pool[levels.book] // np.maximum(2 * gap, 1), wanted)
    return np.maximum.reduceat(np.where(agrees, np.minimum(wanted, bearable), 0), levels.first)
