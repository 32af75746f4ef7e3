"""The pages of the regulator: any quarter-hour computed again from the log, and who looked at whose data."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.apps.access import PURPOSE_WORDS, ROLE_WORDS, Door, Doors, Look, Role, sentence
from laag.apps.street import few
from laag.apps.street.api.fills import WHAT, again
from laag.apps.street.pages import words
from laag.apps.street.pages.merit import merit_picture
from laag.apps.street.pages.site import Moment, Site, in_thread, quarter_options
from laag.apps.web import language
from laag.apps.web.written import count, euros
from laag.apps.web.written import day as written_day
from laag.apps.web.written import moment as written_moment
from laag.cycle.live.views import Rerun, rerun
from laag.foundation.contracts import Side
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said

_OWN = ("GET", "/members/{member}/looks")
_FILLS = ("GET", "/regulator/members/{member}")
DOORS: Doors = {
    ("GET", "/regulator"): Door.of(Role.REGULATOR, Role.OPERATOR),
    ("GET", "/regulator/looks"): Door.of(Role.REGULATOR),
    _FILLS: Door.of(Role.REGULATOR, personal=True, what=WHAT),
    _OWN: Door.of(Role.RESIDENT, Role.REGULATOR, personal=True, what=words.ACCESS_LOG),
}


def router(site: Site) -> APIRouter:
    """The pages."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/regulator")
    async def regulator(request: Request) -> HTMLResponse:
        lang, moment = language(request), site.chosen(request)
        done, why = (
            await _again(site, moment.day, moment.ptu) if "ptu" in request.query_params else (None, None)
        )
        days = [day for day in site.days() if site.state.day(day).is_cleared]
        return await in_thread(_page, site, request, lang, moment, days, done, why)

    @pages.get(_FILLS[1])
    async def fills(request: Request, member: str) -> HTMLResponse:
        moment = site.chosen(request)
        done = await again(site.running, member, moment.day, moment.ptu)
        return await in_thread(_fills, site, request, member, moment, done)

    @pages.get("/regulator/looks")
    async def looks(request: Request) -> HTMLResponse:
        lang, found = language(request), await site.looks()
        return site.web.page(
            request, "street/looks.html", words=words, rows=[_row(site, look, lang) for look in found]
        )

    @pages.get(_OWN[1])
    async def own_looks(request: Request, member: str) -> HTMLResponse:
        zone = site.state.neighbourhood.zone
        said = [sentence(look, site.what(look), zone) for look in await site.looks(member)]
        return site.web.page(request, "street/own_looks.html", words=words, said=said)

    return pages


async def _again(site: Site, day: date, ptu: int) -> tuple[Rerun | None, Said | None]:
    place = site.state.neighbourhood
    try:
        return await site.running.keeper.read(lambda events: rerun(place, events, day, ptu)), None
    except BadInput:
        return None, words.NOT_CLEARED


def _page(
    site: Site,
    request: Request,
    lang: Lang,
    moment: Any,
    days: list[date],
    done: Rerun | None,
    why: Said | None,
) -> HTMLResponse:
    homes = len(site.state.day(moment.day).members)
    return site.web.page(
        request,
        "street/regulator.html",
        words=words,
        moment=moment,
        days=[(one.isoformat(), written_day(one, lang)) for one in days],
        quarters=quarter_options(site.times(moment.day)),
        at=site.times(moment.day)[moment.ptu],
        done=done,
        said=[_dated(one, moment.day) for one in done.said] if done else [],
        why=why,
        merit=merit_picture(done.picture, lang) if done else "",
        member=_asked_member(site, request),
        few=few.note(homes) if done else None,
    )


def _dated(said: Said, day: date) -> Said:
    """The log writes a day as a number; people read its name."""
    return Said(
        *(
            one.replace(day.isoformat(), written_day(day, lang))
            for lang, one in ((Lang.NL, said.nl), (Lang.EN, said.en))
        )
    )


def _asked_member(site: Site, request: Request) -> str:
    """Whose own orders somebody asks for; nothing where nobody is called so."""
    asked = request.query_params.get("member", "").strip()
    return asked if asked in site.state.members else ""


def _fills(site: Site, request: Request, member: str, moment: Moment, done: Rerun | None) -> HTMLResponse:
    """One member's own orders, which only come out with a purpose that was noted."""
    lang = language(request)
    rows = [
        [
            words.DEVICES.get(fill.device, words.DEVICES["other"]),
            words.ENERGY_ASKED if fill.side is Side.BUY else words.ENERGY_OFFERED,
            f"{count(fill.asked_wh, lang)} Wh",
            f"{count(fill.filled_wh, lang)} Wh",
            euros(fill.units, lang),
            fill.because,
        ]
        for fill in ((*done.fills, *done.changes) if done else ())
    ]
    return site.web.page(
        request,
        "street/fills.html",
        status=200 if done else 404,
        words=words,
        member=member,
        moment=moment,
        at=site.times(moment.day)[moment.ptu],
        rows=rows,
        why=None if done else words.NOT_CLEARED,
        same=[one.said for one in done.found] if done else [],
    )


def _row(site: Site, look: Look, lang: Lang) -> list[Said | str]:
    zone = site.state.neighbourhood.zone
    who = ROLE_WORDS[look.role]
    return [
        written_moment(look.at, lang, zone),
        Said(f"{look.name} ({who.nl})", f"{look.name} ({who.en})"),
        look.member,
        site.what(look),
        PURPOSE_WORDS[look.purpose],
    ]
