"""What keeps a house warm, and the house that is kept warm."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU_HOURS

Floats = NDArray[np.float64]

RATED_FLOW_C = 35.0
"""The flow temperature for which COPs are stated (EN 14511, low-temperature heating)."""


@dataclass(frozen=True, slots=True)
class HeatingCurve:
    """The flow temperature that radiators need, falling in a straight line as it gets warmer outside."""

    at_minus_10_c: float = RATED_FLOW_C
    at_15_c: float = RATED_FLOW_C

    def flow_c(self, outdoor_c: ArrayLike) -> Floats:
        """Flow temperature at these outside temperatures.

        >>> HeatingCurve(50, 25).flow_c([-10.0, 2.5, 15.0, 30.0]).tolist()
        [50.0, 37.5, 25.0, 25.0]
        """
        share = np.clip((np.asarray(outdoor_c, np.float64) + 10.0) / 25.0, 0.0, 1.0)
        return np.asarray(self.at_minus_10_c + share * (self.at_15_c - self.at_minus_10_c))


@dataclass(frozen=True, slots=True)
class HeatPump:
    """An electric heat pump; its COP falls with the outside temperature and rises as the flow gets cooler.

    It runs with ``min_kw`` to ``power_max_kw`` or not at all, and once started for at least ``min_run_ptus``.
    """

    power_max_kw: float
    """Electric."""
    cop_at_7c: float = 3.5
    cop_per_k: float = 0.06
    cop_min: float = 1.5
    cop_max: float = 6.0
    cop_per_flow_k: float = 0.05
    """How much COP each kelvin of flow above 35 °C costs."""
    curve: HeatingCurve = HeatingCurve()
    min_kw: float = 0.0
    min_run_ptus: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.min_kw <= self.power_max_kw:
            raise BadInput(
                f"a heat pump's lowest power ({self.min_kw} kW) lies from zero to its highest ({self.power_max_kw} kW)"
            )

    def cop(self, outdoor_c: ArrayLike, flow_c: ArrayLike | None = None) -> Floats:
        """Heat out per electricity in, at these outside temperatures; for this flow, or the heating curve's.

        >>> HeatPump(2.0).cop([7.0, -3.0, 60.0]).tolist()
        [3.5, 2.9, 6.0]
        >>> HeatPump(2.0).cop([7.0], flow_c=55.0).tolist()
        [2.5]
        """
        outdoor = np.asarray(outdoor_c, np.float64)
        flow = self.curve.flow_c(outdoor) if flow_c is None else np.asarray(flow_c, np.float64)
        line = self.cop_at_7c + self.cop_per_k * (outdoor - 7.0) - self.cop_per_flow_k * (flow - RATED_FLOW_C)
        return np.minimum(np.maximum(line, self.cop_min), self.cop_max)


@dataclass(frozen=True, slots=True)
class Boiler:
    """A gas boiler beside the heat pump (a hybrid): heat from gas, where that is cheaper or the pump is too small."""

    heat_max_kw: float = 20.0
    efficiency: float = 0.95
    """Heat per kWh of gas, on the higher heating value by which Dutch gas is billed (35.17 MJ/m³)."""

    def __post_init__(self) -> None:
        if not 0 < self.efficiency <= 1.1 or not self.heat_max_kw >= 0:
            raise BadInput("a boiler's efficiency lies between 0 and 1.1 and its heat is zero or more kW")


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

    def gains_kw(self, sun_w_m2: Floats) -> Floats:
        """Heat from sun and people, before any heating."""
        return sun_w_m2 * (self.solar_aperture_m2 / 1000.0) + self.internal_gain_kw


Hours = tuple[int, int, float]
"""From this quarter on the wall until that one (exclusive, past midnight if lower), at least this many °C."""


@dataclass(frozen=True, slots=True)
class Comfort:
    """The band in which residents are at ease, by day and by night (local wall-clock quarters of the day).

    ``hours`` overrule day and night where they say something; of two that overlap the later in the list holds.
    """

    low_day_c: float = 19.5
    low_night_c: float = 17.0
    high_c: float = 22.0
    day_from_quarter: int = 26
    day_until_quarter: int = 90
    hours: tuple[Hours, ...] = ()

    def low_c(self, quarter: NDArray[np.int64]) -> Floats:
        """The lowest temperature wished for in each local quarter of the day.

        >>> Comfort().low_c(np.array([25, 26, 90])).tolist()
        [17.0, 19.5, 17.0]
        >>> Comfort(hours=((88, 28, 15.0),)).low_c(np.array([27, 28, 90])).tolist()
        [15.0, 19.5, 15.0]
        """
        by_day = (quarter >= self.day_from_quarter) & (quarter < self.day_until_quarter)
        low = np.where(by_day, self.low_day_c, self.low_night_c)
        for first, until, least_c in self.hours:
            after, before = quarter >= first, quarter < until
            low = np.where(after & before if first <= until else after | before, least_c, low)
        return low
