"""Help out of the common fund: who asked, what a month came to for each, and what is booked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from laag.cycle.live.messages_people import SupportAsked, SupportPaid
from laag.foundation.words import Said
from laag.neighbourhood.people.support import MOST_MONTHS, Supported, SupportRule, supported
from laag.settlement.books import Accounts, Postings
from laag.settlement.support import support

if TYPE_CHECKING:  # it is part of what is asked
    from laag.cycle.live.state import Live, Membership

_UNITS_PER_EUR = 10**8


@dataclass(frozen=True, slots=True)
class Supporting:
    """Who asked, and what was paid."""

    until: Mapping[str, str] = field(default_factory=dict)
    """By member, through which month."""
    paid: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """By month: each home that asked, with what it received."""


@dataclass(frozen=True, slots=True, eq=False)
class SupportBooked:
    """A month's support is booked."""

    month: str
    supported: Supported
    postings: Postings


def rule_of(state: Live, month: str) -> SupportRule:
    """As the charter of the month's first day has it."""
    agreed = state.charter_on(_first(month)).support
    return SupportRule(agreed.most_eur_per_home * _UNITS_PER_EUR, agreed.fund_percent)


def asking(state: Live, month: str) -> tuple[str, ...]:
    """Who asked for a month, and took part in it."""
    until = {} if state.supporting is None else state.supporting.until
    return tuple(
        name for name, last in until.items() if month <= last and _there(state.members.get(name), month)
    )


def would_pay(state: Live, message: SupportPaid) -> Supported:
    """What a month comes to, by the charter."""
    return supported(rule_of(state, message.month), message.fund_units, asking(state, message.month))


def told(state: Live, message: SupportAsked | SupportPaid) -> tuple[Live, tuple[SupportBooked, ...]]:
    """The state after it, and what is booked."""
    known = state.supporting or Supporting()
    if isinstance(message, SupportAsked):
        others = {name: last for name, last in known.until.items() if name != message.member}
        news = {message.member: message.until} if message.until else {}
        return replace(state, supporting=replace(known, until={**others, **news})), ()
    done = would_pay(state, message)
    paid = {**known.paid, message.month: done.each}
    accounts = Accounts(tuple(name for name, _ in done.each))
    place = state.neighbourhood
    first_ptu = place.first_ptu(max(_first(message.month), place.first_day))
    booked = SupportBooked(message.month, done, support(accounts, dict(done.each), first_ptu))
    return replace(state, supporting=replace(known, paid=paid)), (booked,)


def judge_support(state: Live, message: SupportAsked | SupportPaid) -> Said | None:
    """Why this is not taken."""
    if isinstance(message, SupportAsked):
        return _asks(state, message)
    if not _is_month(message.month):
        return _NO_MONTH
    newest = state.newest_closed
    if newest is None or newest < _last(message.month):
        return Said(
            f"{message.month} is nog niet voorbij; betaal de steun van een maand die om is",
            f"{message.month} is not over yet; pay the support of a month that is",
        )
    if state.supporting is not None and message.month in state.supporting.paid:
        return Said(
            f"de steun van {message.month} is al geboekt; er is niets veranderd",
            f"the support of {message.month} is booked already; nothing was changed",
        )
    return None


def _asks(state: Live, message: SupportAsked) -> Said | None:
    if not state.takes_part(message.member, message.day):
        return Said(
            f"{message.member} is geen lid op {message.day}",
            f"{message.member} is no member on {message.day}",
        )
    if not message.until:
        return None
    if not _is_month(message.until):
        return _NO_MONTH
    now = message.day.year * 12 + message.day.month
    last = int(message.until[:4]) * 12 + int(message.until[5:])
    if 0 <= last - now < MOST_MONTHS:
        return None
    return Said(
        f"steun vraag je voor 1 tot {MOST_MONTHS} maanden, deze maand meegeteld",
        f"support is asked for 1 to {MOST_MONTHS} months, this one included",
    )


_NO_MONTH = Said(
    "dat is geen maand; schrijf jaar en maand, zoals 2026-11",
    "that is no month; write year and month, such as 2026-11",
)


def _is_month(text: str) -> bool:
    try:
        return len(text) == len("2026-11") and _first(text).day == 1
    except ValueError:
        return False


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _last(month: str) -> date:
    return (_first(month) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _there(one: Membership | None, month: str) -> bool:
    if one is None or one.joined.first_day > _last(month):
        return False
    return one.last_day is None or one.last_day >= _first(month)
