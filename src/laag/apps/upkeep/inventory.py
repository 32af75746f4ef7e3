"""What is known of the devices of a home: who made them, until when, and whether they need somebody else's computer."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from laag.adapters.homefile.fields import Name, Strict, wrong
from laag.foundation.errors import BadInput

Kind = Literal[
    "battery", "boiler", "car", "charger", "gateway", "heat_pump", "appliance", "inverter", "meter"
]
WAY_OUT = "docs/device-inventory.md has every field"


class Device(Strict):
    """One device. What is not known is left out, and is then named as unknown; it is never guessed."""

    name: Name
    """As the household calls it."""
    kind: Kind
    make: Name | None = None
    model: Name | None = None
    protocol: Name | None = None
    """By which it is read and steered."""
    firmware: Name | None = None
    """The version that it runs."""
    support_until: Annotated[date, Field(strict=True)] | None = None
    """The last day on which its maker mends its security."""
    works_without_cloud: Annotated[bool, Field(strict=True)] | None = None
    """Whether it does its work at home while the internet is away."""
    source: Name | None = None
    """Where that can be read: the address of a page, or a letter."""
    checked: Annotated[date, Field(strict=True)] | None = None
    """When somebody last looked there."""


class Inventory(Strict):
    """All devices of a home."""

    devices: Annotated[tuple[Device, ...], Field(alias="device")] = ()

    @model_validator(mode="after")
    def _each_name_once(self) -> Inventory:
        names = [one.name for one in self.devices]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise wrong(
                f": twee apparaten heten {', '.join(twice)}; geef elk een eigen naam",
                f": two devices are called {', '.join(twice)}; give each its own name",
            )
        return self


def read(path: Path) -> Inventory:
    """The devices in the ``[[device]]`` tables of a file; what else the file holds is somebody else's."""
    try:
        return of_text(path.read_text("utf-8"), path.name)
    except UnicodeDecodeError as odd:
        raise BadInput(f"{path.name} is not UTF-8 text; {WAY_OUT}") from odd


def of_text(text: str, name: str = "the inventory") -> Inventory:
    r"""The devices in a text.

    >>> of_text('[[device]]\nname = "meter"\nkind = "meter"\nprotocol = "DSMR 5"').devices[0].protocol
    'DSMR 5'
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as odd:
        raise BadInput(f"{name} is not TOML ({odd}); {WAY_OUT}") from odd
    return of_tables(given.get("device", []), name)


def of_tables(tables: Any, name: str = "the inventory") -> Inventory:
    """The devices in tables that were read already."""
    try:
        return Inventory.model_validate({"device": tables})
    except ValidationError as odd:
        said = "; ".join(dict.fromkeys(_fault(one) for one in odd.errors(include_url=False)[:3]))
        raise BadInput(f"{name}: {said}; {WAY_OUT}") from odd


def _fault(one: ErrorDetails) -> str:
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in one["loc"]).strip(".")
    if one["type"] == "missing":
        return f"{where} is missing"
    if one["type"] == "rule":
        return f"{where}{one['msg']}"
    return f"{where}: {one['msg'][0].lower()}{one['msg'][1:]}"
