"""A session as a pure state machine: a text comes in; out come the next session, replies, and facts.

Peers differ in the order in which they begin, so no order is asked of them: what is told is kept until it is of use.
Whatever comes is answered with a reception status, once; a message that comes twice is answered twice and done once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from pydantic import BaseModel
from s2python.generated import gen_s2 as s2

from laag.adapters.s2.facts import Ended, Fact, Known, Level, Power, Received, Steerable, Target
from laag.adapters.s2.state import Described, Moment, Session, Step, new_id, once, sending
from laag.adapters.s2.wire import NOBODY, VERSIONS, Unreadable, name_of, read

GREETING_S = 30.0
"""A peer that has not said who it is by then is not one of ours."""
RECEPTION_S = 10.0
_ASTRAY = timedelta(minutes=5)
_REMEMBERED = 256
_AHEAD = timedelta(days=14)
_AHEAD_MS = 14 * 86_400_000
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


def farewell(session: Session, request: s2.SessionRequestType, why: str) -> Step:
    """We end it, and say so."""
    session, name = new_id(session)
    goodbye = s2.SessionRequest(message_id=name, request=request, diagnostic_label=why)
    return Step(replace(session, ended=True), (goodbye,), (Ended(why),))


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
    done = _done(session, message, at)
    if isinstance(done, str):
        answer, done = _status(name, _WRONG, done), once(session, f"{_kind(message)}: {done}")
        status = _WRONG
    else:
        answer, status = _status(name, _OK), _OK
    if known is not None:
        done = done.and_then(once(done.session, "uses an id for more than one message", "taken all the same"))
    seen = dict(list(done.session.seen.items())[-_REMEMBERED + 1 :]) | {name: (content, status)}
    return Step(replace(done.session, seen=seen), (answer, *done.replies), done.facts)


def _done(session: Session, message: BaseModel, at: Moment) -> Step | str:
    """What a message means, or in a few words why it cannot."""
    match message:
        case s2.Handshake():
            return _greeted(session, message, at)
        case s2.ResourceManagerDetails():
            return _introduced(session, message, at)
        case s2.PowerMeasurement():
            return _power(session, message, at.now)
        case s2.PEBCPowerConstraints() | s2.FRBCSystemDescription() | s2.OMBCSystemDescription():
            return _described(session, message)
        case s2.FRBCStorageStatus():
            return _level(session, message)
        case s2.FRBCFillLevelTargetProfile():
            return _target(session, message, at.now)
        case s2.FRBCActuatorStatus():
            return _active(session, message.actuator_id.root, message.active_operation_mode_id.root)
        case s2.OMBCStatus():
            return _active(session, "", message.active_operation_mode_id.root)
        case s2.FRBCTimerStatus():
            return _timer(session, message.actuator_id.root, message)
        case s2.OMBCTimerStatus():
            return _timer(session, "", message)
        case s2.InstructionStatusUpdate():
            return _obeyed(session, message)
        case s2.RevokeObject():
            return _revoked(session, message)
        case s2.SessionRequest():
            why = f"asks to {message.request.value.lower()}"
            return Step(replace(session, ended=True), facts=(Ended(why),))
        case (
            s2.SelectControlType()
            | s2.HandshakeResponse()
            | s2.PEBCInstruction()
            | s2.FRBCInstruction()
            | s2.OMBCInstruction()
        ):
            return "is what an energy manager says, and that is who we are"
        case _:
            # What it expects of its use or leakage is read and answered; plans do not go by it yet.
            return Step(session)


def _greeted(session: Session, message: s2.Handshake, at: Moment) -> Step | str:
    if message.role is not s2.EnergyManagementRole.RM:
        return "comes from an energy manager, and that is who we are"
    theirs = message.supported_protocol_versions
    version = next((ours for ours in VERSIONS if theirs is None or ours in theirs), None)
    if version is None:
        why = f"speaks {', '.join(theirs or ())[:100]}, and we speak {', '.join(VERSIONS)}"
        return farewell(session, s2.SessionRequestType.TERMINATE, why)
    session, name = new_id(replace(session, greeted=True))
    return sending(session, at, s2.HandshakeResponse(message_id=name, selected_protocol_version=version))


def _introduced(session: Session, details: s2.ResourceManagerDetails, at: Moment) -> Step:
    known = Known(details.resource_id.root, details.name or "")
    session = replace(session, details=details)
    offered = [one for one in session.preferred if one in details.available_control_types]
    control = offered[0] if offered else s2.ControlType.NO_SELECTION
    if control is session.control:
        return Step(session, facts=(known,))
    described = session.described if _fits(session.described, control) else None
    session, name = new_id(replace(session, control=control, described=described))
    chosen = sending(session, at, s2.SelectControlType(message_id=name, control_type=control))
    if not offered:
        kinds = ", ".join(one.value for one in details.available_control_types)
        chosen = chosen.and_then(
            once(chosen.session, f"can only be steered in ways not spoken here: {kinds}")
        )
    return replace(chosen, facts=(known, *chosen.facts))


_SPEAKS: dict[s2.ControlType, type[BaseModel]] = {
    s2.ControlType.FILL_RATE_BASED_CONTROL: s2.FRBCSystemDescription,
    s2.ControlType.POWER_ENVELOPE_BASED_CONTROL: s2.PEBCPowerConstraints,
    s2.ControlType.OPERATION_MODE_BASED_CONTROL: s2.OMBCSystemDescription,
}


def _fits(described: BaseModel | None, control: s2.ControlType | None) -> bool:
    return described is not None and (control is None or isinstance(described, _SPEAKS.get(control, ())))


def _described(session: Session, described: Described) -> Step | str:
    if not _fits(described, session.control):
        chosen = session.control.value if session.control else "nothing"
        return f"does not belong to the way of steering that was chosen, {chosen}"
    label = (
        described.storage.fill_level_label or "" if isinstance(described, s2.FRBCSystemDescription) else ""
    )
    facts: tuple[Fact, ...] = (Steerable(so=True),)
    if session.level is not None and isinstance(described, s2.FRBCSystemDescription):
        facts += (Level(session.level, label),)
    if session.target is not None and isinstance(described, s2.FRBCSystemDescription):
        facts += (Target(*session.target, label),)
    return Step(replace(session, described=described), facts=facts)


def _power(session: Session, message: s2.PowerMeasurement, now: datetime) -> Step:
    electric = [one.value for one in message.values if one.commodity_quantity.value.startswith("ELECTRIC.")]
    if not electric:
        return Step(session)
    if not math.isfinite(watts := sum(electric)) or abs(watts) > 1e6:
        return once(session, "measures more power than a home can have")
    stamp = message.measurement_timestamp
    if abs(stamp - now) <= _ASTRAY:
        return Step(session, facts=(Power(watts, min(stamp, now).astimezone(UTC)),))
    # What is said now is of now: a device whose clock is astray is not therefore silent.
    told = once(session, "has a clock more than five minutes from ours", "our time is taken")
    return replace(told, facts=(Power(watts, now), *told.facts))


def _level(session: Session, message: s2.FRBCStorageStatus) -> Step:
    session = replace(session, level=message.present_fill_level)
    described = session.described
    if not isinstance(described, s2.FRBCSystemDescription):
        return Step(session)
    return Step(session, facts=(Level(message.present_fill_level, described.storage.fill_level_label or ""),))


def _target(session: Session, message: s2.FRBCFillLevelTargetProfile, now: datetime) -> Step:
    """Of all that it has to hold, the most, and the first moment at which it has to."""
    if abs(message.start_time - now) > _AHEAD:
        return once(session, "wants to be filled at a time that is no plan")
    begin_ms, most = 0, (-math.inf, message.start_time)
    for element in message.elements:
        level = element.fill_level_range.start_of_range
        if level > most[0] and begin_ms <= _AHEAD_MS:
            most = (level, message.start_time + timedelta(milliseconds=begin_ms))
        begin_ms += element.duration.root
    most = (most[0], most[1].astimezone(UTC))
    session = replace(session, target=most)
    described = session.described
    if not isinstance(described, s2.FRBCSystemDescription):
        return Step(session)
    return Step(session, facts=(Target(*most, described.storage.fill_level_label or ""),))


def _active(session: Session, actuator: str, mode: str) -> Step:
    return Step(replace(session, active=_bounded(dict(session.active) | {actuator: mode})))


def _timer(session: Session, actuator: str, message: s2.FRBCTimerStatus | s2.OMBCTimerStatus) -> Step:
    timer = {(actuator, message.timer_id.root): message.finished_at}
    return Step(replace(session, finished=_bounded(dict(session.finished) | timer)))


def _obeyed(session: Session, message: s2.InstructionStatusUpdate) -> Step:
    status = s2.InstructionStatus
    if message.status_type in {status.REJECTED, status.ABORTED, status.REVOKED}:
        return once(session, f"does not do what it was told ({message.status_type.value})")
    return Step(session)


def _revoked(session: Session, message: s2.RevokeObject) -> Step:
    kind = message.object_type.value
    described = session.described
    if described is None or described.message_type != kind:
        return Step(session)
    if isinstance(described, s2.PEBCPowerConstraints) and described.id.root != message.object_id.root:
        return Step(session)
    return Step(replace(session, described=None), facts=(Steerable(so=False),))


def _bounded(table: dict) -> dict:  # type: ignore[type-arg]  # whatever the key is
    """The last of many: a peer cannot fill our memory."""
    return dict(list(table.items())[-_REMEMBERED:])


def _status(subject: str, status: s2.ReceptionStatusValues, why: str | None = None) -> s2.ReceptionStatus:
    return s2.ReceptionStatus(
        subject_message_id=s2.ID(subject or NOBODY), status=status, diagnostic_label=why
    )


def _kind(message: BaseModel) -> str:
    return str(getattr(message, "message_type", ""))
