"""A home of a street as the settings of its agent: what ``config.read`` reads back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from laag.cycle.street import Home
from laag.home.devices import Comfort
from laag.home.house import House


def settings_of(home: Home, **more: Any) -> str:
    """TOML that describes the home, with ``more`` fields of ``[home]`` besides."""
    return written({"home": {"name": home.house.name, **more, **_house(home.house), "car": _car(home)}})


def written(table: Mapping[str, Any], path: str = "") -> str:
    """A table as TOML; plain values first, tables after them.

    >>> print(written({"home": {"name": "Kade 12", "page": {"port": 8411}}}))
    [home]
    name = "Kade 12"
    <BLANKLINE>
    [home.page]
    port = 8411
    <BLANKLINE>
    """
    plain = {name: value for name, value in table.items() if not isinstance(value, Mapping)}
    tables = {name: value for name, value in table.items() if isinstance(value, Mapping)}
    lines = [f"[{path}]"] if path and plain else []
    lines += [f"{name} = {_value(value)}" for name, value in plain.items()]
    text = "\n".join([*lines, ""]) if lines else ""
    parts = [text, *(written(value, f"{path}.{name}".lstrip(".")) for name, value in tables.items())]
    return "\n".join(part for part in parts if part)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return repr(value)


def _house(house: House) -> dict[str, Any]:
    devices = {}
    for name in ("pv", "battery", "charger", "heat_pump", "boiler", "building", "tank"):
        if (device := getattr(house, name)) is not None:
            devices[name] = asdict(device)
    if house.comfort != Comfort():
        devices["comfort"] = {one.name: getattr(house.comfort, one.name) for one in fields(Comfort)}
    connection = {"import_max_kw": house.import_max_kw, "export_max_kw": house.export_max_kw}
    return {"connection": connection, "devices": devices}


def _car(home: Home) -> dict[str, Any]:
    habit = home.habit
    return {
        "arrives": habit.arrives_quarter % 96,
        "departs": habit.departs_quarter % 96,
        "used_kwh": habit.used_kwh,
        "days": habit.days,
    }
