"""What is taken from the same hours of a week before: for a meter that was silent, and for a home that sent no orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laag.cycle.live.messages import Joined, Rows
from laag.foundation.contracts import ANY_PRICE, Ints, Side
from laag.home.bid import Device
from laag.settlement.estimate import Readings, filled, week_earlier

if TYPE_CHECKING:  # the fold asks what was there
    from laag.cycle.live.state import Day, Live

Flags = NDArray[np.bool_]
WEEK = timedelta(days=7)


def readings(state: Live, day: date, known: Day, cleared_wh: Ints) -> Readings:
    """What meters said; where one was silent the same quarter-hour a week ago, else what was agreed."""
    shape = cleared_wh.shape
    wh, measured = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    for row, one in enumerate(known.members):
        if one.member in known.metered:
            wh[row], measured[row] = known.metered[one.member], known.measured[one.member]
    last_wh, last_measured = _a_week_before(state, day, known.members)
    return filled(wh, ~measured, cleared_wh, last_wh, ~last_measured)


def like_last_week(state: Live, day: date, known: Day) -> Mapping[str, Rows]:
    """What is ordered for those who sent no list, at any price: what they took or gave in the same hours of last week.

    Where the meter was silent then, and where the charter wants it so, nothing.
    """
    silent = tuple(one for one in known.members if one.member not in known.orders)
    if state.charter_on(day).silent_order_nothing or not silent:
        return {one.member: _price_taking(np.zeros(0, np.int64)) for one in silent}
    wh, measured = _a_week_before(state, day, silent)
    return {one.member: _price_taking(np.where(measured[row], wh[row], 0)) for row, one in enumerate(silent)}


def _price_taking(wh: Ints) -> Rows:
    """Orders that take any price; nobody says for which device.

    >>> rows = _price_taking(np.array([200, 0, -300]))
    >>> rows.ptu.tolist(), rows.side.tolist(), rows.quantity_wh.tolist()
    ([0, 2], [1, 0], [200, 300])
    """
    ptu = np.flatnonzero(wh)
    taken = wh[ptu]
    side = np.where(taken > 0, int(Side.BUY), int(Side.SELL))
    return Rows(
        np.full(len(ptu), int(Device.LOAD)),
        ptu,
        side,
        np.abs(taken),
        np.where(taken > 0, ANY_PRICE, -ANY_PRICE),
    )


def _a_week_before(state: Live, day: date, members: tuple[Joined, ...]) -> tuple[Ints, Flags]:
    """What their meters said at the same time on the wall clock a week before, and where they said it."""
    place = state.neighbourhood
    earlier, grid = day - WEEK, place.grid(day)
    before = state.day(earlier)
    wh, measured = (
        np.zeros((len(members), len(grid)), np.int64),
        np.zeros((len(members), len(grid)), np.bool_),
    )
    if not before.metered:
        return wh, measured
    at = week_earlier(grid, place.zone) + place.first_ptu(day) - place.first_ptu(earlier)
    there = (at >= 0) & (at < len(place.grid(earlier)))
    for row, one in enumerate(members):
        if one.member in before.metered:
            wh[row, there] = before.metered[one.member][at[there]]
            measured[row, there] = before.measured[one.member][at[there]]
    return wh, measured
