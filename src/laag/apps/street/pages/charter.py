"""The charter as people read it and change it: all rules, one rule, by forms that need no script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from laag.adapters import charterfile
from laag.apps.access import Caller, Door, Doors, Role
from laag.apps.street import charter_words as words
from laag.apps.street.charter_seen import Seen, seen, version_on
from laag.apps.street.motions import moved, new_name
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.street.trouble import NOTHING, Trouble
from laag.apps.web import language
from laag.apps.web.kit import caller_of
from laag.apps.web.written import day as written_day
from laag.apps.web.written import short_day, short_moment
from laag.cycle.live import Live
from laag.cycle.live.charters import moment_on
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.neighbourhood.charter import ARTICLES, Article, Charter, Fixed, digest
from laag.neighbourhood.charter.judged import earliest, judge
from laag.neighbourhood.charter.process import Feedback, Process, Proposed, Stage
from laag.neighbourhood.charter.values import OneOf, Truth

MEMBERS = (Role.RESIDENT, Role.OPERATOR, Role.REGULATOR, Role.RESEARCHER, Role.GRID)
_RESIDENT = Door.of(Role.RESIDENT)
MOST_TEXT = 500
_SAID = {"sent": words.SENT}


def doors(*, public: bool) -> Doors:
    """Everybody reads who sees the market; residents speak."""
    read = Door.of(Role.ANYBODY) if public else Door.of(*MEMBERS)
    return {
        ("GET", "/charter"): read,
        ("GET", "/charter.toml"): read,
        ("GET", "/charter/articles/{article}"): read,
        ("POST", "/charter/articles/{article}/feedback"): _RESIDENT,
        ("POST", "/charter/articles/{article}/propose"): _RESIDENT,
    }


def router(site: Site) -> APIRouter:
    """The pages, and what is said on them."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/charter")
    async def charter(request: Request) -> HTMLResponse:
        return await in_thread(_charter, site, request)

    @pages.get("/charter.toml")
    async def toml(request: Request) -> Response:
        text = charterfile.text(version_on(site.state.process, site.today().day).charter, language(request))
        given = {"content-disposition": 'attachment; filename="charter.toml"'}
        return Response(text, media_type="application/toml", headers=given)

    @pages.get("/charter/articles/{article}")
    async def one(request: Request, article: str) -> HTMLResponse:
        return await in_thread(_article, site, request, article)

    @pages.post("/charter/articles/{article}/feedback")
    async def feedback(request: Request, article: str) -> Response:
        return await _heard(site, request, article)

    @pages.post("/charter/articles/{article}/propose")
    async def propose(request: Request, article: str) -> Response:
        return await _proposed(site, request, article)

    return pages


@dataclass(frozen=True, slots=True)
class Rule:
    """An article as it stands today."""

    name: str
    said: Said
    text: str
    may: Said
    fixed: Fixed | None
    two_thirds: bool
    open: tuple[Seen, ...]


def _rule(one: Article, charter: Charter, open_: tuple[Seen, ...]) -> Rule:
    mine = tuple(each for each in open_ if any(change.article == one.name for change in each.changes))
    said = Said(one.said(charter).nl, one.said(charter).en)
    return Rule(one.name, said, one.text(charter), one.may.said, one.fixed, one.two_thirds, mine)


def _charter(site: Site, request: Request) -> HTMLResponse:
    lang, state, today = language(request), site.state, site.today().day
    process, holds = state.process, version_on(state.process, today)
    every = _every(state, caller_of(request).member, lang)
    open_ = tuple(one for one in every if one.is_open and one.stage != Stage.ADOPTED)
    rules = [_rule(one, holds.charter, open_) for one in ARTICLES]
    return site.web.page(
        request,
        "street/charter.html",
        words=words,
        said=None,
        version=holds.charter.version,
        since=written_day(holds.day, lang),
        digest=digest(holds.charter),
        coming=[one for one in every if one.stage == Stage.ADOPTED],
        open=open_,
        tables=[
            (words.TABLES.get(table, words.TABLES[""]), list(some))
            for table, some in groupby(rules, lambda one: one.name.rpartition(".")[0] or one.name)
        ],
        proposals=[(one.title, one.timetable[0][1], one.standing) for one in every],
        leads=[(one.id, one.title) for one in every],
        versions=list(_versions(process, every, lang)),
    )


def _every(state: Live, member: str | None, lang: Lang) -> tuple[Seen, ...]:
    """All proposals, the newest first."""
    found = sorted(state.process.proposals.values(), key=lambda one: one.proposed.at, reverse=True)
    return tuple(seen(state, one, member, lang) for one in found)


def _versions(process: Process, every: tuple[Seen, ...], lang: Lang) -> Iterator[tuple[Said | str, ...]]:
    titles = {one.id: one.title for one in every}
    for one in reversed(process.charters):
        by = titles.get(one.proposal, words.BEGAN_WITH)
        yield words.version(one.charter.version), short_day(one.day, lang, year=True), by


def _known(name: str) -> Article:
    found = next((one for one in ARTICLES if one.name == name), None)
    if found is None:
        raise Trouble(404, NOTHING)
    return found


