"""Panels: each roof its own size, tilt and direction under one sky; by ``pvlib``."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laag.home.devices import Pv
from laag.study.population.days import Days
from laag.study.population.households import Household
from laag.study.population.weather import Weather

Floats = NDArray[np.float64]

PANEL_KWP = 0.41
SYSTEM_LOSS = 0.14
"""Cables, dirt, mismatch and inverter, as PVGIS takes by default."""
LOSS_PER_K = 0.0035
INVERTER_SHARE = 0.9
"""An inverter's power relative to its panels' peak."""
_NEIGHBOUR_SPREAD = 0.10


@dataclass(frozen=True, slots=True)
class Roof:
    """What lies on one roof and how it lies; azimuth 180 is south."""

    panels: int
    tilt_deg: float
    azimuth_deg: float

    @property
    def pv(self) -> Pv:
        """The device."""
        return Pv(peak_kw=round(self.panels * PANEL_KWP, 2))


def roof_of(home: Household) -> Roof:
    """This household's panels: six to sixteen, owners more than tenants, mostly towards the south."""
    pick = home.tape("roof").pick()
    fewest, most = (6, 11) if home.kind.tenure == "tenant" else (8, 17)
    panels = int(pick.integers(fewest, most))
    tilt = float(np.clip(pick.normal(36, 8), 10, 55))
    towards = float(pick.choice((180, 180, 215, 145, 255, 105)))
    return Roof(panels, tilt, towards + float(pick.uniform(-15, 15)))


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """The street's light, split into beam and diffuse once for all roofs."""

    beam_w_m2: Floats
    diffuse_w_m2: Floats
    cover: Floats
    """0 under a clear sky, 1 under the darkest."""


def split(sky: Weather, days: Days) -> Light:
    """Beam and diffuse from global irradiance (Erbs)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pvlib.irradiance import erbs

        day_of_year = days.utc_day.astype(np.int64) % 365.25 + 1
        parts: Any = erbs(sky.sun_w_m2, sky.zenith_deg, day_of_year)
    clear = np.maximum(sky.clear_w_m2, 1.0)
    return Light(
        np.asarray(parts["dni"]), np.asarray(parts["dhi"]), np.clip(1 - sky.sun_w_m2 / clear, 0.0, 1.0)
    )


def pv_kw(home: Household, roof: Roof, sky: Weather, light: Light, days: Days) -> Floats:
    """What the panels could give, in kW: light on the tilted roof, warmer panels give less, inverter clips."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pvlib.irradiance import get_total_irradiance
        from pvlib.temperature import faiman

        plane: Any = get_total_irradiance(
            roof.tilt_deg,
            roof.azimuth_deg,
            sky.zenith_deg,
            sky.azimuth_deg,
            light.beam_w_m2,
            sky.sun_w_m2,
            light.diffuse_w_m2,
        )
        on_roof = np.nan_to_num(np.asarray(plane["poa_global"]))
        cell_c = np.asarray(faiman(on_roof, sky.outdoor_c, wind_speed=2.0))
    drift = home.tape("clouds over the roof").drifting(days.first_ptu, len(days.grid), 0.6)
    on_roof = on_roof * np.exp(_NEIGHBOUR_SPREAD * light.cover * drift)
    peak = roof.pv.peak_kw
    power: Floats = peak * on_roof / 1000 * (1 - LOSS_PER_K * (cell_c - 25)) * (1 - SYSTEM_LOSS)
    return np.minimum(np.maximum(power, 0.0), INVERTER_SHARE * peak)
