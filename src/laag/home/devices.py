"""The big four as plain numbers: what each can do, and what it holds now.

Power is kW towards the device (consumption +), so a discharging battery and a shining roof are negative at the
connection. Energy is kWh, temperature °C.
"""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.errors import BadInput


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


@dataclass(frozen=True, slots=True)
class HeatPump:
    """An electric heat pump; its COP falls with the outside temperature."""

    power_max_kw: float
    """Electric."""
    cop_at_7c: float = 3.5
    cop_per_k: float = 0.06
    cop_min: float = 1.5
    cop_max: float = 6.0


@dataclass(frozen=True, slots=True)
class Building:
    """The house as one heat store: what leaks, what it holds, what the sun and people add."""

    loss_kw_per_k: float
    heat_capacity_kwh_per_k: float
    solar_aperture_m2: float = 2.0
    """Global horizontal irradiance (kW/m²) times this is heat indoors (kW)."""
    internal_gain_kw: float = 0.3


@dataclass(frozen=True, slots=True)
class Comfort:
    """The band in which residents are at ease, by day and by night (local wall-clock quarters of the day)."""

    low_day_c: float = 19.5
    low_night_c: float = 17.0
    high_c: float = 22.0
    day_from_quarter: int = 26
    day_until_quarter: int = 90


@dataclass(frozen=True, slots=True)
class Pv:
    """Panels behind an inverter; what they could give is a forecast or a measurement, not a property."""

    peak_kw: float
    curtailable: bool = True
