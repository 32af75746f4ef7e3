"""The state machine: ``(state, message) -> (state, effects)``. The same messages give the same state on any machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from laag.cycle import intraday
from laag.cycle.events import DayOrders
from laag.cycle.live.judge import judge
from laag.cycle.live.messages import (
    Amended,
    Closed,
    Imbalanced,
    Intraday,
    Joined,
    Left,
    Message,
    Metered,
    Ordered,
    Priced,
    RoundClosed,
    Rows,
    Settle,
)
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.spread import Spread
from laag.cycle.live.week_before import like_last_week, readings
from laag.cycle.market_day import DayMarket, clear_day
from laag.foundation.contracts import Ints
from laag.foundation.words import Said
from laag.gateway.exchange import NationalPrices, position
from laag.settlement import day as settle
from laag.settlement.books import Accounts, Postings, corrected, joined
from laag.settlement.estimate import Readings

KEPT_DAYS = 35
"""A reading may come so late; what is older is in the log."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Membership:
    """When a connection takes part."""

    joined: Joined
    last_day: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What is known of one local day."""

    members: tuple[Joined, ...] = ()
    """Who takes part; fixed when the gate closes."""
    row_of: Mapping[str, int] = field(default_factory=dict)
    """Each one's row in all that is kept by member, by name."""
    orders: Spread[Rows] = field(default_factory=Spread)
    unordered: Mapping[str, Rows] = field(default_factory=dict)
    """Who had sent no list when the gate closed, and what was ordered for them; perhaps nothing."""
    closed: bool = False
    day_ahead_ticks: Ints | None = None
    imbalance_ticks: tuple[Ints, Ints] | None = None
    """Of being short, and of being long."""
    imbalance_expected: bool = False
    """Whether these only stand in for prices that have not come."""
    metered: Spread[Ints] = field(default_factory=Spread)
    measured: Spread[Flags] = field(default_factory=Spread)
    market: DayMarket | None = None
    amended: Mapping[str, Rows] = field(default_factory=dict)
    """What members want changed in rounds that are still open."""
    quoted: Mapping[int, intraday.Quote] = field(default_factory=dict)
    """The newest intraday prices, by quarter-hour."""
    rounds: Mapping[int, intraday.Round] = field(default_factory=dict)
    """Those that were cleared, in their order; ``market.cleared_wh`` is what they left."""
    posted: Postings | None = None
    """All that was booked for it, corrections included."""
    revision: int = 0
    """How often something was booked for it: 1 when it was first settled, one more with every correction."""
    settled: DaySettled | None = None
    """Its newest settlement."""
    late: bool = False
    """Whether something came since that it does not know."""


_UNKNOWN = Day()


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """A neighbourhood after some messages."""

    neighbourhood: Neighbourhood
    members: Mapping[str, Membership] = field(default_factory=dict)
    days: Mapping[date, Day] = field(default_factory=dict)
    numbers: Spread[int] = field(default_factory=Spread)
    """The last number that each member used."""

    def day(self, day: date) -> Day:
        """What is known of a day; nothing, where nobody spoke of it."""
        return self.days.get(day, _UNKNOWN)

    def waiting_rounds(self, day: date) -> tuple[int, ...]:
        """Quarter-hours of a day that somebody wants changed, in their order."""
        every = (rows.ptu for rows in self.day(day).amended.values())
        return tuple(sorted({ptu for column in every for ptu in column.tolist()}))

    @property
    def newest_closed(self) -> date | None:
        """The latest day whose gate is closed."""
        return max((day for day, known in self.days.items() if known.closed), default=None)

    def takes_part(self, member: str, day: date) -> bool:
        """Whether this is a member on that day; of a day whose gate is closed nobody becomes one any more."""
        known = self.days.get(day)
        if known is not None and known.closed:
            return member in known.row_of
        one = self.members.get(member)
        return (
            one is not None and one.joined.first_day <= day and (one.last_day is None or day <= one.last_day)
        )

    def of_day(self, day: date) -> tuple[Joined, ...]:
        """Who takes part on a day, in the order in which they joined."""
        return tuple(one.joined for name, one in self.members.items() if self.takes_part(name, day))


