"""What wishes say about when car and battery charge: below what the household wants to have, above what money says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.foundation.words import Said
from laag.home.house import House
from laag.home.ladder import Claim, Limit, On, Rung
from laag.home.outlook import Floats
from laag.home.preferences.blanks import Store, Weather
from laag.home.preferences.effects.car import Stay
from laag.home.preferences.effects.scene import AllMeant, Outcome, Scene, of_kind, together, without_device
from laag.home.preferences.effects.wall import Mask, runs, steps
from laag.home.preferences.meant import Contradiction, Meant, Remark, Rule, Why
from laag.home.preferences.wishes import CarNotFromBattery, CarRests, ChargeBelow, ChargeWhen, Wished

HOW = Rung.OWN_SUN
"""The rung of wishes about how something is brought about: below comfort, above the grid's and the market's."""
SUNNY_SHARE = 0.2
"""The sun shines on panels that give a fifth of their peak."""
SUNNY_W_M2 = 200.0
"""And on a home without panels above this."""
WINDY_SHARE = 0.3
"""The wind blows when the country's turbines give three tenths of what they could."""
CHEAP_SHARE = 1 / 3
"""Where sun or wind are not known: the cheapest third of the outlook, since sun and wind are what makes it cheap."""


@dataclass(frozen=True, slots=True, eq=False)
class Pause:
    """Quarter-hours in which something should not charge, and whose wish that is."""

    meant: Meant[Wished]
    what: Store
    when: Mask


def charging(meant: AllMeant, scene: Scene, stays: tuple[Stay, ...]) -> Outcome:
    """The limits on charging, and what of them must give way because the car would not be ready."""
    pauses, remarks = _pauses(meant, scene)
    house, here = scene.house, _here(stays, scene.wall.count)
    claims: list[Claim] = []
    for pause in pauses:
        if pause.what is not Store.BATTERY and house.charger is not None:
            claims += _limits(On.CAR, pause.when & here, pause.meant)
        if pause.what is not Store.CAR and house.battery is not None:
            claims += _limits(On.CHARGE, pause.when, pause.meant)
    forced = Outcome(tuple(claims), tuple(_forced(pauses, scene, stays)), tuple(remarks))
    return together(forced, _not_from_battery(meant, scene, here))


def has(house: House, what: Store) -> bool:
    """Whether there is anything of the kind to charge."""
    car, battery = house.charger is not None, house.battery is not None
    return {Store.ALL: car or battery, Store.CAR: car, Store.BATTERY: battery}[what]


CALLED = {
    Store.ALL: Said("auto of batterij", "car or battery"),
    Store.CAR: Said("laadpaal", "wall box"),
    Store.BATTERY: Said("thuisbatterij", "home battery"),
}


def _pauses(meant: AllMeant, scene: Scene) -> tuple[list[Pause], list[Remark]]:
    pauses: list[Pause] = []
    remarks: list[Remark] = []
    for rest in of_kind(meant, CarRests):
        when = scene.wall.hours(rest.wish.from_quarter, rest.wish.until_quarter, rest.wish.days)
        pauses.append(Pause(rest, Store.CAR, when))
    pauses += [
        Pause(below, below.wish.what, scene.outlook.buy_eur_per_kwh >= below.wish.cents / 100)
        for below in of_kind(meant, ChargeBelow)
    ]
    for green in of_kind(meant, ChargeWhen):
        if has(scene.house, green.wish.what):
            when, stand_in = _green(green.wish.weather, scene)
            pauses.append(Pause(green, green.wish.what, ~when))
            remarks += [Remark(green, Why.STAND_IN, stand_in)] if stand_in else []
    kept = [pause for pause in pauses if has(scene.house, pause.what)]
    for pause in pauses:
        if not has(scene.house, pause.what):
            remarks += without_device((pause.meant,), CALLED[pause.what]).remarks
    for green in of_kind(meant, ChargeWhen):
        if not has(scene.house, green.wish.what):
            remarks += without_device((green,), CALLED[green.wish.what]).remarks
    return kept, remarks


