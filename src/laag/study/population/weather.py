"""Synthetic Dutch weather: temperature, sun and wind that follow De Bilt's climate and chance by seed.

Three slow drivers (cloud, wind, air mass) vary from day to day; clouds also pass by the quarter-hour. A clear day is
warm in summer and cold in winter, and swings more between night and afternoon. The monthly means and their sources are
in ``docs/built-in-street.md``.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PtuGrid
from laag.study.population.days import Days
from laag.study.population.noise import Tape

Floats = NDArray[np.float64]

LATITUDE, LONGITUDE = 52.10, 5.18
"""De Bilt."""

MEAN_C = (3.6, 3.9, 6.5, 9.9, 13.4, 16.2, 18.3, 17.9, 14.7, 10.9, 7.0, 4.2)
"""Mean temperature by month, De Bilt 1991-2020 (KNMI)."""
SUN_KWH_M2 = (19, 36, 74, 116, 145, 159, 158, 136, 87, 50, 23, 14)
"""Global radiation by month; the year and the summer sum to KNMI's national normals."""
CLEAR_KWH_M2 = (41, 71, 131, 187, 244, 258, 255, 212, 148, 93, 48, 32)
"""The same under a cloudless sky, by the Haurwitz model at De Bilt."""
SWING_C = (4.4, 5.5, 7.2, 9.2, 9.8, 9.6, 9.6, 9.6, 8.4, 6.6, 4.6, 4.0)
"""Mean difference between the warmest and the coldest hour of a day."""
ANOMALY_C = 2.7
"""Standard deviation of a day's mean temperature around its month's."""
WIND_SHARE = (0.42, 0.40, 0.35, 0.28, 0.25, 0.22, 0.22, 0.22, 0.27, 0.33, 0.37, 0.41)
"""Mean output of Dutch wind farms, at sea and on land together, as a share of their capacity: an assumption."""

_CLEAREST, _DARKEST = 1.02, 0.05
_CLOUD_BY_DAY, _CLOUD_BY_QUARTER = 1.25, 0.85
"""Spread of the cloud index (logit) from day to day and from quarter to quarter."""
_WIND_SPREAD = 1.35
_CLOUD_MISSED, _MISSED_C = 0.6, 1.2
"""How far a forecast of the day before is off: about half the day-to-day spread of clouds, and 1.2 °C."""


@dataclass(frozen=True, slots=True, eq=False)
class Weather:
    """What the sky does, one value per PTU of ``grid``."""

    grid: PtuGrid
    outdoor_c: Floats
    sun_w_m2: Floats
    """Global horizontal irradiance over the street."""
    country_sun_w_m2: Floats
    """The same averaged over the country: passing clouds even out."""
    wind_share: Floats
    """Output of the country's wind farms as a share of their capacity."""
    clear_w_m2: Floats
    """Global horizontal irradiance under a cloudless sky."""
    zenith_deg: Floats
    azimuth_deg: Floats
    outdoor_forecast_c: Floats
    """As forecast the day before."""
    sun_forecast_w_m2: Floats


def weather(days: Days, seed: int) -> Weather:
    """The weather on a grid; the same instant has the same weather in every run with this seed."""
    first, count = days.first_ptu, len(days.grid)
    zenith, azimuth, clear = _sky(days.grid)
    cloud, wind, air = (_by_day(days, Tape(seed, -1, what), memory) for what, memory in _DRIVERS.items())
    passing = Tape(seed, -1, "passing clouds").drifting(first, count, 0.88)
    middle = _by_month(days, _clear_logit())
    clearness = _clearness(middle - _CLOUD_BY_DAY * cloud + _CLOUD_BY_QUARTER * passing)
    country = _clearness(middle - _CLOUD_BY_DAY * cloud + 0.25 * _CLOUD_BY_QUARTER * passing)
    missed = _by_day(days, Tape(seed, -1, "cloud that the forecast missed"), 0.3)
    foreseen = _clearness(middle - _CLOUD_BY_DAY * cloud + _CLOUD_MISSED * missed)
    outdoor = _temperature(days, cloud, wind, air)
    gusts = Tape(seed, -1, "wind by the hour").drifting(first, count, 0.985)
    return Weather(
        grid=days.grid,
        outdoor_c=outdoor,
        sun_w_m2=clear * clearness,
        country_sun_w_m2=clear * country,
        wind_share=_squeeze(_by_month(days, _wind_logit()) + _WIND_SPREAD * (0.85 * wind + 0.53 * gusts)),
        clear_w_m2=clear,
        zenith_deg=zenith,
        azimuth_deg=azimuth,
        outdoor_forecast_c=outdoor
        + _MISSED_C * _by_day(days, Tape(seed, -1, "warmth that the forecast missed"), 0.5),
        sun_forecast_w_m2=clear * foreseen,
    )


