"""All that a home expects of the hours ahead, from its record and what it was told."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.forecast.load import load_kw
from laag.home.forecast.record import Record
from laag.home.forecast.sun import panels, sky, sun_w_m2
from laag.home.forecast.sunshine import Place
from laag.home.forecast.weather import outdoor_c
from laag.home.house import House
from laag.home.outlook import Floats, Outlook


def outlook(
    house: House,
    past: Record,
    calendar: Calendar,
    grid: PtuGrid,
    *,
    buy_eur_per_kwh: Floats,
    sell_eur_per_kwh: Floats,
    sessions: tuple[EvSession, ...] = (),
    position_kw: Floats | None = None,
    more_eur_per_kwh: Floats | None = None,
    less_eur_per_kwh: Floats | None = None,
    sun_forecast_w_m2: Floats | None = None,
    outdoor_forecast_c: Floats | None = None,
    place: Place | None = None,
) -> Outlook:
    """What a home expects of ``grid``, from its past, from what is agreed, and from the weather forecast if there is one.

    ``calendar`` must reach from four weeks before now (or the start of the record) to the end of ``grid``.
    """
    none = np.zeros(len(grid))
    sunny = house.pv is not None or house.building is not None
    sun = sun_w_m2(past, grid, sun_forecast_w_m2, place) if sunny else none
    pv = none
    if house.pv is not None:
        told = sun_forecast_w_m2 is not None
        pv = panels(past, sun, grid) if told else sky(past.pv_kw, past.grid, grid, place)
    return Outlook(
        grid=grid,
        quarter=calendar.on(grid).quarter,
        load_kw=load_kw(past, calendar, grid),
        pv_kw=pv,
        outdoor_c=outdoor_c(past, grid, outdoor_forecast_c) if house.building is not None else none,
        heat_gain_kw=house.building.gains_kw(sun) if house.building else none,
        buy_eur_per_kwh=buy_eur_per_kwh,
        sell_eur_per_kwh=sell_eur_per_kwh,
        sessions=sessions,
        position_kw=position_kw,
        more_eur_per_kwh=more_eur_per_kwh,
        less_eur_per_kwh=less_eur_per_kwh,
        made_at=past.now,
    )
