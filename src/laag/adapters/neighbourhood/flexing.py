"""What the grid operator asks, orders and limits, as a home thinks in it; and a home's offer as it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta, tzinfo
from typing import Any

import numpy as np

from laag.adapters.neighbourhood.own import OwnAsked, OwnLimit, OwnOrdered
from laag.adapters.neighbourhood.wire import MOST_STEPS, Offers
from laag.cycle.grid_says import EMERGENCY
from laag.cycle.living import Ordered
from laag.foundation.contracts import Ints
from laag.foundation.flex import Offer
from laag.foundation.ptu import PTU, PtuGrid, midnight
from laag.home.flex import Asked
from laag.home.ladder import Limit, On, Rung

MOST_PTU = 300
"""Three days after the midnight that it counts from nothing comes back any more."""
LONGEST = timedelta(days=2)
"""No limit reaches further from its beginning, whatever it says; the home itself allows far less."""


def asked_of(told: OwnAsked, zone: tzinfo) -> Asked:
    """A request."""
    return Asked(told.id, PtuGrid.day(told.day, zone), tuple(sorted(set(told.ptu))), told.less, told.until)


def columns_of(offer: Offer | None) -> dict[str, Any]:
    """The columns of an offer; of ``None``, that there is nothing to give. What comes back the day before is not told.

    >>> columns_of(None)["less_wh"]
    []
    """
    steps = () if offer is None else offer.steps[:MOST_STEPS]
    back = [
        (at, one.ptu, one.more_wh) for at, step in enumerate(steps) for one in step.rebound if one.ptu >= 0
    ]
    return {
        "ptu": 0 if offer is None else offer.first,
        "less_wh": [list(step.less_wh) for step in steps],
        "price_ticks": [step.price_ticks for step in steps],
        "rebound_step": [at for at, _, _ in back],
        "rebound_ptu": [ptu for _, ptu, _ in back],
        "rebound_wh": [wh for _, _, wh in back],
        "least_permille": 0 if offer is None else round(1000 * offer.least_share),
    }


def bound_by(told: Iterable[OwnOrdered], said: Mapping[str, Offers], zone: tzinfo) -> Iterator[Ordered]:
    """What was ordered on each request, all orders on it together, and no more than this home offered there.

    Who never offered sold nothing, whatever anybody says.
    """
    of_request: dict[tuple[str, date], list[OwnOrdered]] = {}
    for one in told:
        of_request.setdefault((one.request, one.day), []).append(one)
    for (request, day), orders in of_request.items():
        offer = said.get(request)
        if offer is None or offer.day != day or not offer.less_wh:
            continue
        less, back = np.zeros((2, MOST_PTU), np.int64)
        for one in orders:
            _add(less, one.ptu, one.less_wh)
            _add(back, one.comes_back_ptu, one.comes_back_wh)
        most_less, most_back = _most(offer)
        grid = PtuGrid(midnight(day, zone), MOST_PTU)
        yield Ordered(request, grid, _within(less, most_less), _within(back, most_back))


def _add(wh: Ints, ptus: list[int], more: list[int]) -> None:
    for ptu, one in zip(ptus, more, strict=False):
        if 0 <= ptu < len(wh):
            wh[ptu] += one


def _most(offer: Offers) -> tuple[Ints, Ints]:
    """All steps of an offer together, and all that comes back of them."""
    less, back = np.zeros((2, MOST_PTU), np.int64)
    for row in offer.less_wh:
        _add(less, list(range(offer.ptu, offer.ptu + len(row))), row)
    _add(back, offer.rebound_ptu, offer.rebound_wh)
    return less, back


def _within(wh: Ints, most: Ints) -> Ints:
    """As ordered, no further than offered, and never the other way."""
    return np.asarray(np.clip(wh, np.minimum(most, 0), np.maximum(most, 0)), np.int64)


def limits_of(told: Iterable[OwnLimit], ahead: PtuGrid) -> tuple[Limit, ...]:
    """Each as an emergency on the grid, counted from the start of ``ahead``; what is over is none of its business."""
    return tuple(
        Limit(
            Rung.EMERGENCY,
            On.IMPORT if one.way == "takes" else On.EXPORT,
            (one.begins - ahead.start) // PTU,
            -((ahead.start - min(one.ends, one.begins + LONGEST)) // PTU),
            max(one.kw, 0.0),
            EMERGENCY,
        )
        for one in told
        if one.ends > ahead.start and one.ends > one.begins and one.kw == one.kw
    )
