"""Which resource manager is which device of ours, and what its facts are in our units."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from s2python.generated import gen_s2 as s2

from laag.adapters.devices import Kind, Place, Quantity, Sense, each_once, measured
from laag.adapters.s2.facts import Fact, Level, Power, Steerable, Target
from laag.adapters.s2.state import PREFERRED
from laag.home.devices import Device
from laag.home.operate.link import Measured


class S2Device(BaseModel):
    """A resource manager by the id that it gives itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    resource: Annotated[str, Field(min_length=2, max_length=64)]
    device: Kind
    which: str = ""
    full_kwh: Annotated[float, Field(gt=0)] | None = None
    """What 100 % is, where it counts in %."""


class S2Settings(BaseModel):
    """Where resource managers find us, and which are ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, lt=65536)] = 8080
    token: Place = ""
    """Where the word is that they must bring (``file:…``, ``env:…``); empty: whoever reaches us may speak."""
    certificate: str = ""
    key: str = ""
    """Files for TLS; empty: the network carries it in the clear."""
    prefer: tuple[s2.ControlType, ...] = PREFERRED
    devices: tuple[S2Device, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        each_once((one.device, one.which) for one in self.devices)
        resources = [one.resource for one in self.devices]
        if twice := sorted({one for one in resources if resources.count(one) > 1}):
            raise ValueError(f"the resources {twice} are set down twice; each is one device")
        return self


_HOLDS = {
    Device.BATTERY: Quantity.STORED,
    Device.EV: Quantity.EV_STORED,
    Device.HEAT_PUMP: Quantity.INDOOR,
    Device.WATER: Quantity.TANK,
}


def measured_of(device: S2Device, fact: Fact, now: datetime) -> Measured | str | None:
    """A fact in our units; in a few words why that cannot be, or ``None`` where it is no measurement.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    >>> measured_of(S2Device(resource="pv", device="pv"), Power(-2500.0, noon), noon).kw
    2.5
    """
    match fact:
        case Power(watts, at):
            kw = watts / 1000
            gives = device.device is Device.PV
            return Measured(device.device, at, kw=-kw + 0.0 if gives else kw, which=device.which)
        case Level(level, label) if device.device in _HOLDS:
            return _held(device, level, label, now)
        case Target(level, at, label) if device.device is Device.EV:
            wanted = _held(device, level, label, now)
            if isinstance(wanted, str):
                return wanted
            kwh = wanted.holds[Quantity.EV_STORED.value]
            return Measured(device.device, now, which=device.which, leaves_at=at, wanted_kwh=kwh)
        case Steerable(so) if device.device is Device.EV:
            return Measured(device.device, now, here=so, which=device.which)
        case _:
            return None


def _held(device: S2Device, level: float, label: str, now: datetime) -> Measured | str:
    what = _HOLDS[device.device]
    unit = unit_of(label, what)
    if unit is None:
        return f"its fill level is in {label[:60]!r}, which is no unit of {what.value}"
    sense = Sense(what=what, unit=unit, of_kwh=device.full_kwh)
    return measured(device.device, device.which, now, sense, level)


def unit_of(label: str, what: Quantity) -> str | None:
    """The unit that a label for people means.

    >>> unit_of("State of charge in %", Quantity.STORED), unit_of("degrees Celsius", Quantity.TANK)
    ('%', '°C')
    """
    low = label.lower()
    if what in {Quantity.STORED, Quantity.EV_STORED}:
        known = {
            "mwh": "MWh",
            "kwh": "kWh",
            "wh": "Wh",
            "%": "%",
            "percent": "%",
            "soc": "%",
            "state of charge": "%",
        }
    else:
        known = {"celsius": "°C", "°c": "°C", "fahrenheit": "°F", "°f": "°F", "kelvin": "K"}
    return next((unit for word, unit in known.items() if word in low), None)
