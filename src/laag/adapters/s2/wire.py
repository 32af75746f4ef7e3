"""The messages of S2 as they are on the wire: read with care, written as the schema has them.

The generated classes are used and not those around them, which take only UUIDs for what the standard lets be any word.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from uuid import UUID

from pydantic import BaseModel, ValidationError
from s2python.generated import gen_s2 as s2
from s2python.version import S2_VERSION

VERSIONS = (S2_VERSION,)
"""What we speak, best first."""
NOBODY = str(UUID(int=0))
"""Whom a reception status is about when the message had no name."""
_READ: dict[str, type[BaseModel]] = {
    "Handshake": s2.Handshake,
    "HandshakeResponse": s2.HandshakeResponse,
    "ResourceManagerDetails": s2.ResourceManagerDetails,
    "SelectControlType": s2.SelectControlType,
    "SessionRequest": s2.SessionRequest,
    "RevokeObject": s2.RevokeObject,
    "ReceptionStatus": s2.ReceptionStatus,
    "InstructionStatusUpdate": s2.InstructionStatusUpdate,
    "PowerMeasurement": s2.PowerMeasurement,
    "PowerForecast": s2.PowerForecast,
    "PEBC.PowerConstraints": s2.PEBCPowerConstraints,
    "PEBC.EnergyConstraint": s2.PEBCEnergyConstraint,
    "PEBC.Instruction": s2.PEBCInstruction,
    "FRBC.SystemDescription": s2.FRBCSystemDescription,
    "FRBC.StorageStatus": s2.FRBCStorageStatus,
    "FRBC.ActuatorStatus": s2.FRBCActuatorStatus,
    "FRBC.TimerStatus": s2.FRBCTimerStatus,
    "FRBC.FillLevelTargetProfile": s2.FRBCFillLevelTargetProfile,
    "FRBC.LeakageBehaviour": s2.FRBCLeakageBehaviour,
    "FRBC.UsageForecast": s2.FRBCUsageForecast,
    "FRBC.Instruction": s2.FRBCInstruction,
    "OMBC.SystemDescription": s2.OMBCSystemDescription,
    "OMBC.Status": s2.OMBCStatus,
    "OMBC.TimerStatus": s2.OMBCTimerStatus,
    "OMBC.Instruction": s2.OMBCInstruction,
}
_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What came is no message; ``status`` is the answer that the standard has for it."""

    subject: str
    status: s2.ReceptionStatusValues
    why: str


def read(raw: str | bytes) -> BaseModel | Unreadable:
    """A message, or what is wrong with what came.

    >>> read('{"message_type": "Handshake", "message_id": "a1", "role": "RM"}').role.value
    'RM'
    >>> read('{"message_type": "Handshake", "message_id": "a1"}').status.value, read("{").status.value
    ('INVALID_MESSAGE', 'INVALID_DATA')
    """
    invalid = s2.ReceptionStatusValues
    try:
        found = json.loads(raw, parse_constant=_no_number, parse_float=_finite, parse_int=_bounded)
    except (ValueError, RecursionError):
        return Unreadable(NOBODY, invalid.INVALID_DATA, "not JSON that can be read")
    if not isinstance(found, dict):
        return Unreadable(NOBODY, invalid.INVALID_DATA, "JSON, but not an object")
    subject = _named(found.get("message_id"))
    kind = found.get("message_type")
    if not isinstance(kind, str) or kind not in _READ:
        return Unreadable(
            subject, invalid.INVALID_MESSAGE, f"no message type that is spoken here: {str(kind)[:60]!r}"
        )
    try:
        return _READ[kind].model_validate(found)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        return Unreadable(subject, invalid.INVALID_MESSAGE, f"{kind}: {where}: {first['msg']}"[:200])


def written(message: BaseModel) -> str:
    """A message as it is sent."""
    return str(message.model_dump_json(by_alias=True, exclude_none=True))


def name_of(message: BaseModel) -> str:
    """A message's own id; empty where it has none."""
    found = getattr(message, "message_id", None)
    return str(found.root) if isinstance(found, s2.ID) else ""


def _named(found: object) -> str:
    try:
        return str(s2.ID.model_validate(found).root)[:64]
    except ValidationError:
        return NOBODY


def _finite(text: str) -> float:
    if not math.isfinite(value := float(text)):
        raise ValueError("a number without end")
    return value


def _bounded(text: str) -> int:
    if len(text) > 20 or not abs(value := int(text)) < _LARGEST:
        raise ValueError("a number too large")
    return value


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is not JSON")
