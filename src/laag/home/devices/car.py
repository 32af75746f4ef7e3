"""A wall box, the car that hangs on it, and the car's stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import Self

from laag.foundation.errors import BadInput

LEAST_AMPS = 6.0
"""IEC 61851: a car draws at least 6 A per phase, or nothing."""
PHASE_VOLTS = 230.0


@dataclass(frozen=True, slots=True)
class Charger:
    """A wall box and the car that usually hangs on it.

    It charges with nothing or with ``min_kw`` to ``max_kw``. ``discharge_max_kw`` above zero is a car that may give
    back to the house (V2G).
    """

    max_kw: float
    efficiency: float = 0.92
    capacity_kwh: float = 60.0
    min_kw: float = 0.0
    phases: int = 1
    discharge_max_kw: float = 0.0
    discharge_efficiency: float = 0.92
    wear_eur_per_kwh: float = 0.0
    """What one kWh given back costs in lifetime."""

    def __post_init__(self) -> None:
        for name in ("efficiency", "discharge_efficiency"):
            if not 0 < getattr(self, name) <= 1:
                raise BadInput(f"{name} is {getattr(self, name)}; give a share between 0 and 1")
        if not min(self.max_kw, self.capacity_kwh, self.min_kw, self.discharge_max_kw) >= 0:
            raise BadInput("a charger's powers and a car's capacity are zero or more")
        if self.phases not in {1, 2, 3}:
            raise BadInput(f"a charger on {self.phases} phases does not exist; give 1, 2 or 3")

    @classmethod
    def of_current(cls, amps: float, phases: int = 1, capacity_kwh: float = 60.0) -> Self:
        """A wall box of so many amperes, with the 6 A below which no car charges.

        >>> box = Charger.of_current(16, phases=3)
        >>> round(box.max_kw, 2), round(box.min_kw, 2)
        (11.04, 4.14)
        """
        per_amp = PHASE_VOLTS * phases / 1000
        return cls(amps * per_amp, capacity_kwh=capacity_kwh, min_kw=LEAST_AMPS * per_amp, phases=phases)

    @property
    def gives(self) -> bool:
        """Whether the car may give back."""
        return self.discharge_max_kw > 0


@dataclass(frozen=True, slots=True)
class EvSession:
    """One stay of the car, in PTUs counted from the start of the grid it is given with; ``departs`` is exclusive."""

    arrives: int
    departs: int
    stored_kwh: float
    """On arrival."""
    wanted_kwh: float
    """What the battery should hold on departure."""
    used_kwh: float | None = None
    """What the car used since the stay before this one, where that is expected rather than measured: it then comes
    back with what it left with, minus this. ``None``, or no stay before it: it comes back with ``stored_kwh``."""
    most_kwh: float = inf
    """Never charged beyond this, where its driver wants to spare the battery."""
    least_kwh: float = 0.0
    """A car that gives back keeps at least this, for a drive nobody planned."""

    def shifted(self, by: int) -> EvSession:
        """The same stay, counted from another start; ``by`` is how many PTUs earlier that start lies.

        >>> EvSession(72, 126, 30, 45).shifted(-48).arrives
        24
        """
        return replace(self, arrives=self.arrives + by, departs=self.departs + by)

    def present(self, ptu: int) -> bool:
        """Whether the car is plugged in during this PTU."""
        return self.arrives <= ptu < self.departs
