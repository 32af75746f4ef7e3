"""A payload as a measurement; an instruction as a payload. Pure, and never surprised."""

from __future__ import annotations

import math
from datetime import UTC, datetime

from laag.adapters.devices import measured, number_at, words
from laag.adapters.devices.command import filled
from laag.adapters.mqtt.wire import Availability, Command, MqttDevice, State
from laag.home.operate.link import Measured

LARGEST = 65_536
_MILLIS = 1e11
"""Seconds since 1970 will not be so many before the year 5138: more are milliseconds."""


def measured_of(
    device: MqttDevice, state: State, payload: bytes, now: datetime, *, retained: bool = False
) -> Measured | str | None:
    """A measurement, why it is none, or nothing at all of what the broker kept from nobody knows when.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    >>> meter = State(topic="p", path="ENERGY.Power", unit="W")
    >>> boiler = MqttDevice(device="water", states=[meter])
    >>> measured_of(boiler, meter, b'{"ENERGY": {"Power": 1980}}', noon).kw
    1.98
    >>> measured_of(boiler, meter, b'{"ENERGY": {"Power": 1980}}', noon, retained=True)
    """
    if len(payload) > LARGEST:
        return f"a payload of {len(payload)} bytes is no reading"
    at = _time(payload, state.at_path, now)
    if at is None:
        if state.at_path and not retained:
            return f"there is no time at {state.at_path}"
        if retained and not state.believes_retained:
            return None
    raw = number_at(payload, state.path)
    if raw is None:
        return f"there is nothing at {state.path}" if state.path else "the payload is not text"
    return measured(device.device, device.which, at or now, state, raw)


def available(availability: Availability, payload: bytes) -> bool | None:
    """Whether the device is there; ``None`` where that is not what was said.

    >>> available(Availability(topic="a", online="Online"), b"Online")
    True
    """
    said = number_at(payload[:LARGEST], availability.path)
    return {availability.online: True, availability.offline: False}.get(str(said))


def payload_of(command: Command, kw: float) -> str:
    """What the device is told.

    >>> payload_of(Command(topic="c", template='{"amps": $a1}'), 3.7)
    '{"amps": 16}'
    """
    free = math.isinf(kw) and command.free is not None
    return filled(command.free if free and command.free else command.template, words(kw, scale=command.scale))


def _time(payload: bytes, path: str, now: datetime) -> datetime | None:
    """When it was measured, never later than now; ``None`` where it does not say."""
    said = number_at(payload, path) if path else None
    try:
        if isinstance(said, int | float) and not isinstance(said, bool):
            at = datetime.fromtimestamp(said / 1000 if abs(said) >= _MILLIS else said, UTC)
        elif isinstance(said, str):
            at = datetime.fromisoformat(said)
            if at.tzinfo is None:
                return None
            at = at.astimezone(UTC)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return min(at, now)
