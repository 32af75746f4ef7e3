"""The day-ahead order of a layer: its net curve, in the exchange's own words, before anyone knows the price.

Per PTU a ladder of steps to buy and a ladder to sell. Whatever price the auction finds, the steps it accepts sum to what the
layer's own clearing imports or exports at that price, so the order and the clearing are one result.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Orders, Side

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
    by_ptu = np.argsort(orders.book, kind="stable")
    cuts = np.searchsorted(orders.book[by_ptu], np.arange(ptus + 1))
    steps = [_steps(orders, by_ptu[cuts[ptu] : cuts[ptu + 1]], ptu, door) for ptu in range(ptus)]
    every = np.concatenate([np.empty((4, 0), np.int64), *steps], axis=1)
    return DayAheadOrder(*every)


def _steps(orders: Orders, here: Ints, ptu: int, door: Door) -> NDArray[np.int64]:
    side, wh, limit = orders.side[here], orders.quantity_wh[here], orders.limit_ticks[here]
    buys, sells = side == Side.BUY, side == Side.SELL
    into = door.import_fee_ticks + door.levy_ticks
    # A buy counts up to its limit, a sell from its limit on: each changes the layer's need between two ticks.
    last = np.concatenate([limit[buys], limit[sells] - 1])
    change = np.concatenate([wh[buys], wh[sells]])
    bought = _ladder(last - into, change, -int(wh[sells].sum()), door.import_max_wh)
    sold = _ladder(-(last + 1 + door.export_fee_ticks), change, -int(wh[buys].sum()), door.export_max_wh)
    rows = [(ptu, Side.BUY, at, n) for at, n in bought] + [(ptu, Side.SELL, -at, n) for at, n in sold]
    return np.array(rows, np.int64).reshape(-1, 4).T


def _ladder(last_ticks: Ints, change_wh: Ints, start_wh: int, most_wh: int) -> list[tuple[int, int]]:
    """Steps ``(limit, Wh)`` of the part of a falling curve between 0 and ``most_wh``, dearest first.

    The curve is ``start_wh`` where nothing counts, and rises by each change from its last tick downwards.
    """
    found: list[tuple[int, int]] = []
    height = start_wh
    for i in np.argsort(-last_ticks, kind="stable"):
        lower, height = height, height + int(change_wh[i])
        step = min(max(height, 0), most_wh) - min(max(lower, 0), most_wh)
        if step:
            at = int(np.clip(last_ticks[i], -HIGHEST_TICKS, HIGHEST_TICKS))
            if found and found[-1][0] == at:
                found[-1] = (at, found[-1][1] + step)
            else:
                found.append((at, step))
    return found
