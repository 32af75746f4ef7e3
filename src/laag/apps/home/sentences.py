"""What the page of a home says, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from laag.apps.home.day import Day
from laag.apps.home.happenings import Happening
from laag.apps.home.words import said
from laag.foundation.words import Lang, Said
from laag.home.devices import Device
from laag.home.plan.shortfall import Shortfall

_NEARLY_ALL, _NEARLY_NONE = 0.97, 0.03

_TAKES: Mapping[Device, Said] = {
    Device.BATTERY: Said("de batterij laadt {energy_kwh}", "the battery charges {energy_kwh}"),
    Device.EV: Said("de auto laadt {energy_kwh}", "the car charges {energy_kwh}"),
    Device.HEAT_PUMP: Said("de warmtepomp gebruikt {energy_kwh}", "the heat pump uses {energy_kwh}"),
    Device.WATER: Said("warm water maken kost {energy_kwh}", "heating water takes {energy_kwh}"),
    Device.APPLIANCE: Said("de {name} draait, {energy_kwh}", "the {name} runs, {energy_kwh}"),
}
_GIVES: Mapping[Device, Said] = {
    Device.BATTERY: Said("de batterij geeft {energy_kwh}", "the battery gives {energy_kwh}"),
    Device.EV: Said("de auto geeft {energy_kwh} terug", "the car gives back {energy_kwh}"),
    Device.PV: Said("{energy_kwh} zon blijft ongebruikt", "{energy_kwh} of sun is left unused"),
}
_ALL_SUN = Said(
    "alles eigen zon, die anders {price_ct} opbracht", "all of it own sun that would have earned {price_ct}"
)
_SOME_SUN = Said(
    "{sun_kwh} daarvan eigen zon, gemiddeld {price_ct}", "{sun_kwh} of it own sun, {price_ct} on average"
)
_NO_SUN = Said("voor {price_ct}", "for {price_ct}")
_ALL_GRID = Said("alles naar het net, voor {price_ct}", "all of it to the grid, for {price_ct}")
_SOME_GRID = Said(
    "{grid_kwh} daarvan naar het net, gemiddeld {price_ct} waard",
    "{grid_kwh} of it to the grid, worth {price_ct} on average",
)
_TO_HOUSE = Said(
    "aan het huis, dat dan niet voor {price_ct} koopt", "to the house, which need not buy for {price_ct}"
)
_UNUSED = Said("die {price_ct} zou opbrengen", "that would have earned {price_ct}")

DEVICE: Mapping[Device, Said] = {
    Device.LOAD: Said("huishouden", "household"),
    Device.PV: Said("zonnepanelen", "solar panels"),
    Device.BATTERY: Said("batterij", "battery"),
    Device.EV: Said("auto", "car"),
    Device.HEAT_PUMP: Said("warmtepomp", "heat pump"),
    Device.WATER: Said("warm water", "hot water"),
    Device.APPLIANCE: Said("apparaten", "appliances"),
}
SHORT: Mapping[str, Said] = {
    "ev": Said("de auto vertrekt met {amount_kwh} te weinig", "the car leaves {amount_kwh} short"),
    "too_cold": Said(
        "het huis is samen {amount} kelvinuur te koud", "the house is too cold by {amount} kelvin-hours"
    ),
    "too_warm": Said(
        "het huis is samen {amount} kelvinuur te warm", "the house is too warm by {amount} kelvin-hours"
    ),
    "connection": Said(
        "{amount_kwh} past niet door de aansluiting", "{amount_kwh} does not fit through the connection"
    ),
}


def sentence(one: Happening, lang: Lang) -> str:
    """What happens, and where the energy comes from or goes to."""
    takes = one.energy_kwh > 0
    what = said(
        (_TAKES if takes else _GIVES)[one.device], lang, energy_kwh=abs(one.energy_kwh), name=one.name
    )
    side = _from(one) if takes else _towards(one)
    more = said(side, lang, sun_kwh=one.own_sun_kwh, grid_kwh=one.to_grid_kwh, price_ct=one.eur_per_kwh)
    return f"{what}, {more}"


def _from(one: Happening) -> Said:
    share = one.own_sun_kwh / one.energy_kwh
    if share < _NEARLY_NONE:
        return _NO_SUN
    return _ALL_SUN if share > _NEARLY_ALL else _SOME_SUN


def _towards(one: Happening) -> Said:
    if one.device is Device.PV:
        return _UNUSED
    share = one.to_grid_kwh / -one.energy_kwh
    if share < _NEARLY_NONE:
        return _TO_HOUSE
    return _ALL_GRID if share > _NEARLY_ALL else _SOME_GRID


def shortfall(short: Shortfall, day: Day, lang: Lang) -> str:
    """What could not be met, and from when."""
    at = f"{day.local(short.ptu):%H:%M}"
    if lang is Lang.EN or short.kind not in SHORT:
        return f"{at} {short.why}"
    return f"{at} {said(SHORT[short.kind], lang, amount_kwh=short.amount, amount=short.amount)}"
