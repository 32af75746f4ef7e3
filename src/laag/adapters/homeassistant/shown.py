"""What Home Assistant shows of us: which entities there are, and what each says now. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from laag.adapters.devices import Kind
from laag.foundation.words import Lang, Said
from laag.home.devices import Device
from laag.home.operate.instruct import Instruction
from laag.home.operate.sentences import say
from laag.home.preferences.blanks import Stop
from laag.home.preferences.blanks.choices import SLIDER

UNKNOWN = "None"
"""What an entity is told that has no value now: not zero."""
_LONGEST = 255
"""Home Assistant keeps no state that is longer."""


class PanelDevice(BaseModel):
    """A device that is told something."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    device: Kind
    which: str = ""


class PanelSettings(BaseModel):
    """Which home, in which language, and what there is to show."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    home: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")] = "home"
    """In every topic and id; another home on the same broker has another name."""
    language: Lang = Lang.NL
    prefix: Annotated[str, Field(pattern=r"^[^#+\x00]+$")] = "homeassistant"
    """Where Home Assistant looks for what is new."""
    devices: tuple[PanelDevice, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is shown at a moment; what is not known is ``None``."""

    grid_kw: float | None = None
    """At the connection: what the home takes, or below zero gives."""
    plan_kw: float | None = None
    price_eur_per_kwh: float | None = None
    cost_today_eur: float | None = None
    told: tuple[Instruction, ...] = ()
    paused: bool | None = None
    car_percent: float | None = None
    """How full the car is to be."""
    stop: Stop | None = None
    """Where the slider stands."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Something in Home Assistant."""

    kind: str
    """Its domain there: ``sensor``, ``switch``."""
    name: str
    """Ours, in topics."""
    called: Said
    more: Mapping[str, object]
    """What else its domain wants to know."""

    @property
    def asks(self) -> bool:
        """Whether a resident can set it there."""
        return self.kind != "sensor"


_POWER = {
    "device_class": "power",
    "state_class": "measurement",
    "unit_of_measurement": "kW",
    "suggested_display_precision": 2,
}
_SLIDER: Mapping[Stop, Said] = {stop: names[0] for stop, names in SLIDER.names.items()}
"""As in the sentence that says the same."""
_CALLED: Mapping[Device, Said] = {
    Device.LOAD: Said("Overig gebruik", "Other use"),
    Device.PV: Said("Zonnepanelen", "Solar panels"),
    Device.BATTERY: Said("Batterij", "Battery"),
    Device.EV: Said("Auto", "Car"),
    Device.HEAT_PUMP: Said("Warmtepomp", "Heat pump"),
    Device.WATER: Said("Warm water", "Hot water"),
    Device.APPLIANCE: Said("Machine", "Machine"),
}


def entities(settings: PanelSettings) -> list[Entity]:
    """Everything there is to show, and to set."""
    lang = settings.language
    found = [
        Entity("sensor", "grid_power", Said("Vermogen op de aansluiting", "Power at the connection"), _POWER),
        Entity("sensor", "plan_power", Said("Vermogen volgens het plan", "Power by the plan"), _POWER),
        Entity("sensor", "price", Said("Prijs nu", "Price now"), {"unit_of_measurement": "EUR/kWh", "state_class": "measurement", "suggested_display_precision": 3}),
        Entity("sensor", "cost_today", Said("Verwachte kosten vandaag", "Expected cost today"), {"device_class": "monetary", "unit_of_measurement": "EUR", "suggested_display_precision": 2}),
        Entity("switch", "pause", Said("Niets sturen", "Steer nothing"), {"icon": "mdi:pause-circle"}),
        Entity("select", "slider", Said("Waar het huis op let", "What the home minds"), {"options": [_SLIDER[stop].to(lang) for stop in Stop]}),
    ]  # fmt: skip
    for one in settings.devices:
        name, called = _named(one.device, one.which)
        found += [
            Entity("sensor", f"{name}_power", _with(called, Said("opdracht", "instruction")), _POWER),
            Entity(
                "sensor", f"{name}_why", _with(called, Said("waarom", "why")), {"icon": "mdi:help-circle"}
            ),
        ]
    if any(one.device is Device.EV for one in settings.devices):
        found.append(
            Entity("number", "car_percent", Said("Auto laden tot", "Charge the car to"), {"min": 0, "max": 100, "step": 5, "unit_of_measurement": "%"})
        )  # fmt: skip
    return found


def states(settings: PanelSettings, shown: Shown) -> dict[str, str]:
    """What each entity says, by its name.

    >>> said = states(PanelSettings(), Shown(grid_kw=-1.25, paused=False))
    >>> said["grid_power"], said["pause"], said["price"]
    ('-1.25', 'OFF', 'None')
    """
    lang = settings.language
    found = {
        "grid_power": _number(shown.grid_kw, 3),
        "plan_power": _number(shown.plan_kw, 3),
        "price": _number(shown.price_eur_per_kwh, 5),
        "cost_today": _number(shown.cost_today_eur, 2),
        "pause": UNKNOWN if shown.paused is None else "ON" if shown.paused else "OFF",
        "slider": UNKNOWN if shown.stop is None else _SLIDER[shown.stop].to(lang),
        "car_percent": _number(shown.car_percent, 0),
    }
    told = {_named(one.device, one.which)[0]: one for one in shown.told}
    for one in settings.devices:
        name, _ = _named(one.device, one.which)
        instruction = told.get(name)
        found[f"{name}_power"] = _number(None if instruction is None else instruction.power_kw, 3)
        found[f"{name}_why"] = UNKNOWN if instruction is None else _short(say(instruction).to(lang))
    return {entity.name: found[entity.name] for entity in entities(settings)}


def stop_of(text: str) -> Stop | None:
    """Where the slider is put, in either language."""
    return next((stop for stop, said in _SLIDER.items() if text in {said.nl, said.en}), None)


def _number(value: float | None, digits: int) -> str:
    """Without an end (a roof that may give all it can) there is no number to show."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    text = f"{round(value, digits) + 0.0:.{digits}f}"
    return text.rstrip("0").rstrip(".") if digits else text


def _named(device: Device, which: str) -> tuple[str, Said]:
    """In topics, and for people."""
    word = device.name.lower()
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in which.lower())
    called = _CALLED[device]
    return (
        (f"{word}_{plain}", Said(f"{called.nl} {which}", f"{called.en} {which}")) if which else (word, called)
    )


def _with(called: Said, what: Said) -> Said:
    return Said(f"{called.nl}: {what.nl}", f"{called.en}: {what.en}")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
