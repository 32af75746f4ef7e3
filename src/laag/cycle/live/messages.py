"""What members, markets and the clock say to a neighbourhood: plain values, one event in its log each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from laag.cycle.live.messages_agreements import AgreementMessage
from laag.cycle.live.messages_charter import Motion
from laag.cycle.live.messages_commons import Answered
from laag.cycle.live.messages_consent import Consented, ConsentWithdrawn
from laag.cycle.live.messages_limited import Limited
from laag.cycle.live.messages_people import SupportAsked, SupportPaid
from laag.foundation.contracts import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A member's orders for a day, one row each; ``ptu`` counts from local midnight, ``side`` is as in ``contracts.Side``."""

    device: Ints
    ptu: Ints
    side: Ints
    quantity_wh: Ints
    limit_ticks: Ints

    def __len__(self) -> int:
        return len(self.ptu)


@dataclass(frozen=True, slots=True)
class Joined:
    """A connection takes part from this day on."""

    member: str
    first_day: date
    cable: str = ""
    """Empty: directly at the transformer."""
    connection: str = "3x25A"
    """As the grid operator's tariffs name it; what it costs a year is on the bill."""
    kind: str = "person"
    """One of ``neighbourhood.people.kinds``."""
    lived_in: bool = True
    """Whether the connection has a function to stay in: only then does the energy tax reduction belong to it."""
    follows: str = ""
    """Whose place this member takes at the same connection; empty: nobody's."""


@dataclass(frozen=True, slots=True)
class Changed:
    """From this day on a connection hangs on this cable, and is of this size; settled days keep what they were."""

    member: str
    first_day: date
    cable: str
    connection: str


@dataclass(frozen=True, slots=True)
class Left:
    """This is the last day on which a connection takes part."""

    member: str
    last_day: date
    why: str = ""
    """One of ``neighbourhood.people.leaving``; empty: nobody said."""


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """All that a member orders for a day; a later list takes the place of an earlier one."""

    member: str
    day: date
    number: int
    """Rises with everything that this member sends."""
    rows: Rows


@dataclass(frozen=True, slots=True)
class Closed:
    """The gate of a day has closed: nobody orders for it any more."""

    day: date


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """The nation's day-ahead prices of a day."""

    day: date
    day_ahead_ticks: Ints
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Imbalanced:
    """What being short or long cost the nation's balance responsible parties on a day; the newest counts."""

    day: date
    shortage_ticks: Ints
    surplus_ticks: Ints
    source: str
    expected: bool = False
    """Whether it only stands in for prices that have not come; what is settled by it is corrected once they do."""


@dataclass(frozen=True, slots=True, eq=False)
class Amended:
    """What a member wants changed of its position in coming quarter-hours of a day: more bought (1) or sold (0).

    A later list takes the place of what an earlier one said of quarter-hours whose round is still open; what it leaves
    out is not wanted any more.
    """

    member: str
    day: date
    number: int
    """Rises with everything that this member sends."""
    rows: Rows


@dataclass(frozen=True, slots=True, eq=False)
class Intraday:
    """What the intraday market asks and gives for some quarter-hours; until a round is closed the newest counts."""

    day: date
    ptu: Ints
    """From local midnight."""
    buy_ticks: Ints
    """What one pays there."""
    sell_ticks: Ints
    """What one receives there."""
    source: str


@dataclass(frozen=True, slots=True)
class RoundClosed:
    """The round of a quarter-hour has closed: what was amended for it is traded, and nobody amends it any more."""

    day: date
    ptu: int
    in_time: bool = True
    """Whether the gateway could still trade outside; else neighbours trade among themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class Metered:
    """Quarter-hours of a member's meter, offtake +, feed-in -; the newest value of each counts."""

    member: str
    day: date
    number: int
    ptu: Ints
    """From local midnight."""
    wh: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """The grid operator asks members for less, or more, in some quarter-hours of a day that is cleared."""

    day: date
    request: str
    """The grid operator's name for it; once for each way, where it asks both."""
    point: str
    by: str
    """Which grid operator."""
    less: bool
    until: datetime
    """What members offer later is not passed on."""
    ptu: Ints
    """From local midnight."""
    homes: Ints
    """Who is asked: rows of the day."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """What a member gives, a row after the other: ``less_wh`` holds as many quarter-hours of each step as the next."""

    less_wh: Ints
    """Wh less (+) or more (-) than agreed, of the first step, then of the second."""
    price_ticks: Ints
    """Of a Wh of each step."""
    rebound_step: Ints
    rebound_ptu: Ints
    """From local midnight."""
    rebound_wh: Ints

    def __len__(self) -> int:
        return len(self.price_ticks)


@dataclass(frozen=True, slots=True, eq=False)
class Offered:
    """What a member gives on a request, perhaps nothing; a later one takes the place of an earlier one."""

    member: str
    day: date
    number: int
    """Rises with everything that this member sends."""
    request: str
    ptu: int
    """The first quarter-hour of every step, from local midnight."""
    least_permille: int
    """Of a step at least so much is taken, or nothing."""
    steps: Steps


@dataclass(frozen=True, slots=True, eq=False)
class Passed:
    """What members offered on a request was put together and passed on; nobody offers on it any more.

    Three columns say which step of which member went into which bundle, counted from 0.
    """

    day: date
    request: str
    home: Ints
    """Rows of the day."""
    step: Ints
    bundle: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Flexed:
    """The grid operator ordered: what each member does less (+) or more (-), and what comes back of it; sparse columns."""

    day: date
    request: str
    order: str
    """The grid operator's name for it; an order counts once."""
    penalty_ticks: int
    """What the grid operator takes for a Wh that is not delivered."""
    home: Ints
    """Rows of the day."""
    ptu: Ints
    """From local midnight."""
    bought_wh: Ints
    comes_back_wh: Ints
    paid_units: Ints
    """What the grid operator pays where all of it is delivered."""
    known_from: int = 0
    """The first quarter-hour of the day before which homes could read of it; of an earlier one nobody is fined."""


@dataclass(frozen=True, slots=True)
class Settle:
    """A day is to be settled by what is known now; again after later readings or prices."""

    day: date


Message = (
    Joined
    | Changed
    | Left
    | Ordered
    | Closed
    | Priced
    | Amended
    | Intraday
    | RoundClosed
    | Imbalanced
    | Metered
    | Asked
    | Offered
    | Passed
    | Flexed
    | Limited
    | Answered
    | Consented
    | ConsentWithdrawn
    | Settle
    | SupportAsked
    | SupportPaid
    | Motion
    | AgreementMessage
)
