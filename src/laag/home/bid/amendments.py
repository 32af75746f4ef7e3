"""What a home wants changed of its position when its plan has become another: bought or sold before the quarter-hour begins.

What it would take beyond its position, or leave of it, is settled as a deviation, at a price that its plan expects. It
rather buys or sells it beforehand, at that price or a better one; what is too little to matter it leaves.
"""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import ANY_PRICE, Side
from laag.foundation.errors import GridMismatch
from laag.foundation.series import wh
from laag.home.bid.orders import HomeOrders
from laag.home.devices import Device
from laag.home.outlook import Floats, Ints
from laag.home.plan import Plan

LEAST_WH = 50
"""Less is not worth a message: at 10 ct/kWh beside its price it is half a cent."""
TICKS_PER_EUR_PER_KWH = 100_000
_HAIR = 1e-6
"""Of a tick: what floats add."""


def amendments(
    plan: Plan, window: slice, position_wh: Ints, *, vat: float = 1.0, least_wh: int = LEAST_WH
) -> HomeOrders:
    """The changes to ask for in the PTUs ``window`` of a plan, where the market has cleared ``position_wh``.

    A purchase goes up to what the plan expects a kWh beyond the position to cost, a sale down to what it expects one
    left of it to earn; ``vat`` is what a purchase costs a household for every euro before VAT. Rows are changes, by PTU
    from the start of the window, and nobody says for which device.
    """
    planned_wh = wh(plan.connection_kw[window])
    if planned_wh.shape != position_wh.shape:
        raise GridMismatch(
            f"the window has {len(planned_wh)} PTUs, the position {len(position_wh)}; give both for the same PTUs"
        )
    more_wh = planned_wh - position_wh
    ptu = np.flatnonzero(np.abs(more_wh) >= max(least_wh, 1))
    buys = more_wh[ptu] > 0
    before, after = position_wh[ptu], planned_wh[ptu]
    most = _before_vat(plan.above_eur_per_kwh[window][ptu], before, after, vat).min(axis=0)
    least = _before_vat(plan.below_eur_per_kwh[window][ptu], before, after, vat).max(axis=0)
    limit = np.where(
        buys,
        np.floor(most * TICKS_PER_EUR_PER_KWH + _HAIR),
        np.ceil(least * TICKS_PER_EUR_PER_KWH - _HAIR),
    )
    known = np.isfinite(limit)
    ptu, buys, limit = ptu[known], buys[known], np.clip(limit[known], -ANY_PRICE, ANY_PRICE)
    return HomeOrders(
        ptu,
        np.full(len(ptu), int(Device.LOAD)),
        np.where(buys, int(Side.BUY), int(Side.SELL)),
        np.abs(more_wh[ptu]),
        limit.astype(np.int64),
    )


def _before_vat(felt_eur_per_kwh: Floats, before_wh: Ints, after_wh: Ints, vat: float) -> Floats:
    """Prices in the market that a household feels as this, shape ``(2, ...)``.

    There is VAT on what is taken from the grid and none on what is fed in; where a change does both, each is one row.
    """
    takes = np.maximum(before_wh, after_wh) > 0
    gives = np.minimum(before_wh, after_wh) < 0
    taken = np.where(takes, felt_eur_per_kwh / vat, felt_eur_per_kwh)
    return np.stack([taken, np.where(gives, felt_eur_per_kwh, taken)])
