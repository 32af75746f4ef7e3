"""What is known of a neighbourhood and of each of its days after some messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from laag.cycle import intraday
from laag.cycle.live.messages import (
    Amended,
    Asked,
    Changed,
    Flexed,
    Joined,
    Metered,
    Offered,
    Ordered,
    Passed,
    Rows,
)
from laag.cycle.live.messages_agreements import Expected
from laag.cycle.live.messages_commons import Answered
from laag.cycle.live.messages_consent import Consented
from laag.cycle.live.messages_limited import Limited
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.spread import Filed, Spread
from laag.cycle.live.tally import Tally
from laag.cycle.market_day import DayMarket
from laag.cycle.terms import Terms
from laag.foundation.contracts import Ints
from laag.neighbourhood.agreements import Book
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.charter.changes import begin
from laag.neighbourhood.charter.process import Process
from laag.settlement import day as settle
from laag.settlement.books import Accounts, Postings
from laag.settlement.estimate import Flags, Readings

if TYPE_CHECKING:  # it is made of details
    from laag.cycle.live.put_away import PutAway
    from laag.cycle.live.supporting import Supporting


@dataclass(frozen=True, slots=True)
class Membership:
    """When a connection takes part."""

    joined: Joined
    last_day: date | None = None
    changes: tuple[Changed, ...] = ()
    """In the order in which they were told: the newest word on a day counts."""
    consents: Mapping[str, Consented] = field(default_factory=dict)
    """By purpose; what was taken back is not here. One who comes back is asked anew."""
    why_left: str = ""
    """As ``Left`` said it."""

    def on(self, day: date) -> Joined:
        """With the cable and the size of connection that it has on a day."""
        told = next((one for one in reversed(self.changes) if one.first_day <= day), None)
        return (
            self.joined
            if told is None
            else replace(self.joined, cable=told.cable, connection=told.connection)
        )


@dataclass(frozen=True, slots=True, eq=False)
class DaySettled:
    """A day is settled; ``postings`` are what is booked for it now, after an earlier settlement only what differs."""

    day: date
    accounts: Accounts
    readings: Readings
    settled: settle.Settled
    postings: Postings
    revision: int
    charter: str = ""
    """Version and digest of the charter that it was settled by."""


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """A request of the grid operator, and what came of it."""

    asked: Asked
    agreed_wh: Ints
    """What everybody had agreed to when it was asked: what is ordered is a change of it; ``(members, ptus)``."""
    offers: Mapping[str, Offered] = field(default_factory=dict)
    """The newest of each member that answered."""
    passed: Passed | None = None
    orders: tuple[Flexed, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Details:
    """What takes room of a day: 60 MB of two thousand homes. Once it is settled and another after it, it is put away."""

    orders: Spread[Rows] = field(default_factory=Spread)
    unordered: Mapping[str, Rows] = field(default_factory=dict)
    """Who had sent no list when the gate closed, and what was ordered for them; perhaps nothing."""
    market: DayMarket | None = None
    quoted: Mapping[int, intraday.Quote] = field(default_factory=dict)
    """The newest intraday prices, by quarter-hour."""
    rounds: Mapping[int, intraday.Round] = field(default_factory=dict)
    """Those that were cleared, in their order; ``market.cleared_wh`` is what they left."""
    posted: Postings | None = None
    """All that was booked for it, corrections included."""
    settled: DaySettled | None = None
    """Its newest settlement."""
    askings: Mapping[str, Asking] = field(default_factory=dict)
    """What the grid operator asked of it, in order."""

    @property
    def is_cleared(self) -> bool:
        """Whether its market has its prices."""
        return self.market is not None

    def whole(self) -> Details:
        """The same."""
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What is known of one local day."""

    members: tuple[Joined, ...] = ()
    """Who takes part; fixed when the gate closes."""
    row_of: Mapping[str, int] = field(default_factory=dict)
    """Each one's row in all that is kept by member, by name."""
    closed: bool = False
    day_ahead_ticks: Ints | None = None
    imbalance_ticks: tuple[Ints, Ints] | None = None
    """Of being short, and of being long."""
    imbalance_expected: bool = False
    """Whether these only stand in for prices that have not come."""
    metered: Spread[Ints] | Filed[Ints] = field(default_factory=Spread)
    measured: Spread[Flags] | Filed[Flags] = field(default_factory=Spread)
    amended: Mapping[str, Rows] = field(default_factory=dict)
    """What members want changed in rounds that are still open."""
    limited: tuple[Limited, ...] = ()
    """What full cables leave its members, in the order in which it was told; of all together the tightest counts."""
    revision: int = 0
    """How often something was booked for it: 1 when it was first settled, one more with every correction."""
    late: bool = False
    """Whether something came since that it does not know."""
    tally: Tally | None = None
    """What its newest settlement came to for each member."""
    details: Details | PutAway = field(default_factory=Details)

    @property
    def is_cleared(self) -> bool:
        """Whether there is a ``market``; asked of many days, without fetching what is put away."""
        return self.details.is_cleared

    @property
    def is_settled(self) -> bool:
        """Whether there is something ``posted`` and ``settled``; asked likewise."""
        return self.revision > 0

    @property
    def orders(self) -> Spread[Rows]:
        """The lists that members sent."""
        return self.details.orders

    @property
    def unordered(self) -> Mapping[str, Rows]:
        """Who had sent no list when the gate closed, and what was ordered for them; perhaps nothing."""
        return self.details.unordered

    @property
    def market(self) -> DayMarket | None:
        """The market; ``None`` before it is cleared."""
        return self.details.market

    @property
    def quoted(self) -> Mapping[int, intraday.Quote]:
        """The newest intraday prices, by quarter-hour."""
        return self.details.quoted

    @property
    def rounds(self) -> Mapping[int, intraday.Round]:
        """Those that were cleared, in their order."""
        return self.details.rounds

    @property
    def askings(self) -> Mapping[str, Asking]:
        """What the grid operator asked of it, in order."""
        return self.details.askings

    @property
    def posted(self) -> Postings | None:
        """All that was booked for it, corrections included; ``None`` before it is settled."""
        return self.details.posted

    @property
    def settled(self) -> DaySettled | None:
        """Its newest settlement."""
        return self.details.settled


