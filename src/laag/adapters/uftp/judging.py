"""Whether a message can be meant: what the specification asks of any of them. What it asks of one kind is beside this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import shapeshifter_uftp.uftp as u

from laag.adapters.uftp.conversation import Books, answered_id
from laag.adapters.uftp.isps import PTU_MINUTES, ill_placed, minutes, spans
from laag.adapters.uftp.reasons import Reason, Refusal
from laag.adapters.uftp.rules import Rules
from laag.adapters.uftp.wire import Kind, Message, kind_of
from laag.adapters.uftp.words import instant
from laag.foundation.ptu import PtuGrid

VERSIONS = {"3.0", "3.1"}
_PLANNED = {"D-Prognosis", "FlexRequest", "FlexOffer", "FlexOrder", "FlexReservationUpdate"}


@dataclass(frozen=True, slots=True)
class Case:
    """A message, and what it is judged by."""

    books: Books
    rules: Rules
    domain: str
    role: str
    peer: str
    peer_role: str
    message: Message
    now: datetime
    barred: bool = False

    @property
    def kind(self) -> Kind:
        """Of which type it is."""
        return kind_of(self.message)

    @property
    def day(self) -> date:
        """The day it is about."""
        return day_of(self.message)

    @property
    def grid(self) -> PtuGrid:
        """Its quarter-hours."""
        return self.rules.grid(self.day)


def day_of(message: Message) -> date:
    """The day a message is about."""
    return date(message.period.year, message.period.month, message.period.day)


def addressed(case: Case) -> Iterator[Refusal]:
    """Whether it is for us, and from whom it says; where not, nothing else is asked."""
    message, kind = case.message, case.kind
    if case.barred:
        yield Refusal(Reason.BARRED, f"nothing is taken from {case.peer}; ask {case.domain} why")
    if message.sender_domain != case.peer:
        yield Refusal(
            Reason.SENDER,
            f"the envelope is from {case.peer} and the message from {message.sender_domain}; they are the same",
        )
    if message.recipient_domain != case.domain:
        yield Refusal(
            Reason.RECIPIENT, f"this is {case.domain} and the message is for {message.recipient_domain}"
        )
    if message.version.rpartition(".")[0] not in VERSIONS:
        yield Refusal(Reason.INVALID, f"its Version is {message.version}; here 3.0 and 3.1 are spoken")
    if kind.hears and kind.hears != case.role:
        yield Refusal(
            Reason.INVALID, f"{_a(kind.name)} is for {_a(kind.hears)}; this is the {case.role} {case.domain}"
        )
    elif kind.says and kind.says != case.peer_role:
        yield Refusal(
            Reason.INVALID,
            f"{_a(kind.name)} comes from {_a(kind.says)}; {case.peer} signed as {case.peer_role}",
        )


def timed(case: Case) -> Iterator[Refusal]:
    """Zone, duration, day and deadline."""
    message, rules = case.message, case.rules
    if getattr(message, "isp_duration", None) is not None and minutes(message.isp_duration) != PTU_MINUTES:
        yield Refusal(Reason.DURATION, f"it is {message.isp_duration} and here PT15M is agreed")
    if getattr(message, "period", None) is None:
        return
    if getattr(message, "time_zone", None) is not None and not _same_days(message.time_zone, case.day, rules):
        yield Refusal(Reason.ZONE, f"it is {message.time_zone} and here {rules.zone_name} is agreed")
    today = rules.today(case.now)
    if case.kind.name in _PLANNED and not today <= case.day <= today + timedelta(days=rules.days_ahead):
        yield Refusal(
            Reason.PERIOD, f"{case.day} is not between today, {today}, and {rules.days_ahead} days ahead"
        )
    if case.kind.name == "Metering" and case.day > today:
        yield Refusal(Reason.PERIOD, f"{case.day} has not been yet and cannot have been metered")


def placed(case: Case) -> Iterator[Refusal]:
    """Point and quarter-hours."""
    message, rules = case.message, case.rules
    if isinstance(message, u.FlexMessage):
        point = message.congestion_point
        if point not in rules.points:
            yield Refusal(Reason.POINT, f"{point} is not known here")
        elif case.peer not in rules.points[point]:
            yield Refusal(Reason.POINT, f"{case.peer} is not active at {point}")
    if hasattr(message, "isps"):
        yield from ill_placed(message.isps, len(case.grid), case.day)


def expires(case: Case, isps: list[object]) -> Iterator[Refusal]:
    """Whether an ExpirationDateTime lies ahead, and before the end of what it is about."""
    at = instant(case.message.expiration_date_time)
    if at <= case.now:
        yield Refusal(Reason.EXPIRATION, f"{_short(at)} is past; it is {_short(case.now)} here")
    last = max(end for _, end in spans(isps))
    if last <= len(case.grid) and at > (over := case.grid.start + last * timedelta(minutes=PTU_MINUTES)):
        yield Refusal(Reason.EXPIRATION, f"{_short(at)} is after the end of its last ISP, {_short(over)}")


def answers(case: Case) -> Iterator[Refusal]:
    """Whether an answer is about something that we said."""
    if case.kind.name.startswith("TestMessage"):
        return
    about = answered_id(case.message)
    if case.books.said(case.peer, about) is None:
        name = case.kind.name.removesuffix("Response") + "MessageID"
        yield Refusal(Reason.REFERENCE, f"nothing was sent to {case.peer} under {about}", name)


def _same_days(name: str, day: date, rules: Rules) -> bool:
    try:
        return PtuGrid.day(day, ZoneInfo(name)) == rules.grid(day)
    except (KeyError, ValueError, OSError):
        return False


def _a(word: str) -> str:
    return f"an {word}" if word.startswith("A") else f"a {word}"


def _short(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
