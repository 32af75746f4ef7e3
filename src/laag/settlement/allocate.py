"""Who pays for what was not done as agreed, in whole units, so that the TSO's bill is exactly covered.

Neighbours balance each other at the local price ``p``; only the side that causes the layer's deviation ``D`` bears
the outside price ``pi``. Rows are members, columns PTUs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.money import allot
from laag.settlement.levy import levy_units

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """Deviations and their money; ``units.sum(axis=0) == imbalance_units + levy_units`` exactly."""

    wh: Ints
    """Per member: metered minus agreed."""
    units: Ints
    """Per member: pays (+) or receives (-)."""
    layer_wh: Ints
    imbalance_units: Ints
    """What the TSO charges the layer."""
    levy_units: Ints
    """More (+) or less (-) energy tax than was cleared with, ``dT``."""


def by_cause(
    agreed_wh: Ints,
    metered_wh: Ints,
    price_centiticks: Ints,
    imbalance_ticks: Ints,
    levy_ticks: Ints,
    rank: Ints,
) -> Allocation:
    """Market rules, section 6: the side that causes ``D`` pays ``p + (pi + dT/D - p) |D| / its deviation`` per Wh.

    ``agreed_wh`` is what was cleared less the flexibility sold; ``imbalance_ticks`` the price on the side of ``D``.
    The other side's total ``p D_other`` is rounded towards zero, the causing side's total closes the sum, and both
    are split by largest remainder, ties by ``rank``.

    >>> ones = np.ones((2, 1), np.int64)
    >>> asked = by_cause(0 * ones, np.array([[30], [-10]]), np.array([1_000_000]), np.array([25_000]), np.array([0]), ones[:, 0])
    >>> asked.units.ravel().tolist()
    [600000, -100000]
    """
    wh = metered_wh - agreed_wh
    layer_wh = wh.sum(axis=0)
    taxed = levy_units(metered_wh.sum(axis=0), levy_ticks) - levy_units(agreed_wh.sum(axis=0), levy_ticks)
    imbalance = imbalance_ticks * layer_wh
    causes = np.sign(wh) == np.where(layer_wh < 0, -1, 1)
    others_units = _towards_zero(price_centiticks * np.where(causes, 0, wh).sum(axis=0), 100)
    totals = np.stack([others_units, imbalance + taxed - others_units], axis=1)
    return Allocation(wh, _split(totals, causes, wh, rank), layer_wh, imbalance, taxed)


def _split(totals: Ints, causes: NDArray[np.bool_], wh: Ints, rank: Ints) -> Ints:
    """Two groups per PTU: those who balance it at the local price, and those who cause the deviation."""
    members, ptus = wh.shape
    group = np.arange(ptus) * 2 + causes
    ranks = np.broadcast_to(rank[:, None], wh.shape)
    return allot(totals.ravel(), np.abs(wh).ravel(), group.ravel(), ranks.ravel()).reshape(members, ptus)


def _towards_zero(units: Ints, divisor: int) -> Ints:
    size: Ints = np.abs(units) // divisor
    return np.where(units < 0, -size, size)


def pro_rata(total: Ints, weight: Ints, rank: Ints) -> Ints:
    """Split one total per PTU over members in proportion to ``weight``; both exact, ties by ``rank``.

    >>> pro_rata(np.array([10]), np.array([[1], [2]]), np.array([0, 1])).ravel().tolist()
    [3, 7]
    """
    group = np.broadcast_to(np.arange(weight.shape[1]), weight.shape)
    ranks = np.broadcast_to(rank[:, None], weight.shape)
    return allot(total, weight.ravel(), group.ravel(), ranks.ravel()).reshape(weight.shape)
