"""The shared record: how it stands, to everybody; a home's secret and its own lines with their evidence, to that home."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request

from laag.adapters.neighbourhood.committed import OwnEvidence, OwnRecord, OwnSecret, Record
from laag.apps.access import Caller, Door, Doors, Role
from laag.apps.street.ledger.proofs import Asked, Kind, Market
from laag.apps.street.ledger.shared import SharedRecord
from laag.apps.street.ledger.words import GONE, NO_RECORD
from laag.apps.street.running import Running, address, let_in, running
from laag.apps.street.trouble import NOTHING, Trouble
from laag.foundation.words import Said

router = APIRouter(tags=["ledger"])
_MEMBERS = "/api/v1/members/{member}"
MOST_DAYS = 31
"""In one answer; who wants more asks again."""

LEDGER_DOORS: Doors = {
    ("GET", "/api/v1/record"): Door.of(Role.ANYBODY),
    ("GET", f"{_MEMBERS}/secret"): Door.of(
        Role.HOME,
        personal=True,
        what=Said("je geheim voor het gezamenlijke boek", "your secret for the shared record"),
    ),
    ("GET", f"{_MEMBERS}/record"): Door.of(
        Role.HOME,
        Role.RESIDENT,
        personal=True,
        what=Said("wie je huis is voor het gezamenlijke boek", "who your home is to the shared record"),
    ),
    ("GET", f"{_MEMBERS}/evidence"): Door.of(
        Role.HOME,
        Role.RESIDENT,
        personal=True,
        what=Said("de bewijzen van jouw regels", "the evidence of your lines"),
    ),
}


@router.get("/api/v1/record")
async def record(request: Request) -> Record:
    """Who keeps the shared record, how far it is, and what is less than it should be."""
    return await asyncio.to_thread(_shared(running(request)).record)


@router.get(f"{_MEMBERS}/secret")
async def secret(request: Request, member: str) -> OwnSecret:
    """With what this home's lines are salted; made the first time that it is asked for."""
    shared = _shared(running(request), member)
    found = await asyncio.to_thread(shared.secret, member)
    if found is None:
        raise Trouble(410, GONE)
    return found


@router.get(f"{_MEMBERS}/record")
async def own_record(request: Request, member: str) -> OwnRecord:
    """The key with which the log says that this home joined, since when there is a record, and when it was put back."""
    shared = _shared(running(request), member)
    found = await asyncio.to_thread(shared.about, member)
    if found is None:
        raise Trouble(404, NOTHING)
    return found


@router.get(f"{_MEMBERS}/evidence")
async def evidence(
    request: Request,
    member: str,
    first: date,
    last: date,
    kind: Kind = "settle",
    market: Market = "day-ahead",
    since: Annotated[int, Query(ge=0, lt=2**53)] = 0,
) -> OwnEvidence:
    """The lines of these days, a month at most, each with all that it takes to check it offline.

    ``since`` is the size of the head that the home saw last: the evidence shows that the ledger goes on from there.
    """
    here = running(request)
    shared = _shared(here)
    caller: Caller = request.state.caller
    let_in(here.limits.reads, caller.member or address(request))
    if member not in here.keeper.live.members:
        raise Trouble(404, NOTHING)
    days = _days(here, first, last)
    asked = Asked(member, kind, market, since)
    found = await asyncio.to_thread(lambda: list(shared.proofs.of(here.keeper.live, asked, days)))
    return OwnEvidence(member=member, ledger=shared.id, proofs=found)


def _days(here: Running, first: date, last: date) -> list[date]:
    """Those of the days asked for that have begun to be committed."""
    state = here.keeper.live
    begin = max(first, state.neighbourhood.first_day)
    end = min(last, state.newest_closed or begin)
    return [begin + timedelta(days=n) for n in range(min((end - begin).days + 1, MOST_DAYS))]


def _shared(here: Running, member: str | None = None) -> SharedRecord:
    """The record, of a member that there is."""
    if here.shared is None:
        raise Trouble(404, NO_RECORD)
    if member is not None and member not in here.keeper.live.members:
        raise Trouble(404, NOTHING)
    return here.shared
