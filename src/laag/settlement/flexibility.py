"""Flexibility sold to the grid operator: what the DSO pays, and what the gateway gets back for it.

A member who uses less on request frees energy that was bought for it: the gateway sells it again, the energy tax on
it lapses, and both belong to who delivered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.settlement.allocate import pro_rata
from laag.settlement.levy import levy_units

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """Flex orders of a day: rows are members, columns PTUs."""

    wh: Ints
    """A reduction of what was cleared is positive."""
    dso_units: Ints
    """What the DSO pays each member for it, from ``uftp_units``."""
    resale_ticks: Ints
    """At which the gateway sells it on: intraday, or the imbalance price where it was too late. One per PTU."""


@dataclass(frozen=True, slots=True, eq=False)
class Resale:
    """What came of selling it on; one number per PTU but ``units``, which has a row per member."""

    wh: Ints
    proceeds_units: Ints
    levy_units: Ints
    """Energy tax no longer due."""
    units: Ints
    """What each member pays (+) or receives (-); sums to minus proceeds and levy."""


def resold(cleared_wh: Ints, ordered: Ordered, levy_ticks: Ints, rank: Ints) -> Resale:
    """Everybody has what their own Wh are sold on for; lapsed levy goes to those who brought it about, by their Wh.

    Who takes more than was cleared (what comes back of what was given) buys it at the same price.
    """
    wh = ordered.wh.sum(axis=0)
    before_wh = cleared_wh.sum(axis=0)
    proceeds = ordered.resale_ticks * wh
    lapsed = levy_units(before_wh, levy_ticks) - levy_units(before_wh - wh, levy_ticks)
    units = (
        pro_rata(-lapsed, np.maximum(ordered.wh * np.sign(wh), 0), rank) - ordered.resale_ticks * ordered.wh
    )
    return Resale(wh, proceeds, lapsed, units)


def uftp_units(baseline: Ints, bought: Ints, allocated: Ints, price: int, penalty: int) -> Ints:
    """The settle phase of UFTP: paid per unit delivered, fined per unit short where that worsens congestion.

    All in one unit of power or energy; ``bought`` positive is a reduction, negative an increase.

    >>> mw = np.array([7, 8, 9, 10, 11])
    >>> uftp_units(np.full(5, 10), np.full(5, 2), mw, price=7, penalty=11).tolist()
    [14, 14, -4, -22, -33]
    """
    relief = (baseline - allocated) * np.sign(bought)
    wanted = np.abs(bought)
    paid: Ints = price * np.clip(relief, 0, wanted) - penalty * np.maximum(wanted - relief, 0)
    return paid
