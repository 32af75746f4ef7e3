"""What a home's devices would take and give, and what of it goes to market: its own supply serves its own demand first.

A kWh that one device gives and another takes never leaves the house, where neither market nor tax comes. But it has two
prices: above what it is worth to the device that takes it, selling it is better; below what it costs the device that
gives it, buying is. So such a pair is a purchase at the lower of the two limits and a sale at the higher, and a home's
orders never trade with each other. Only its own sun a home always uses itself, also where others would pay it to take
theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from laag.foundation.contracts import ANY_PRICE, Ints
from laag.home.devices import Device

_NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Up to which limit how much of whose: shape ``(steps, PTUs)``."""

    device: Ints
    quantity_wh: Ints
    limit_ticks: Ints

    @classmethod
    def of(cls, device: Device, quantity_wh: Ints, limit_ticks: Ints) -> Self:
        """The steps of one device."""
        return cls(np.full(quantity_wh.shape, device, np.int64), quantity_wh, limit_ticks)

    @classmethod
    def together(cls, every: list[Self]) -> Self:
        """All of these; steps that are empty in every PTU are left out."""
        device, quantity, limit = (
            np.concatenate([getattr(steps, name) for steps in every])
            for name in ("device", "quantity_wh", "limit_ticks")
        )
        kept = quantity.any(axis=1)
        return cls(device[kept], quantity[kept], limit[kept])

    def ranked(self, sign: int) -> Steps:
        """Per PTU in the order of their limits: rising with ``sign`` 1, falling with -1."""
        order = np.argsort(sign * self.limit_ticks, axis=0, kind="stable")
        return Steps(
            np.take_along_axis(self.device, order, axis=0),
            np.take_along_axis(self.quantity_wh, order, axis=0),
            np.take_along_axis(self.limit_ticks, order, axis=0),
        )

    @property
    def until_wh(self) -> Ints:
        """The running total at the end of each step."""
        return np.asarray(self.quantity_wh.cumsum(axis=0), np.int64)

    def after(self, begins_wh: Ints, nobody_ticks: int) -> tuple[Ints, Ints]:
        """Whose the Wh is that follows each of these totals, and at which limit; beyond all steps nobody's."""
        count = len(self.limit_ticks)
        if not count:
            return np.full_like(begins_wh, _NOBODY), np.full_like(begins_wh, nobody_ticks)
        step = (self.until_wh[None] <= begins_wh[:, None]).sum(axis=1)
        place = np.minimum(step, count - 1)
        device = np.take_along_axis(self.device, place, axis=0)
        limit = np.take_along_axis(self.limit_ticks, place, axis=0)
        return np.where(step < count, device, _NOBODY), np.where(step < count, limit, nobody_ticks)

    def within(self, most_wh: Ints) -> Steps:
        """The first of these, as far as ``most_wh`` of each PTU goes."""
        before = self.until_wh - self.quantity_wh
        return Steps(self.device, np.clip(most_wh - before, 0, self.quantity_wh), self.limit_ticks)


def to_market(demand: Steps, supply: Steps) -> tuple[Steps, Steps]:
    """The purchases and sales that are left, keenest first: every purchase has a lower limit than any sale.

    >>> car = Steps.of(Device.EV, np.array([[500]]), np.array([[9_000]]))
    >>> battery = Steps.of(Device.BATTERY, np.array([[300]]), np.array([[6_000]]))
    >>> bought, sold = to_market(car, battery)
    >>> bought.quantity_wh[:, 0].tolist(), bought.limit_ticks[:, 0].tolist()
    ([200, 300], [8999, 6000])
    >>> sold.quantity_wh[0, 0].item(), sold.limit_ticks[0, 0].item()
    (300, 9000)
    """
    wants, gives = demand.ranked(-1), supply.ranked(1)
    until = np.sort(np.concatenate([wants.until_wh, gives.until_wh]), axis=0)
    begins = np.concatenate([np.zeros_like(until[:1]), until[:-1]])
    part = until - begins
    taker, worth = wants.after(begins, -ANY_PRICE)
    giver, cost = gives.after(begins, ANY_PRICE)
    low, high = np.minimum(worth, cost), np.maximum(worth, cost)
    never = (low == -ANY_PRICE) | ((giver == Device.PV) & (worth >= cost))
    buys = np.where((taker == _NOBODY) | never, 0, part)
    sells = np.where((giver == _NOBODY) | (high == ANY_PRICE), 0, part)
    lowest_sale = np.where(sells > 0, high, ANY_PRICE + 1).min(axis=0, initial=ANY_PRICE + 1)
    bought = Steps(taker, buys, np.minimum(low, lowest_sale - 1))
    return bought.ranked(-1), Steps(giver, sells, high).ranked(1)