@dataclass(frozen=True, slots=True, eq=False)
class Refused:
    """Not taken: the state is as it was."""

    message: Message
    why: Said


@dataclass(frozen=True, slots=True, eq=False)
class Cleared:
    """The market of a day has its prices and everybody's share."""

    day: date
    market: DayMarket


@dataclass(frozen=True, slots=True, eq=False)
class RoundCleared:
    """A round is cleared: everybody's position in this quarter-hour is now what it left."""

    day: date
    round: intraday.Round


@dataclass(frozen=True, slots=True, eq=False)
class DaySettled:
    """A day is settled; ``postings`` are what is booked for it now, after an earlier settlement only what differs."""

    day: date
    accounts: Accounts
    readings: Readings
    settled: settle.Settled
    postings: Postings
    revision: int


Effect = Refused | Cleared | RoundCleared | DaySettled


def begin(neighbourhood: Neighbourhood) -> Live:
    """Before the first message."""
    return Live(neighbourhood)


def apply(state: Live, message: Message) -> tuple[Live, tuple[Effect, ...]]:
    """The state after a message, and what follows from it; what is refused changes nothing."""
    why = judge(state, message)
    if why is not None:
        return state, (Refused(message, why),)
    match message:
        case Joined():
            # One who comes back stands behind those who stayed.
            others = {name: one for name, one in state.members.items() if name != message.member}
            return replace(state, members={**others, message.member: Membership(message)}), ()
        case Left():
            gone = replace(state.members[message.member], last_day=message.last_day)
            return replace(state, members={**state.members, message.member: gone}), ()
        case Ordered():
            day = state.day(message.day)
            orders = day.orders.plus(message.member, message.rows)
            return _with(_heard(state, message), message.day, replace(day, orders=orders)), ()
        case Amended():
            return _amended(state, message), ()
        case Intraday():
            return _quoted(state, message), ()
        case RoundClosed():
            return _round(state, message)
        case Metered():
            return _metered(state, message), ()
        case Closed():
            members = state.of_day(message.day)
            row_of = {one.member: row for row, one in enumerate(members)}
            day = replace(state.day(message.day), closed=True, members=members, row_of=row_of)
            day = replace(day, unordered=like_last_week(state, message.day, day))
            return _cleared(_forget(state, message.day), message.day, day)
        case Priced():
            day = replace(state.day(message.day), day_ahead_ticks=message.day_ahead_ticks)
            return _cleared(state, message.day, day)
        case Imbalanced():
            ticks = message.shortage_ticks, message.surplus_ticks
            day = state.day(message.day)
            before = day.imbalance_ticks
            news = before is None or not np.array_equal(ticks, before)
            late = day.late or (news and day.posted is not None)
            return _with(
                state,
                message.day,
                replace(day, imbalance_ticks=ticks, imbalance_expected=message.expected, late=late),
            ), ()
        case Settle():
            return _settled(state, message.day)


def _with(state: Live, day: date, known: Day) -> Live:
    return replace(state, days={**state.days, day: known})


def _heard(state: Live, message: Ordered | Amended | Metered) -> Live:
    return replace(state, numbers=state.numbers.plus(message.member, message.number))


def _forget(state: Live, today: date) -> Live:
    since = today - timedelta(days=KEPT_DAYS)
    return replace(state, days={day: known for day, known in state.days.items() if day >= since})


def _metered(state: Live, message: Metered) -> Live:
    day, count = state.day(message.day), len(state.neighbourhood.grid(message.day))
    wh = day.metered.get(message.member, np.zeros(count, np.int64)).copy()
    known = day.measured.get(message.member, np.zeros(count, np.bool_)).copy()
    news = bool((~known[message.ptu] | (wh[message.ptu] != message.wh)).any())
    wh[message.ptu], known[message.ptu] = message.wh, True
    kept = replace(
        day,
        late=day.late or (news and day.posted is not None),
        metered=day.metered.plus(message.member, wh),
        measured=day.measured.plus(message.member, known),
    )
    return _with(_heard(state, message), message.day, kept)