def _green(weather: Weather, scene: Scene) -> tuple[Mask, Said | None]:
    """When the sun shines or the wind blows, and what stood in where nobody knows."""
    known: list[Mask] = []
    unknown: list[Said] = []
    if weather is not Weather.WIND:
        sun = _sunny(scene)
        known += [sun] if sun is not None else []
        unknown += [Said("zon", "sun")] if sun is None else []
    if weather is not Weather.SUN:
        wind = scene.signals.wind_share
        known += [wind >= WINDY_SHARE] if wind is not None else []
        unknown += [Said("wind", "wind")] if wind is None else []
    if unknown:
        known.append(_cheapest(scene.outlook.buy_eur_per_kwh))
    names = Said(" en ".join(each.nl for each in unknown), " and ".join(each.en for each in unknown))
    stand_in = Said(
        f"de verwachte {names.nl} is niet bekend; de goedkoopste uren gelden in plaats daarvan",
        f"the {names.en} to expect is not known; the cheapest hours stand in for it",
    )
    return np.logical_or.reduce(known), stand_in if unknown else None


def _sunny(scene: Scene) -> Mask | None:
    if scene.house.pv is not None:
        return scene.outlook.pv_kw >= SUNNY_SHARE * scene.house.pv.peak_kw
    return None if scene.signals.sun_w_m2 is None else scene.signals.sun_w_m2 >= SUNNY_W_M2


def _cheapest(price: Floats) -> Mask:
    known = np.sort(price[np.isfinite(price)])
    if not len(known):
        return np.ones(len(price), np.bool_)
    highest = float(known[int(CHEAP_SHARE * (len(known) - 1))])
    return price <= highest


def _here(stays: tuple[Stay, ...], count: int) -> Mask:
    here = np.zeros(count, np.bool_)
    for stay in stays:
        here[max(stay.whole.arrives, 0) : max(stay.whole.departs, 0)] = True
    return here


def _limits(on: On, when: Mask, meant: Meant[Wished], kw: float = 0.0) -> list[Claim]:
    return [Limit(HOW, on, first, stop, kw, meant.source) for first, stop in runs(when)]


def _forced(pauses: list[Pause], scene: Scene, stays: tuple[Stay, ...]) -> list[Contradiction]:
    """Pauses that leave too little time for what the car must hold."""
    charger = scene.house.charger
    if charger is None:
        return []
    per_ptu_kwh = charger.max_kw * charger.efficiency * PTU_HOURS
    found: list[Contradiction] = []
    for stay in stays:
        began = stay.whole.arrives < 0 and scene.state is not None
        held = scene.state.ev_stored_kwh if began and scene.state is not None else stay.whole.stored_kwh
        for demand in stay.demands:
            span = slice(max(stay.whole.arrives, 0), max(min(demand.by, scene.wall.count), 0))
            theirs = [pause for pause in pauses if pause.what is not Store.BATTERY and pause.when[span].any()]
            if demand.by > scene.wall.count or not theirs:
                continue
            free = ~np.any([pause.when[span] for pause in theirs], axis=0)
            if free.sum() * per_ptu_kwh < demand.kwh - held - 1e-9:
                found += [Contradiction(demand.meant, pause.meant, Rule.WHAT_FIRST) for pause in theirs]
    return found


def _not_from_battery(meant: AllMeant, scene: Scene, here: Mask) -> Outcome:
    """While the car is there the battery gives at most what the house itself is expected to take."""
    asked = of_kind(meant, CarNotFromBattery)
    if not asked:
        return Outcome()
    if scene.house.battery is None or scene.house.charger is None:
        return without_device(asked, Said("batterij naast een laadpaal", "battery beside a wall box"))
    load_kw = np.round(np.maximum(scene.outlook.load_kw, 0.0), 2)
    known = here & np.isfinite(load_kw)
    claims = tuple(
        Limit(HOW, On.DISCHARGE, first, stop, float(load_kw[first]), asked[0].source)
        for first, stop in steps(np.where(known, load_kw, -1.0))
        if known[first]
    )
    return Outcome(claims)
