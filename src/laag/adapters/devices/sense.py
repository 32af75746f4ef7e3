"""One number that a device says, in whatever unit and shape, as a measurement in ours; pure, and never surprised."""

from __future__ import annotations

import json
import math
import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from laag.home.devices import Device
from laag.home.operate.link import Measured


class Quantity(StrEnum):
    """What a number is of; of a holding by its name in ``HomeState``."""

    POWER = "power"
    STORED = "stored_kwh"
    EV_STORED = "ev_stored_kwh"
    INDOOR = "indoor_c"
    TANK = "tank_c"
    HERE = "here"
    """Whether a car is plugged in."""


_HELD = {Quantity.STORED, Quantity.EV_STORED}
_DIVISORS = {"W": 1000, "Wh": 1000, "MW": 0.001, "MWh": 0.001}
"""Divided, not multiplied: 700 W are 0.7 kW and not 0.7000000000000001."""
_FITS = {
    Quantity.POWER: ({"W", "kW", "MW"}, 1000.0),
    Quantity.STORED: ({"Wh", "kWh", "MWh", "%"}, 10_000.0),
    Quantity.EV_STORED: ({"Wh", "kWh", "MWh", "%"}, 10_000.0),
    Quantity.INDOOR: ({"°C", "°F", "K"}, 100.0),
    Quantity.TANK: ({"°C", "°F", "K"}, 150.0),
}
"""The units that fit, and the largest number of ours that a home can have."""
_YES = frozenset({"on", "true", "yes", "1", "home", "connected", "plugged", "plugged_in", "charging"})
_NO = frozenset({"off", "false", "no", "0", "not_home", "away", "disconnected", "unplugged"})
_LONGEST = 64


class Sense(BaseModel):
    """What a device's number is, and how it becomes ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: Quantity = Quantity.POWER
    unit: str = ""
    """As they count; empty: ours (kW, kWh, °C), or what they say themselves."""
    scale: FiniteFloat = 1.0
    """Before the unit: -1 where they count what is given as positive, 0.1 where they count tenths."""
    of_kwh: Annotated[float, Field(gt=0)] | None = None
    """What 100 % is."""


def measured(device: Device, which: str, at: datetime, sense: Sense, raw: object) -> Measured | str:
    """A measurement, or in a few words why it is none.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    >>> measured(Device.PV, "", noon, Sense(unit="W", scale=-1), "-2150.5").kw
    2.1505
    >>> measured(Device.BATTERY, "", noon, Sense(what=Quantity.STORED, unit="%", of_kwh=10), 55).holds
    {'stored_kwh': 5.5}
    >>> measured(Device.PV, "", noon, Sense(unit="W"), "unknown")
    "'unknown' is not a number"
    """
    if sense.what is Quantity.HERE:
        here = _truth(raw)
        return (
            f"{_shown(raw)} is neither yes nor no"
            if here is None
            else Measured(device, at, here=here, which=which)
        )
    value = _number(raw)
    if value is None:
        return f"{_shown(raw)} is not a number"
    ours = _ours(value * sense.scale, sense)
    if isinstance(ours, str):
        return ours
    if not abs(ours) <= _FITS[sense.what][1]:
        return f"{_shown(raw)} is more than a home can have of {sense.what.value}"
    if sense.what is Quantity.POWER:
        return Measured(device, at, kw=ours, which=which)
    if sense.what in _HELD and ours < 0:
        return f"{_shown(raw)} is less than nothing"
    return Measured(device, at, holds={sense.what.value: ours}, which=which)


def _ours(value: float, sense: Sense) -> float | str:
    unit = sense.unit.replace("degC", "°C").replace("degF", "°F")
    if not unit:
        return value
    if unit not in _FITS[sense.what][0]:
        return f"the unit {_shown(unit)} does not fit {sense.what.value}"
    if unit == "%":
        if sense.of_kwh is None:
            return "a share in % means nothing without of_kwh, what 100 % is"
        # A percentage a little over a hundred is rounding; far over is another number.
        return value / 100 * sense.of_kwh if value <= 110 else f"{_shown(value)} % is more than all of it"
    if unit == "°F":
        return (value - 32) / 1.8
    return value - 273.15 if unit == "K" else value / _DIVISORS.get(unit, 1)


def number_at(payload: bytes, path: str) -> object:
    """What stands at a path in a JSON payload, ``None`` where nothing does; without a path the payload as text.

    >>> number_at(b'{"ENERGY": {"Power": [3, 5]}}', "ENERGY.Power[1]")
    5
    >>> number_at(b"12.5 W", "")
    '12.5 W'
    """
    try:
        text = payload.decode("utf-8").strip()
        if not path:
            return text
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    for step in re.findall(r"[^.\[\]]+", path.removeprefix("$")):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isascii() and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found


def _number(raw: object) -> float | None:
    """A finite number, also from text; never from true or false."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    # Longer than any number is rubbish, and Python refuses to turn endless digits into one.
    if isinstance(raw, str) and (len(raw) > _LONGEST or "_" in raw):
        return None
    try:
        value = float(raw)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _truth(raw: object) -> bool | None:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower() if isinstance(raw, int | str) else ""
    return True if word in _YES else False if word in _NO else None


def _shown(raw: object) -> str:
    """Rubbish, short enough for a line."""
    text = repr(raw if isinstance(raw, int | float | str | None) else type(raw).__name__)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
