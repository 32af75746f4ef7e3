"""This home beside homes like it: what would go, a yes or a no to that, and what came back."""

from __future__ import annotations

from contextlib import suppress

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from laag.adapters.neighbourhood.everyone import MonthShared, OwnBeside
from laag.adapters.neighbourhood.link import Away
from laag.apps.agent import comparing
from laag.apps.agent.pages.everyone import kept, words
from laag.apps.agent.pages.everyone.means import in_month
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.street import Answer
from laag.apps.agent.pages.written import filled
from laag.apps.web.languages import language
from laag.apps.web.written import NONE
from laag.apps.web.written import day as in_words
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.home.scan.dwelling import HEATED_WORDS, KIND_WORDS, DwellingKind, HeatedBy, size_words, year_words

router = APIRouter(include_in_schema=False)


@router.get("/compare")
async def page(request: Request) -> HTMLResponse:
    """All of it."""
    return await _page(here(request), request)


async def _page(
    home: Here, request: Request, *, done: Said | None = None, why: Said | None = None, status: int = 200
) -> HTMLResponse:
    lang, store = language(request), home.life.store
    until = comparing.agreed_until(home.life)
    would = comparing.of_month(home.life, home.today, kept.dwelling(store))
    told: Answer[OwnBeside] = Answer(None, fresh=True) if until is None else await home.street.beside()
    month = None if told.said is None else told.said.month
    return home.web.page(
        request,
        "home/everyone/compare.html",
        status=status,
        t=words,
        done=done,
        why=why,
        joined=home.street.joined,
        until="" if until is None else filled(words.COMPARE_ON, lang, until=in_words(until, lang)),
        sends=[] if would is None else facts(would, lang),
        month="" if month is None else filled(words.COMPARE_MONTH, lang, month=in_month(month, lang)),
        said=[] if told.said is None else [Said(one.nl, one.en) for one in told.said.said],
    )


def facts(one: MonthShared, lang: Lang) -> list[tuple[Said, str]]:
    """A month as it would go, in words."""
    return [
        (Said("maand", "month"), in_month(one.month, lang)),
        (words.POWER, f"{one.electricity_kwh} kWh"),
        (words.GAS, NONE if one.gas_m3 is None else f"{one.gas_m3} m³"),
        (words.BUILT, NONE if one.year_class is None else year_words(one.year_class).to(lang)),
        (words.SIZE, NONE if one.size_class is None else size_words(one.size_class).to(lang)),
        (words.KIND, NONE if one.dwelling is None else KIND_WORDS[DwellingKind(one.dwelling)].to(lang)),
        (words.PEOPLE, NONE if one.people_class is None else str(one.people_class)),
        (words.HEATED, NONE if one.heated_by is None else HEATED_WORDS[HeatedBy(one.heated_by)].to(lang)),
    ]


@router.post("/compare")
async def choose(request: Request) -> Response:
    """A yes, or a no that also erases what was sent."""
    home, form = here(request), await request.form()
    if not home.street.joined:
        return await _page(home, request, why=words.NEEDS_STREET, status=409)
    life, today = home.life, home.today
    try:
        if form.get("yes") == "1":
            comparing.agree(life, home.agent.neighbour)
            with suppress(
                Away, BadInput
            ):  # the yes may still be on its way; the month goes within the hour then
                await comparing.send(life, today, home.street, kept.dwelling(life.store))
            return await _page(home, request)
        await home.street.stop_comparing()
    except (Away, BadInput):
        return await _page(home, request, why=words.STREET_AWAY, status=503)
    comparing.agree_no_more(life, home.agent.neighbour)
    return await _page(home, request, done=words.COMPARE_STOPPED)
