"""What a smart meter says at one instant, in our own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Phase:
    """One of the three wires, as far as the meter tells; ``None`` is unknown, never zero."""

    name: str
    import_w: int | None
    export_w: int | None
    volts: float | None
    amperes: float | None


@dataclass(frozen=True, slots=True)
class OtherMeter:
    """A meter that speaks through this one (M-Bus); it has a clock of its own, and is often an hour behind."""

    channel: int
    kind: str
    """``gas``, ``water``, ``heat``, ``cold``, or ``other``."""
    at: datetime | None
    """The instant (UTC) it was read; ``None`` where the stamp cannot be told."""
    count: int
    """What it has counted, whole, rounded down."""
    unit: str
    """``dm3`` or ``MJ``."""
    meter: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Registers since the meter was hung up, and what flows now; ``None`` is unknown, never zero."""

    at: datetime
    """The instant (UTC) that the meter says, or that of arrival where it says none."""
    stamped: bool
    """Whether the meter said when."""
    checked: bool
    """Whether a CRC vouches for every figure; DSMR 2.2 and 3 have none."""
    meter: str
    """Which meter, as a salted hash: enough to notice another one, too little to find it."""
    version: str | None
    import_wh: int | None
    export_wh: int | None
    import_tariffs_wh: tuple[int, ...] = ()
    export_tariffs_wh: tuple[int, ...] = ()
    import_w: int | None = None
    export_w: int | None = None
    phases: tuple[Phase, ...] = ()
    others: tuple[OtherMeter, ...] = ()
    doubts: tuple[str, ...] = ()
    """Which lines could not be read, by their code; nothing is taken from them."""
