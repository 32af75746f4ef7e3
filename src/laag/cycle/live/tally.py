"""What a settled day came to for each member: so little that it stays at hand when the day itself is put away.

A bill of a month is made of one row of it for each day; to fetch whole days for one of two thousand homes took seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints
from laag.settlement.billing import Outside
from laag.settlement.delivered import Room
from laag.settlement.sums import owns, used

if TYPE_CHECKING:  # a day holds one
    from laag.cycle.live.state import Day, DaySettled, Details
    from laag.cycle.market_day import DayMarket
    from laag.settlement.books import Postings


@dataclass(frozen=True, slots=True, eq=False)
class Corrected:
    """What a later settlement changed: for each member a number."""

    revision: int
    """2 is the first correction."""
    quarters: Ints
    """In how many something changed,"""
    own: Ints
    """and in how many of these its own energy."""
    wh: Ints
    units: Ints

    @classmethod
    def of(cls, added: Postings, revision: int, shape: tuple[int, int], first_ptu: int) -> Corrected:
        """What is left of each quarter-hour when what was reversed is taken off what was booked anew."""
        members = added.where(added.account < shape[0])
        at = members.account, members.ptu - first_ptu
        wh, units = np.zeros((2, *shape), np.int64)
        np.add.at(wh, at, members.energy_wh)
        np.add.at(units, at, members.amount_units)
        changed = (wh != 0) | (units != 0)
        return cls(
            revision,
            np.count_nonzero(changed, axis=1),
            np.count_nonzero(wh, axis=1),
            wh.sum(axis=1),
            units.sum(axis=1),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """A row for each member, in the order of the day."""

    own: Ints
    """With the columns of ``settlement.sums.Own``."""
    used: Ints
    """With the columns of ``settlement.sums.Used``."""
    estimated: Ints
    """Quarter-hours."""
    unordered: NDArray[np.bool_]
    """Whether nothing was sent, and something was ordered."""
    devices: Ints
    """For which it ordered: the bit of each."""
    corrections: tuple[Corrected, ...] = ()
    """The oldest first."""
    rooms: Mapping[int, tuple[Room, ...]] = field(default_factory=dict)
    """What members gave the grid operator, of those of whom something was ordered."""


def tally(known: Day, details: Details, done: DaySettled, rooms: Mapping[int, tuple[Room, ...]]) -> Tally:
    """Of a day that is settled, once more perhaps; ``known`` is the day before that."""
    market, ticks = details.market, known.day_ahead_ticks
    assert market is not None
    assert ticks is not None
    earlier = known.tally.corrections if known.tally else ()
    again = known.revision and done.revision > known.revision
    shape = done.settled.metered_wh.shape
    news = (Corrected.of(done.postings, done.revision, shape, market.first),) if again else ()
    return Tally(
        owns(done.settled, Outside(market.landed_ticks, market.export_ticks)),
        used(done.settled.metered_wh, ticks),
        np.count_nonzero(done.readings.estimated, axis=1),
        np.array([len(details.unordered.get(one.member, ())) > 0 for one in known.members], np.bool_),
        _devices(known, details, market),
        (*earlier, *news),
        rooms,
    )


def _devices(known: Day, details: Details, market: DayMarket) -> Ints:
    kinds = np.zeros(len(known.members), np.int64)
    np.bitwise_or.at(kinds, market.orders.member, 1 << market.orders.device)
    sent = [one.member in details.orders for one in known.members]
    return np.where(np.array(sent, np.bool_), kinds, 0)
