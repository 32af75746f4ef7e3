"""Leaving on a day: with an account that is right through it, and, where the household moves, a clean home for the next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, cast, get_args

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from laag.adapters.neighbourhood.everyone import MovesOut, OwnFinal, OwnMove
from laag.adapters.neighbourhood.link import Away
from laag.apps.access import Role
from laag.apps.access.accounts import INVITATION_KIND
from laag.apps.agent.coaching import GRANT, LOOK
from laag.apps.agent.pages.everyone import words
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.written import filled
from laag.apps.home.words import euros
from laag.apps.web.languages import language
from laag.apps.web.written import day as in_words
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.neighbourhood.people.leaving import LEAVING, SUPPLIER_LAW, Leaving

router = APIRouter(include_in_schema=False)
MOVE = "move"
_UNITS = 10**8
_NEXT_LASTS = timedelta(days=7)
Why = Literal["moved", "supplier", "other"]


@router.get("/move")
async def page(request: Request) -> HTMLResponse:
    """Where it stands."""
    return await _page(here(request), request)


async def _page(home: Here, request: Request, *, why: Said | None = None, status: int = 200) -> HTMLResponse:
    lang, store = language(request), home.life.store
    left = store.kept("left")
    last = None if left is None else date.fromisoformat(left)
    move = store.kept(MOVE) or {}
    final = await home.street.final() if last is not None else None
    return home.web.page(
        request,
        "home/everyone/move.html",
        status=status,
        t=words,
        why=why,
        joined=home.street.joined,
        reasons=[(one.value, LEAVING[one]) for one in Leaving],
        law=SUPPLIER_LAW,
        today=home.today.isoformat(),
        is_set="" if last is None else filled(words.MOVE_SET, lang, last=in_words(last, lang)),
        code=filled(words.MOVE_CODE, lang, code=move["code"]) if move.get("code") else "",
        final=None if final is None or final.said is None else _final(final.said, lang),
        keep_link=filled(words.FINAL_KEEP, lang, link=move["link"]) if move.get("link") else "",
        may_clear=last is not None or not home.street.joined,
        word=filled(words.MOVE_TYPE, lang, word=words.MOVE_WORD.to(lang)),
    )


def _final(one: OwnFinal, lang: Lang) -> dict[str, object]:
    return {
        "said": [Said(each.nl, each.en) for each in one.said],
        "rows": [
            [Said(line.text.nl, line.text.en), euros(line.amount_units / _UNITS, lang)] for line in one.lines
        ],
        "corrections": [Said(each.because.nl, each.because.en) for each in one.corrections],
    }


@router.post("/move")
async def go(request: Request) -> Response:
    """Set down the last day."""
    home, form = here(request), await request.form()
    if not home.street.joined:
        return await _page(home, request, why=words.NEEDS_STREET, status=409)
    why = str(form.get("why") or "")
    try:
        last = date.fromisoformat(str(form.get("last") or ""))
    except ValueError:
        return await _page(home, request, why=words.WRONG_DAY, status=422)
    if why not in get_args(Why):
        why = "other"
    try:
        said = MovesOut(last_day=last, why=cast("Why", why))
        done = await home.street.tell(OwnMove, "POST", "move", said)
    except Away:
        return await _page(home, request, why=words.STREET_AWAY, status=503)
    except BadInput as odd:
        return await _page(home, request, why=Said(str(odd), str(odd)), status=409)
    home.life.store.keep("left", done.last_day.isoformat())
    home.life.store.keep(MOVE, {"code": done.code, "link": done.link})
    return await _page(home, request)


@router.post("/move/clear")
async def clear(request: Request) -> Response:
    """Nothing of this household is left; who lives here next gets a link."""
    home, form, lang = here(request), await request.form(), language(request)
    if str(form.get("word") or "").strip().casefold() not in {words.MOVE_WORD.nl, words.MOVE_WORD.en}:
        return await _page(home, request, why=_with(words.MOVE_MISTYPED, lambda one: {"word": words.MOVE_WORD.to(one)}), status=422)  # fmt: skip
    if (why := _too_early(home)) is not None:
        return await _page(home, request, why=why, status=409)
    home.agent.start_clean()
    accounts = home.sessions.accounts
    for account in accounts.all():
        accounts.remove(account)
    for kind in (INVITATION_KIND, GRANT, LOOK):
        for key, _ in accounts.records.list(kind):
            accounts.records.delete(kind, key)
    secret = accounts.invite(Role.RESIDENT, lasts=_NEXT_LASTS)
    link = f"{str(request.base_url).rstrip('/')}/welcome/{secret}"
    said = filled(words.MOVE_CLEARED_SAID, lang, link=link)
    return home.web.message(request, words.MOVE_CLEARED, Said(said, said))


def _too_early(home: Here) -> Said | None:
    """Why the home is not cleared yet: the final account would miss something."""
    if not home.street.joined:
        return None
    left = home.life.store.kept("left")
    last = home.today if left is None else date.fromisoformat(left)
    if home.today <= last:
        return _with(words.MOVE_TOO_EARLY, lambda lang: {"last": in_words(last, lang)})
    if count := len(home.life.store.outbox):
        return _with(words.MOVE_WAITS, lambda _: {"count": count})
    return None


def _with(said: Said, given: object) -> Said:
    assert callable(given)
    return Said(*(filled(said, lang, **given(lang)) for lang in Lang))
