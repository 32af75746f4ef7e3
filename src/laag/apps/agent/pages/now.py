"""This moment: where power goes, what each device does and why, the price, and who is heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.apps.agent.now import DeviceNow, Now
from laag.apps.agent.pages import country, record
from laag.apps.agent.pages.grid import on_grid
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.words import frame
from laag.apps.agent.pages.words import grid as grid_words
from laag.apps.agent.pages.words import now as words
from laag.apps.agent.pages.written import age, cents, clock, filled
from laag.apps.home.words import decimal
from laag.apps.web import Flow, flow_picture
from laag.apps.web.flow import flow_values
from laag.apps.web.languages import language
from laag.apps.web.written import NONE, kw
from laag.foundation.ptu import PTU
from laag.foundation.words import Lang, Said
from laag.home.devices import Device
from laag.home.operate import Why
from laag.home.reasons import Subject, say

router = APIRouter(include_in_schema=False)
_STILL_KW = 0.03
_JUST_S = 15.0
_SILENT_S = 60.0
_SUBJECTS = {
    Device.PV: Subject.PV,
    Device.BATTERY: Subject.BATTERY,
    Device.EV: Subject.CAR,
    Device.HEAT_PUMP: Subject.HEATING,
    Device.WATER: Subject.WATER,
}


@dataclass(frozen=True, slots=True)
class Doing:
    """One device at this moment, in words."""

    key: str
    name: str
    does: str
    heard: str
    why: str


@router.get("/")
async def page(request: Request) -> HTMLResponse:
    """This moment."""
    home, lang = here(request), language(request)
    await home.country.look(home.now)
    now = home.agent.now()
    values = values_of(home, now, lang)
    return home.web.page(
        request,
        "home/now.html",
        t=words,
        g=grid_words,
        on_grid=on_grid(home, request, lang, "now"),
        alarm=record.of_now(home, lang),
        picture=flow_picture(seen(home, now), lang),
        country=values["now.country"],
        tiles=list(_tiles(home, now, values)),
        devices=list(doing(home, now, lang)),
        standing=standing(home, now, lang),
        joined=now.neighbourhood.member is not None,
        frame=frame,
    )


def values_of(home: Here, now: Now, lang: Lang) -> dict[str, str]:
    """Everything on the page that changes from second to second, by the name of its place."""
    values = flow_values(seen(home, now), lang)
    values["now.country"] = _country(home, lang)
    values["now.meter"] = NONE if now.meter_kw is None else kw(abs(now.meter_kw), lang)
    values["now.meter.note"] = _way(now.meter_kw).to(lang)
    buy, sell = _prices(home)
    values["now.price"] = NONE if buy is None else cents(buy, lang)
    values["now.price.note"] = "" if sell is None else filled(words.PRICE_BACK, lang, price=cents(sell, lang))
    for name, held, unit in _levels(now):
        values[f"now.{name}"] = NONE if held is None else f"{decimal(held, 1, lang)} {unit}"
    for one in doing(home, now, lang):
        values |= {f"{one.key}.does": one.does, f"{one.key}.heard": one.heard, f"{one.key}.why": one.why}
    return values


def seen(home: Here, now: Now) -> list[Flow]:
    """The home's own flows, and the street's with the country where that is known."""
    said = home.country.known(home.now)
    return [*flows(now), *([] if said is None else [Flow("country", country.kw(said))])]


def _country(home: Here, lang: Lang) -> str:
    said = home.country.known(home.now)
    if said is None:
        return ""
    zone = home.life.zone
    power = kw(abs(country.kw(said)), lang)
    return filled(
        words.COUNTRY_IN if said.wh >= 0 else words.COUNTRY_OUT,
        lang,
        first=clock(said.start, zone),
        last=clock(said.start + PTU, zone),
        kw=power,
    )


def flows(now: Now) -> list[Flow]:
    """What comes from each node towards the home; what nobody measures is what is left."""
    into: dict[Device, float | None] = {}
    for one in now.devices:
        into[one.device] = one.kw if one.kw is None else (one.kw if one.device is Device.PV else -one.kw)
    found = [Flow("sun", into[Device.PV])] if Device.PV in into else []
    if Device.BATTERY in into:
        found.append(Flow("battery", into[Device.BATTERY]))
    if Device.EV in into:
        found.append(Flow("car", into[Device.EV] if now.car_here else 0.0))
    heat = [into[one] for one in (Device.HEAT_PUMP, Device.WATER) if one in into]
    if heat:
        found.append(Flow("heat_pump", _sum(heat)))
    used = _sum([now.meter_kw, *into.values()])
    found.append(Flow("use", None if used is None else -max(used, 0.0)))
    return [*found, Flow("street", now.meter_kw)]


def _sum(parts: list[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _way(meter_kw: float | None) -> Said:
    if meter_kw is None:
        return Said()
    if abs(meter_kw) < _STILL_KW:
        return words.NOTHING
    return words.FROM_STREET if meter_kw > 0 else words.TO_STREET


def _prices(home: Here) -> tuple[float | None, float | None]:
    """What a kWh costs and brings in this quarter-hour."""
    day = home.day()
    if day is None:
        return None, None
    ptu = day.outlook.grid.index(home.life.clock.now())
    if not 0 <= ptu < len(day.plan):
        return None, None
    return float(day.outlook.buy_eur_per_kwh[ptu]), float(day.outlook.sell_eur_per_kwh[ptu])


def _levels(now: Now) -> Iterator[tuple[str, float | None, str]]:
    yield "battery", now.stored_kwh, "kWh"
    yield "car", now.ev_stored_kwh, "kWh"
    yield "indoor", now.indoor_c, "°C"
    yield "tank", now.tank_c, "°C"


def _tiles(home: Here, now: Now, values: dict[str, str]) -> Iterator[dict[str, Any]]:
    def tile(name: str, label: Said, note: str = "") -> dict[str, Any]:
        live = f"now.{name}"
        return {
            "label": label,
            "number": values[live],
            "live": live,
            "note": note or values.get(f"{live}.note"),
            "note_live": f"{live}.note" if f"{live}.note" in values else None,
        }

    yield tile("meter", words.METER)
    yield tile("price", words.PRICE)
    house = home.life.house
    if house.battery is not None:
        yield tile("battery", words.IN_BATTERY)
    if now.ev_stored_kwh is not None:
        yield tile("car", words.IN_CAR)
    if now.indoor_c is not None:
        yield tile("indoor", words.INDOORS)
    if now.tank_c is not None:
        yield tile("tank", words.IN_TANK)


def doing(home: Here, now: Now, lang: Lang) -> Iterator[Doing]:
    """Each device: what it does, when it was heard, and why."""
    for one in now.devices:
        key = f"device.{one.device.name.lower()}"
        yield Doing(
            key,
            frame.DEVICES[one.device].to(lang),
            _does(one, now, lang),
            _heard(one, lang),
            _why(home, one, now, lang),
        )


def _does(one: DeviceNow, now: Now, lang: Lang) -> str:
    if one.device is Device.EV and one.kw is not None and not now.car_here:
        return words.AWAY_CAR.to(lang)
    if one.kw is None:
        return words.UNKNOWN.to(lang)
    if abs(one.kw) < _STILL_KW:
        return words.RESTS.to(lang)
    gives = one.kw > 0 if one.device is Device.PV else one.kw < 0
    return filled(words.GIVES if gives else words.TAKES, lang, kw=kw(abs(one.kw), lang))


def _heard(one: DeviceNow, lang: Lang) -> str:
    if one.age_s is None or not isfinite(one.age_s):
        return ""
    if one.age_s < _JUST_S:
        return words.HEARD_NOW.to(lang)
    return filled(words.HEARD, lang, age=age(one.age_s, lang))


def _why(home: Here, one: DeviceNow, now: Now, lang: Lang) -> str:
    """What decided the instruction; where that is the plan, why it is planned so."""
    if one.why is None:
        return "" if one.device is Device.EV and not now.car_here else words.NOT_TOLD.to(lang)
    told = home.life.told.get((one.device, ""))
    sentences = [one.why.to(lang)]
    if told is not None and told.instruction.because.why is Why.PLAN:
        sentences.append(_planned(home, one.device, told.instruction.power_kw, lang))
    if not one.heard:
        sentences.append(words.NOT_HEARD.to(lang))
    return " ".join(filter(None, sentences))


def _planned(home: Here, device: Device, told_kw: float, lang: Lang) -> str:
    """Why the plan has it do that; nothing where it does not follow this quarter-hour of the plan yet."""
    day = home.day()
    if day is None:
        return ""
    ptu = day.outlook.grid.index(home.life.clock.now())
    column = next((c for c in day.reasons.columns if c.subject is _SUBJECTS.get(device)), None)
    if column is None or not 0 <= ptu < len(day.plan):
        return ""
    reason = day.reasons.reason(column, ptu)
    follows = device is Device.PV or _sign(reason.power_kw) == _sign(told_kw)
    return say(reason, lang, day.called) if follows else ""


def _sign(power_kw: float) -> int:
    return 0 if abs(power_kw) < _STILL_KW else 1 if power_kw > 0 else -1


def standing(home: Here, now: Now, lang: Lang) -> list[str]:
    """Whether meter, plan and neighbourhood are there; a sentence each."""
    return [
        *_meter(now, lang),
        _plan(home, now, lang),
        *_street(home, now, lang),
        *([now.trouble.to(lang)] if now.trouble else []),
    ]


def _meter(now: Now, lang: Lang) -> list[str]:
    if now.meter_age_s is None:
        return [words.METER_NEVER.to(lang)]
    if now.meter_age_s < _JUST_S:
        return [words.METER_HEARD_NOW.to(lang)]
    said = words.METER_HEARD if now.meter_age_s < _SILENT_S else words.METER_SILENT
    return [filled(said, lang, age=age(now.meter_age_s, lang))]


def _plan(home: Here, now: Now, lang: Lang) -> str:
    if now.plan_made_at is None:
        return words.NO_PLAN.to(lang)
    return filled(words.PLAN_MADE, lang, at=clock(now.plan_made_at, home.life.zone))


def _street(home: Here, now: Now, lang: Lang) -> Iterator[str]:
    street = now.neighbourhood
    if street.member is None:
        yield words.STREET_NONE.to(lang)
        return
    if street.away_since is not None:
        yield filled(words.STREET_AWAY, lang, since=clock(street.away_since, home.life.zone))
    elif street.board_made_at is not None:
        yield filled(words.STREET_HEARD, lang, at=clock(street.board_made_at, home.life.zone))
    if street.waiting:
        yield filled(
            words.STREET_WAITS_ONE if street.waiting == 1 else words.STREET_WAITS, lang, count=street.waiting
        )
    if street.refused:
        yield filled(words.STREET_REFUSED, lang, count=street.refused)
