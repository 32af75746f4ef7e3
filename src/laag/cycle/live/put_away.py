"""Days about which little is asked any more, in a tenth of the room; what is asked of them is fetched."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from laag.cycle.events import DayOrders
from laag.cycle.intraday import Quote, Round
from laag.cycle.live.messages import Asked, Changed, Flexed, Joined, Offered, Passed, Rows, Steps
from laag.cycle.live.messages_agreements import Expected
from laag.cycle.live.messages_commons import Answered
from laag.cycle.live.messages_consent import Consented
from laag.cycle.live.messages_limited import Bears, Limited, Runs
from laag.cycle.live.packing import Packer, Unpacker, bound, loose
from laag.cycle.live.spread import Filed, Spread
from laag.cycle.live.state import Asking, Day, DaySettled, Details, Live, Membership
from laag.cycle.live.supporting import Supporting
from laag.cycle.live.tally import Corrected, Tally
from laag.cycle.market_day import DayMarket
from laag.foundation.contracts import Clearings, Gateways
from laag.gateway.order import DayAheadOrder
from laag.neighbourhood.agreements import Appealed, Book, Case, Told
from laag.neighbourhood.charter import Agreement, Charter, tables
from laag.neighbourhood.charter.process import Count, Feedback, Process, Proposal, Proposed, Shadowed, Since
from laag.settlement.books import Accounts, Postings
from laag.settlement.day import Settled, Traded
from laag.settlement.delivered import Room
from laag.settlement.estimate import Readings

TYPES: Mapping[str, Any] = MappingProxyType(
    {
        one.__name__: one
        for one in (
            Accounts,
            Agreement,
            Answered,
            Appealed,
            Asked,
            Asking,
            Bears,
            Book,
            Case,
            Changed,
            Charter,
            Clearings,
            Consented,
            Corrected,
            Count,
            Day,
            DayAheadOrder,
            DayMarket,
            DayOrders,
            DaySettled,
            Expected,
            Details,
            Feedback,
            Filed,
            Flexed,
            Gateways,
            Joined,
            Limited,
            Membership,
            Offered,
            Passed,
            Postings,
            Process,
            Proposal,
            Proposed,
            Quote,
            Readings,
            Room,
            Round,
            Rows,
            Runs,
            Settled,
            Shadowed,
            Since,
            Spread,
            Steps,
            Supporting,
            Tally,
            Told,
            Traded,
            *tables(),
        )
    }
)
"""All that a state consists of."""
_PARTS = tuple(one.name for one in fields(Details))
_FETCHED = 4
"""Parts that stay at hand, 25 MB at most each: who asks for one asks again."""


Kind = TypeVar("Kind")


class _Part(Generic[Kind]):
    """A part of what was put away, as ``Details`` has it; fetched when it is asked for."""

    def __set_name__(self, owner: type[object], name: str) -> None:
        self._name = name

    def __get__(self, away: PutAway, owner: type[object]) -> Kind:
        part: Kind = _fetched(away, self._name)
        return part


@dataclass(frozen=True, slots=True, eq=False)
class PutAway:
    """The details of a day as bytes; of a day that is settled, unless it is only carried from here to there."""

    name: str
    """Digest of the bytes."""
    data: bytes

    @classmethod
    def of(cls, details: Details) -> PutAway:
        """Put them away; each of their parts can be fetched alone."""
        packer = Packer()
        trees = [packer.tree(getattr(details, part)) for part in _PARTS]
        return cls.read(bound([*trees, *packer.columns]))

    @classmethod
    def read(cls, data: bytes) -> PutAway:
        """What another was, from its bytes."""
        return cls(hashlib.sha256(data).hexdigest(), data)

    @property
    def is_cleared(self) -> bool:
        """It is."""
        return True

    orders = _Part[Spread[Rows]]()
    unordered = _Part[Mapping[str, Rows]]()
    market = _Part[DayMarket | None]()
    quoted = _Part[Mapping[int, Quote]]()
    rounds = _Part[Mapping[int, Round]]()
    posted = _Part[Postings | None]()
    settled = _Part[DaySettled | None]()
    askings = _Part[Mapping[str, Asking]]()

    def whole(self) -> Details:
        """All of it, as it was."""
        parts = loose(self.data)
        unpacker = Unpacker(parts[len(_PARTS) :], TYPES)
        return Details(*(unpacker.value(tree) for tree in parts[: len(_PARTS)]))


@lru_cache(_FETCHED)
def _fetched(away: PutAway, part: str) -> Any:
    parts = loose(away.data)
    return Unpacker(parts[len(_PARTS) :], TYPES).value(parts[_PARTS.index(part)])


def lighter(state: Live) -> Live:
    """With every settled day put away but the newest, of which homes and pages ask most."""
    settled = sorted(day for day, known in state.days.items() if known.is_settled)
    heavy = [day for day in settled[:-1] if isinstance(state.days[day].details, Details)]
    return replace(state, days={**state.days, **{day: _lighter(state.days[day]) for day in heavy}})


def _lighter(known: Day) -> Day:
    return replace(
        known,
        details=PutAway.of(known.details.whole()),
        metered=Filed.of(known.row_of, known.metered),
        measured=Filed.of(known.row_of, known.measured),
    )
