"""A model of national day-ahead prices, for when there is no price file: a merit order over residual load.

Residual load is what the country uses minus what sun and wind could give. Below what must run it is negative demand for
subsidised parks to stop (they pay to run), above it gas sets the price by the efficiency of the plant at the margin,
and near the end of the list scarcity does. A model, not a forecast: its steps were set so that a year resembles the
Dutch prices of 2025; ``docs/built-in-street.md`` shows how closely.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import AMSTERDAM, PTU, PtuGrid
from laag.foundation.series import Profile, Unit

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Drivers:
    """What moves the country's price, one value per PTU."""

    grid: PtuGrid
    outdoor_c: Floats
    sun_w_m2: Floats
    """Global horizontal irradiance, mean over the country."""
    wind_share: Floats
    """Output of the wind farms as a share of their capacity."""
    rest: Flags
    """Sundays and public holidays."""
    surprise_gw: Floats
    """What the model does not know: outages, neighbouring countries. Adds to residual load."""


@dataclass(frozen=True, slots=True)
class Country:
    """Capacities and demand. Sources: ``docs/built-in-street.md``."""

    solar_gw: float = 28.0
    solar_yield: float = 0.78
    """Output per kWp at 1 kW/m² horizontal: all directions and tilts, losses, inverters, what never reaches the market."""
    wind_gw: float = 11.7
    workday_gw: tuple[float, ...] = (
        *(10.9, 10.5, 10.3, 10.3, 10.6, 11.3, 12.9, 14.5, 15.2, 15.4, 15.5, 15.6),
        *(15.6, 15.5, 15.3, 15.2, 15.4, 16.0, 16.2, 15.7, 14.8, 13.9, 12.9, 11.8),
    )
    """Demand by hour of the local day, at ``mild_c`` or warmer."""
    saturday_factor: float = 0.90
    rest_factor: float = 0.86
    mild_c: float = 13.0
    heating_gw_per_k: float = 0.15


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of the merit order: so many GW, offered at prices rising from the step before to ``until``."""

    name: str
    gw: float
    until: float
    """EUR/MWh."""


GAS_EUR_PER_MWH = 36.0
"""Per MWh of heat: about the mean of TTF in 2025."""
CO2_EUR_PER_T = 73.0
"""About the mean of EU allowances in 2025."""
CO2_T_PER_MWH_GAS = 0.202


def gas_eur_per_mwh(efficiency: float) -> float:
    """What a gas plant of this efficiency asks.

    >>> round(gas_eur_per_mwh(0.58), 1)
    87.5
    """
    return (GAS_EUR_PER_MWH + CO2_EUR_PER_T * CO2_T_PER_MWH_GAS) / efficiency


FIRST_GW, FIRST_EUR_PER_MWH = -14.3, -500.0
"""Where the merit order begins: the exchange's lowest price."""

MERIT_ORDER = (
    Step("small panels that nobody can switch", 4.5, -100.0),
    Step("subsidised parks that stop only when paid to", 3.8, -15.0),
    Step("parks without subsidy, and export", 5.8, 0.0),
    Step("export to where plants can be turned down", 4.7, 55.0),
    Step("heat and power that is needed for its heat", 1.6, gas_eur_per_mwh(0.62)),
    Step("the best gas plants, and import", 2.5, gas_eur_per_mwh(0.54)),
    Step("older gas plants", 2.9, gas_eur_per_mwh(0.43)),
    Step("the oldest gas plants and turbines", 3.1, gas_eur_per_mwh(0.32)),
    Step("peak turbines", 3.8, 320.0),
    Step("demand that gives way", 3.0, 1000.0),
    Step("scarcity", 3.0, 4000.0),
)

DAY_STEEPNESS = 1.17
"""How much more an hour's departure from its day weighs: a plant that must start for a few hours asks more."""
QUARTER_STEEPNESS = 2.2
"""How much more a quarter's departure from its hour weighs: fewer plants follow by the quarter than by the hour."""
EXCHANGE_TICK = 0.01


def demand_gw(drivers: Drivers, country: Country) -> Floats:
    """What the country uses: by the hour and the day of the week, and more when it is cold."""
    local = drivers.grid.local(AMSTERDAM)
    hour = np.array([t.hour + t.minute / 60 for t in local]) - 0.5
    saturday = np.array([t.weekday() == 5 for t in local], np.bool_)
    shape = np.interp(hour, np.arange(24), country.workday_gw, period=24)
    factor = np.where(drivers.rest, country.rest_factor, np.where(saturday, country.saturday_factor, 1.0))
    return shape * factor + country.heating_gw_per_k * np.maximum(country.mild_c - drivers.outdoor_c, 0.0)


def residual_gw(drivers: Drivers, country: Country) -> Floats:
    """What is left for plants, storage and neighbours after sun and wind."""
    sun = country.solar_gw * country.solar_yield * drivers.sun_w_m2 / 1000
    wind = country.wind_gw * drivers.wind_share
    return demand_gw(drivers, country) - sun - wind + drivers.surprise_gw


def modelled_prices(drivers: Drivers, country: Country = Country()) -> Profile:
    """Day-ahead prices by quarter-hour, in EUR/MWh, on the exchange's tick."""
    residual = residual_gw(drivers, country)
    quarters = np.arange(len(residual)) + drivers.grid.start.minute * 60 // PTU.seconds
    hourly = _mean_by(quarters // 4, residual)
    days = drivers.grid.local_days(AMSTERDAM)
    daily = _mean_by(np.repeat(np.arange(len(days)), [span.stop - span.start for _, span in days]), hourly)
    price = price_at(daily + DAY_STEEPNESS * (hourly - daily) + QUARTER_STEEPNESS * (residual - hourly))
    return Profile(drivers.grid, np.rint(price / EXCHANGE_TICK) * EXCHANGE_TICK, Unit.EUR_PER_MWH)


def _mean_by(group: NDArray[np.int64], values: Floats) -> Floats:
    return (np.bincount(group, values) / np.bincount(group))[group]


def price_at(residual: Floats) -> Floats:
    """The merit order read at a residual load in GW; at its ends the exchange's limits hold.

    >>> price_at(np.array([-30.0, 0.0, 30.0])).round(1).tolist()
    [-500.0, 2.3, 4000.0]
    """
    gw = FIRST_GW + np.cumsum([0.0, *(step.gw for step in MERIT_ORDER)])
    return np.interp(residual, gw, [FIRST_EUR_PER_MWH, *(step.until for step in MERIT_ORDER)])