_DRIVERS = {"cloud": 0.45, "wind": 0.6, "air mass": 0.8}


def _temperature(days: Days, cloud: Floats, wind: Floats, air: Floats) -> Floats:
    """Month's mean, the day's anomaly and the swing between night (coldest near 5:00 UTC) and afternoon (14:30)."""
    summer = -np.cos(2 * np.pi * (days.utc_day % 365.25 - 15) / 365.25)
    anomaly = air + 0.35 * (0.7 * wind * (summer < 0) - cloud * summer)
    hour = days.utc_day % 1 * 24
    swing = _by_month(days, np.array(SWING_C)) * (1 - 0.32 * np.tanh(cloud))
    rising = 0.5 - 0.5 * np.cos(np.pi * (hour - 5) / 9.5)
    falling = 0.5 + 0.5 * np.cos(np.pi * ((hour - 14.5) % 24) / 14.5)
    shape = np.where((hour >= 5) & (hour < 14.5), rising, falling) - 0.5
    return _by_month(days, np.array(MEAN_C)) + ANOMALY_C * anomaly + swing * shape


def _by_day(days: Days, tape: Tape, memory: float) -> Floats:
    """One drifting number per UTC day, standing at noon, with straight lines between."""
    first = int(days.utc_day[0]) - 1
    count = int(days.utc_day[-1]) + 3 - first
    return np.interp(days.utc_day, np.arange(first, first + count) + 0.5, tape.drifting(first, count, memory))


def _by_month(days: Days, monthly: Floats) -> Floats:
    """Monthly means as a smooth year: each stands at the middle of its month, with straight lines between."""
    middles = (np.arange(12) + 0.5) * 365.25 / 12
    return np.interp(days.utc_day % 365.25, middles, monthly, period=365.25)


def _squeeze(logit: Floats) -> Floats:
    return 1 / (1 + np.exp(-logit))


def _clearness(logit: Floats) -> Floats:
    return _DARKEST + (_CLEAREST - _DARKEST) * _squeeze(logit)


@cache
def _clear_logit() -> Floats:
    clearness = np.array(SUN_KWH_M2) / np.array(CLEAR_KWH_M2)
    spread = float(np.hypot(_CLOUD_BY_DAY * 0.9, _CLOUD_BY_QUARTER))
    return _logit_of_mean((clearness - _DARKEST) / (_CLEAREST - _DARKEST), spread)


@cache
def _wind_logit() -> Floats:
    return _logit_of_mean(np.array(WIND_SHARE), _WIND_SPREAD * 0.93)


def _logit_of_mean(mean: Floats, spread: float) -> Floats:
    """The middle of a normal logit whose squeezed values have this mean."""
    candidates = np.linspace(-4, 4, 801)
    nodes, weights = np.polynomial.hermite_e.hermegauss(31)
    means = _squeeze(candidates[:, None] + spread * nodes) @ weights / weights.sum()
    return np.interp(mean, means, candidates)


def _sky(grid: PtuGrid) -> tuple[Floats, Floats, Floats]:
    """Sun's zenith and azimuth at the middle of each PTU and the cloudless irradiance, by pvlib."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd
        import pvlib

        middle = pd.DatetimeIndex(grid.instants() + np.timedelta64(450, "s"), tz="UTC")
        sun: Any = pvlib.solarposition.get_solarposition(middle, LATITUDE, LONGITUDE, method="ephemeris")
        clear: Any = pvlib.clearsky.haurwitz(sun["apparent_zenith"])
    return (
        sun["apparent_zenith"].to_numpy(np.float64),
        sun["azimuth"].to_numpy(np.float64),
        clear["ghi"].to_numpy(np.float64),
    )
