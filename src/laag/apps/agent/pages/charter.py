"""The charter of the neighbourhood as a household reads it at home, and its vote."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import HTMLResponse, RedirectResponse, Response

from laag.adapters.neighbourhood.charter import OwnCharter, OwnProposal, Vote
from laag.adapters.neighbourhood.link import Away
from laag.adapters.neighbourhood.wire import Both
from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.words import charter as words
from laag.apps.agent.pages.words import frame
from laag.apps.agent.pages.written import filled
from laag.apps.web.languages import language
from laag.apps.web.written import day as in_words
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said

router = APIRouter(include_in_schema=False)


@router.get("/charter")
async def page(request: Request) -> HTMLResponse:
    """The rules, and what is proposed."""
    done = words.TAKEN if request.query_params.get("said") == "voted" else None
    return await _page(here(request), request, done=done)


@router.post("/charter/vote")
async def vote(request: Request) -> Response:
    """This home's vote, signed and sent at once: one that waits in an outbox might come too late."""
    home, form = here(request), await request.form()
    if not home.street.joined:
        return await _page(home, request, why=frame.NOT_A_MEMBER, status=409)
    try:
        given = Vote.model_validate({"proposal": form.get("proposal"), "choice": form.get("choice")})
        await home.street.vote(given)
    except Away:
        return await _page(home, request, why=words.AWAY, status=503)
    except (BadInput, ValidationError):
        return await _page(home, request, why=words.NOT_TAKEN, status=409)
    return RedirectResponse("/charter?said=voted", 303)


async def _page(
    home: Here, request: Request, *, done: Said | None = None, why: Said | None = None, status: int = 200
) -> HTMLResponse:
    lang = language(request)
    answer = await home.street.charter()
    told = answer.said
    return home.web.page(
        request,
        "home/charter.html",
        status=status,
        t=words,
        done=done,
        why=why,
        joined=home.street.joined,
        not_joined=frame.NOT_A_MEMBER,
        stale=None if answer.fresh else frame.STREET_AWAY if answer.stale else frame.STREET_AWAY_NOTHING,
        version=None if told is None else _version(told, lang),
        proposals=[] if told is None else [_proposal(one) for one in told.proposals],
        rules=[] if told is None else [(_said(one.said), _maybe(one.fixed)) for one in told.rules],
    )


def _version(told: OwnCharter, lang: Lang) -> str:
    return filled(words.VERSION, lang, version=told.version, day=in_words(told.since, lang))


def _proposal(one: OwnProposal) -> dict[str, Any]:
    about = one.about
    return {
        "id": about.proposal,
        "title": _said(about.title),
        "standing": _said(about.standing),
        "why": about.why,
        "changes": [(_said(each.before), _said(each.after)) for each in about.changes],
        "shadow": [_said(each) for each in about.shadow],
        "own": _maybe(one.own),
        "can_vote": one.can_vote,
        "choice": one.choice,
        "code": one.code,
        "is_open": about.stage in {"proposed", "voting", "adopted"},
    }


def _said(both: Both) -> Said:
    return Said(both.nl, both.en)


def _maybe(both: Both | None) -> Said | None:
    return None if both is None else _said(both)
