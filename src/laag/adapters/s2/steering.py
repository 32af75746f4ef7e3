"""What can be done with a device, how it stands now, and whether it does what it was told."""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel
from s2python.generated import gen_s2 as s2

from laag.adapters.s2.facts import Fact, Level, Steerable, Target
from laag.adapters.s2.state import REMEMBERED, Described, Session, Step, once

_SPEAKS: dict[s2.ControlType, type[BaseModel]] = {
    s2.ControlType.FILL_RATE_BASED_CONTROL: s2.FRBCSystemDescription,
    s2.ControlType.POWER_ENVELOPE_BASED_CONTROL: s2.PEBCPowerConstraints,
    s2.ControlType.OPERATION_MODE_BASED_CONTROL: s2.OMBCSystemDescription,
}


def fits(described: BaseModel | None, control: s2.ControlType | None) -> bool:
    """Whether what a device told belongs to the way in which it is steered."""
    return described is not None and (control is None or isinstance(described, _SPEAKS.get(control, ())))


def described(session: Session, told: Described) -> Step | str:
    """It can be steered from now on, and what it told of its storage before has a name."""
    if not fits(told, session.control):
        chosen = session.control.value if session.control else "nothing"
        return f"does not belong to the way of steering that was chosen, {chosen}"
    session = replace(session, described=told)
    facts: tuple[Fact, ...] = (Steerable(so=True),)
    if (label := session.fill_label) is not None:
        if session.level is not None:
            facts += (Level(session.level, label),)
        if session.target is not None:
            facts += (Target(*session.target, label),)
    return Step(session, facts=facts)


def active(session: Session, actuator: str, mode: str) -> Step:
    """In which mode an actuator is."""
    return Step(replace(session, active=_bounded(dict(session.active) | {actuator: mode})))


def timer(session: Session, actuator: str, message: s2.FRBCTimerStatus | s2.OMBCTimerStatus) -> Step:
    """Until when a timer keeps an actuator from something."""
    ends = {(actuator, message.timer_id.root): message.finished_at}
    return Step(replace(session, finished=_bounded(dict(session.finished) | ends)))


def obeyed(session: Session, message: s2.InstructionStatusUpdate) -> Step:
    """The operator hears of what it does not do."""
    status = s2.InstructionStatus
    if message.status_type in {status.REJECTED, status.ABORTED, status.REVOKED}:
        return once(session, f"does not do what it was told ({message.status_type.value})")
    return Step(session)


def revoked(session: Session, message: s2.RevokeObject) -> Step:
    """Whoever takes back how it can be steered is steered no longer."""
    kind = message.object_type.value
    described = session.described
    if described is None or described.message_type != kind:
        return Step(session)
    if isinstance(described, s2.PEBCPowerConstraints) and described.id.root != message.object_id.root:
        return Step(session)
    return Step(replace(session, described=None), facts=(Steerable(so=False),))


def _bounded(table: dict) -> dict:  # type: ignore[type-arg]  # whatever the key is
    """The last of many: a peer cannot fill our memory."""
    return dict(list(table.items())[-REMEMBERED:])
