"""The built-in street, put together: households, devices, weather, cables and prices on one grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from laag.cycle.street import Habit, Home, Nation, Street
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home.devices import Battery
from laag.home.house import HomeState, House
from laag.study.population import cables
from laag.study.population.cars import car_of, stays
from laag.study.population.days import Days
from laag.study.population.heating import heating_of
from laag.study.population.households import KINDS, Household, Kind, away, household
from laag.study.population.load import average_profile, load_kw
from laag.study.population.prices import modelled_nation
from laag.study.population.roofs import Light, pv_kw, roof_of, split
from laag.study.population.weather import Weather, weather

BATTERY_KWH = (5.0, 7.5, 10.0)
BATTERY_USABLE = 0.9
BATTERY_ROUND_TRIP = 0.9
BATTERY_WEAR_EUR_PER_KWH = 0.02
"""A small charge against cycling for nothing; what the battery cost is spent already."""
CONNECTION, CONNECTION_KW = "3x25A", 17.25


def street(
    first_day: date,
    days: int,
    homes: int = 60,
    seed: int = 1,
    warmup_days: int = 14,
    nation: Nation | None = None,
    kinds: Sequence[Kind] = KINDS,
) -> Street:
    """The built-in street for some local days and a warm-up before them; the same seed gives the same street.

    What happens at an instant depends on the seed and the instant, not on the first day or the number of homes. Without
    ``nation`` the prices are modelled too; a given one must cover the warm-up as well. ``kinds`` of households come in turn.

    >>> week = street(date(2025, 6, 2), days=1, homes=3, warmup_days=0)
    >>> [home.group for home in week.homes]
    ['tenant, no devices', 'owner, PV', 'owner, EV']
    """
    if homes < 1 or days < 1 or warmup_days < 0:
        raise BadInput(
            f"a street of {homes} homes for {days} days after {warmup_days} days of warm-up cannot be built; "
            "ask for at least one home and one day"
        )
    grid = PtuGrid.days(first_day - timedelta(days=warmup_days), days + warmup_days, AMSTERDAM)
    calendar = Days(grid)
    sky = weather(calendar, seed)
    around = _Around(calendar, sky, split(sky, calendar), average_profile(calendar))
    limit_kw = cables.transformer_kw(homes)
    return Street(
        name="built-in street",
        grid=grid,
        homes=tuple(_home(household(index, seed, kinds), around) for index in range(homes)),
        outdoor_c=Profile(grid, sky.outdoor_c, Unit.CELSIUS),
        sun_w_m2=Profile(grid, sky.sun_w_m2, Unit.W_PER_M2),
        outdoor_forecast_c=Profile(grid, sky.outdoor_forecast_c, Unit.CELSIUS),
        sun_forecast_w_m2=Profile(grid, sky.sun_forecast_w_m2, Unit.W_PER_M2),
        nation=_cut(nation, grid) if nation else modelled_nation(calendar, sky, seed),
        import_max_kw=limit_kw,
        export_max_kw=limit_kw,
        feeders=cables.feeders(homes),
        source=f"built-in street of {homes} homes, seed {seed}: synthetic homes and weather (docs/built-in-street.md)",
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Around:
    """What all homes share."""

    days: Days
    sky: Weather
    light: Light
    average_kw: NDArray[np.float64]


def _home(people: Household, around: _Around) -> Home:
    """One household with its devices and what happens in it."""
    days, kind = around.days, people.kind
    absent = away(people, days.years)
    roof = roof_of(people) if kind.pv else None
    car = car_of(people) if kind.ev else None
    heating = heating_of(people) if kind.heat_pump else None
    house = house_of(people)
    battery = house.battery
    return Home(
        house=house,
        load_kw=Profile(days.grid, load_kw(people, days, around.average_kw, absent), Unit.KW),
        pv_kw=Profile(days.grid, pv_kw(people, roof, around.sky, around.light, days), Unit.KW)
        if roof
        else None,
        sessions=stays(people, car, days, absent) if car else (),
        habit=car.habit if car else Habit(),
        start=HomeState(
            stored_kwh=battery.capacity_kwh / 2 if battery else 0.0,
            ev_stored_kwh=car.wanted_kwh if car else 0.0,
            indoor_c=heating.comfort.low_day_c + 0.5 if heating else 20.0,
        ),
        feeder=cables.feeder_name(people.index),
        group=kind.group,
        connection=CONNECTION,
        source=_source(people, heating.built if heating else None),
    )


def house_of(people: Household) -> House:
    """A household's connection and devices, without what happens in it."""
    kind = people.kind
    house = House(
        name=people.name,
        import_max_kw=CONNECTION_KW,
        export_max_kw=CONNECTION_KW,
        battery=_battery(people) if kind.battery else None,
        charger=car_of(people).charger if kind.ev else None,
        pv=roof_of(people).pv if kind.pv else None,
    )
    if not kind.heat_pump:
        return house
    heating = heating_of(people)
    return replace(house, heat_pump=heating.pump, building=heating.building, comfort=heating.comfort)


def _source(people: Household, built: str | None) -> str:
    heated = f"; heat pump in a house built {built}" if built else ""
    return f"synthetic: household of {people.people}{'+' if people.people == 4 else ''}, {people.yearly_kwh:.0f} kWh a year{heated}"


def _battery(people: Household) -> Battery:
    """A home battery of half its capacity in power per hour; the capacity is the usable one."""
    nominal = float(people.tape("battery").pick().choice(BATTERY_KWH))
    return Battery(
        capacity_kwh=nominal * BATTERY_USABLE,
        charge_max_kw=nominal / 2,
        discharge_max_kw=nominal / 2,
        charge_efficiency=round(sqrt(BATTERY_ROUND_TRIP), 4),
        discharge_efficiency=round(sqrt(BATTERY_ROUND_TRIP), 4),
        wear_eur_per_kwh=BATTERY_WEAR_EUR_PER_KWH,
    )


def _cut(nation: Nation, grid: PtuGrid) -> Nation:
    return Nation(
        day_ahead=nation.day_ahead.on(grid),
        shortage=nation.shortage.on(grid),
        surplus=nation.surplus.on(grid),
        source=nation.source,
        state=nation.state.on(grid) if nation.state else None,
    )
