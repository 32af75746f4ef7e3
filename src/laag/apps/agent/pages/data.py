"""The household's data: what leaves, who looked, take it along, delete it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from laag.adapters.neighbourhood.link import Away
from laag.apps.agent.consents import Consents
from laag.apps.agent.neighbour import LAST_SENT
from laag.apps.agent.now import NeighbourhoodNow
from laag.apps.agent.pages import leaves
from laag.apps.agent.pages.export import as_json, as_zip, tables
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.record import of_data
from laag.apps.agent.pages.words import data as words
from laag.apps.agent.pages.words import frame
from laag.apps.agent.pages.words import leaves as leaf_words
from laag.apps.agent.pages.written import clock, filled
from laag.apps.web.languages import language
from laag.apps.web.written import day as in_words
from laag.foundation.consent import ASKED
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said

router = APIRouter(include_in_schema=False)
_FOREVER_AGO = "1970-01-01"


@router.get("/data")
async def page(request: Request) -> HTMLResponse:
    """All of it."""
    return await _page(here(request), request)


async def _page(
    home: Here, request: Request, *, done: Said | None = None, why: Said | None = None, status: int = 200
) -> HTMLResponse:
    lang = language(request)
    now = home.agent.now().neighbourhood
    looks = await home.street.looks()
    agreed = (await home.street.consents()).said
    may_ask = () if agreed is None else agreed.asked
    last, zone = home.life.store.kept(LAST_SENT) or {}, home.life.zone
    return home.web.page(
        request,
        "home/data.html",
        status=status,
        t=words,
        frame=frame,
        done=done,
        why=why,
        joined=home.street.joined,
        l=leaf_words,
        needed=leaves.needed(last, zone, weather=home.agent.asks_weather),
        decided=leaves.chosen(consents_of(home), may_ask, last, zone, home.today),
        along=leaves.always(last, zone),
        standing=list(_standing(home, now, lang)),
        refused=list(_refused(home, lang)),
        looks=None if looks.said is None else [Said(one.said.nl, one.said.en) for one in looks.said.looks],
        looks_stale=None if looks.fresh else frame.STREET_AWAY if looks.stale else frame.STREET_AWAY_NOTHING,
        **of_data(home, lang),
        word=words.WORD,
        word_leave=words.WORD_LEAVE,
    )


@router.get("/data/laag.zip")
async def as_tables(request: Request) -> Response:
    """Everything as tables."""
    home = here(request)
    found = tables(home.life, await home.street.data())
    return _file(await asyncio.to_thread(as_zip, found), "application/zip", "laag.zip")


@router.get("/data/laag.json")
async def for_programs(request: Request) -> Response:
    """Everything for a program."""
    home = here(request)
    found = tables(home.life, await home.street.data())
    return _file(await asyncio.to_thread(as_json, found), "application/json", "laag.json")


def _file(body: bytes, kind: str, name: str) -> Response:
    return Response(body, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


@router.post("/data/consent")
async def consent(request: Request) -> Response:
    """Yes or no to a purpose; it holds from here on, whether or not the neighbourhood can be told now."""
    home, form = here(request), await request.form()
    purpose = next((one for one in ASKED if one.value == form.get("purpose")), None)
    answer = form.get("answer")
    if purpose is None or answer not in {"yes", "no"}:
        return await _page(home, request, why=leaf_words.NOT_KEPT, status=422)
    consents, neighbour = consents_of(home), home.agent.neighbour
    said_before = consents.said(purpose) is not None
    yes = consents.give(purpose) if answer == "yes" else None
    if yes is None:
        consents.refuse(purpose)
    if neighbour is not None and (yes is not None or said_before) and not neighbour.put_consent(purpose, yes):
        return await _page(home, request, why=leaf_words.NOT_KEPT, status=503)
    return await _page(home, request, done=leaf_words.SAID_NO if yes is None else leaf_words.SAID_YES)


def consents_of(home: Here) -> Consents:
    """What this household agreed to."""
    neighbour = home.agent.neighbour
    return Consents(home.life.store, lambda: home.today) if neighbour is None else neighbour.consents


@router.post("/data/delete")
async def delete(request: Request) -> Response:
    """Forget what was measured and planned."""
    home, form = here(request), await request.form()
    if not _confirmed(str(form.get("word") or ""), words.WORD):
        return await _page(home, request, why=_mistyped(words.WORD), status=422)
    count = home.life.store.forget(home.life.clock.now(), all_is_said=not home.street.joined)
    home.life.past.forgotten(home.life.clock.now())
    home.life.replan.set()
    done = Said(*(filled(words.DELETED, lang, count=count) for lang in Lang))
    return await _page(home, request, done=done)


@router.post("/data/leave")
async def leave(request: Request) -> Response:
    """Leave the neighbourhood."""
    home, form = here(request), await request.form()
    if not _confirmed(str(form.get("word") or ""), words.WORD_LEAVE):
        return await _page(home, request, why=_mistyped(words.WORD_LEAVE), status=422)
    if not home.street.joined:
        return await _page(home, request, why=words.NOT_JOINED, status=409)
    try:
        gone = await home.street.leave()
    except (Away, BadInput):
        return await _page(home, request, why=words.LEAVE_AWAY, status=503)
    home.life.store.keep("left", gone.last_day.isoformat())
    done = Said(*(filled(words.LEFT, lang, day=in_words(gone.last_day, lang)) for lang in Lang))
    return await _page(home, request, done=done)


def _confirmed(typed: str, word: Said) -> bool:
    return typed.strip().casefold() in {word.nl, word.en}


def _mistyped(word: Said) -> Said:
    return Said(*(filled(words.MISTYPED, lang, word=word.to(lang)) for lang in Lang))


def _standing(home: Here, now: NeighbourhoodNow, lang: Lang) -> Iterator[str]:
    if now.member is None:
        yield words.NOT_JOINED.to(lang)
        return
    first = date.fromisoformat(home.life.store.kept("first_day") or _FOREVER_AGO)
    said = words.MEMBER_AS if first <= home.today else words.MEMBER_FROM
    yield filled(said, lang, member=now.member, day=in_words(first, lang))
    if left := home.life.store.kept("left"):
        yield filled(words.LEFT, lang, day=in_words(date.fromisoformat(left), lang))
    if now.away_since is not None and now.why_away is not None:
        since = clock(now.away_since, home.life.zone)
        yield filled(words.AWAY, lang, since=since, why=now.why_away.to(lang))
    elif home.life.seen_at is not None:
        yield filled(words.CONNECTED, lang, at=clock(home.life.seen_at, home.life.zone))
    yield filled(words.WAITING if now.waiting else words.NOTHING_WAITS, lang, count=now.waiting)


def _refused(home: Here, lang: Lang) -> Iterator[str]:
    for number, _, why in home.life.store.outbox.refused(20):
        told = json.loads(why) if why else {}
        yield filled(words.REFUSED_ONE, lang, number=number, why=told.get(lang.value, "–"))
