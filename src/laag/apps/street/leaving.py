"""Moving out and what remains of it: the last day, a code for who follows, and a link to the final account."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from laag.apps.access import tokens
from laag.apps.street import codes
from laag.apps.street.running import Running
from laag.apps.street.taking import NotTaken
from laag.cycle.live import Left, Live
from laag.cycle.live.fold import KEPT_DAYS
from laag.cycle.live.views.final import FinalAccount, final_account, span_of
from laag.cycle.live.views.past import from_log
from laag.foundation.ports import Event
from laag.foundation.words import Said
from laag.neighbourhood.people.kinds import MemberKind
from laag.neighbourhood.people.leaving import Leaving

LINK_KIND = "final_link"
PAGE = "/account-of"
_STILL = timedelta(days=28)
"""So long after a final account is closed it can still be read by its link."""
_CODE_STILL = timedelta(days=60)
_NOBODY = Said("er is geen lid met die naam", "there is no member of that name")


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of it."""

    last_day: date
    code: str | None
    link: str


async def moves_out(here: Running, member: str, last_day: date, why: Leaving, base: str) -> Moved | Said:
    """Leave after a day, never before what was sold is delivered; where the household moves, with a code for who follows."""
    one = here.keeper.live.members.get(member)
    if one is None:
        return _NOBODY
    if one.last_day is None:
        last = max(last_day, earliest(here, one.joined.first_day))
        outcome = await here.keeper.tell(Left(member, last, why.value))
        if isinstance(outcome, NotTaken):
            return outcome.why
    last = here.keeper.live.members[member].last_day or last_day
    code = await asyncio.to_thread(_code, here, member, last) if why is Leaving.MOVED else None
    link = await asyncio.to_thread(_link, here, member, last, base)
    return Moved(last, None if code is None else codes.shown(code.code), link)


def earliest(here: Running, first_day: date) -> date:
    """The last day for which the gate has closed, or today: what was sold is delivered."""
    state = here.keeper.live
    today = here.now().astimezone(state.neighbourhood.zone).date()
    return max(first_day, today, *(one for one, known in state.days.items() if known.closed))


def _code(here: Running, member: str, last: date) -> codes.Code:
    """One code for who follows; the same where it was made already."""
    for one in codes.listed(here.records):
        if one.follows == member:
            return one
    state = here.keeper.live
    joined = state.stands(member) or state.members[member].joined
    today = here.now().astimezone(state.neighbourhood.zone).date()
    return codes.made(
        here.records,
        joined.cable,
        f"na / after {member}",
        here.now(),
        joined.connection,
        kind=MemberKind(joined.kind),
        lived_in=joined.lived_in,
        follows=member,
        good_for=_CODE_STILL + max(last - today, timedelta(0)),
    )


def _link(here: Running, member: str, last: date, base: str) -> str:
    """A link to the final account that needs no key: the home's own is gone once it was handed over."""
    secret = tokens.new()
    until = last + timedelta(days=KEPT_DAYS) + _STILL
    here.records.put(LINK_KIND, tokens.kept(secret), {"member": member, "until": until.isoformat()})
    return f"{(here.public_url or base).rstrip('/')}{PAGE}/{secret}"


def linked(here: Running, secret: str, now: datetime) -> str | None:
    """Whose final account a link shows; ``None`` where it shows none, or no more."""
    body = here.records.get(LINK_KIND, tokens.kept(secret))
    if body is None:
        return None
    today = now.astimezone(here.keeper.live.neighbourhood.zone).date()
    return str(body["member"]) if today <= date.fromisoformat(body["until"]) else None


async def account_of(here: Running, member: str) -> FinalAccount | None:
    """The final account of who has left; from the log where the state has forgotten its first days."""
    state = here.keeper.live
    today = here.now().astimezone(state.neighbourhood.zone).date()
    one = state.members.get(member)
    span = None if one is None else span_of(one)
    if span is None:
        return None
    if not _forgotten(state, span[0]):
        return await asyncio.to_thread(final_account, state, member, today)

    def read(events: Iterator[Event]) -> FinalAccount | None:
        lived = from_log(state.neighbourhood, events, *span).period
        return final_account(state, member, today, lived)

    return await here.keeper.read(read)


def _forgotten(state: Live, first: date) -> bool:
    """Whether the state has no details of a day that was lived."""
    return first not in state.days and state.newest_closed is not None and first <= state.newest_closed


def who_left(state: Live) -> list[str]:
    """Everybody who has left or is to, the newest first."""
    gone = [(one.last_day, name) for name, one in state.members.items() if one.last_day is not None]
    return [name for _, name in sorted(gone, reverse=True)]
