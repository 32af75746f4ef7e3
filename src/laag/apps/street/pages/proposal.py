"""One proposal: what it changes, what it would have made of our own days, the vote, and what became of it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from laag.apps.access import Caller, Door, Doors, Role
from laag.apps.street import charter_words as words
from laag.apps.street.charter_seen import own_of, seen
from laag.apps.street.motions import moved
from laag.apps.street.pages.charter import MEMBERS, cannot_speak
from laag.apps.street.pages.shadow_picture import name_of, picture
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.street.trouble import NOTHING, Trouble
from laag.apps.web import language
from laag.apps.web.kit import caller_of
from laag.apps.web.written import count, euros, kwh
from laag.cycle.live.charters import moment_on
from laag.cycle.shadow import Share, Table, told
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.words import Lang, Said
from laag.neighbourhood.charter.counting import counted
from laag.neighbourhood.charter.process import Proposal, Stage, Voted, Withdrawn

_AT = "/charter/proposals/{proposal}"
_RESIDENT = Door.of(Role.RESIDENT)
_SAID = {"handed": words.HANDED_IN, "voted": words.VOTED, "withdrawn": words.WITHDRAWN_SAID}


def doors(*, public: bool) -> Doors:
    """As of the charter."""
    read = Door.of(Role.ANYBODY) if public else Door.of(*MEMBERS)
    return {("GET", _AT): read, ("POST", f"{_AT}/vote"): _RESIDENT, ("POST", f"{_AT}/withdraw"): _RESIDENT}


def router(site: Site) -> APIRouter:
    """The page, a vote, and taking a proposal back."""
    pages = APIRouter(include_in_schema=False)

    @pages.get(_AT)
    async def one(request: Request, proposal: str) -> HTMLResponse:
        return await in_thread(_page, site, request, proposal)

    @pages.post(f"{_AT}/vote")
    async def vote(request: Request, proposal: str) -> Response:
        choice = str((await request.form()).get("vote", ""))
        motion = Voted(_member(request), _known(site, proposal).name, choice, site.now())
        return await _told(site, request, motion, "voted")

    @pages.post(f"{_AT}/withdraw")
    async def withdraw(request: Request, proposal: str) -> Response:
        motion = Withdrawn(_member(request), _known(site, proposal).name, site.now())
        return await _told(site, request, motion, "withdrawn")

    return pages


async def _told(site: Site, request: Request, motion: Voted | Withdrawn, said: str) -> Response:
    why = await moved(site.running.keeper, motion)
    if why is not None:
        return await in_thread(_page, site, request, motion.proposal, why)
    return RedirectResponse(f"/charter/proposals/{motion.proposal}?said={said}", 303)


def _known(site: Site, name: str) -> Proposal:
    found = site.state.process.proposals.get(name)
    if found is None:
        raise Trouble(404, NOTHING)
    return found


def _member(request: Request) -> str:
    member = caller_of(request).member
    if member is None:
        raise Trouble(403, words.NO_MEMBER)
    return member


def _page(site: Site, request: Request, name: str, why: Said | None = None) -> HTMLResponse:
    one, lang, caller = _known(site, name), language(request), caller_of(request)
    return site.web.page(
        request,
        "street/proposal.html",
        status=200 if why is None else 409,
        words=words,
        one=seen(site.state, one, caller.member, lang),
        said=_SAID.get(request.query_params.get("said", "")),
        why=why,
        **_shadow(site, one, caller, lang),
        **_vote(site, one, caller),
    )


def _shadow(site: Site, one: Proposal, caller: Caller, lang: Lang) -> dict[str, Any]:
    """What it would have made of our own days; to a resident also of their own home."""
    trying = site.running.trying
    table = trying.shadows.get(one.name) if one.shadowed else None
    far = trying.far(one.name)
    shares = [] if table is None else [*([table.street] if table.street else []), *table.groups]
    return {
        "table": table,
        "told": [] if table is None else told(table),
        "own": None if table is None or caller.role is not Role.RESIDENT else own_of(table, caller.member),
        "shares": [_row(share, lang) for share in shares],
        "picture": picture(shares, lang),
        "totals": [] if table is None or table.street is None else list(_totals(table, lang)),
        "far": None if far is None else words.days_of(*far),
    }


def _row(share: Share, lang: Lang) -> list[Said | str]:
    whole = (share.most_gained_eur, share.most_lost_eur)
    return [
        name_of(share),
        *(count(each, lang) for each in (share.homes, share.gain, share.same, share.lose)),
        euros(share.median_units, lang),
        *(euros(eur * UNITS_PER_EUR, lang) for eur in whole),
    ]


def _totals(table: Table, lang: Lang) -> list[list[Said | str]]:
    assert table.before is not None
    assert table.after is not None
    was, would = table.before, table.after
    return [
        [words.IMPORTED, kwh(was.imported_wh, lang), kwh(would.imported_wh, lang)],
        [words.EXPORTED, kwh(was.exported_wh, lang), kwh(would.exported_wh, lang)],
        [words.TAX, euros(was.tax_units, lang), euros(would.tax_units, lang)],
        [words.FUND, euros(was.fund_units, lang), euros(would.fund_units, lang)],
    ]


def _vote(site: Site, one: Proposal, caller: Caller) -> dict[str, Any]:
    """How many have voted, one's own vote, and after the end every vote under its code."""
    state, today = site.state, site.today().day
    members = moment_on(state, today).members
    so_far = None
    if one.count is not None:
        so_far = one.count
    elif one.rules is not None:
        so_far = counted(one, members)
    mine = one.votes.get(caller.member) if caller.role is Role.RESIDENT and caller.member else None
    why_not = cannot_speak(state, caller, today)
    if why_not is None and one.stage == Stage.VOTING and caller.member not in one.electorate:
        why_not = words.NO_VOTE_HERE
    ballots = site.running.ballots
    at_end = () if one.ends is None else moment_on(state, one.ends).members
    return {
        "counted": None if so_far is None else words.voted(so_far.voted, so_far.may_vote, so_far.needed),
        "may_vote": why_not is None and one.stage == Stage.VOTING,
        "why_not": why_not if one.is_open else None,
        "my_vote": mine,
        "receipt": ballots.code(one.name, caller.member) if mine and caller.member else None,
        "ballots": [(code, words.CHOICES[choice]) for code, choice in ballots.counted(one, at_end)],
        "may_withdraw": one.proposed.member == caller.member
        and one.stage in {Stage.PROPOSED, Stage.VOTING}
        and caller.role is Role.RESIDENT,
    }
