"""What each message of S2 means to a session."""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel
from s2python.generated import gen_s2 as s2

from laag.adapters.s2 import measuring, steering
from laag.adapters.s2.facts import Ended
from laag.adapters.s2.introduction import greeted, introduced
from laag.adapters.s2.state import Moment, Session, Step


def meant(session: Session, message: BaseModel, at: Moment) -> Step | str:
    """What a message means, or in a few words why it cannot."""
    match message:
        case s2.Handshake():
            return greeted(session, message, at)
        case s2.ResourceManagerDetails():
            return introduced(session, message, at)
        case s2.PowerMeasurement():
            return measuring.power(session, message, at.now)
        case s2.PEBCPowerConstraints() | s2.FRBCSystemDescription() | s2.OMBCSystemDescription():
            return steering.described(session, message)
        case s2.FRBCStorageStatus():
            return measuring.level(session, message)
        case s2.FRBCFillLevelTargetProfile():
            return measuring.target(session, message, at.now)
        case s2.FRBCActuatorStatus():
            return steering.active(session, message.actuator_id.root, message.active_operation_mode_id.root)
        case s2.OMBCStatus():
            return steering.active(session, "", message.active_operation_mode_id.root)
        case s2.FRBCTimerStatus():
            return steering.timer(session, message.actuator_id.root, message)
        case s2.OMBCTimerStatus():
            return steering.timer(session, "", message)
        case s2.InstructionStatusUpdate():
            return steering.obeyed(session, message)
        case s2.RevokeObject():
            return steering.revoked(session, message)
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
