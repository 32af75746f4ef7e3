"""A session as a pure state machine: a text comes in; out come the next session, replies, and facts.

Peers differ in the order in which they begin, so no order is asked of them: what is told is kept until it is of use.
Whatever comes is answered with a reception status, once; a message that comes twice is answered twice and done once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from pydantic import BaseModel
from s2python.generated import gen_s2 as s2

from laag.adapters.s2.facts import Fact, Received
from laag.adapters.s2.meaning import meant
from laag.adapters.s2.state import REMEMBERED, Moment, Session, Step, farewell, new_id, once, sending
from laag.adapters.s2.wire import NOBODY, VERSIONS, Unreadable, name_of, read

GREETING_S = 30.0
"""A peer that has not said who it is by then is not one of ours."""
RECEPTION_S = 10.0
_OK = s2.ReceptionStatusValues.OK
_WRONG = s2.ReceptionStatusValues.INVALID_CONTENT


def begin(key: UUID, at: Moment, preferred: Iterable[s2.ControlType] | None = None) -> Step:
    """A connection was made: we say who we are, whether or not they do."""
    session = Session(key, at) if preferred is None else Session(key, at, tuple(preferred))
    session, name = new_id(session)
    ours = s2.Handshake(
        message_id=name, role=s2.EnergyManagementRole.CEM, supported_protocol_versions=list(VERSIONS)
    )
    return sending(session, at, ours)


def step(session: Session, raw: str | bytes, at: Moment) -> Step:
    """What came, whatever it is."""
    match read(raw):
        case Unreadable(subject, status, why):
            unread = once(session, f"a message that cannot be read: {why}")
            return replace(unread, replies=(_status(subject, status, why),))
        case s2.ReceptionStatus() as received:
            return _received(session, received)
        case message:
            return _taken(session, message, hash(raw), at)


def overdue(session: Session, at: Moment) -> Step:
    """Time has gone by: what was to come and did not."""
    if session.ended:
        return Step(session)
    if session.details is None and at.tick_s - session.begun.tick_s > GREETING_S:
        why = f"said nothing of itself in {GREETING_S:g} s"
        return farewell(session, s2.SessionRequestType.TERMINATE, why)
    late = [name for name, since_s in session.awaits.items() if at.tick_s - since_s > RECEPTION_S]
    if not late:
        return Step(session)
    left = {name: since_s for name, since_s in session.awaits.items() if name not in late}
    told = once(replace(session, awaits=left), f"gives no reception status within {RECEPTION_S:g} s")
    facts = tuple(Received(name, taken=False, why="no reception status in time") for name in late)
    return Step(told.session, told.replies, facts + told.facts)


def _received(session: Session, received: s2.ReceptionStatus) -> Step:
    name = received.subject_message_id.root
    taken = received.status is _OK
    left = {one: since_s for one, since_s in session.awaits.items() if one != name}
    said = "" if taken else f"{received.status.value}: {received.diagnostic_label or 'no reason given'}"[:200]
    facts: tuple[Fact, ...] = (Received(name, taken, said),) if name in session.awaits else ()
    done = Step(replace(session, awaits=left), facts=facts)
    return done if taken else done.and_then(once(done.session, f"did not take what it was told ({said})"))


def _taken(session: Session, message: BaseModel, content: int, at: Moment) -> Step:
    name = name_of(message)
    known = session.seen.get(name)
    if known is not None and known[0] == content:
        return Step(session, (_status(name, known[1], "came before"),))
    done = meant(session, message, at)
    if isinstance(done, str):
        answer, done = _status(name, _WRONG, done), once(session, f"{_kind(message)}: {done}")
        status = _WRONG
    else:
        answer, status = _status(name, _OK), _OK
    if known is not None:
        done = done.and_then(once(done.session, "uses an id for more than one message", "taken all the same"))
    seen = dict(list(done.session.seen.items())[-REMEMBERED + 1 :]) | {name: (content, status)}
    return Step(replace(done.session, seen=seen), (answer, *done.replies), done.facts)


def _status(subject: str, status: s2.ReceptionStatusValues, why: str | None = None) -> s2.ReceptionStatus:
    return s2.ReceptionStatus(
        subject_message_id=s2.ID(subject or NOBODY), status=status, diagnostic_label=why
    )


def _kind(message: BaseModel) -> str:
    return str(getattr(message, "message_type", ""))
