"""Becoming somebody's home, and a member of a neighbourhood."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from laag.adapters.neighbourhood.link import Away
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.record import of_data
from laag.apps.agent.pages.words import settings as words
from laag.apps.agent.pages.written import filled
from laag.apps.web.languages import language
from laag.apps.web.written import day as in_words
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said

router = APIRouter(include_in_schema=False)
_SHORTEST = 4


@router.get("/first")
async def first(request: Request) -> Response:
    """Where whoever comes first finds out how this home becomes theirs."""
    if code := request.query_params.get("code", "").strip():
        return RedirectResponse(f"/welcome/{quote(code.rstrip('/').rpartition('/')[2], safe='')}", 303)
    return here(request).web.page(request, "home/first.html", t=words)


@router.get("/join")
async def page(request: Request) -> HTMLResponse:
    """The form; or since when this home takes part."""
    home = here(request)
    if home.street.joined:
        return _joined(home, request)
    return _form(home, request, code=request.query_params.get("code", "")[:40])


@router.post("/join")
async def join(request: Request) -> Response:
    """Become a member."""
    home, form = here(request), await request.form()
    code = str(form.get("code") or "").strip()[:40]
    if len(code) < _SHORTEST:
        return _form(home, request, code=code, why=words.JOIN_SHORT, status=422)
    if home.agent.neighbour is None:
        return _form(home, request, code=code, why=words.JOIN_NOWHERE, status=409)
    try:
        await home.agent.enrol(code)
    except Away:
        return _form(home, request, code=code, why=_at(home, words.JOIN_AWAY), status=503)
    except BadInput:
        return _form(home, request, code=code, why=words.JOIN_WRONG, status=422)
    home.life.store.keep("left", None)
    return RedirectResponse("/join", 303)


def _form(
    home: Here, request: Request, *, code: str, why: Said | None = None, status: int = 200
) -> HTMLResponse:
    neighbour = home.agent.neighbour
    at = None if neighbour is None else _at(home, words.JOIN_AT)
    return home.web.page(request, "home/join.html", status=status, t=words, at=at, code=code, why=why)


def _at(home: Here, said: Said) -> Said:
    neighbour = home.agent.neighbour
    url = "" if neighbour is None else neighbour.link.url
    return Said(*(filled(said, lang, url=url) for lang in Lang))


def _joined(home: Here, request: Request) -> HTMLResponse:
    lang, store = language(request), home.life.store
    day = date.fromisoformat(store.kept("first_day"))
    cable = store.kept("cable")
    return home.web.page(
        request,
        "home/joined.html",
        t=words,
        **of_data(home, lang),
        lead=filled(words.JOINED_LEAD, lang, day=in_words(day, lang), member=store.kept("member")),
        cable=filled(words.JOINED_CABLE, lang, cable=cable) if cable else "",
    )
