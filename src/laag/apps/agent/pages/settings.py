"""Settings: a pause, the devices, who may see this home, and what it is connected to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from laag import __version__
from laag.apps.access import Role
from laag.apps.agent.hands import paused_until
from laag.apps.agent.pages import inventory
from laag.apps.agent.pages.everyone import words as everyone
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.words import settings as words
from laag.apps.agent.pages.written import filled
from laag.apps.home.lines import capital
from laag.apps.home.words import decimal
from laag.apps.upkeep.concerns import concerns
from laag.apps.upkeep.inventory import Device
from laag.apps.web.languages import language
from laag.apps.web.written import kw, moment
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said

router = APIRouter(include_in_schema=False)


@router.get("/settings")
async def page(request: Request) -> HTMLResponse:
    """All of it."""
    done = words.KEPT if request.query_params.get("done") else None
    return await _page(here(request), request, done=done)


async def _page(
    home: Here,
    request: Request,
    *,
    done: Said | None = None,
    why: Said | None = None,
    invited: str = "",
    status: int = 200,
) -> HTMLResponse:
    lang = language(request)
    devices = inventory.inventory(home.life, lang)
    everywhere = _everywhere(devices, home, lang)
    until = paused_until(home.life)
    return home.web.page(
        request,
        "home/settings.html",
        status=status,
        t=words,
        everyone=everyone,
        done=done,
        why=why,
        paused=None if until is None else filled(words.PAUSED, lang, until=_moment(home, until, lang)),
        hours=list(words.HOURS.items()),
        devices=[_device(one, everywhere, home, lang) for one in devices],
        everywhere=[said for _, said in everywhere],
        kinds=list(words.KINDS.items()),
        cloud=list(words.CLOUD.items()),
        people=[one.name for one in await run_in_threadpool(home.sessions.accounts.all)],
        invited=invited,
        facts=_facts(home, lang),
    )


Concerns = list[tuple[str, str]]


def _concerns(one: Device, home: Here, lang: Lang) -> Concerns:
    """How much each weighs, and what it says without the name of the device."""
    return [
        (said.weight.name.lower(), capital(said.said.to(lang).removeprefix(f"{one.name}: ")) + ".")
        for said in concerns([one], home.today)
    ]


def _everywhere(devices: Sequence[Device], home: Here, lang: Lang) -> Concerns:
    """What is said of each of several devices is said once."""
    first, *others = [_concerns(one, home, lang) for one in devices] or [[]]
    return [one for one in first if others and all(one in other for other in others)]


def _device(one: Device, everywhere: Concerns, home: Here, lang: Lang) -> dict[str, Any]:
    kind = words.KINDS[one.kind]
    return {
        "one": one,
        "called": capital(one.name),
        "kind": None if one.name == kind.to(lang) else kind,
        "change": filled(words.CHANGE_DEVICE, lang, name=one.name),
        "remove": filled(words.REMOVE_DEVICE, lang, name=one.name),
        "concerns": [said for said in _concerns(one, home, lang) if said not in everywhere],
        "cloud": {True: "yes", False: "no", None: ""}[one.works_without_cloud],
    }


def _facts(home: Here, lang: Lang) -> list[tuple[Said, str]]:
    house, clock = home.life.house, home.life.clock
    at = _moment(home, home.life.clock.now(), lang)
    speed = decimal(clock.speed, 0, lang)
    said = words.CLOCK_WALL if clock.speed == 1 else words.CLOCK_SAID
    connection = filled(
        words.CONNECTION_SAID, lang, in_kw=kw(house.import_max_kw, lang), out_kw=kw(house.export_max_kw, lang)
    )
    return [
        (words.CONNECTION, connection),
        (words.CLOCK, filled(said, lang, at=at, speed=speed)),
        (words.VERSION, __version__),
    ]


def _moment(home: Here, at: datetime, lang: Lang) -> str:
    return moment(at, lang, home.life.zone)


@router.post("/settings/pause")
async def pause(request: Request) -> Response:
    """Leave the devices alone for some hours, or no longer."""
    home, form = here(request), await request.form()
    hours = str(form.get("hours") or "")
    until = None
    if hours in words.HOURS:
        until = (home.life.clock.now() + timedelta(hours=int(hours))).isoformat()
    home.life.store.keep("paused_until", until)
    return RedirectResponse("/settings?done=1", 303)


@router.post("/settings/devices")
async def device(request: Request) -> Response:
    """Write a device down."""
    home, form = here(request), await request.form()
    try:
        inventory.keep(home.life, language(request), form)
    except BadInput as odd:
        return await _page(home, request, why=Said(str(odd), str(odd)), status=422)
    return RedirectResponse("/settings?done=1", 303)


@router.post("/settings/devices/remove")
async def no_device(request: Request) -> Response:
    """Take a device away."""
    home, form = here(request), await request.form()
    inventory.remove(home.life, language(request), str(form.get("name") or ""))
    return RedirectResponse("/settings?done=1", 303)


@router.post("/settings/invite")
async def invite(request: Request) -> HTMLResponse:
    """A link for a housemate."""
    home = here(request)
    secret = await run_in_threadpool(home.sessions.accounts.invite, Role.RESIDENT)
    return await _page(home, request, invited=f"{str(request.base_url).rstrip('/')}/welcome/{secret}")
