"""Which phase feeds what."""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.errors import BadInput

Shares = tuple[float, float, float]
EVENLY: Shares = (1 / 3, 1 / 3, 1 / 3)
FIRST: Shares = (1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Wiring:
    """A three-phase connection: what each phase carries at most, and how each device spreads over the three.

    Shares sum to one. A home on one phase needs no wiring: its connection limit is its fuse.
    """

    phase_max_kw: float = 5.75
    """25 A at 230 V."""
    load: Shares = EVENLY
    pv: Shares = EVENLY
    battery: Shares = EVENLY
    car: Shares = FIRST
    heat_pump: Shares = FIRST
    water: Shares = FIRST
    appliances: Shares = FIRST

    def __post_init__(self) -> None:
        for name in ("load", "pv", "battery", "car", "heat_pump", "water", "appliances"):
            shares = getattr(self, name)
            if len(shares) != 3 or min(shares) < 0 or abs(sum(shares) - 1) > 1e-6:
                raise BadInput(f"the phase shares of {name} are {shares}; give three that sum to one")
