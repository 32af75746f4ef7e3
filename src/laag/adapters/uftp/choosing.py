"""Offers taken in the order of their price until what was asked for is covered; where a linear program is at hand it does better."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_UP, Decimal

import numpy as np

from laag.adapters.uftp.isps import Ints
from laag.adapters.uftp.translate import Offered, Space

_HUNDREDTH = Decimal("0.01")


def cheapest_first(space: Space, offers: Sequence[Offered]) -> list[tuple[Offered, Decimal]]:
    """The cheapest per watt of relief first, no more of each than is needed; ties by the offer's id.

    >>> from datetime import UTC, datetime, date
    >>> from laag.foundation.ptu import AMSTERDAM, PtuGrid
    >>> from laag.adapters.uftp.translate import room
    >>> watts = np.zeros(96, np.int64); watts[70] = 12_000
    >>> asked = room(watts, 10_000, PtuGrid.day(date(2026, 1, 1), AMSTERDAM))
    >>> less = np.where(watts > 0, -4_000, 0)
    >>> made = Offered(less, Decimal(1), datetime(2026, 1, 1, tzinfo=UTC), Decimal("0.10"))
    >>> [factor for _, factor in cheapest_first(asked, [made])]
    [Decimal('0.50')]
    """
    need = np.where(space.requested, np.where(space.high_w <= 0, space.low_w, space.high_w), 0)
    room_low, room_high = np.minimum(space.low_w, 0), np.maximum(space.high_w, 0)
    chosen: list[tuple[Offered, Decimal]] = []
    taken: set[str] = set()
    for offer in sorted(offers, key=lambda one: (_price(one, need), one.peer, one.id, one.option)):
        relief = np.minimum(offer.watts * np.sign(need), np.abs(need)).clip(0)
        if (offer.peer + offer.id) in taken or not relief.any():
            continue
        factor = _enough(offer, need)
        part = _scaled(offer.watts, factor)
        if np.any(~space.requested & ((part < room_low) | (part > room_high))):
            continue  # what comes back would be trouble of its own
        chosen.append((offer, factor))
        taken.add(offer.peer + offer.id)
        need = np.where(need < 0, np.minimum(need - part, 0), np.maximum(need - part, 0))
        room_low, room_high = room_low - part, room_high - part
        if not need.any():
            break
    return chosen


def _price(offer: Offered, need: Ints) -> float:
    relief = float(np.minimum(offer.watts * np.sign(need), np.abs(need)).clip(0).sum())
    return float(offer.price_eur) / relief if relief else float("inf")


def _enough(offer: Offered, need: Ints) -> Decimal:
    """The smallest part that covers what is left, where the offer covers it at all."""
    wanted = (need != 0) & (offer.watts * np.sign(need) > 0)
    most = max(
        Decimal(int(abs(n))) / Decimal(int(abs(w)))
        for n, w in zip(need[wanted], offer.watts[wanted], strict=True)
    )
    return min(max(most.quantize(_HUNDREDTH, ROUND_UP), offer.least), Decimal("1.00"))


def _scaled(watts: Ints, factor: Decimal) -> Ints:
    part: Ints = np.rint(watts * float(factor)).astype(np.int64)
    return part
