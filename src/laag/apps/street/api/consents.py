"""What a home lets its data be used for, as the neighbourhood has it."""

from __future__ import annotations

from fastapi import APIRouter, Request

from laag.adapters.neighbourhood.own import OwnConsent, OwnConsents
from laag.apps.access import Door, Doors, Role
from laag.apps.street.running import running
from laag.apps.street.trouble import NOTHING, Trouble
from laag.foundation.words import Said

router = APIRouter(tags=["homes"])
_PATH = "/api/v1/members/{member}/consents"
CONSENT_DOORS: Doors = {
    ("GET", _PATH): Door.of(
        Role.HOME,
        Role.RESIDENT,
        personal=True,
        what=Said("waarvoor je toestemming gaf", "what you gave your consent for"),
    )
}


@router.get(_PATH)
async def consents(request: Request, member: str) -> OwnConsents:
    """What the charter lets households be asked for, and what this home said yes to; one that ended is not there."""
    here = running(request)
    state = here.keeper.live
    one = state.members.get(member)
    if one is None:
        raise Trouble(404, NOTHING)
    today = here.now().astimezone(state.neighbourhood.zone).date()
    given = [
        OwnConsent(purpose=said.purpose, day=said.day, until=said.until)
        for _, said in sorted(one.consents.items())
        if today <= said.until
    ]
    return OwnConsents(asked=list(state.charter_on(today).data.purposes), given=given)