_UNKNOWN = Day()


@dataclass(frozen=True, slots=True, eq=False)
class Live:
    """A neighbourhood after some messages."""

    neighbourhood: Neighbourhood
    members: Mapping[str, Membership] = field(default_factory=dict)
    days: Mapping[date, Day] = field(default_factory=dict)
    numbers: Spread[int] = field(default_factory=Spread)
    """The last number that each member used."""
    answers: Mapping[str, Answered] = field(default_factory=dict)
    """Of questions from outside, by digest, in the order in which they were given."""
    changing: Process | None = None
    """How its charter came to be and may change; ``None`` before anybody spoke of it."""
    agreements: Book | None = None
    """Who kept to what neighbours agreed; ``None`` before anybody spoke of it."""
    expected: Mapping[date, Expected] = field(default_factory=dict)
    """How cold coming and recent days were expected to be."""
    supporting: Supporting | None = None
    """Who asked for support and what was paid; ``None`` before anybody did."""

    @property
    def book(self) -> Book:
        """Who kept to what neighbours agreed."""
        return self.agreements or Book()

    @property
    def process(self) -> Process:
        """All charters so far, and all that was proposed; at the beginning that with which the log began."""
        if self.changing is not None:
            return self.changing
        return begin(self.neighbourhood.terms.charter, self.neighbourhood.first_day)

    @property
    def charter(self) -> Charter:
        """The one that holds on the newest day whose gate is closed."""
        return self.charter_on(self.newest_closed or self.neighbourhood.first_day)

    def charter_on(self, day: date) -> Charter:
        """Which charter holds on a day."""
        return self.neighbourhood.terms.charter if self.changing is None else self.changing.on(day)

    def terms_on(self, day: date) -> Terms:
        """The terms of a day: those of the neighbourhood, with the charter of that day."""
        return self.neighbourhood.terms.under(self.charter_on(day))

    def day(self, day: date) -> Day:
        """What is known of a day; nothing, where nobody spoke of it."""
        return self.days.get(day, _UNKNOWN)

    def having(self, day: date, known: Day) -> Live:
        """With something else known of a day."""
        return replace(self, days={**self.days, day: known})

    def heard(self, message: Ordered | Amended | Metered | Offered) -> Live:
        """With this message's number as its member's last."""
        return replace(self, numbers=self.numbers.plus(message.member, message.number))

    def waiting_rounds(self, day: date) -> tuple[int, ...]:
        """Quarter-hours of a day that somebody wants changed, in their order."""
        every = (rows.ptu for rows in self.day(day).amended.values())
        return tuple(sorted({ptu for column in every for ptu in column.tolist()}))

    @property
    def newest_closed(self) -> date | None:
        """The latest day whose gate is closed."""
        return max((day for day, known in self.days.items() if known.closed), default=None)

    def stands(self, member: str) -> Joined | None:
        """A member as the newest gate that closed has it; ``None`` where nobody of that name is or was one."""
        one = self.members.get(member)
        return None if one is None else one.on(self.newest_closed or self.neighbourhood.first_day)

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
        return tuple(one.on(day) for name, one in self.members.items() if self.takes_part(name, day))
