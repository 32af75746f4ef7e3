"""What devices say and are told, whatever protocol speaks with them: the port that every device link satisfies."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from laag.foundation.findings import Finding
from laag.home.devices import Device
from laag.home.operate.instruct import Instruction


@dataclass(frozen=True, slots=True)
class Measured:
    """What a device says of itself; what it does not say is ``None`` or not there."""

    device: Device
    at: datetime
    kw: float | None = None
    """Towards the device positive; the roof's as it gives."""
    holds: Mapping[str, float] = field(default_factory=dict)
    """By the names of ``HomeState``: ``stored_kwh``, ``ev_stored_kwh``, ``indoor_c``, ``tank_c``."""
    here: bool | None = None
    """Of a charger: whether a car is plugged in."""
    which: str = ""
    """Which machine, where a home has several."""
    leaves_at: datetime | None = None
    """Of a charger: when the driver said to leave (ISO 15118: ``DepartureTime``)."""
    wanted_kwh: float | None = None
    """Of a charger: what the driver said that the car should then hold."""


class DeviceLink(Protocol):
    """Devices behind one connection: it is opened anew whenever it is lost, and says so, for as long as it is listened to."""

    @property
    def name(self) -> str:
        """What it is called in findings: the protocol and the place."""
        ...

    def measured(self) -> AsyncIterator[Measured | Finding]:
        """What devices say, and what was wrong with what they said, as it comes."""
        ...

    async def tell(self, instruction: Instruction) -> bool:
        """Pass on an instruction; ``False`` where nobody is there to hear it. Never raises for a connection that is gone."""
        ...
