"""The words of version 1, checked as they come in. A field that is not here does not leave a home."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

VERSION = "v1"
MOST_AT_ONCE = 500
"""Messages in one call; a home that catches up calls again."""
MOST_STEPS = 10
"""In what a home offers on one request."""

Member = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]
Number = Annotated[int, Field(ge=0, lt=2**52)]
Request = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,80}$")]
"""A request of the grid operator, by the name it gave it."""
Whole = Annotated[int, Field(gt=-(2**62), lt=2**62)]
Column = Annotated[list[Whole], Field(max_length=50_000)]
Last = Annotated[int, Field(ge=-1, lt=2**52)]
"""The last number that was heard: one from which nobody can go on is refused by the home that reads it."""
When = TypeVar("When", date, datetime)


def _of_our_age(when: When) -> When:
    """Not so early or late that no clock can be set beside it."""
    if not 1970 <= when.year < 3000:
        raise ValueError("a time of our age was expected")
    return when


Day = Annotated[date, AfterValidator(_of_our_age)]
Instant = Annotated[AwareDatetime, AfterValidator(_of_our_age)]
Price = Annotated[float, Field(ge=-10_000, le=10_000, allow_inf_nan=False)]
"""EUR/kWh; a home plans by it, so that what is no price is not taken for one."""
Prices = Annotated[list[Price], Field(min_length=1, max_length=10_000)]


class Wire(BaseModel):
    """Refuses what it does not know, so that a typing error cannot pass for a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Both(Wire):
    """A sentence in both languages."""

    nl: str
    en: str


class _List(Wire):
    """Rows of orders for a day, as columns."""

    member: Member
    day: date
    number: Number
    """Rises with everything that this member sends."""
    device: Column
    ptu: Column
    """From local midnight."""
    side: Column
    """1 buys, 0 sells."""
    quantity_wh: Column
    limit_ticks: Column
    signature: Hex64


class Orders(_List):
    """All that a member orders for a day; a later list takes the place of an earlier one."""

    kind: Literal["orders"] = "orders"


class Amendments(_List):
    """What a member wants changed of its position in coming quarter-hours of a day: more bought (1) or sold (0).

    A later list takes the place of what an earlier one said of quarter-hours whose round is still open.
    """

    kind: Literal["amendments"] = "amendments"


class Readings(Wire):
    """Quarter-hours of a member's meter, in whole Wh: offtake +, feed-in -."""

    kind: Literal["readings"] = "readings"
    member: Member
    day: date
    number: Number
    ptu: Annotated[list[Whole], Field(max_length=100)]
    wh: Annotated[list[Whole], Field(max_length=100)]
    signature: Hex64


class Offers(Wire):
    """What a home gives on a request of the grid operator, for what; without steps: nothing. The newest counts.

    A step is taken in the same share in all its quarter-hours, and no further than the one before it.
    """

    kind: Literal["offers"] = "offers"
    member: Member
    day: date
    number: Number
    request: Request
    ptu: Annotated[int, Field(ge=0, le=100)]
    """The first quarter-hour that the steps are about, from local midnight."""
    less_wh: Annotated[list[Annotated[list[Whole], Field(max_length=100)]], Field(max_length=MOST_STEPS)]
    """A row for each step: Wh that the home would take less (+), or more (-), than it was going to."""
    price_ticks: Annotated[list[Annotated[int, Field(ge=0, lt=2**40)]], Field(max_length=MOST_STEPS)]
    """Of a Wh of each step."""
    rebound_step: Annotated[list[Whole], Field(max_length=MOST_STEPS * 100)]
    rebound_ptu: Annotated[list[Whole], Field(max_length=MOST_STEPS * 100)]
    """From local midnight."""
    rebound_wh: Annotated[list[Whole], Field(max_length=MOST_STEPS * 100)]
    """What the home takes more (+) in that quarter-hour because of this step."""
    least_permille: Annotated[int, Field(ge=0, le=1000)]
    """Of a step at least so much is taken, or nothing; 1000 is only the whole."""
    signature: Hex64

    @model_validator(mode="after")
    def _has_a_shape(self) -> Self:
        if len({len(row) for row in self.less_wh}) > 1 or len(self.less_wh) != len(self.price_ticks):
            raise ValueError("every step has a price, and as many quarter-hours as the others")
        if len({len(self.rebound_step), len(self.rebound_ptu), len(self.rebound_wh)}) > 1:
            raise ValueError("the columns of what comes back have one length")
        return self


class Consents(Wire):
    """What a household lets its data be used for, until when; or, without an end, that it takes that back at once."""

    kind: Literal["consents"] = "consents"
    member: Member
    day: Day
    """On which it says so."""
    number: Number
    purpose: Annotated[str, Field(pattern=r"^[a-z]{1,20}$")]
    until: Day | None
    """The last day; ``None``: from now on no more."""
    scope: Hex32 | None = None
    """With an end: the fingerprint of what the yes covers, as ``foundation.consent`` makes it."""
    signature: Hex64


