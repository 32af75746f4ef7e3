"""What the grid operator asked of a street, what was offered, ordered, delivered and paid: a row for each request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from laag.cycle.live.flexing import bought, waits_for
from laag.cycle.live.state import Asking, Day, Live
from laag.foundation.contracts import Ints
from laag.foundation.ptu import PTU
from laag.gateway.exchange import NationalPrices


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of what was ordered, by the meters of homes."""

    wh: int
    units: int
    """By the grid operator; below zero: to it."""


@dataclass(frozen=True, slots=True)
class Requested:
    """One request, one way; sums of homes only."""

    day: date
    request: str
    point: str
    by: str
    less: bool
    begins: datetime
    ends: datetime
    until: datetime
    homes: int
    answered: int
    gave: int
    """Homes that offered something."""
    passed: bool
    bundled: int
    """Homes of whom something was passed on."""
    offered_wh: int
    """Passed on."""
    ordered_wh: int
    orders: int
    promised_units: int
    """Paid where all of it is delivered."""
    delivered: Delivered | None
    """``None`` before the day is settled."""


def requested(state: Live) -> tuple[Requested, ...]:
    """The newest day first, of each day in the order in which it was asked."""
    return tuple(one for day in sorted(state.days, reverse=True) for one in _of_day(state, day))


def _of_day(state: Live, day: date) -> Iterator[Requested]:
    known = state.days[day]
    if not known.is_cleared or not known.askings:
        return
    came_to = _came_to(known)
    grid = state.neighbourhood.grid(day)
    for name, one in known.askings.items():
        asked = one.asked
        yield Requested(
            day,
            name,
            asked.point,
            asked.by,
            asked.less,
            grid[int(asked.ptu.min())],
            grid[int(asked.ptu.max())] + PTU,
            asked.until,
            len(asked.homes),
            len(asked.homes) - len(waits_for(known, one)),
            sum(len(offer.steps) > 0 for offer in one.offers.values()),
            one.passed is not None,
            0 if one.passed is None else len(np.unique(one.passed.home)),
            _offered_wh(known, one),
            sum(int(np.abs(order.bought_wh).sum()) for order in one.orders),
            len(one.orders),
            sum(int(order.paid_units.sum()) for order in one.orders),
            None if came_to is None else _part(one, *came_to),
        )


def _offered_wh(known: Day, one: Asking) -> int:
    if one.passed is None:
        return 0
    total = 0
    for row, step in zip(one.passed.home.tolist(), one.passed.step.tolist(), strict=True):
        steps = one.offers[known.members[row].member].steps
        total += int(np.abs(steps.less_wh.reshape(len(steps), -1)[step]).sum())
    return total


def _came_to(known: Day) -> tuple[Ints, Ints, Ints] | None:
    """Ordered, delivered and paid of everybody in every quarter-hour; ``None`` before the day is settled."""
    settled, ticks, imbalance = known.settled, known.day_ahead_ticks, known.imbalance_ticks
    if settled is None or ticks is None or imbalance is None:
        return None
    flex = bought(known.askings, settled.readings.wh.shape)
    if flex is None:
        return None
    done = flex.ordered(settled.readings.wh, NationalPrices(ticks, *imbalance))
    return np.abs(flex.sold.bought_wh), flex.delivered_wh(settled.readings.wh), done.dso_units


def _part(one: Asking, ordered_wh: Ints, delivered_wh: Ints, units: Ints) -> Delivered:
    """Where two requests are about the same quarter-hour of a home, each has its part by Wh."""
    mine = np.zeros_like(ordered_wh)
    for order in one.orders:
        np.add.at(mine, (order.home, order.ptu), np.abs(order.bought_wh))
    share = mine / np.maximum(ordered_wh, 1)
    return Delivered(round(float((delivered_wh * share).sum())), round(float((units * share).sum())))
