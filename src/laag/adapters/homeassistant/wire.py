"""Home Assistant's websocket: which of its entities are devices of ours, and its messages as they come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, model_validator

from laag.adapters.devices import Call, Kind, Place, Sense, each_once

EntityId = Annotated[str, Field(pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$", max_length=255)]


class _Wire(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HaState(Sense):
    """An entity that says something of a device; without a unit of ours, in the unit that it names itself."""

    entity: EntityId
    attribute: str = ""
    """Of a climate ``current_temperature``; empty: its state."""
    vouched: bool = False
    """Take a value as of now for as long as Home Assistant does not call it unavailable: for what speaks only when it changes."""


class HaCommand(_Wire):
    """Which action steers a device, and where it differs, which one lets it rest."""

    entity: EntityId
    call: Call
    """``number.set_value`` with ``{"value": "$w"}``, ``switch.turn_on``, ``climate.set_temperature`` with a temperature."""
    rest: Call | None = None
    """What is called when the device is to take nothing, such as ``switch.turn_off``."""
    least_kw: float = 0.05
    """Up to here it is to take nothing."""
    scale: FiniteFloat = 1.0
    """-1 where they count what is given as positive."""


class HaDevice(_Wire):
    """A device by its entities."""

    device: Kind
    which: str = ""
    states: tuple[HaState, ...] = ()
    command: HaCommand | None = None


class HaSettings(_Wire):
    """Where it is, where its long-lived access token is, and what of it is ours."""

    url: Annotated[str, Field(pattern=r"^wss?://.+")] = "ws://homeassistant.local:8123/api/websocket"
    token: Annotated[Place, Field(min_length=1)]
    """Where it is, never what it is: ``file:…`` or ``env:…``."""
    devices: tuple[HaDevice, ...] = ()
    again_s: Annotated[float, Field(gt=0)] = 20.0
    """How often all states are asked for: what was reported again without a change is no event."""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        each_once((one.device, one.which) for one in self.devices)
        return self


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of theirs; what is none has ``kind`` ``""``."""

    kind: str
    id: int | None = None
    success: bool = False
    result: object = None
    why: str = ""


def read(raw: str | bytes) -> Heard:
    """A message, whatever came.

    >>> read('{"id": 3, "type": "result", "success": false, "error": {"code": "not_found", "message": "No such entity"}}')
    Heard(kind='result', id=3, success=False, result=None, why='No such entity')
    >>> read("rubbish").kind
    ''
    """
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return Heard("", why="not JSON")
    if not isinstance(found, dict) or not isinstance(found.get("type"), str):
        return Heard("", why="not a message")
    number = found.get("id")
    error = found.get("error")
    said = error.get("message") if isinstance(error, dict) else found.get("message")
    return Heard(
        found["type"],
        number if isinstance(number, int) and not isinstance(number, bool) else None,
        found.get("success") is True,
        found.get("result") if found["type"] == "result" else found.get("event"),
        str(said)[:200] if said else "",
    )


def changed(event: object) -> Mapping[str, object] | None:
    """The new state in an event, where it is one of a change."""
    data = event.get("data") if isinstance(event, dict) else None
    new = data.get("new_state") if isinstance(data, dict) else None
    return new if isinstance(new, dict) else None


def auth(token: str) -> str:
    """Who we are."""
    return json.dumps({"type": "auth", "access_token": token})


def asking(number: int, kind: str, **more: object) -> str:
    """A request with its number."""
    return json.dumps({"id": number, "type": kind, **more})