class Tellings(Wire):
    """What the device of an agreement took in its hours of a day; only of who said yes to telling it."""

    kind: Literal["tellings"] = "tellings"
    member: Member
    day: Day
    number: Number
    agreement: Annotated[str, Field(min_length=1, max_length=60)]
    wh: Annotated[int, Field(ge=0, lt=2**31)]
    because: Annotated[str, Field(pattern=r"^[a-z_]{0,20}$")] = ""
    """The rung of the ladder that needed it; empty where nothing did."""
    signature: Hex64


Message = Annotated[
    Orders | Amendments | Readings | Offers | Consents | Tellings, Field(discriminator="kind")
]


class Messages(Wire):
    """What one home sends at once, in the order of its numbers."""

    messages: Annotated[list[Message], Field(min_length=1, max_length=MOST_AT_ONCE)]


class Status(StrEnum):
    """What became of a message."""

    TAKEN = "taken"
    """It is in the log, and will not be lost."""
    KNOWN = "known"
    """Its number came before; nothing was done, and nothing needs to be."""
    REFUSED = "refused"
    """It will never be taken as it is; do not send it again."""


class OrderReceipt(Wire):
    """The neighbourhood's word that a list is what it will have in the day's book: a book without it is proof of fraud."""

    key: str
    """Of the book on the ledger."""
    leaf: Hex32
    """Of the list, salted with the home's own secret, as it will be under the book's root."""
    number: Number
    """Of the message; a later list of the same home takes its place."""
    by: str
    """The member of the ledger who signs."""
    signature: Hex64
    """Over ``signing.receipt_bytes``."""


class Answer(Wire):
    """What became of one message."""

    number: Number
    status: Status
    why: Both | None = None
    receipt: OrderReceipt | None = None
    """For an order list, to whoever asks for it: ``?receipts=1``."""


class Answers(Wire):
    """One answer for each message, in their order."""

    answers: list[Answer]
    now: datetime
    """The neighbourhood's clock."""


class Enrolment(Wire):
    """A home asks to become a member with a code that the operator gave."""

    code: Annotated[str, Field(min_length=4, max_length=40)]
    public_key: Hex32
    signature: Hex64
    """Over the code, by that key: who asks holds it."""


class Enrolled(Wire):
    """A home is a member."""

    member: Member
    """A name that says nothing of who lives there."""
    first_day: Day
    cable: str
    last_number: Last
    """The last number used by this member; -1 where none was."""


class Standing(Wire):
    """How a member stands: what was heard of it. A home that was restored from an old copy goes on from there."""

    member: Member
    first_day: date
    last_day: date | None
    cable: str
    connection: str
    last_number: Last
    """The last number used by this member; -1 where none was."""
    heard: dict[date, int]
    """Of each day of the last weeks of which anything was read: how many of its quarter-hours."""


class AgreedHours(Wire):
    """An agreement between neighbours that holds on a day, and in which quarter-hours of it."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    device: Annotated[str, Field(pattern=r"^[a-z_]{1,20}$")]
    day: Day
    ptu: Annotated[list[Annotated[int, Field(ge=0, le=100)]], Field(max_length=100)]
    """From local midnight."""


class Board(Wire):
    """What everybody is told: EUR/kWh as a household feels them, one number per quarter-hour from ``start`` on."""

    start: Instant
    made_at: Instant
    buy_eur_per_kwh: Prices
    sell_eur_per_kwh: Prices
    above_eur_per_kwh: Prices
    below_eur_per_kwh: Prices
    margin_eur_per_kwh: Prices
    published_until: Instant
    """Beyond it prices are expected, not known."""
    bid_day: Day
    """The next day whose gate closes."""
    gate: Instant
    """When it does."""
    surprise_eur_per_kwh: Annotated[list[list[Price]], Field(max_length=1_000)]
    """How prices may miss on ``bid_day``: a row for each course, a number for each of its quarter-hours."""
    spread_eur_per_kwh: Price
    vat: Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
    notes: list[Both]
    """What is weaker than it should be, such as a source of prices that is away."""
    beyond_eur_per_kwh: Price = 0.0
    """What a kWh above a subscribed band costs where neighbours have none to spare; only where connections are bands."""
    ladder: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=40)] = []
    """Which claim goes first in every home, as its charter has it; empty is the usual order."""
    agreements: Annotated[list[AgreedHours], Field(max_length=100)] = []
    """Of yesterday and the days ahead of which it is known."""


class Positions(Wire):
    """What the market cleared for one member: mean Wh per quarter-hour from ``start`` on; ``None`` where it did not."""

    start: Instant
    wh: Annotated[list[Whole | None], Field(max_length=10_000)]
    band_kw: Annotated[float, Field(gt=0, le=1_000)] | None = None
    """What the member subscribes to on the day of ``start``, where connections are bands."""


class About(Wire):
    """The neighbourhood, to anybody who asks."""

    name: str
    version: str
    clock: str
    """As ``laag.adapters.clocks`` reads it."""
    now: datetime
    zone: str
    first_day: date
    members: int
    rule: str
    policy: str
    next_gate: datetime