def _article(
    site: Site, request: Request, name: str, why: Said | None = None, form: dict[str, str] | None = None
) -> HTMLResponse:
    one, lang, state = _known(name), language(request), site.state
    today, zone = site.today().day, state.neighbourhood.zone
    holds = version_on(state.process, today).charter
    caller = caller_of(request)
    first = earliest(state.process.on(today), moment_on(state, today))
    form = form or _asked(request, one, holds, first)
    preview, refused = _preview(site, caller, one, form, lang)
    why = why or refused
    open_ = tuple(each for each in _every(state, caller.member, lang) if each.is_open)
    why_not = cannot_speak(state, caller, today)
    return site.web.page(
        request,
        "street/article.html",
        status=200 if why is None else 422,
        words=words,
        article=_rule(one, holds, open_),
        said=_SAID.get(request.query_params.get("said", "")),
        why=why,
        preview=preview,
        feedback=[
            (short_moment(each.at, lang, zone), each.text)
            for each in reversed(state.process.feedback)
            if each.article == name
        ],
        may_speak=why_not is None,
        why_not=why_not,
        choices=_choices(one),
        form=form,
        first_day=first.isoformat(),
        earliest=words.earliest(written_day(first, lang)),
    )


def cannot_speak(state: Live, caller: Caller, today: date) -> Said | None:
    """Why somebody proposes nothing and does not vote; ``None`` where they may."""
    if caller.role is not Role.RESIDENT or caller.member is None:
        return words.ONLY_RESIDENTS
    return None if state.takes_part(caller.member, today) else words.NO_MEMBER


def _choices(one: Article) -> list[tuple[str, Said]]:
    """Each value it may have with its sentence, where these are few."""
    match one.may:
        case OneOf(words=several):
            return [(value, one.sentence(value)) for value in several]
        case Truth():
            return [(text, one.sentence(one.may.read(text))) for text in ("true", "false")]
    return []


def _asked(request: Request, one: Article, holds: Charter, first: date) -> dict[str, str]:
    """What the form was filled in with; else what holds now, from the first day that is possible."""
    given = request.query_params
    return {
        "value": given.get("value", one.text(holds)),
        "from": given.get("from", first.isoformat()),
        "why": given.get("why", ""),
    }


def _preview(
    site: Site, caller: Caller, one: Article, form: dict[str, str], lang: Lang
) -> tuple[dict[str, Any] | None, Said | None]:
    """The sentence as it would be; or why that cannot be proposed."""
    if not form["why"] or caller.member is None:
        return None, None
    motion = _motion(site, caller.member, one, form)
    if isinstance(motion, Said):
        return None, motion
    today = site.today().day
    if (why := judge(site.state.process, motion, moment_on(site.state, today))) is not None:
        return None, Said(f"{why.nl[:1].upper()}{why.nl[1:]}.", f"{why.en[:1].upper()}{why.en[1:]}.")
    newest = site.state.process.newest
    return {
        "before": one.said(newest),
        "after": one.said(newest.changed({one.name: one.read(form["value"])})),
        "from_day": written_day(motion.from_day, lang),
        "why": form["why"],
        "form": list(form.items()),
    }, None


def _motion(site: Site, member: str, one: Article, form: dict[str, str]) -> Proposed | Said:
    """The proposal that a form holds; or why it holds none."""
    try:
        from_day = date.fromisoformat(form["from"])
    except ValueError:
        return words.NO_DAY
    if len(form["why"]) > MOST_TEXT:
        return words.TOO_LONG
    try:
        value = one.may.text(one.read(form["value"]))
    except BadInput:
        value = form["value"]  # refused for that, in a sentence
    name = new_name(site.state, site.today().day)
    return Proposed(member, name, (one.name,), (value,), form["why"], from_day, site.now())


async def _heard(site: Site, request: Request, name: str) -> Response:
    one, member = _known(name), _member(request)
    text = str((await request.form()).get("text", "")).strip()
    why = words.EMPTY if not text else words.TOO_LONG if len(text) > MOST_TEXT else None
    why = why or await moved(site.running.keeper, Feedback(member, one.name, text, site.now()))
    if why is not None:
        return await in_thread(_article, site, request, name, why)
    return RedirectResponse(f"/charter/articles/{name}?{urlencode({'said': 'sent'})}", 303)


async def _proposed(site: Site, request: Request, name: str) -> Response:
    one, member = _known(name), _member(request)
    given = await request.form()
    form = {key: str(given.get(key, "")).strip() for key in ("value", "from", "why")}
    motion = _motion(site, member, one, form)
    why = motion if isinstance(motion, Said) else await moved(site.running.keeper, motion)
    if why is not None or isinstance(motion, Said):
        return await in_thread(_article, site, request, name, why, form)
    return RedirectResponse(f"/charter/proposals/{motion.proposal}?said=handed", 303)


def _member(request: Request) -> str:
    """Whose word this is; an account without a connection has none."""
    member = caller_of(request).member
    if member is None:
        raise Trouble(403, words.NO_MEMBER)
    return member
