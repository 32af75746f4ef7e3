"""An energy coach: the household's page to invite and end one, and the coach's own page."""

from __future__ import annotations

from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from laag.apps.access import Caller
from laag.apps.agent.coaching import LENGTHS_DAYS, PARTS, Coaching, Part
from laag.apps.agent.pages.everyone import kept, words
from laag.apps.agent.pages.everyone.advice import advice
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.use import day_chart
from laag.apps.agent.pages.written import filled
from laag.apps.home.words import decimal
from laag.apps.web.languages import language
from laag.apps.web.written import NONE, moment, short_day
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.home.scan import Dwelling
from laag.home.scan.dwelling import HEATED_WORDS, KIND_WORDS

router = APIRouter(include_in_schema=False)
_FOUR_WEEKS = 27


def _coaching(home: Here) -> Coaching:
    return Coaching(home.sessions.accounts)


@router.get("/settings/coach")
async def page(request: Request) -> HTMLResponse:
    """What is allowed now, and when somebody looked."""
    return _page(here(request), request)


def _page(
    home: Here,
    request: Request,
    *,
    link: str = "",
    done: Said | None = None,
    why: Said | None = None,
    status: int = 200,
) -> HTMLResponse:
    lang, coaching = language(request), _coaching(home)
    grant = coaching.grant()
    return home.web.page(
        request,
        "home/everyone/coach.html",
        status=status,
        t=words,
        done=done,
        why=why,
        link=link,
        until=""
        if grant is None
        else filled(words.COACH_UNTIL, lang, until=moment(grant.until, lang, home.life.zone)),
        sees=[] if grant is None else [PARTS[one] for one in grant.sees],
        parts_there=[(one.value, PARTS[one]) for one in Part],
        lengths=[(str(days), Said(f"{days} dagen", f"{days} days")) for days in LENGTHS_DAYS],
        looks=[
            filled(
                words.COACH_LOOKED,
                lang,
                at=moment(one.at, lang, home.life.zone),
                name=one.name,
                what=", ".join(PARTS[part].to(lang) for part in one.sees),
            )
            for one in coaching.looks()
        ],
    )


@router.post("/settings/coach")
async def invite(request: Request) -> Response:
    """A link for a coach."""
    home, form = here(request), await request.form()
    sees = tuple(part for part in Part if form.get(part.value))
    days = str(form.get("lasts") or "")
    if not sees:
        return _page(home, request, why=words.COACH_PICK, status=422)
    try:
        secret = _coaching(home).invite(sees, int(days) if days.isdigit() else 0)
    except BadInput:
        return _page(home, request, why=words.COACH_ONE, status=409)
    return _page(home, request, link=f"{str(request.base_url).rstrip('/')}/welcome/{secret}")


@router.post("/settings/coach/end")
async def end(request: Request) -> Response:
    """No more, at once."""
    home = here(request)
    _coaching(home).end()
    return _page(home, request, done=words.COACH_ENDED)


@router.get("/coach")
async def looks_along(request: Request) -> HTMLResponse:
    """What the household lets see, and nothing else; the look is written down first."""
    home, lang = here(request), language(request)
    caller: Caller = request.state.caller
    coaching = _coaching(home)
    grant = coaching.grant()
    if grant is None:
        return home.web.message(request, words.COACH_OVER, words.COACH_OVER_SAID, status=403)
    coaching.looked(caller.name, grant.sees)
    shown: dict[str, Any] = dict.fromkeys(("scan", "rows", "profile", "facts"))
    if Part.SCAN in grant.sees:
        shown["scan"] = advice(home, lang)
    if Part.DAYS in grant.sees:
        shown["rows"] = _rows(home, lang)
    if Part.QUARTERS in grant.sees:
        days = kept.days(home.life, home.today, 0)
        shown["profile"] = day_chart(home, days.first, lang)
    if Part.DWELLING in grant.sees:
        shown["facts"] = facts(kept.dwelling(home.life.store), lang)
    return home.web.page(
        request,
        "home/everyone/looks_along.html",
        t=words,
        title=filled(words.COACH_PAGE, lang, name=home.life.house.name),
        lead=filled(words.COACH_PAGE_LEAD, lang, until=moment(grant.until, lang, home.life.zone)),
        **shown,
    )


def _rows(home: Here, lang: Lang) -> list[list[str]]:
    days = kept.days(home.life, home.today, _FOUR_WEEKS)
    columns = days.electricity_kwh, days.gas_m3, days.outdoor_c, 1000 * days.base_kw
    rows = zip(*columns, strict=True)
    first = days.first.toordinal()
    return [
        [
            short_day(type(days.first).fromordinal(first + at), lang),
            *(NONE if np.isnan(one) else decimal(float(one), places, lang) for one, places in zip(row, (1, 1, 1, 0), strict=True)),
        ]
        for at, row in enumerate(rows)
    ]  # fmt: skip


def facts(home: Dwelling, lang: Lang) -> list[tuple[Said, str]]:
    """What the household said of its home."""
    rented = words.RENTED if home.rents else words.OWNED
    return [
        (words.BUILT, NONE if home.built is None else str(home.built)),
        (words.SIZE, NONE if home.size_m2 is None else str(home.size_m2)),
        (words.KIND, NONE if home.kind is None else KIND_WORDS[home.kind].to(lang)),
        (words.PEOPLE, NONE if home.people is None else str(home.people)),
        (words.HEATED, HEATED_WORDS[home.heated_by].to(lang)),
        (words.RENTS, rented.to(lang)),
    ]