def _cleared(state: Live, day: date, known: Day) -> tuple[Live, tuple[Effect, ...]]:
    """Clear the market where the gate is closed and the nation's prices are known, whichever came last."""
    if not known.closed or known.day_ahead_ticks is None or known.market is not None:
        return _with(state, day, known), ()
    place, ticks = state.neighbourhood, known.day_ahead_ticks
    # What imbalance will cost is not known yet, and clears nothing.
    prices = NationalPrices(ticks, ticks, ticks)
    # Of who sent no list, what was ordered for them.
    orders = _side_by_side(known.members, {**known.unordered, **known.orders})
    market = clear_day(place.layers(known.members), place.terms, prices, place.first_ptu(day), orders)
    return _with(state, day, replace(known, market=market)), (Cleared(day, market),)


def _amended(state: Live, message: Amended) -> Live:
    day = state.day(message.day)
    amended = {**day.amended, message.member: message.rows}
    if not len(message.rows):
        del amended[message.member]
    return _with(_heard(state, message), message.day, replace(day, amended=amended))


def _quoted(state: Live, message: Intraday) -> Live:
    day = state.day(message.day)
    columns = (message.ptu.tolist(), message.buy_ticks.tolist(), message.sell_ticks.tolist())
    new = {ptu: intraday.Quote(buy, sell) for ptu, buy, sell in zip(*columns, strict=True)}
    return _with(state, message.day, replace(day, quoted={**day.quoted, **new}))


def _round(state: Live, message: RoundClosed) -> tuple[Live, tuple[Effect, ...]]:
    """Trade what was amended for this quarter-hour; what was amended for others stays."""
    place, known, ptu = state.neighbourhood, state.day(message.day), message.ptu
    assert known.market is not None
    mine = {member: _of(rows, rows.ptu == ptu) for member, rows in known.amended.items()}
    left = {member: _of(rows, rows.ptu != ptu) for member, rows in known.amended.items()}
    done = intraday.clear_round(
        place.layers(known.members),
        place.terms,
        known.market,
        ptu,
        _side_by_side(known.members, mine),
        known.quoted.get(ptu) if message.in_time else None,
    )
    after = replace(
        known,
        market=intraday.after(known.market, done),
        amended={member: rows for member, rows in left.items() if len(rows)},
        rounds={**known.rounds, ptu: done},
    )
    return _with(state, message.day, after), (RoundCleared(message.day, done),)


def _of(rows: Rows, kept: Flags) -> Rows:
    return Rows(*(getattr(rows, part.name)[kept] for part in fields(Rows)))


def _side_by_side(members: tuple[Joined, ...], every: Mapping[str, Rows]) -> DayOrders:
    """Lists of orders, member by member."""
    lists = [(place, every[one.member]) for place, one in enumerate(members) if one.member in every]
    none = np.zeros(0, np.int64)

    def column(name: str) -> Ints:
        return np.concatenate([none, *(getattr(rows, name) for _, rows in lists)])

    whose = np.concatenate([none, *(np.full(len(rows), place) for place, rows in lists)])
    return DayOrders(
        whose, *(column(name) for name in ("device", "ptu", "side", "quantity_wh", "limit_ticks"))
    )


def _settled(state: Live, day: date) -> tuple[Live, tuple[Effect, ...]]:
    known = state.day(day)
    market, ticks, imbalance = known.market, known.day_ahead_ticks, known.imbalance_ticks
    assert market is not None
    assert ticks is not None
    assert imbalance is not None
    measured = readings(state, day, known, market.cleared_wh)
    prices = NationalPrices(ticks, *imbalance)
    bought_wh = market.traded.cleared_wh.sum(axis=0)
    outside = position(market.nominated_wh, measured.wh.sum(axis=0), prices, bought_wh)
    accounts = Accounts(tuple(one.member for one in known.members))
    settled, right = settle.local(
        accounts,
        market.traded,
        measured.wh,
        outside.day_ahead_units,
        outside.imbalance_ticks,
        first_ptu=market.first,
        intraday=intraday.of_day(market, tuple(known.rounds.values())),
    )
    if known.posted is None:
        added, posted = right, right
    else:
        added = corrected(known.posted, right)
        posted = joined([known.posted, added])
    revision = known.revision + (len(added) > 0 or known.posted is None)
    done = DaySettled(day, accounts, measured, settled, added, revision)
    return _with(state, day, replace(known, posted=posted, revision=revision, settled=done, late=False)), (
        done,
    )
