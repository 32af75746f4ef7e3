"""A device in settings: by its word, as in the tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator

from laag.home.devices import Device


def _kind(word: object) -> object:
    if isinstance(word, Device):
        return word
    if isinstance(word, str) and word.upper() in Device.__members__:
        return Device[word.upper()]
    known = ", ".join(device.name.lower() for device in Device)
    raise ValueError(f"{word!r} is no device; known are {known}")


Kind = Annotated[Device, BeforeValidator(_kind)]
"""``battery``, ``heat_pump``: a device by its word."""


def each_once(names: Iterable[tuple[Device, str]]) -> None:
    """Refuse settings in which a device stands twice: nobody would know which one an instruction is for."""
    found = [(device.name.lower(), which) for device, which in names]
    if twice := sorted({name for name in found if found.count(name) > 1}):
        raise ValueError(f"{twice} are set down twice; give each a name of its own with 'which'")
