"""What a house needs to stay warm."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Unit
from laag.home.devices import Building
from laag.home.forecast.quantiles import LEVELS, Forecast, around
from laag.home.forecast.record import Record
from laag.home.forecast.rehearse import foreseen, rehearsed
from laag.home.forecast.sun import sun_w_m2
from laag.home.forecast.sunshine import Place
from laag.home.forecast.weather import outdoor_c
from laag.home.outlook import Floats


def heat_kw(building: Building, indoor_c: float, outdoor: Floats, sun: Floats) -> Floats:
    """Heat that keeps the house at this temperature, once it is there; sun and people give the rest.

    >>> heat_kw(Building(0.2, 8.0), 20.0, np.array([0.0, 10.0, 20.0]), np.zeros(3)).round(2).tolist()
    [3.7, 1.7, 0.0]
    """
    return np.maximum(building.loss_kw_per_k * (indoor_c - outdoor) - building.gains_kw(sun), 0.0)


def heat_forecast(
    building: Building,
    past: Record,
    grid: PtuGrid,
    *,
    indoor_c: float = 20.0,
    outdoor_forecast_c: Floats | None = None,
    sun_forecast_w_m2: Floats | None = None,
    place: Place | None = None,
    levels: tuple[float, ...] = LEVELS,
) -> Forecast:
    """The heat demand of the hours ahead: temperature and sun err together, so their errors are taken together."""

    def expect(known: Record, then: PtuGrid) -> Floats:
        told_c = foreseen(past.grid, past.outdoor_forecast_c, outdoor_forecast_c, then)
        told_w = foreseen(past.grid, past.sun_forecast_w_m2, sun_forecast_w_m2, then)
        return heat_kw(
            building, indoor_c, outdoor_c(known, then, told_c), sun_w_m2(known, then, told_w, place)
        )

    happened = heat_kw(building, indoor_c, past.outdoor_c, past.sun_w_m2)
    errors = rehearsed(past, happened, grid, expect)
    values = around(expect(past, grid), errors, levels, least=0.0)
    return Forecast(grid, levels, values, Unit.KW, past.now, "heat: weather through the building")
