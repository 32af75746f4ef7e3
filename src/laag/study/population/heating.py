"""Heat pumps and the houses they heat: the pump's COP from ``hplib``, the house by size and building year."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from laag.home.devices import Building, Comfort, HeatPump
from laag.study.population.households import Household

AREA_M2 = {"tenant": (70.0, 95.0), "owner": (95.0, 150.0)}
DESIGN_C = -10.0
FIELD_SHARE = 0.85
"""Of the COP on the test bench, what is left in a house: defrosting, starts and stops, the circulation pump."""
INDOOR_C = 20.0
HEAVY_WH_PER_M2_K = 72.0
"""Heat that a house of brick and concrete holds: the class 'heavy' of ISO 13790 (260 kJ/K per m²)."""
_AIR_WATER_REGULATED = 1
"""hplib's group of outdoor-air heat pumps with a variable compressor."""


@dataclass(frozen=True, slots=True)
class Insulation:
    """A period of building (or its renovation): loss per floor area and how warm the water must be."""

    built: str
    loss_w_per_m2_k: float
    water_c: float
    """Supply temperature on the coldest day."""
    share: float


INSULATION = (
    Insulation("before 1992, renovated", 1.5, 50.0, 0.3),
    Insulation("1992-2005", 1.3, 48.0, 0.3),
    Insulation("2006-2014", 1.0, 42.0, 0.2),
    Insulation("2015 or later", 0.7, 35.0, 0.2),
)


@dataclass(frozen=True, slots=True)
class Heating:
    """A heat pump, its building and what its residents find comfortable."""

    pump: HeatPump
    building: Building
    comfort: Comfort
    built: str


def heating_of(home: Household) -> Heating:
    """This household's heating, sized for a day of -10 °C."""
    pick = home.tape("heating").pick()
    age = INSULATION[int(pick.choice(len(INSULATION), p=[kind.share for kind in INSULATION]))]
    area = float(pick.uniform(*AREA_M2[home.kind.tenure]))
    loss_kw_per_k = area * age.loss_w_per_m2_k * float(pick.uniform(0.9, 1.1)) / 1000
    warm = float(pick.choice((19.5, 20.0, 20.5)))
    cop_at_7c, cop_per_k = cop_line(age.water_c)
    heat_kw = loss_kw_per_k * (INDOOR_C - DESIGN_C)
    coldest_cop = max(cop_at_7c + cop_per_k * (DESIGN_C - 7), 1.5)
    return Heating(
        pump=HeatPump(
            power_max_kw=round(max(1.1 * heat_kw / coldest_cop, 1.0), 1),
            cop_at_7c=cop_at_7c,
            cop_per_k=cop_per_k,
        ),
        building=Building(
            loss_kw_per_k=round(loss_kw_per_k, 4),
            heat_capacity_kwh_per_k=round(area * HEAVY_WH_PER_M2_K / 1000, 2),
            solar_aperture_m2=round(0.02 * area, 2),
            internal_gain_kw=round(0.15 + 0.08 * home.people, 2),
        ),
        comfort=Comfort(low_day_c=warm, low_night_c=warm - 2.0, high_c=warm + 2.0),
        built=age.built,
    )


@cache
def cop_line(water_c: float) -> tuple[float, float]:
    """COP at 7 °C outdoors and its rise per K, fitted to hplib's generic air/water heat pump.

    The water follows a heating curve: ``water_c`` on the design day, 30 °C when heating ends at 16 °C outdoors. Fitted by
    least squares between -7 and 15 °C, where nearly all heat is made.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from hplib import hplib

        pump: Any = hplib.get_parameters(
            "Generic", group_id=_AIR_WATER_REGULATED, t_in=-7, t_out=52, p_th=8000
        )
        outdoor = np.arange(-7.0, 15.5, 0.5)
        supply = np.interp(outdoor, (DESIGN_C, 16.0), (water_c, 30.0))
        # hplib is given the return temperature and heats it by 5 K.
        cop = [
            float(hplib.simulate(air_c, back_c, pump, air_c)["COP"].iloc[0])
            for air_c, back_c in zip(outdoor, supply - 5, strict=True)
        ]
    slope, at_7c = FIELD_SHARE * np.polyfit(outdoor - 7, cop, 1)
    return round(float(at_7c), 3), round(float(slope), 4)
