"""Devices behind protocols: each [[home.link]] of a home's settings, read, checked and made into a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from pydantic import ValidationError

from laag.adapters.devices import Quantity
from laag.adapters.homefile.parse import faults
from laag.apps.agent.devices_told import Sparing
from laag.foundation.errors import BadInput
from laag.foundation.ports import Clock
from laag.home.devices import Device
from laag.home.house import House
from laag.home.operate import DeviceLink

Table = Mapping[str, Any]


class _Kind(NamedTuple):
    module: str
    settings: str
    link: str


_KINDS = {
    "homeassistant": _Kind("laag.adapters.homeassistant", "HaSettings", "HomeAssistantLink"),
    "mqtt": _Kind("laag.adapters.mqtt", "MqttSettings", "MqttLink"),
    "s2": _Kind("laag.adapters.s2", "S2Settings", "S2Link"),
}
_PARTS = {
    Device.PV: "pv",
    Device.BATTERY: "battery",
    Device.EV: "charger",
    Device.HEAT_PUMP: "heat_pump",
    Device.WATER: "tank",
}


def link_of(table: Table, clock: Clock) -> DeviceLink:
    """The link of one table; what it is told goes out when it is new, and again before it is forgotten."""
    kind = _kind(table)
    made: DeviceLink = getattr(_module(kind.module), kind.link)(_read(table), clock)
    return Sparing(made)


def check(tables: Sequence[Table], house: House) -> None:
    """Refuse what cannot be meant: a link of no known kind, a device that the home has not, or that has two links.

    >>> check([{"kind": "mqtt", "broker": {"host": "broker.local"}, "devices": [{"device": "battery"}]}], House("Kade 12"))
    Traceback (most recent call last):
    laag.foundation.errors.BadInput: home.link[0] speaks with a battery and the home has none; write [home.devices.battery], or leave it out here
    """
    taken: dict[tuple[Device, str], int] = {}
    for i, table in enumerate(tables):
        try:
            settings = _read(table)
        except ValidationError as odd:
            raise BadInput(f"home.link[{i}]: {faults(odd)}; docs/devices-live.md has every field") from None
        except BadInput as odd:
            raise BadInput(f"home.link[{i}]: {odd}") from None
        for one in settings.devices:
            _there(house, one.device, one.which, i)
            _says_what_it_holds(one, i)
            if (other := taken.setdefault((one.device, one.which), i)) != i:
                called = f"{_word(one.device)} {one.which}".strip()
                raise BadInput(
                    f"home.link[{other}] and home.link[{i}] both speak with the {called}; leave it to one of them"
                )


def validated(read: Any, table: Table) -> Any:
    """The table as these settings; a secret that was written into it is refused without being repeated."""
    return read.model_validate(dict(table))


def module_of(name: str) -> Any:
    """An adapter, whose engine may not be installed."""
    return _module(name)


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("laag"):
            raise
        raise BadInput(
            f"devices over a network need {missing.name}, which is not installed; pip install 'laag[live,devices]' adds it"
        ) from missing


def _kind(table: Table) -> _Kind:
    kind = table.get("kind")
    if kind not in _KINDS:
        raise BadInput(f"devices are not reached by {kind!r}; kind is one of {', '.join(_KINDS)}")
    return _KINDS[kind]


def _read(table: Table) -> Any:
    kind = _kind(table)
    rest = {name: value for name, value in table.items() if name != "kind"}
    return validated(getattr(_module(kind.module), kind.settings), rest)


def _there(house: House, device: Device, which: str, number: int) -> None:
    part = _PARTS.get(device)
    if device is Device.APPLIANCE:
        known: Iterable[str] = (one.name for one in house.appliances)
        if which not in known:
            raise BadInput(
                f"home.link[{number}] speaks with a machine {which!r} and the home has none of that name; "
                "write it under [[home.devices.appliances]], or leave it out here"
            )
    elif part is None:
        raise BadInput(
            f"home.link[{number}] speaks with a {_word(device)}, which nobody steers; leave it out"
        )
    elif getattr(house, part) is None:
        raise BadInput(
            f"home.link[{number}] speaks with a {_word(device)} and the home has none; "
            f"write [home.devices.{part}], or leave it out here"
        )


def _says_what_it_holds(one: Any, number: int) -> None:
    """A battery of which nobody knows how full it is cannot be planned for; a resource manager says so by itself."""
    states = getattr(one, "states", None)
    if states is None or one.device is not Device.BATTERY:
        return
    if not any(state.what is Quantity.STORED for state in states):
        raise BadInput(
            f'home.link[{number}]: the battery says nothing of what it holds; add a state with what = "stored_kwh"'
        )


def _word(device: Device) -> str:
    return device.name.lower()
