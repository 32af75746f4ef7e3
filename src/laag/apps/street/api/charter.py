"""The charter for programs: what holds, what is proposed, what it would have made of our own days, and a home's vote."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request

from laag.adapters.neighbourhood import charter as wire
from laag.apps.access import Door, Doors, Role
from laag.apps.street.charter_told import charter_seen, own_charter
from laag.apps.street.motions import moved
from laag.apps.street.running import running
from laag.apps.street.trouble import NOTHING, Trouble
from laag.foundation.words import Said
from laag.neighbourhood.charter.process import Voted

router = APIRouter(tags=["charter"])
_ROOT = "/api/v1/charter"
_MEMBER = "/api/v1/members/{member}/charter"
_READ = Door.of(Role.HOME, Role.RESIDENT, Role.OPERATOR, Role.REGULATOR, Role.RESEARCHER, Role.GRID)
_OWN = (Role.HOME, Role.RESIDENT)
CHARTER_DOORS: Doors = {
    ("GET", f"{_ROOT}/proposals"): _READ,
    ("GET", _MEMBER): Door.of(
        *_OWN,
        personal=True,
        what=Said(
            "wat een voorstel voor jou had uitgemaakt, en je stem",
            "what a proposal would have made of yours, and your vote",
        ),
    ),
    ("POST", f"{_MEMBER}/votes"): Door.of(*_OWN, personal=True, what=Said("je stem", "your vote")),
}


@router.get(f"{_ROOT}/proposals")
async def proposals(request: Request) -> wire.CharterSeen:
    """The charter that holds today, and all that was proposed."""
    return await asyncio.to_thread(charter_seen, running(request))


@router.get(_MEMBER)
async def own(request: Request, member: str) -> wire.OwnCharter:
    """The same, with what is this member's own."""
    here = running(request)
    if member not in here.keeper.live.members:
        raise Trouble(404, NOTHING)
    return await asyncio.to_thread(own_charter, here, member)


@router.post(f"{_MEMBER}/votes")
async def vote(request: Request, member: str, given: wire.Vote) -> wire.OwnCharter:
    """Vote as this member; by whichever way it came, the newest counts. A home's signature is kept with its vote."""
    here = running(request)
    sent = request.headers
    signed = (
        {}
        if "laag-signature" not in sent
        else {"signed_at": sent["laag-at"], "signature": sent["laag-signature"]}
    )
    why = await moved(here.keeper, Voted(member, given.proposal, given.choice, here.now()), signed)
    if why is not None:
        raise Trouble(409, why)
    return await asyncio.to_thread(own_charter, here, member)
