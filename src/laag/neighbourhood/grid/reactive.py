"""Reactive power: what goes to and fro beside the energy, serves nobody, and fills a cable all the same.

The usual factors are those of SimBench's profiles, energy over three weeks as a test adds it up: households 0.99, heat pumps
0.93, what charges or stores 1.00. One set of made profiles, so about as sure as a planner's habit; older habits are 0.95 for
a household, and a meter that tells kvar is better than either.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from laag.foundation.errors import BadInput


class Load(StrEnum):
    """What takes, or gives."""

    HOUSEHOLD = "household"
    HEAT_PUMP = "heat_pump"
    INVERTER = "inverter"
    """Roof, battery, car: behind power electronics."""


@dataclass(frozen=True, slots=True)
class PowerFactors:
    """kW as a share of kVA, by kind of load; all lag, which fills cables and lowers voltages."""

    household: float = 0.99
    heat_pump: float = 0.93
    inverter: float = 1.0

    def __post_init__(self) -> None:
        for load in Load:
            if not 0 < getattr(self, load.value) <= 1:
                raise BadInput(
                    f"the power factor of {load.value} is {getattr(self, load.value)}; it lies above 0 and is 1 at most"
                )

    def kvar_per_kw(self, load: Load) -> float:
        """How much reactive power comes with a kW.

        >>> round(PowerFactors(household=0.8).kvar_per_kw(Load.HOUSEHOLD), 6)
        0.75
        """
        factor: float = getattr(self, load.value)
        return sqrt(1 - factor**2) / factor
