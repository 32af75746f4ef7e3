"""What a whole layer would take or give at each price: its orders as its parent sees them.

At the very price of one of its orders a layer is indifferent, and its parent may put it anywhere on that step. Which
place is best by the rule book (most volume, then least import) depends on whose order it is: a member's sell at
exactly the gateway's price is used before the gateway, a buy is served before it. So a step says it too: prices are
kept ``FINE`` to the tick, and what a layer does *rather than use its own order* at a price lies one beside it.
"""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import ANY_PRICE, Ints, Side
from laag.neighbourhood.market.levels import Levels

FINE = 3
"""A price, just below it, just above it."""


def fine(ticks: Ints) -> Ints:
    """Ticks with room beside them; price-takers stay what they are.

    >>> fine(np.array([5, -ANY_PRICE])).tolist(), coarse(np.array([14, 15, 16])).tolist()
    ([15, -1099511627776], [5, 5, 5])
    """
    return np.where(np.abs(ticks) < ANY_PRICE, FINE * ticks, ticks)


def coarse(ticks: Ints) -> Ints:
    """The tick that a fine price is, or is beside."""
    return np.where(np.abs(ticks) < ANY_PRICE, (ticks + 1) // FINE, ticks)


def steps(levels: Levels, import_max_wh: Ints, export_max_wh: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """The net curve of every book, clipped to its capacity, as orders: book, side, Wh, fine limit and cause of each.

    Where the curve falls above zero with a rising price the layer buys less, below zero it sells more; the cause is
    the ``Side`` of the members' orders that make it fall: sells that come in, then buys that drop out.
    """
    S, D = levels.within
    sells, buys = levels.wh
    least, most = -export_max_wh[levels.book], import_max_wh[levels.book]
    before, between, after = (np.clip(net, least, most) for net in (D - (S - sells), D - S, (D - buys) - S))
    wh = np.array(
        [[_sold(before, between), _bought(before, between)], [_sold(between, after), _bought(between, after)]]
    )
    # Beyond the last limit on either side the curve is flat.
    wh[Side.SELL, Side.BUY, levels.tick == -ANY_PRICE] = 0
    wh[Side.BUY, Side.SELL, levels.tick == ANY_PRICE] = 0
    cause, side, level = np.nonzero(wh)
    return levels.book[level], side, wh[cause, side, level], levels.tick[level] + cause - side, cause


def _sold(high: Ints, low: Ints) -> Ints:
    return np.maximum(-low, 0) - np.maximum(-high, 0)


def _bought(high: Ints, low: Ints) -> Ints:
    return np.maximum(high, 0) - np.maximum(low, 0)
