"""The day-ahead order of a layer: its net curve, in the exchange's own words, before anyone knows the price.

Per PTU a ladder of steps to buy and a ladder to sell. Whatever price the auction finds, the steps it accepts sum to what the
layer's own clearing imports or exports at that price, so the order and the clearing are one result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Orders, Side
from laag.foundation.money import sum_by

Ints = NDArray[np.int64]

LOWEST_TICKS, HIGHEST_TICKS = -50_000, 400_000
"""The exchange's price limits, -500 and +4,000 EUR/MWh: at which a price-taker's steps stand."""


@dataclass(frozen=True, slots=True)
class Door:
    """What lies between the exchange's price and a member's: fees both ways, the levy inwards, and two capacities."""

    import_fee_ticks: int
    export_fee_ticks: int
    levy_ticks: int
    import_max_wh: int
    export_max_wh: int


@dataclass(frozen=True, slots=True, eq=False)
class DayAheadOrder:
    """One row per step, by PTU; ``side`` as seen from the layer."""

    ptu: Ints
    side: Ints
    limit_ticks: Ints
    quantity_wh: Ints

    def __len__(self) -> int:
        return len(self.ptu)

    def awarded_wh(self, day_ahead_ticks: Ints) -> Ints:
        """What the exchange awards at these prices, one per PTU: net purchase of the layer."""
        buys = self.side == Side.BUY
        price = day_ahead_ticks[self.ptu]
        taken = np.where(buys, self.limit_ticks >= price, self.limit_ticks <= price)
        net = np.zeros(len(day_ahead_ticks), np.int64)
        np.add.at(net, self.ptu, np.where(taken, np.where(buys, self.quantity_wh, -self.quantity_wh), 0))
        return net


def day_ahead_order(orders: Orders, ptus: int, door: Door) -> DayAheadOrder:
    """The order of the layer whose members posted these; ``orders.book`` counts its PTUs.

    >>> one = np.array([0])
    >>> wanted = Orders(one, np.array([1]), np.array([500]), np.array([20_000]), one)
    >>> order = day_ahead_order(wanted, 1, Door(1_500, 0, 9_000, 10_000, 10_000))
    >>> order.limit_ticks.tolist(), order.awarded_wh(np.array([9_500])).tolist(), order.awarded_wh(np.array([9_501])).tolist()
    ([9500], [500], [0])
    """
    buys = orders.side == Side.BUY
    into = door.import_fee_ticks + door.levy_ticks
    # A buy counts up to its limit, a sell from its limit on: each changes the layer's need between two ticks.
    last = np.where(buys, orders.limit_ticks, orders.limit_ticks - 1)
    bought, sold = (sum_by(orders.book[kept], orders.quantity_wh[kept], ptus) for kept in (buys, ~buys))
    outwards = -(last + 1 + door.export_fee_ticks)
    inward = _ladder(orders, last - into, -sold, door.import_max_wh, (LOWEST_TICKS, HIGHEST_TICKS))
    outward = _ladder(orders, outwards, -bought, door.export_max_wh, (-HIGHEST_TICKS, -LOWEST_TICKS))
    ptu = np.concatenate([inward[0], outward[0]])
    side = np.repeat([int(Side.BUY), int(Side.SELL)], [len(inward[0]), len(outward[0])])
    rows = np.lexsort((-side, ptu))
    limit = np.concatenate([inward[1], -outward[1]])
    return DayAheadOrder(ptu[rows], side[rows], limit[rows], np.concatenate([inward[2], outward[2]])[rows])


def _ladder(
    orders: Orders, last_ticks: Ints, start_wh: Ints, most_wh: int, allowed_ticks: tuple[int, int]
) -> tuple[Ints, Ints, Ints]:
    """Steps (PTU, limit, Wh) of the part of each PTU's falling curve between 0 and ``most_wh``, dearest first.

    A curve is ``start_wh`` where nothing counts, and rises by each order from its last tick downwards. What lies beyond
    the prices that the exchange allows stands at the last of them, or can never be awarded and is left out.
    """
    lowest, highest = allowed_ticks
    order = np.lexsort((-last_ticks, orders.book))
    ptu, change = orders.book[order], orders.quantity_wh[order]
    limit = np.minimum(last_ticks[order], highest)
    risen = np.cumsum(change)
    before = np.concatenate([[0], risen])[np.searchsorted(ptu, ptu)]
    height = start_wh[ptu] + risen - before
    step = np.clip(height, 0, most_wh) - np.clip(height - change, 0, most_wh)
    real = (step > 0) & (limit >= lowest)
    ptu, limit, step = ptu[real], limit[real], step[real]
    new = np.ones(len(ptu), np.bool_)
    new[1:] = (np.diff(ptu) != 0) | (np.diff(limit) != 0)
    return ptu[new], limit[new], sum_by(np.cumsum(new) - 1, step, int(new.sum()))
