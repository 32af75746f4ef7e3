"""Settled days side by side: everybody who took part, quarter-hour by quarter-hour, as it was last booked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from laag.cycle.live.fold import Day, DaySettled, Live
from laag.cycle.live.messages import Joined
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.market_day import DayMarket
from laag.foundation.contracts import Ints
from laag.settlement.books import Accounts
from laag.settlement.day import Settled
from laag.settlement.estimate import Method

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """A day of which all is known: its market and its newest settlement."""

    day: date
    known: Day
    market: DayMarket
    done: DaySettled


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
    rows = [np.array([_place(joined)[one.member] for one in day.known.members], np.int64) for day in days]
    ends = np.cumsum([day.market.ptus for day in days]).tolist()

    def each(of_day: Iterator[Ints]) -> Ints:
        return np.concatenate(list(of_day))

    return Period(
        neighbourhood,
        days,
        waiting,
        tuple(slice(end - day.market.ptus, end) for day, end in zip(days, ends, strict=True)),
        joined,
        np.stack([np.isin(np.arange(len(joined)), there) for there in rows], axis=1),
        Settled(
            *(
                _wide([getattr(day.done.settled, part.name) for day in days], rows, len(joined))
                for part in fields(Settled)
            )
        ),
        _wide([day.done.readings.method for day in days], rows, len(joined)),
        each(_day_ahead(day) for day in days),
        each(day.market.landed_ticks for day in days),
        each(day.market.export_ticks for day in days),
        each(day.market.buyer_centiticks for day in days),
        each(day.market.seller_centiticks for day in days),
    )


def whole(state: Live, day: date) -> Whole | None:
    """A day, where it is settled."""
    known = state.day(day)
    if known.market is None or known.settled is None:
        return None
    return Whole(day, known, known.market, known.settled)


def _waits(known: Day) -> bool:
    return known.closed and known.settled is None


def _everybody(days: tuple[Whole, ...]) -> tuple[Joined, ...]:
    """Each member as it was on its last day; sorted as bytes, so that who joined first makes no difference."""
    newest = {one.member: one for day in days for one in day.known.members}
    return tuple(newest[name] for name in sorted(newest, key=str.encode))


def _place(joined: tuple[Joined, ...]) -> dict[str, int]:
    return {one.member: row for row, one in enumerate(joined)}


def _wide(parts: list[Ints], rows: list[Ints], members: int) -> Ints:
    """Every day's rows at their places among all; who was not there took and paid nothing."""
    widths = [part.shape[1] for part in parts]
    whole_period = np.zeros((members, sum(widths)), np.int64)
    at = 0
    for part, there, width in zip(parts, rows, widths, strict=True):
        whole_period[there, at : at + width] = part
        at += width
    return whole_period


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
