"""The door between street and country: at which prices it is open, and what going through it costs.

Behind the gateway stand one supplier and one balance responsible party. Members see the day-ahead price plus or
minus a fee; the nation is paid the day-ahead price itself, so what stays with the gateway is its fee and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import NO_LIMIT_WH, Gateways

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class NationalPrices:
    """Ticks per PTU; the imbalance columns as TenneT publishes them."""

    day_ahead_ticks: Ints
    shortage_ticks: Ints
    """Paid by who is short."""
    surplus_ticks: Ints
    """Received by who is long."""


def steps(
    prices: NationalPrices,
    import_fee_ticks: int,
    export_fee_ticks: int,
    levy_ticks: int,
    import_max_wh: Ints | int = NO_LIMIT_WH,
    export_max_wh: Ints | int = NO_LIMIT_WH,
) -> Gateways:
    """The gateway's two steps in every book: it sells at day-ahead plus fee (and levy), buys at day-ahead minus fee.

    >>> flat = np.array([8000])
    >>> gateways = steps(NationalPrices(flat, flat, flat), 1570, 0, 9161)
    >>> int(gateways.landed_ticks[0]), int(gateways.export_ticks[0])
    (18731, 8000)
    """
    day_ahead = prices.day_ahead_ticks
    return Gateways(
        import_ticks=day_ahead + import_fee_ticks,
        export_ticks=day_ahead - export_fee_ticks,
        levy_ticks=np.full_like(day_ahead, levy_ticks),
        import_max_wh=np.broadcast_to(np.int64(import_max_wh), day_ahead.shape).copy(),
        export_max_wh=np.broadcast_to(np.int64(export_max_wh), day_ahead.shape).copy(),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """What the gateway said, what was measured, and what it owes the nation; one number per PTU."""

    nominated_wh: Ints
    metered_wh: Ints
    day_ahead_units: Ints
    """Paid (+) to or received (-) from the day-ahead market."""
    imbalance_ticks: Ints
    """The price on the side of the deviation: shortage where the street is short, else surplus."""

    @property
    def deviation_wh(self) -> Ints:
        """Measured minus nominated: short is positive."""
        return self.metered_wh - self.nominated_wh

    @property
    def imbalance_units(self) -> Ints:
        """Paid (+) to or received (-) from the TSO. Regulation states explain the two prices; they change no sum."""
        return self.imbalance_ticks * self.deviation_wh


def position(
    nominated_wh: Ints, metered_wh: Ints, prices: NationalPrices, day_ahead_wh: Ints | None = None
) -> Position:
    """The gateway's day; ``day_ahead_wh`` is what was bought day ahead where a flex order has changed the nomination.

    >>> prices = NationalPrices(np.array([8000]), np.array([12000]), np.array([5000]))
    >>> short = position(np.array([100]), np.array([130]), prices)
    >>> int(short.day_ahead_units[0]), int(short.imbalance_units[0])
    (800000, 360000)
    """
    bought_wh = nominated_wh if day_ahead_wh is None else day_ahead_wh
    short = metered_wh > nominated_wh
    return Position(
        nominated_wh=nominated_wh,
        metered_wh=metered_wh,
        day_ahead_units=prices.day_ahead_ticks * bought_wh,
        imbalance_ticks=np.where(short, prices.shortage_ticks, prices.surplus_ticks),
    )
