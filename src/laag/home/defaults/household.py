"""What kind of household a home is, as far as its devices and its meter tell, when nobody says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from laag.foundation.words import Lang, Said, pointed
from laag.home.calendar import Calendar
from laag.home.house import House
from laag.home.outlook import Floats
from laag.home.preferences.effects.machines import machine_of


class Household(StrEnum):
    """The kinds of household that there are defaults for."""

    SINGLE = "single"
    COUPLE = "couple"
    FAMILY = "family"
    HOME_BY_DAY = "home_by_day"
    RENTER = "renter"

    @property
    def called(self) -> Said:
        """Its name on a page."""
        return _CALLED[self]


_CALLED = {
    Household.SINGLE: Said("een alleenstaande", "a person living alone"),
    Household.COUPLE: Said("een stel", "a couple"),
    Household.FAMILY: Said("een gezin met kinderen", "a family with children"),
    Household.HOME_BY_DAY: Said("ouderen, overdag thuis", "elderly people, home by day"),
    Household.RENTER: Said("een huurder zonder apparaten om te sturen", "a renter without devices to steer"),
}


class Feature(StrEnum):
    """What a home may have that a default can be about."""

    CAR = "car"
    TWO_WAY_CAR = "two_way_car"
    BATTERY = "battery"
    PV = "pv"
    HEATING = "heating"
    HEAT_PUMP = "heat_pump"
    FLOOR_HEATING = "floor_heating"
    TANK = "tank"
    DISHWASHER = "dishwasher"
    WASHING_MACHINE = "washing_machine"
    DRYER = "dryer"


FLOOR_FLOW_C = 40.0
"""A heat pump that never needs warmer water than this at -10 °C outside heats floors; with radiators it does."""


def features(house: House) -> frozenset[Feature]:
    """What a home has.

    >>> from laag.home.devices import Charger, Pv
    >>> sorted(features(House("a", charger=Charger(7.4), pv=Pv(4.0))))
    [<Feature.CAR: 'car'>, <Feature.PV: 'pv'>]
    """
    machines = {machine.value for machine in map(machine_of, house.appliances) if machine}
    pump = house.heat_pump
    heated = house.building is not None and (pump is not None or house.boiler is not None)
    there = {
        Feature.CAR: house.charger is not None,
        Feature.TWO_WAY_CAR: house.charger is not None and house.charger.gives,
        Feature.BATTERY: house.battery is not None,
        Feature.PV: house.pv is not None,
        Feature.HEATING: heated,
        Feature.HEAT_PUMP: heated and pump is not None,
        Feature.FLOOR_HEATING: heated and pump is not None and pump.curve.at_minus_10_c <= FLOOR_FLOW_C,
        Feature.TANK: house.tank is not None,
    }
    return frozenset(f for f in Feature if there.get(f, f.value in machines))


MIDDAY = (40, 64)
"""From ten to four."""
HOME_BY_DAY_SHARE = 0.33
"""Of a weekday's use between ten and four; over all Dutch households (profile E1A) it is 0.27, spread evenly 0.25."""
SINGLE_BELOW_KWH, COUPLE_BELOW_KWH = 2000, 3200
"""A year's use without heat pump and car. CBS finds couples with children highest, up to 3,700 kWh, and people living
alone lowest; where between them to draw the lines is a choice."""
LEAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Measured:
    """What the meter tells of a household, without its heat pump, car and battery."""

    yearly_kwh: float
    midday_share: float
    """Of what is used on weekdays, what is used between ten and four."""

    @classmethod
    def of(cls, load_kw: Floats, calendar: Calendar) -> Measured | None:
        """From past inflexible load on the calendar's grid; ``None`` from fewer than two weeks of readings.

        >>> from datetime import date
        >>> from laag.foundation.ptu import AMSTERDAM, PtuGrid
        >>> calendar = Calendar.of(PtuGrid.days(date(2025, 1, 6), 14, AMSTERDAM), AMSTERDAM)
        >>> Measured.of(np.full(len(calendar.grid), 0.25), calendar)
        Measured(yearly_kwh=2190.0, midday_share=0.25)
        """
        known = np.isfinite(load_kw)
        if known.sum() < LEAST_DAYS * 96:
            return None
        weekday = known & (calendar.weekend == 0)
        midday = weekday & (calendar.quarter >= MIDDAY[0]) & (calendar.quarter < MIDDAY[1])
        all_kw = float(load_kw[weekday].sum())
        share = float(load_kw[midday].sum()) / all_kw if all_kw > 0 else 0.0
        return cls(float(load_kw[known].mean()) * 8760, share)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The household that a home is taken for, and why."""

    household: Household
    why: Said


def recognised(house: House, measured: Measured | None = None) -> Recognised:
    """The household type of a home that says nothing, by one rule after another.

    Nothing to steer: a renter. Much use at midday: home by day. Else by the year's use, and where nothing has been
    measured yet by what stands there: a car beside a heat pump or a battery is a family's, anything less a couple's.

    >>> recognised(House("a")).household
    <Household.RENTER: 'renter'>
    >>> recognised(House("a", pv=None), Measured(1500, 0.2)).household
    <Household.RENTER: 'renter'>
    """
    there = features(house)
    if not there:
        return Recognised(
            Household.RENTER, Said("er staat niets dat te sturen is", "there is nothing to steer")
        )
    if measured is not None:
        return _by_meter(measured)
    if Feature.CAR in there and there & {Feature.HEAT_PUMP, Feature.BATTERY}:
        what = Said(
            "er staat een laadpaal naast een warmtepomp of batterij, en er is nog niets gemeten",
            "there is a wall box beside a heat pump or battery, and nothing has been measured yet",
        )
        return Recognised(Household.FAMILY, what)
    what = Said(
        "er zijn apparaten om te sturen, en er is nog niets gemeten",
        "there are devices to steer, and nothing has been measured yet",
    )
    return Recognised(Household.COUPLE, what)


def _by_meter(measured: Measured) -> Recognised:
    if measured.midday_share >= HOME_BY_DAY_SHARE:
        percent = round(100 * measured.midday_share)
        why = Said(
            f"op werkdagen valt {percent} % van het verbruik tussen tien en vier",
            f"on weekdays {percent} % of what is used is used between ten and four",
        )
        return Recognised(Household.HOME_BY_DAY, why)
    kwh = f"{measured.yearly_kwh:.0f}"
    why = Said(
        f"het verbruik is {pointed(kwh, Lang.NL)} kWh per jaar, zonder warmtepomp en auto",
        f"it uses {pointed(kwh, Lang.EN)} kWh a year, without heat pump and car",
    )
    if measured.yearly_kwh < SINGLE_BELOW_KWH:
        return Recognised(Household.SINGLE, why)
    return Recognised(Household.COUPLE if measured.yearly_kwh < COUPLE_BELOW_KWH else Household.FAMILY, why)
