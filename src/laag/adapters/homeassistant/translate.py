"""An entity's state as a measurement; an instruction as an action. Pure, and never surprised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from laag.adapters.devices import Sense, measured, words
from laag.adapters.homeassistant.wire import HaCommand, HaDevice, HaState
from laag.home.operate.link import Measured

_NOT_THERE = {"unknown", "unavailable", "None", ""}


def measured_of(
    device: HaDevice, state: HaState, said: Mapping[str, object], now: datetime
) -> Measured | str | None:
    """A measurement, why it is none, or nothing where Home Assistant itself has nothing.

    >>> noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    >>> power = HaState(entity="sensor.charger")
    >>> said = {"state": "3680", "attributes": {"unit_of_measurement": "W"}, "last_updated": "2026-06-01T11:59:58+00:00"}
    >>> made = measured_of(HaDevice(device="ev"), power, said, noon)
    >>> made.kw, (noon - made.at).seconds
    (3.68, 2)
    """
    attributes = said.get("attributes")
    attributes = attributes if isinstance(attributes, dict) else {}
    value = said.get("state")
    # An entity that is away may still have the attributes of when it was there.
    if not isinstance(value, str) or value in _NOT_THERE:
        return None
    raw = attributes.get(state.attribute) if state.attribute else value
    if raw is None:
        return None
    sense: Sense = state
    theirs = attributes.get("unit_of_measurement")
    if not state.unit and not state.attribute and isinstance(theirs, str):
        sense = state.model_copy(update={"unit": theirs})
    at = now if state.vouched else _time(said, now)
    return (
        "has no time that can be read"
        if at is None
        else measured(device.device, device.which, at, sense, raw)
    )


def call_of(command: HaCommand, kw: float) -> dict[str, object]:
    """The action that is called.

    >>> from laag.adapters.devices import Call
    >>> boiler = HaCommand(entity="switch.boiler", call=Call(service="switch.turn_on"), rest=Call(service="switch.turn_off"))
    >>> call_of(boiler, 2.0)["service"], call_of(boiler, 0.0)["service"]
    ('turn_on', 'turn_off')
    """
    rests = abs(kw) <= command.least_kw and command.rest is not None
    call = command.rest if rests and command.rest is not None else command.call
    domain, _, service = call.service.partition(".")
    known = words(kw, scale=command.scale, least_kw=command.least_kw)
    return {
        "domain": domain,
        "service": service,
        "service_data": call.filled(known),
        "target": {"entity_id": command.entity},
    }


def _time(said: Mapping[str, object], now: datetime) -> datetime | None:
    """When it was last said, also where it stayed the same (which only newer versions tell); never later than now."""
    text = said.get("last_reported") or said.get("last_updated")
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
        return None if at is None or at.tzinfo is None else min(at.astimezone(UTC), now)
    except (ValueError, OverflowError):
        return None
