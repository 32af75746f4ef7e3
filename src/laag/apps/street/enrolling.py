"""How a home becomes a member: a code from the operator, and a key of its own."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from laag.adapters.keys import verified
from laag.adapters.neighbourhood.signing import enrolment_bytes
from laag.adapters.neighbourhood.wire import Enrolled, Enrolment
from laag.apps.access.accounts import ACCOUNT_KIND, INVITATION_KIND, SESSION_KIND
from laag.apps.street.codes import Code, claimed
from laag.apps.street.keeper import Keeper
from laag.apps.street.kept import Kept
from laag.apps.street.taking import NotTaken, Taken
from laag.cycle.live import Joined, first_open
from laag.foundation.ports import Records
from laag.foundation.words import Said

_FORGED = Said(
    "de handtekening hoort niet bij deze sleutel en code; laat het huis opnieuw ondertekenen",
    "the signature does not belong to this key and code; let the home sign again",
)
_NO_CODE = Said(
    "deze code is er niet, is gebruikt of is verlopen; vraag de beheerder om een nieuwe",
    "there is no such code, or it was used or is too old; ask the operator for a new one",
)
_TRIES = 3


async def enrol(keeper: Keeper, records: Records, asked: Enrolment) -> Enrolled | Said:
    """The membership, or why there is none."""
    if not verified(asked.public_key, asked.signature, enrolment_bytes(asked.code, asked.public_key)):
        return _FORGED
    code = await asyncio.to_thread(claimed, records, asked.code, asked.public_key, keeper.clock.now())
    if code is None or code.member is None:
        return _NO_CODE
    there = _enrolled(keeper.kept, code.member)
    done = there if there is not None else await _joined(keeper, code, code.member)
    if isinstance(done, Enrolled) and code.follows:
        await asyncio.to_thread(_access_ends, records, code.follows)
    return done


def _access_ends(records: Records, member: str) -> None:
    """Whoever lived there before signs in no longer; its final account stays behind its link."""
    gone = {key for key, body in records.list(ACCOUNT_KIND) if body.get("member") == member}
    for key in gone:
        records.delete(ACCOUNT_KIND, key)
    for key, body in records.list(SESSION_KIND):
        if body.get("account") in gone:
            records.delete(SESSION_KIND, key)
    for key, body in records.list(INVITATION_KIND):
        if body.get("member") == member:
            records.delete(INVITATION_KIND, key)


async def _joined(keeper: Keeper, code: Code, member: str) -> Enrolled | Said:
    why = _NO_CODE
    for ahead in range(_TRIES):  # a gate may close meanwhile
        day = max(
            first_open(keeper.live), keeper.clock.now().astimezone(keeper.live.neighbourhood.zone).date()
        )
        first = max(day + timedelta(days=ahead), _after(keeper, code.follows))
        message = Joined(
            member,
            first,
            code.cable,
            code.connection,
            kind=code.kind.value,
            lived_in=code.lived_in,
            follows=code.follows,
        )
        outcome = await keeper.tell(message, {"public_key": code.public_key or ""})
        there = _enrolled(keeper.kept, member)
        if isinstance(outcome, Taken) or there is not None:
            assert there is not None
            return there
        if isinstance(outcome, NotTaken):
            why = outcome.why
    return why


def _after(keeper: Keeper, follows: str) -> date:
    """The first day on which a connection that is taken over is free."""
    before = keeper.live.members.get(follows)
    last = None if before is None else before.last_day
    return date.min if last is None else last + timedelta(days=1)


def _enrolled(kept: Kept, member: str) -> Enrolled | None:
    one = kept.live.members.get(member)
    if one is None:
        return None
    newest = kept.live.stands(member) or one.joined
    return Enrolled(
        member=member,
        first_day=one.joined.first_day,
        cable=newest.cable,
        last_number=kept.live.numbers.get(member, -1),
    )
