"""The pages of questions from outside: what may be asked and what was answered, for everybody; and for a member its part in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.adapters.noise import noise
from laag.apps.access import Door, Doors, Role
from laag.apps.street import commons
from laag.apps.street.api.questions import OWN_ANSWERS, unit_of
from laag.apps.street.pages import questions_words as words
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.web import language
from laag.apps.web.written import count, kwh, short_day
from laag.cycle.live import Answered
from laag.foundation.words import Lang, Said
from laag.neighbourhood.commons.bins import spoken
from laag.neighbourhood.commons.questions import SHIPPED, written_epsilon

_OWN = ("GET", "/members/{member}/answers")
DOORS: Doors = {
    ("GET", "/questions"): Door.of(Role.ANYBODY),
    _OWN: Door.of(Role.RESIDENT, personal=True, what=OWN_ANSWERS),
}
_NEWEST = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as a page has it."""

    what: Said
    about: Said
    rows: list[list[str | Said]]


def router(site: Site) -> APIRouter:
    """The pages."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/questions")
    async def questions(request: Request) -> HTMLResponse:
        return await in_thread(_page, site, request)

    @pages.get(_OWN[1])
    async def own(request: Request, member: str) -> HTMLResponse:
        return await in_thread(_mine, site, request, member)

    return pages


def _page(site: Site, request: Request) -> HTMLResponse:
    lang, may = language(request), commons.in_force(site.running.keeper)
    given = list(site.state.answers.values())[: -_NEWEST - 1 : -1]
    return site.web.page(
        request,
        "street/questions.html",
        words=words,
        budget=_with(
            words.BUDGET, {"epsilon": {one: written_epsilon(may.micro_epsilon, one) for one in Lang}}
        ),
        lacking=None if noise() is not None else words.LACKING,
        nothing=None if may.questions else words.NONE_APPROVED,
        rows=[
            (one.what, one.said, words.YES if one.name in may.questions else words.NO)
            for one in sorted(SHIPPED.values(), key=lambda one: one.name not in may.questions)
        ],
        answers=[_shown(site, one, lang) for one in given],
    )


def _mine(site: Site, request: Request, member: str) -> HTMLResponse:
    lang, keeper = language(request), site.running.keeper
    may, year = commons.in_force(keeper), commons.today(keeper).year
    mine = [one for one in site.state.answers.values() if member in one.homes]
    years = sorted({year, *(each for one in mine for each in one.cost.years)}, reverse=True)
    left = {each: commons.left(site.state, may, member, each) for each in years}
    return site.web.page(
        request,
        "street/own_answers.html",
        words=words,
        budget=[
            [str(each), written_epsilon(may.micro_epsilon - micro, lang), written_epsilon(micro, lang)]
            for each, micro in left.items()
        ],
        answers=[_shown(site, one, lang) for one in reversed(mine)],
    )


def _shown(site: Site, one: Answered, lang: Lang) -> Shown:
    question = SHIPPED[one.question]
    at = one.at.astimezone(site.state.neighbourhood.zone).date()

    def wrote(value: int) -> str:
        return kwh(value, lang) if unit_of(question) == "Wh" else count(value, lang)

    rows: list[list[str | Said]] = [
        [_of(key, lang), wrote(value), f"{words.PLUS_MINUS}{wrote(off)}" if off else words.EXACT]
        for key, value, off in zip(one.keys, one.values.tolist(), one.off_by.tolist(), strict=True)
    ]
    cable = Said(*(text.format(name=one.group) for text in (words.CABLE.nl, words.CABLE.en)))
    group = cable if one.group else words.STREET
    cost = _with(words.COST, {"epsilon": {each: written_epsilon(one.micro_epsilon, each) for each in Lang}})
    cost = cost if one.micro_epsilon else words.NO_COST
    parts = {
        "name": dict.fromkeys(Lang, one.asked_by),
        "why": dict.fromkeys(Lang, one.why),
        "at": {each: short_day(at, each, year=True) for each in Lang},
        "first": {each: short_day(one.first, each, year=True) for each in Lang},
        "last": {each: short_day(one.last, each, year=True) for each in Lang},
        "group": {each: group.to(each) for each in Lang},
        "cost": {each: cost.to(each) for each in Lang},
    }
    return Shown(question.what, _with(words.BY, parts), rows)


def _of(key: str, lang: Lang) -> Said | str:
    """A figure's name; of a day as days are written here."""
    try:
        return short_day(date.fromisoformat(key), lang, year=True)
    except ValueError:
        return spoken(key)


def _with(said: Said, parts: Mapping[str, Mapping[Lang, str]]) -> Said:
    """Both sentences with their parts; what somebody wrote is put in as it is, and never read as a sentence of ours."""
    return Said(
        *(said.to(lang).format(**{name: both[lang] for name, both in parts.items()}) for lang in Lang)
    )
