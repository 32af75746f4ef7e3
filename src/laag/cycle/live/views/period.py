"""Settled days side by side: everybody who took part, and what each day came to for them as it was last booked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from laag.cycle.live import agreeing
from laag.cycle.live.messages import Joined
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.state import Day, DaySettled, Live
from laag.cycle.live.tally import Tally
from laag.cycle.market_day import DayMarket
from laag.foundation.contracts import Ints
from laag.neighbourhood.charter import Charter
from laag.settlement.books import Accounts
from laag.settlement.sums import Own, Used

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """A day of which all is known; its market and its settlement are fetched when asked for, and not held on to."""

    day: date
    known: Day
    charter: Charter
    """By which it was cleared and settled."""
    kept_permille: Mapping[str, int] = field(default_factory=dict)
    """Of members who broke an agreement in its month: what is left of their share of the pot."""

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

    @property
    def tally(self) -> Tally:
        """What that came to for each member; at hand, and never fetched."""
        made = self.known.tally
        assert made is not None  # or it is not whole
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """The settled days between two days. Rows are all who took part on any of them, in the order of their names."""

    neighbourhood: Neighbourhood
    wholes: tuple[Whole, ...]
    waiting: tuple[date, ...]
    """Days between, up to the newest that a gate has closed for, that are not settled yet."""
    joined: tuple[Joined, ...]
    rows: tuple[Ints, ...]
    """Of each day: the row here of each of its members."""
    here: Flags
    """Shape ``(members, days)``."""
    own: Ints
    """What each one's quarter-hours come to, with the columns of ``settlement.sums.Own``."""
    used: Ints
    """With the columns of ``settlement.sums.Used``."""

    @property
    def days(self) -> tuple[date, ...]:
        """The settled ones, in order."""
        return tuple(one.day for one in self.wholes)

    @property
    def accounts(self) -> Accounts:
        """One for each row."""
        return Accounts(tuple(one.member for one in self.joined))

    @property
    def charters(self) -> tuple[tuple[date, Charter], ...]:
        """Which held, each with the first of these days on which it did."""
        found: dict[Charter, date] = {}
        for one in self.wholes:
            found.setdefault(one.charter, one.day)
        return tuple((day, charter) for charter, day in found.items())

    def row(self, member: str) -> int | None:
        """Where a member is; ``None`` where it took part on no day."""
        return next((row for row, one in enumerate(self.joined) if one.member == member), None)

    def days_of(self, member: str) -> Iterator[tuple[Whole, int]]:
        """The days on which a member took part, and its row in each."""
        for one in self.wholes:
            row = one.known.row_of.get(member)
            if row is not None:
                yield one, row


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
    rows = _rows(days, joined)
    here = np.zeros((len(joined), len(days)), np.bool_)
    own = np.zeros((len(joined), len(Own._fields)), np.int64)
    took = np.zeros((len(joined), len(Used._fields)), np.int64)
    for at, (day, there) in enumerate(zip(days, rows, strict=True)):
        here[there, at] = True
        own[there] += day.tally.own
        took[there] += day.tally.used
    return Period(neighbourhood, days, waiting, joined, rows, here, own, took)


def whole(state: Live, day: date) -> Whole | None:
    """A day, where it is settled."""
    known = state.day(day)
    if not (known.is_cleared and known.is_settled):
        return None
    return Whole(day, known, state.charter_on(day), agreeing.kept_in_month(state, day))


def _waits(known: Day) -> bool:
    return known.closed and not known.is_settled


def _everybody(days: tuple[Whole, ...]) -> tuple[Joined, ...]:
    """Each member as it was on its last day; sorted as bytes, so that who joined first makes no difference."""
    newest = {one.member: one for members, _ in groupby(days, _members) for one in members}
    return tuple(newest[name] for name in sorted(newest, key=str.encode))


def _rows(days: tuple[Whole, ...], joined: tuple[Joined, ...]) -> tuple[Ints, ...]:
    place = {one.member: row for row, one in enumerate(joined)}
    # Day after day the same members: they are looked up once.
    return tuple(
        there
        for members, alike in groupby(days, _members)
        for there in [np.array([place[one.member] for one in members], np.int64)]
        for _ in alike
    )


def _members(day: Whole) -> tuple[Joined, ...]:
    return day.known.members


def before(first: date, last: date) -> tuple[date, date]:
    """As many days just before these, whole weeks back, so that a Sunday is compared with a Sunday.

    >>> before(date(2026, 11, 20), date(2026, 11, 22))
    (datetime.date(2026, 11, 13), datetime.date(2026, 11, 15))
    """
    weeks = -(-((last - first).days + 1) // 7)
    back = timedelta(weeks=weeks)
    return first - back, last - back
