"""Which wire class is used for what, and as what its fields stand in the register. A class that is not here is not sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, get_args

from pydantic import BaseModel

from laag.adapters.neighbourhood import charter, committed, everyone, own, wire
from laag.foundation.data import Field, Purpose
from laag.foundation.errors import BadInput
from laag.foundation.register import REGISTER

_OURS = "laag.adapters.neighbourhood"
_ENVELOPE = "envelope"


class Bound(NamedTuple):
    """The group of the register in which a class has its fields, and what it is sent for."""

    group: str
    purpose: Purpose


Bindings = Mapping[type[BaseModel], Bound]
BINDINGS: Bindings = MappingProxyType(
    {
        wire.Orders: Bound("orders", Purpose.MARKET),
        wire.Amendments: Bound("amendments", Purpose.MARKET),
        wire.Readings: Bound("readings", Purpose.SETTLEMENT),
        wire.Offers: Bound("offers", Purpose.FLEXIBILITY),
        wire.Consents: Bound("consents", Purpose.MEMBERSHIP),
        wire.Tellings: Bound("tellings", Purpose.AGREEMENT),
        wire.AgreedHours: Bound("agreed_hours", Purpose.PUBLIC),
        wire.Messages: Bound("messages", Purpose.MARKET),
        wire.OrderReceipt: Bound("answer", Purpose.RECORD),
        wire.Answer: Bound("answer", Purpose.MARKET),
        wire.Answers: Bound("answer", Purpose.MARKET),
        wire.Enrolment: Bound("enrolment", Purpose.MEMBERSHIP),
        wire.Enrolled: Bound("standing", Purpose.MEMBERSHIP),
        wire.Standing: Bound("standing", Purpose.MEMBERSHIP),
        wire.Board: Bound("board", Purpose.PUBLIC),
        wire.Positions: Bound("positions", Purpose.MARKET),
        wire.About: Bound("about", Purpose.PUBLIC),
        own.OwnLine: Bound("bill", Purpose.OWN),
        own.OwnTotal: Bound("bill", Purpose.OWN),
        own.OwnCorrection: Bound("bill", Purpose.OWN),
        own.OwnCharter: Bound("bill", Purpose.OWN),
        own.OwnBill: Bound("bill", Purpose.OWN),
        own.OwnMoment: Bound("bill", Purpose.OWN),
        own.OwnDay: Bound("bill", Purpose.OWN),
        own.OwnLike: Bound("like", Purpose.OWN),
        own.OwnStreet: Bound("gateway", Purpose.OWN),
        own.OwnLook: Bound("looks", Purpose.OWN),
        own.OwnLooks: Bound("looks", Purpose.OWN),
        own.OwnConsent: Bound("agreed", Purpose.MEMBERSHIP),
        own.OwnConsents: Bound("agreed", Purpose.MEMBERSHIP),
        own.OwnData: Bound("data", Purpose.OWN),
        own.OwnGoodbye: Bound("standing", Purpose.MEMBERSHIP),
        own.OwnAsked: Bound("grid", Purpose.GRID),
        own.OwnOrdered: Bound("grid", Purpose.GRID),
        own.OwnLimit: Bound("grid", Purpose.GRID),
        own.OwnGrid: Bound("grid", Purpose.GRID),
        everyone.MovesOut: Bound("moving", Purpose.MEMBERSHIP),
        everyone.OwnMove: Bound("moving", Purpose.MEMBERSHIP),
        everyone.OwnFinal: Bound("final", Purpose.OWN),
        everyone.SupportYes: Bound("support", Purpose.FUND),
        everyone.OwnGiven: Bound("supported", Purpose.FUND),
        everyone.SupportTold: Bound("support_told", Purpose.FUND),
        everyone.OwnSupport: Bound("supported", Purpose.FUND),
        everyone.MonthShared: Bound("comparison", Purpose.COMPARISON),
        everyone.OwnBeside: Bound("beside", Purpose.COMPARISON),
        everyone.Forgotten: Bound("beside", Purpose.MEMBERSHIP),
        charter.Vote: Bound("vote", Purpose.VOTING),
        charter.Rule: Bound("charter", Purpose.VOTING),
        charter.Change: Bound("charter", Purpose.VOTING),
        charter.ProposalSeen: Bound("charter", Purpose.VOTING),
        charter.CharterSeen: Bound("charter", Purpose.VOTING),
        charter.OwnProposal: Bound("own_charter", Purpose.VOTING),
        charter.OwnCharter: Bound("own_charter", Purpose.VOTING),
        committed.OwnSecret: Bound("record", Purpose.RECORD),
        committed.OwnProof: Bound("record", Purpose.RECORD),
        committed.OwnEvidence: Bound("record", Purpose.RECORD),
        committed.Restored: Bound("record", Purpose.RECORD),
        committed.OwnRecord: Bound("record", Purpose.RECORD),
        committed.RecordMember: Bound("shared_record", Purpose.PUBLIC),
        committed.RecordDispute: Bound("shared_record", Purpose.PUBLIC),
        committed.Record: Bound("shared_record", Purpose.PUBLIC),
    }
)


def field_of(group: str, name: str, register: Mapping[str, Field] = REGISTER) -> Field | None:
    """As what a field of the wire stands in the register; ``None`` where it does not.

    >>> field_of("readings", "wh").name, field_of("readings", "signature").name, field_of("readings", "name")
    ('readings.wh', 'envelope.signature', None)
    """
    return register.get(f"{group}.{name}") or register.get(f"{_ENVELOPE}.{name}")


def parts(kind: type[BaseModel], name: str) -> Iterator[type[BaseModel]]:
    """The wire classes that a field holds; a sentence in both languages is a value, not a part."""
    yield from (one for one in _within(kind.model_fields[name].annotation) if one is not wire.Both)


def _within(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _within(inner)


def ours() -> list[type[BaseModel]]:
    """Every class of this package that is ever sent."""
    return [one for one in _below(wire.Wire) if one.__module__.startswith(_OURS) and one.model_fields]


def _below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in kind.__subclasses__():
        if not one.__name__.startswith("_") and one is not wire.Both:
            yield one
        yield from _below(one)


def unbound(kinds: Iterable[type[BaseModel]], bindings: Bindings = BINDINGS) -> list[str]:
    """What is not in order with these classes: one without a purpose, a field that is not registered for it."""
    found = []
    for kind in kinds:
        if kind not in bindings:
            found.append(f"{kind.__name__} has no purpose")
            continue
        group, purpose = bindings[kind]
        for name in kind.model_fields:
            field = field_of(group, name)
            if any(parts(kind, name)) and field is None:
                continue
            if field is None:
                found.append(f"{kind.__name__}.{name} is not in the register as {group}.{name}")
            elif not field.serves(purpose):
                found.append(
                    f"{field.name} is not registered for {purpose.value}, for which {kind.__name__} is sent"
                )
    return found


def check(kinds: Iterable[type[BaseModel]] | None = None, bindings: Bindings = BINDINGS) -> None:
    """Refuse to start with a class that has no purpose, or a field that the register does not know."""
    if wrong := unbound(ours() if kinds is None else kinds, bindings):
        raise BadInput(
            f"{'; '.join(wrong)}: add each field to a table of laag.foundation.register with the reason why it is needed, "
            "and its class with its purpose to the bindings"
        )
