"""The big four as plain numbers: what each can do, and what it holds now.

Power is kW towards the device (consumption +), so a discharging battery and a shining roof are negative at the
connection. Energy is kWh, temperature °C.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, expm1

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU_HOURS


@dataclass(frozen=True, slots=True)
class Battery:
    """A home battery. Losses are paid on the way in and on the way out."""

    capacity_kwh: float
    charge_max_kw: float
    discharge_max_kw: float
    charge_efficiency: float = 0.95
    discharge_efficiency: float = 0.95
    wear_eur_per_kwh: float = 0.0
    """What one kWh discharged costs in lifetime."""

    def __post_init__(self) -> None:
        for name in ("charge_efficiency", "discharge_efficiency"):
            if not 0 < getattr(self, name) <= 1:
                raise BadInput(f"{name} is {getattr(self, name)}; give a share between 0 and 1")
        if self.capacity_kwh < 0 or self.charge_max_kw < 0 or self.discharge_max_kw < 0:
            raise BadInput("a battery's capacity and power limits are zero or more")

    def after(self, stored_kwh: float, power_kw: float, hours: float) -> float:
        """What is stored after this power for this long; the caller keeps it within limits.

        >>> Battery(10, 5, 5, charge_efficiency=0.9).after(5, 4, 0.25)
        5.9
        """
        if power_kw >= 0:
            return stored_kwh + power_kw * self.charge_efficiency * hours
        return stored_kwh + power_kw / self.discharge_efficiency * hours


@dataclass(frozen=True, slots=True)
class Charger:
    """A wall box and the car that usually hangs on it (charging only)."""

    max_kw: float
    efficiency: float = 0.92
    capacity_kwh: float = 60.0


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

    def shifted(self, by: int) -> EvSession:
        """The same stay, counted from another start; ``by`` is how many PTUs earlier that start lies.

        >>> EvSession(72, 126, 30, 45).shifted(-48).arrives
        24
        """
        return replace(self, arrives=self.arrives + by, departs=self.departs + by)

    def present(self, ptu: int) -> bool:
        """Whether the car is plugged in during this PTU."""
        return self.arrives <= ptu < self.departs


@dataclass(frozen=True, slots=True)
class HeatPump:
    """An electric heat pump; its COP falls with the outside temperature."""

    power_max_kw: float
    """Electric."""
    cop_at_7c: float = 3.5
    cop_per_k: float = 0.06
    cop_min: float = 1.5
    cop_max: float = 6.0

    def cop(self, outdoor_c: ArrayLike) -> NDArray[np.float64]:
        """Heat out per electricity in, at these outside temperatures.

        >>> HeatPump(2.0).cop([7.0, -3.0, 60.0]).tolist()
        [3.5, 2.9, 6.0]
        """
        line = self.cop_at_7c + self.cop_per_k * (np.asarray(outdoor_c, np.float64) - 7.0)
        return np.minimum(np.maximum(line, self.cop_min), self.cop_max)


@dataclass(frozen=True, slots=True)
class Building:
    """The house as one heat store: what leaks, what it holds, what the sun and people add."""

    loss_kw_per_k: float
    heat_capacity_kwh_per_k: float
    solar_aperture_m2: float = 2.0
    """Global horizontal irradiance (kW/m²) times this is heat indoors (kW)."""
    internal_gain_kw: float = 0.3

    def __post_init__(self) -> None:
        if self.loss_kw_per_k < 0 or not self.heat_capacity_kwh_per_k > 0:
            raise BadInput(
                "a building's loss is zero or more kW/K and its heat capacity more than zero kWh/K"
            )

    @property
    def retention(self) -> float:
        """Which share of a temperature difference with outside is left after one PTU; exact, not a small step.

        >>> round(Building(loss_kw_per_k=0.2, heat_capacity_kwh_per_k=10).retention, 6)
        0.995012
        """
        return exp(-PTU_HOURS * self.loss_kw_per_k / self.heat_capacity_kwh_per_k)

    @property
    def kelvin_per_kw(self) -> float:
        """How much warmer the house is after one PTU for each kW of heat during it."""
        lost = PTU_HOURS * self.loss_kw_per_k / self.heat_capacity_kwh_per_k
        if lost < 1e-9:  # next to no leak: the limit, where the formula would divide noise by noise
            return PTU_HOURS / self.heat_capacity_kwh_per_k
        return -expm1(-lost) / self.loss_kw_per_k

    def after(self, indoor_c: float, outdoor_c: float, heat_kw: float) -> float:
        """Indoor temperature one PTU later, with this much heat from pump, sun and people together.

        >>> round(Building(0.2, 10).after(20.0, 0.0, 4.0), 9)
        20.0
        """
        return outdoor_c + (indoor_c - outdoor_c) * self.retention + heat_kw * self.kelvin_per_kw

    def gains_kw(self, sun_w_m2: NDArray[np.float64]) -> NDArray[np.float64]:
        """Heat from sun and people, before any heating."""
        return sun_w_m2 * (self.solar_aperture_m2 / 1000.0) + self.internal_gain_kw


@dataclass(frozen=True, slots=True)
class Comfort:
    """The band in which residents are at ease, by day and by night (local wall-clock quarters of the day)."""

    low_day_c: float = 19.5
    low_night_c: float = 17.0
    high_c: float = 22.0
    day_from_quarter: int = 26
    day_until_quarter: int = 90

    def low_c(self, quarter: NDArray[np.int64]) -> NDArray[np.float64]:
        """The lowest temperature wished for in each local quarter of the day.

        >>> Comfort().low_c(np.array([25, 26, 90])).tolist()
        [17.0, 19.5, 17.0]
        """
        by_day = (quarter >= self.day_from_quarter) & (quarter < self.day_until_quarter)
        return np.where(by_day, self.low_day_c, self.low_night_c)


@dataclass(frozen=True, slots=True)
class Pv:
    """Panels behind an inverter; what they could give is a forecast or a measurement, not a property."""

    peak_kw: float
    curtailable: bool = True
