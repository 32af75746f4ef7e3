"""Settled days side by side: everybody who took part, quarter-hour by quarter-hour, as it was last booked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from laag.cycle.live.messages import Joined
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.state import Day, DaySettled, Live
from laag.cycle.market_day import DayMarket
from laag.foundation.contracts import Ints
from laag.settlement.books import Accounts
from laag.settlement.day import Settled
from laag.settlement.estimate import Method

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """A day of which all is known; its market and its settlement are fetched when asked for, and not held on to."""

    day: date
    known: Day

    @property
    def market(self) -> DayMarket:
        """As it was cleared, and every round since."""
        market = self.known.market
        assert market is not None  # or it is not whole
        return market

    @property
    def done(self) -> DaySettled:
        """Its newest settlement."""
        done = self.known.settled
        assert done is not None  # or it is not whole
        return done


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """The settled days between two days. Rows are all who took part on any of them, in the order of their names."""

    neighbourhood: Neighbourhood
    wholes: tuple[Whole, ...]
    waiting: tuple[date, ...]
    """Days between, up to the newest that a gate has closed for, that are not settled yet."""
    spans: tuple[slice, ...]
    """Where each day lies in the columns."""
    joined: tuple[Joined, ...]
    here: Flags
    """Shape ``(members, days)``."""
    settled: Settled
    method: Ints
    """How each reading came to be (``settlement.estimate.Method``)."""
    day_ahead_ticks: Ints
    landed_ticks: Ints
    export_ticks: Ints
    buyer_centiticks: Ints
    seller_centiticks: Ints

    @property
    def days(self) -> tuple[date, ...]:
        """The settled ones, in order."""
        return tuple(one.day for one in self.wholes)

    @property
    def accounts(self) -> Accounts:
        """One for each row."""
        return Accounts(tuple(one.member for one in self.joined))

    @property
    def estimated(self) -> Ints:
        """How many quarter-hours of each member's were estimated."""
        return np.asarray((self.method != Method.MEASURED).sum(axis=1), np.int64)

    def row(self, member: str) -> int | None:
        """Where a member is; ``None`` where it took part on no day."""
        return next((row for row, one in enumerate(self.joined) if one.member == member), None)


def period(state: Live, first: date, last: date) -> Period | None:
    """The settled days from ``first`` to ``last`` that the state still has; ``None`` where there is none."""
    between = [day for day in sorted(state.days) if first <= day <= last]
    found = tuple(one for day in between if (one := whole(state, day)) is not None)
    waiting = tuple(day for day in between if _waits(state.days[day]))
    return side_by_side(state.neighbourhood, found, waiting)


def side_by_side(
    neighbourhood: Neighbourhood, days: tuple[Whole, ...], waiting: tuple[date, ...] = ()
) -> Period | None:
    """Days in their order as one period, without those on which nobody took part; ``None`` of none."""
    days = tuple(day for day in days if day.known.members)
    if not days:
        return None
    joined = _everybody(days)
    place = {one.member: row for row, one in enumerate(joined)}
    rows = [np.array([place[one.member] for one in day.known.members], np.int64) for day in days]
    grids = [len(neighbourhood.grid(day.day)) for day in days]
    spans = tuple(slice(end - ptus, end) for end, ptus in zip(np.cumsum(grids).tolist(), grids, strict=True))
    wide = {part.name: np.zeros((len(joined), sum(grids)), np.int64) for part in fields(Settled)}
    method, prices = np.zeros((len(joined), sum(grids)), np.int64), []
    # Day by day, so that one that is put away is fetched once and let go of.
    for day, there, span in zip(days, rows, spans, strict=True):
        done, market = day.done, day.market
        for name, whole_period in wide.items():
            whole_period[there, span] = getattr(done.settled, name)
        method[there, span] = done.readings.method
        prices.append(
            (
                _day_ahead(day),
                market.landed_ticks,
                market.export_ticks,
                market.buyer_centiticks,
                market.seller_centiticks,
            )
        )
    return Period(
        neighbourhood,
        days,
        waiting,
        spans,
        joined,
        np.stack([np.isin(np.arange(len(joined)), there) for there in rows], axis=1),
        Settled(**wide),
        method,
        *(np.concatenate(column) for column in zip(*prices, strict=True)),
    )


def whole(state: Live, day: date) -> Whole | None:
    """A day, where it is settled."""
    known = state.day(day)
    return Whole(day, known) if known.is_cleared and known.is_settled else None


def _waits(known: Day) -> bool:
    return known.closed and not known.is_settled


def _everybody(days: tuple[Whole, ...]) -> tuple[Joined, ...]:
    """Each member as it was on its last day; sorted as bytes, so that who joined first makes no difference."""
    newest = {one.member: one for day in days for one in day.known.members}
    return tuple(newest[name] for name in sorted(newest, key=str.encode))


def _day_ahead(day: Whole) -> Ints:
    ticks = day.known.day_ahead_ticks
    assert ticks is not None  # or it could not have been cleared
    return ticks


def before(first: date, last: date) -> tuple[date, date]:
    """As many days just before these, whole weeks back, so that a Sunday is compared with a Sunday.

    >>> before(date(2026, 11, 20), date(2026, 11, 22))
    (datetime.date(2026, 11, 13), datetime.date(2026, 11, 15))
    """
    weeks = -(-((last - first).days + 1) // 7)
    back = timedelta(weeks=weeks)
    return first - back, last - back
