"""What the page of a home says, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from laag.apps.home.day import Day
from laag.apps.home.happenings import Happening
from laag.apps.home.rungs import RUNGS
from laag.apps.home.words import said
from laag.foundation.words import Lang, Said
from laag.home.devices import Device
from laag.home.plan.shortfall import Shortfall
from laag.home.preferences import Meant, Wished, say
from laag.home.reasons.say import whose

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
_ALL_SUN = Said("alles eigen zon", "all of it own sun")
_SOME_SUN = Said(
    "{sun_kwh} daarvan eigen zon en de rest voor {price_ct}",
    "{sun_kwh} of it own sun and the rest for {price_ct}",
)
_NO_SUN = Said("voor {price_ct}", "for {price_ct}")
_ALL_GRID = Said("alles naar het net, voor {price_ct}", "all of it to the grid, for {price_ct}")
_SOME_GRID = Said(
    "{grid_kwh} daarvan naar het net, voor {price_ct}", "{grid_kwh} of it to the grid, for {price_ct}"
)
_TO_HOUSE = Said("aan het huis", "to the house")
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
_DEFAULT = Said("standaard", "default")
SHORT: Mapping[str, Said] = {
    "ev": Said("de auto vertrekt met {amount_kwh} te weinig", "the car leaves {amount_kwh} short"),
    "too_cold": Said("het huis is samen {amount_kh} te koud", "the house is too cold by {amount_kh}"),
    "too_warm": Said("het huis is samen {amount_kh} te warm", "the house is too warm by {amount_kh}"),
    "water": Said(
        "het water is samen {amount_kh} niet heet genoeg", "the water is not hot enough by {amount_kh}"
    ),
    "programme": Said(
        "een programma van {amount_kwh} kan niet op tijd klaar zijn",
        "a programme of {amount_kwh} cannot be finished in time",
    ),
    "limit": Said("{amount_kwh} meer dan mag van {who}", "{amount_kwh} more than {who} allows"),
    "floor": Said("minder over dan {who} vraagt", "less is kept than {who} asks"),
    "connection": Said(
        "{amount_kwh} past niet door de aansluiting", "{amount_kwh} does not fit through the connection"
    ),
    "phase": Said("{amount_kwh} past niet door een fase", "{amount_kwh} does not fit through a phase"),
}
_DECIDED = Said("; {rung} ging voor", "; {rung} went first")


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
    """What could not be met, from when, and which rung went before it."""
    at = f"{day.local(short.ptu):%H:%M}"
    if short.kind not in SHORT:
        return f"{at} {short.why}"
    who = _whose(short.source, day).to(lang)
    what = said(SHORT[short.kind], lang, amount_kwh=short.amount, amount_kh=short.amount, who=who)
    rung = "" if short.decided_by is None else said(_DECIDED, lang, rung=RUNGS[short.decided_by].to(lang))
    return f"{at} {what}{rung}"


def _whose(source: str, day: Day) -> Said:
    """Who stands behind a claim: a wish by its sentence, anybody else by name."""
    return next((meant.called for meant in day.meant if meant.source == source), whose(source))


def wish(meant: Meant[Wished], lang: Lang) -> str:
    """A wish, and where it comes from if the household did not say it."""
    line = say(meant.wish, lang)
    return f"{line} ({_DEFAULT.to(lang)} {meant.default})" if meant.default else line
