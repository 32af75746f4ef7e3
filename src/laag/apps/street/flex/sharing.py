"""An order of the grid operator as what each member does of it, and what each is paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from laag.adapters.uftp.flexing import Bundle
from laag.adapters.uftp.translate import Ordered
from laag.cycle.live.messages import Asked, Flexed
from laag.cycle.live.state import Day
from laag.foundation.contracts import Ints
from laag.foundation.money import UNITS_PER_EUR, allot


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Of one home."""

    home: int
    bought_wh: Ints
    comes_back_wh: Ints
    asked_units: int


def flexed(
    asked: Asked, known: Day, bundle: Bundle, order: Ordered, penalty_ticks: int, known_from: int
) -> Flexed:
    """Every step in the bundle does the same part; what is paid goes by what each asked, to the last unit."""
    parts = list(_parts(known, bundle, order.factor, len(order.watts)))
    paid = _paid(parts, int(order.price_eur * UNITS_PER_EUR))
    cells = [
        (one.home, ptu, one.bought_wh[ptu], one.comes_back_wh[ptu], units[ptu])
        for one, units in zip(parts, paid, strict=True)
        for ptu in np.flatnonzero((one.bought_wh != 0) | (one.comes_back_wh != 0)).tolist()
    ]
    columns = np.array(cells, np.int64).reshape(-1, 5).T
    home, ptu, wh, back, units = (column.copy() for column in columns)
    return Flexed(asked.day, asked.request, order.id, penalty_ticks, home, ptu, wh, back, units, known_from)


def _parts(known: Day, bundle: Bundle, factor: Decimal, ptus: int) -> Iterator[_Part]:
    moved = bundle.shared(factor, ptus)
    offers = {offer.id: offer for offer, _ in bundle.parts}
    for name, wh in moved.items():
        steps = [offer.steps[at] for offer, at in bundle.parts if offer.id == name]
        back = np.zeros(ptus, np.int64)
        for step in steps:
            for one in step.rebound:
                if 0 <= one.ptu < ptus:  # what comes back after midnight is bought on the market of that day
                    back[one.ptu] += round(one.more_wh * factor)
        asked = sum(step.asked_units for step in steps)
        yield _Part(known.row_of[offers[name].connection], wh, back, asked)


def _paid(parts: list[_Part], units: int) -> list[Ints]:
    """Over homes by what they asked, or where they asked nothing by Wh; over quarter-hours by Wh."""
    none = np.zeros(len(parts), np.int64)
    wh = np.array([np.abs(one.bought_wh).sum() for one in parts], np.int64)
    if not wh.any():  # so small a part that nobody's is a watt-hour
        return [np.zeros_like(one.bought_wh) for one in parts]
    asked = np.where(wh > 0, np.array([one.asked_units for one in parts], np.int64), 0)
    each = allot(np.array([units]), asked if asked.any() else wh, none, np.arange(len(parts)))
    ptus = np.arange(len(parts[0].bought_wh))
    return [
        allot(each[at : at + 1], np.abs(one.bought_wh), np.zeros_like(ptus), ptus)
        for at, one in enumerate(parts)
    ]
