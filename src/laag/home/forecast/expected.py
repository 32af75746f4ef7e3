"""All that a home expects of the hours ahead, from its record and what it was told."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.forecast.load import load_kw
from laag.home.forecast.pv import pv_kw
from laag.home.forecast.record import Record
from laag.home.forecast.sun import sun_w_m2
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
    pv_forecast_kw: Floats | None = None,
    place: Place | None = None,
) -> Outlook:
    """What a home expects of ``grid``, from its past, from what is agreed, and from the weather forecast if there is one.

    ``calendar`` must reach from four weeks before now (or the start of the record) to the end of ``grid``.
    """
    none = np.zeros(len(grid))
    pv, outdoor, gains = none, none, none
    if house.pv is not None:
        pv = pv_kw(past, grid, sun_forecast_w_m2, place, pv_forecast_kw)
    if house.building is not None:
        outdoor = outdoor_c(past, grid, outdoor_forecast_c)
        gains = house.building.gains_kw(sun_w_m2(past, grid, sun_forecast_w_m2, place))
    return Outlook(
        grid=grid,
        quarter=calendar.on(grid).quarter,
        load_kw=load_kw(past, calendar, grid),
        pv_kw=pv,
        outdoor_c=outdoor,
        heat_gain_kw=gains,
        buy_eur_per_kwh=buy_eur_per_kwh,
        sell_eur_per_kwh=sell_eur_per_kwh,
        sessions=sessions,
        position_kw=position_kw,
        more_eur_per_kwh=more_eur_per_kwh,
        less_eur_per_kwh=less_eur_per_kwh,
        made_at=past.now,
    )
