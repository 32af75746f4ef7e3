"""What the page of a home says, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from laag.apps.home.happenings import Happening
from laag.apps.home.words import said
from laag.foundation.words import Lang, Said
from laag.home.devices import Appliance
from laag.home.preferences import Meant, Wished, say
from laag.home.preferences.blanks import MACHINES
from laag.home.preferences.effects.machines import machine_of
from laag.home.reasons import Subject

_NEARLY_ALL, _NEARLY_NONE = 0.97, 0.03
_NEXT_TO_NOTHING_KWH = 0.05

_TAKES: Mapping[Subject, Said] = {
    Subject.BATTERY: Said("de batterij laadt {energy_kwh}", "the battery charges {energy_kwh}"),
    Subject.CAR: Said("de auto laadt {energy_kwh}", "the car charges {energy_kwh}"),
    Subject.HEATING: Said("de warmtepomp gebruikt {energy_kwh}", "the heat pump uses {energy_kwh}"),
    Subject.WATER: Said("warm water maken vraagt {energy_kwh}", "heating water takes {energy_kwh}"),
    Subject.BOILER: Said("de ketel verbrandt {energy_kwh} gas", "the boiler burns {energy_kwh} of gas"),
    Subject.APPLIANCE: Said("de {name} draait, {energy_kwh}", "the {name} runs, {energy_kwh}"),
}
_GIVES: Mapping[Subject, Said] = {
    Subject.BATTERY: Said("de batterij geeft {energy_kwh}", "the battery gives {energy_kwh}"),
    Subject.CAR: Said("de auto geeft {energy_kwh} terug", "the car gives back {energy_kwh}"),
    Subject.PV: Said("{energy_kwh} zon blijft ongebruikt", "{energy_kwh} of sun is left unused"),
}
_ALL_OF_IT = Said("alles {first}", "all of it {first}")
_SOME_OF_IT = Said("{part_kwh} daarvan {first}", "{part_kwh} of it {first}")
_AND_SOME = Said(", {part_kwh} {second}", ", {part_kwh} {second}")
_AND_THE_REST = Said(" en de rest {rest}", " and the rest {rest}")
_AND_FOR_THE_REST = Said(
    ", en voor de rest krijg je {price_ct}", ", and for the rest you are paid {price_ct}"
)
_OWN_SUN = Said("eigen zon", "own sun")
_FROM_BATTERY = Said("uit de thuisbatterij", "from the home battery")
_FROM_CAR = Said("uit de auto", "from the car")
_BOUGHT = Said("voor {price_ct}", "for {price_ct}")
_BOUGHT_AT_LESS_THAN_NOTHING = Said("waarvoor je {price_ct} krijgt", "for which you are paid {price_ct}")
_ALL_GRID = Said("alles naar het net, voor {price_ct}", "all of it to the grid, for {price_ct}")
_SOME_GRID = Said(
    "{grid_kwh} daarvan naar het net, voor {price_ct}", "{grid_kwh} of it to the grid, for {price_ct}"
)
_TO_HOUSE = Said("aan het huis", "to the house")
_UNUSED = Said("die {price_ct} zou opbrengen", "that would have earned {price_ct}")
_TURNED: Mapping[Said, Said] = {
    _ALL_GRID: Said(
        "alles naar het net, wat {price_ct} kost", "all of it to the grid, which costs {price_ct}"
    ),
    _SOME_GRID: Said(
        "{grid_kwh} daarvan naar het net, wat {price_ct} kost",
        "{grid_kwh} of it to the grid, which costs {price_ct}",
    ),
    _UNUSED: Said(
        "die {price_ct} zou kosten als je hem teruglevert", "that would cost {price_ct} to feed in"
    ),
}
"""What is said instead where the price is below zero."""
_AND_GIVES = Said(", en geeft tussendoor {turned_kwh}", ", and gives {turned_kwh} in between")
_AND_TAKES = Said(", en laadt tussendoor {turned_kwh}", ", and charges {turned_kwh} in between")

_DEFAULT = Said("standaard", "default")


def sentence(one: Happening, lang: Lang) -> str:
    """What happens, and where the energy comes from or goes to."""
    takes = one.energy_kwh >= 0
    what = said(
        (_TAKES if takes else _GIVES)[one.subject],
        lang,
        energy_kwh=one.moved_kwh,
        name=called(one.name, lang),
    )
    more = _from(one, lang) if takes else _towards(one, lang)
    turned = _AND_GIVES if takes else _AND_TAKES
    also = said(turned, lang, turned_kwh=one.turned_kwh) if one.turned_kwh >= _NEXT_TO_NOTHING_KWH else ""
    return f"{what}, {more}{also}"


def called(appliance: str, lang: Lang) -> str:
    """A machine by its name in this language, where it is one that wishes know."""
    name, mark, number = appliance.partition(" #")
    machine = machine_of(Appliance(name, (0.0,)))
    return f"{MACHINES[machine][0].to(lang)}{mark}{number}" if machine is not None else appliance


def _from(one: Happening, lang: Lang) -> str:
    """Sun, battery and car as far as they matter, and the price of what is bought."""
    sources = (
        (_OWN_SUN, one.own_sun_kwh),
        (_FROM_BATTERY, one.from_battery_kwh),
        (_FROM_CAR, one.from_car_kwh),
    )
    known = [(words.to(lang), kwh) for words, kwh in (*sources, (_BOUGHT, one.bought_kwh))]
    told = [source for source in known if _matters(source[1], one)] or [
        max(known, key=lambda source: source[1])
    ]
    *own, (last, _) = told
    buys, paid = last == _BOUGHT.to(lang), round(one.eur_per_kwh, 3) < 0
    price = abs(one.eur_per_kwh)
    if buys and not own:
        return said(_BOUGHT_AT_LESS_THAN_NOTHING if paid else _BOUGHT, lang, price_ct=price)
    if not own:
        return said(_ALL_OF_IT, lang, first=last)
    (first, kwh), *then = own
    words = said(_SOME_OF_IT, lang, part_kwh=kwh, first=first)
    words += "".join(said(_AND_SOME, lang, part_kwh=more, second=second) for second, more in then)
    if buys and paid:
        return words + said(_AND_FOR_THE_REST, lang, price_ct=price)
    return words + said(_AND_THE_REST, lang, rest=said(_BOUGHT, lang, price_ct=price) if buys else last)


def _matters(kwh: float, one: Happening) -> bool:
    return kwh >= max(_NEARLY_NONE * one.moved_kwh, _NEXT_TO_NOTHING_KWH)


def _towards(one: Happening, lang: Lang) -> str:
    side = _side(one)
    if round(one.eur_per_kwh, 3) < 0:
        side = _TURNED.get(side, side)
    return said(side, lang, grid_kwh=one.to_grid_kwh, price_ct=abs(one.eur_per_kwh))


def _side(one: Happening) -> Said:
    if one.subject is Subject.PV:
        return _UNUSED
    share = one.to_grid_kwh / one.moved_kwh
    if share < _NEARLY_NONE:
        return _TO_HOUSE
    return _ALL_GRID if share > _NEARLY_ALL else _SOME_GRID


def wish(meant: Meant[Wished], lang: Lang) -> str:
    """A wish, and where it comes from if the household did not say it."""
    line = say(meant.wish, lang)
    return f"{line} ({_DEFAULT.to(lang)} {meant.default})" if meant.default else line
