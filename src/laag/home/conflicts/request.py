"""What somebody asks of a home, as it is kept in the record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from laag.home.ladder import Rung
from laag.home.reasons import Moment


class Kind(StrEnum):
    """What is asked: a limit on a power, a floor under a level, or something that the household needs."""

    GUARANTEE = "guarantee"
    IMPORT_FUSE = "import_fuse"
    EXPORT_FUSE = "export_fuse"
    PHASE_FUSE = "phase_fuse"
    LEGIONELLA = "legionella"
    CAR_READY = "car_ready"
    WARMTH = "warmth"
    HOT_WATER = "hot_water"
    PROGRAMME = "programme"
    IMPORT = "import"
    EXPORT = "export"
    CHARGE = "charge"
    DISCHARGE = "discharge"
    CAR = "car"
    HEAT_PUMP = "heat_pump"
    STORED = "stored"
    INDOOR = "indoor"
    TANK = "tank"
    SUN_FIRST = "sun_first"


FUSES = frozenset({Kind.IMPORT_FUSE, Kind.EXPORT_FUSE, Kind.PHASE_FUSE})
NEEDS = frozenset({Kind.CAR_READY, Kind.WARMTH, Kind.HOT_WATER, Kind.PROGRAMME, Kind.LEGIONELLA, *FUSES})
"""What a home needs anyway: in the record only where it met somebody's claim or could not be had."""
AT_ONE_MOMENT = frozenset({Kind.CAR_READY, Kind.PROGRAMME})
WARM = frozenset({Kind.LEGIONELLA, Kind.WARMTH, Kind.HOT_WATER, Kind.INDOOR, Kind.TANK})


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks what, on which rung. ``low`` and ``high`` are its least and its most over time: kW, kWh or °C."""

    kind: Kind
    rung: Rung
    set_by: str
    """Who decided where this rung stands: ``law``, ``community`` or ``household``."""
    source: str
    low: float
    high: float
    since: Moment | None = None
    """When it begins; ``None``: with the plan, or it is about one moment."""
    until: Moment | None = None
    """When it ends, or the moment it is about; ``None``: not within the plan."""
    name: str = ""
    """Of the machine."""
    alone: bool = True
    """Whether nothing of another kind is asked with it."""

    @property
    def unit(self) -> str:
        """What is counted of it: energy, or a level over time."""
        if self.kind in WARM:
            return "K.h"
        return "kWh.h" if self.kind is Kind.STORED else "kWh"
