"""What must be remembered of a session; every step gives the next one and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from pydantic import BaseModel
from s2python.generated import gen_s2 as s2

from laag.adapters.s2.facts import Ended, Fact, Odd
from laag.adapters.s2.wire import name_of

Described = s2.FRBCSystemDescription | s2.OMBCSystemDescription | s2.PEBCPowerConstraints
PREFERRED = (
    s2.ControlType.FILL_RATE_BASED_CONTROL,
    s2.ControlType.POWER_ENVELOPE_BASED_CONTROL,
    s2.ControlType.OPERATION_MODE_BASED_CONTROL,
    s2.ControlType.NOT_CONTROLABLE,
)
"""Of what a device offers the first of these: that with a fill level tells most, an envelope takes any power."""


_MOST_SAID = 100
"""A peer that finds ever new ways to be wrong has been told of enough."""
REMEMBERED = 256
"""Of whatever a peer may name without end, so many: it cannot fill our memory."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The clock's time, and seconds that always go on: patience is not measured by a clock that can be set."""

    now: datetime
    tick_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """One resource manager, from its connection to its end."""

    key: UUID
    begun: Moment
    preferred: tuple[s2.ControlType, ...] = PREFERRED
    sent: int = 0
    greeted: bool = False
    details: s2.ResourceManagerDetails | None = None
    control: s2.ControlType | None = None
    described: Described | None = None
    level: float | None = None
    target: tuple[float, datetime] | None = None
    """How full it has to be, and from when on."""
    active: Mapping[str, str] = field(default_factory=dict)
    """The mode of each actuator; of a device without actuators under ``""``."""
    finished: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    """When a timer of an actuator ends."""
    awaits: Mapping[str, float] = field(default_factory=dict)
    """Our messages that were not yet said to be received, and when they were sent."""
    seen: Mapping[str, tuple[int, s2.ReceptionStatusValues]] = field(default_factory=dict)
    """Their last messages: what was in them, and what was answered."""
    said: frozenset[str] = frozenset()
    """What is told once."""
    ended: bool = False

    @property
    def fill_label(self) -> str | None:
        """What its fill level is called; ``None`` as long as it has told of no storage."""
        if not isinstance(self.described, s2.FRBCSystemDescription):
            return None
        return self.described.storage.fill_level_label or ""


@dataclass(frozen=True, slots=True)
class Step:
    """What follows from a message: the session after it, what to send, and what was learnt."""

    session: Session
    replies: tuple[BaseModel, ...] = ()
    facts: tuple[Fact, ...] = ()

    def and_then(self, other: Step) -> Step:
        """This step and one made from its session."""
        return Step(other.session, self.replies + other.replies, self.facts + other.facts)


def new_id(session: Session) -> tuple[Session, s2.ID]:
    """An id that nobody else gives out; UUIDs, because many peers take nothing else."""
    return replace(session, sent=session.sent + 1), s2.ID(str(uuid5(session.key, str(session.sent))))


def sending(session: Session, at: Moment, *messages: BaseModel) -> Step:
    """These go out, and each waits for its reception status."""
    waits = dict(session.awaits) | {name_of(message): at.tick_s for message in messages}
    return Step(replace(session, awaits=waits), messages)


def once(session: Session, what: str, repair: str | None = None) -> Step:
    """Something for the operator that is told once in a session."""
    if what in session.said or len(session.said) >= _MOST_SAID:
        return Step(session)
    return Step(replace(session, said=session.said | {what}), facts=(Odd(what, repair),))


def farewell(session: Session, request: s2.SessionRequestType, why: str) -> Step:
    """We end it, and say so."""
    session, name = new_id(session)
    goodbye = s2.SessionRequest(message_id=name, request=request, diagnostic_label=why)
    return Step(replace(session, ended=True), (goodbye,), (Ended(why),))
