"""What the operator does and sees; none of it is one home's energy."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from functools import partial
from typing import Annotated

import segno
from fastapi import APIRouter, Request
from pydantic import Field

from laag.adapters.neighbourhood.wire import Both, Wire
from laag.apps.street import codes
from laag.apps.street.running import Running, running
from laag.apps.street.taking import NotTaken, Taken
from laag.apps.street.trouble import NOTHING, Trouble
from laag.cycle.live import Changed, DaySettled, Left, Live, Neighbourhood, Settle
from laag.foundation.ptu import PTU
from laag.foundation.words import Said
from laag.neighbourhood.people.kinds import MemberKind
from laag.neighbourhood.people.leaving import Leaving

router = APIRouter(tags=["operator"])


class Changes(Wire):
    """From this day on a member has this cable and connection; what is not given stays as it is."""

    first_day: date
    cable: str | None = None
    connection: str | None = None


class Member(Wire):
    """Somebody who takes part."""

    member: str
    cable: str
    """By the newest gate that closed."""
    connection: str
    changes: list[Changes]
    """That were told, in their order; the newest word on a day counts."""
    first_day: date
    last_day: date | None
    last_number: int
    kind: str
    lived_in: bool
    follows: str


class Leave(Wire):
    """The last day on which a member takes part, and why."""

    last_day: date
    why: Leaving = Leaving.OTHER


class NewCode(Wire):
    """A code for a home on this cable (nothing: directly at the transformer), with a note for the operator."""

    cable: str = ""
    connection: str = codes.USUAL
    """As the grid operator's tariffs name it; another is refused with those that there are."""
    note: Annotated[str, Field(max_length=200)] = ""
    kind: MemberKind = MemberKind.PERSON
    lived_in: bool | None = None
    """Whether the connection has a function to stay in; nothing: as is usual for the kind."""


class CodeMade(Wire):
    """A code, and what it is for."""

    code: str
    cable: str
    connection: str
    note: str
    expires: datetime
    kind: MemberKind
    lived_in: bool
    follows: str
    """Whose connection is taken over; empty: nobody's."""
    link: str
    """Where a home enrols with it."""
    svg: str | None = None
    """The link as a square that a phone reads; only where the code is new."""
    member: str | None = None
    """Who used it."""


class RefusedMessage(Wire):
    """A message that was not taken."""

    member: str
    day: str
    number: int
    why: Both
    at: datetime


class Silent(Wire):
    """A meter, and how long it has said nothing."""

    member: str
    missing_today: int
    """Quarter-hours of today that are over and were not told."""
    last_reading: datetime | None
    """The end of the last quarter-hour that was told."""


class Source(Wire):
    """A source of prices; ``failing`` is why it failed last, nothing where it answered since."""

    name: Both
    failing: str | None


class Status(Wire):
    """How the neighbourhood stands."""

    now: datetime
    members: int
    meters: list[Silent]
    sources: list[Source]
    notes: list[Both]
    to_settle: list[date]
    """Days that are over and not settled."""
    settled: dict[date, int]
    """Days that are, with their revision."""
    events: int
    refused: int
    store: str


class SettledAgain(Wire):
    """What a settlement run did."""

    day: date
    revision: int
    changed: bool
    """Whether anything was booked."""


_NO_CABLE = Said("zo'n kabel is er niet", "there is no such cable")


@router.get("/api/v1/members")
async def members(request: Request) -> list[Member]:
    """Everybody who takes part or did."""
    state = running(request).keeper.live
    return [_member(state, name) for name in state.members]


@router.post("/api/v1/members/{member}/change")
async def change(request: Request, member: str, asked: Changes) -> Member:
    """Another cable or connection from a day on whose gate is open; told twice it is written down once."""
    here = running(request)
    why = await changed(here, member, asked.first_day, asked.cable, asked.connection)
    if why is not None:
        raise Trouble(404 if why is NOTHING else 409, why)
    return _member(here.keeper.live, member)


async def changed(
    here: Running, member: str, day: date, cable: str | None, connection: str | None
) -> Said | None:
    """Why it could not be; ``None`` where it is so from that day on."""
    one = here.keeper.live.members.get(member)
    if one is None:
        return NOTHING
    was = one.on(day)
    asked = Changed(
        member,
        day,
        was.cable if cable is None else cable,
        was.connection if connection is None else connection,
    )
    last = one.changes[-1] if one.changes else None
    if (was.cable, was.connection) == (asked.cable, asked.connection) and (
        last is None or last.first_day <= day
    ):
        return None
    outcome = await here.keeper.tell(asked)
    return outcome.why if isinstance(outcome, NotTaken) else None


def _member(state: Live, name: str) -> Member:
    one = state.members[name]
    newest = state.stands(name) or one.joined
    return Member(
        member=name,
        cable=newest.cable,
        connection=newest.connection,
        changes=[
            Changes(first_day=told.first_day, cable=told.cable, connection=told.connection)
            for told in one.changes
        ],
        first_day=one.joined.first_day,
        last_day=one.last_day,
        last_number=state.numbers.get(name, -1),
        kind=one.joined.kind,
        lived_in=one.joined.lived_in,
        follows=one.joined.follows,
    )


@router.post("/api/v1/members/{member}/leave")
async def leave(request: Request, member: str, asked: Leave) -> Member:
    """Let a member leave after a day."""
    here = running(request)
    if member not in here.keeper.live.members:
        raise Trouble(404, NOTHING)
    outcome = await here.keeper.tell(Left(member, asked.last_day, asked.why.value))
    if isinstance(outcome, NotTaken):
        raise Trouble(409, outcome.why)
    return _member(here.keeper.live, member)


@router.post("/api/v1/codes", status_code=201)
async def make_code(request: Request, asked: NewCode) -> CodeMade:
    """A code with which one home becomes a member."""
    here = running(request)
    cables = {one.name for one in here.keeper.live.neighbourhood.cables}
    if asked.cable not in cables | {""}:
        raise Trouble(422, _NO_CABLE, more={"cables": sorted(cables)})
    known = codes.connections(here.keeper.live.neighbourhood)
    if asked.connection not in known:
        raise Trouble(422, no_connection(here.keeper.live.neighbourhood), more={"connections": list(known)})
    made = await asyncio.to_thread(
        partial(codes.made, kind=asked.kind, lived_in=asked.lived_in),
        here.records,
        asked.cable,
        asked.note,
        here.now(),
        asked.connection,
    )
    return code_made(here, request, made, new=True)


@router.get("/api/v1/codes")
async def all_codes(request: Request) -> list[CodeMade]:
    """Codes that were made and not withdrawn."""
    here = running(request)
    found = await asyncio.to_thread(codes.listed, here.records)
    return [code_made(here, request, one) for one in found]


@router.delete("/api/v1/codes/{code}", status_code=204)
async def withdraw_code(request: Request, code: str) -> None:
    """Forget a code that nobody has used."""
    if not await asyncio.to_thread(codes.withdrawn, running(request).records, code):
        raise Trouble(404, NOTHING)


@router.get("/api/v1/refused")
async def refused(request: Request) -> list[RefusedMessage]:
    """The latest messages that were not taken, the newest first."""
    return [
        RefusedMessage(
            member=one.member,
            day=one.day,
            number=one.number,
            why=Both(nl=one.why.nl, en=one.why.en),
            at=datetime.fromisoformat(one.at),
        )
        for one in reversed(running(request).keeper.kept.refused)
    ]


@router.get("/api/v1/status")
async def status(request: Request) -> Status:
    """How the neighbourhood stands."""
    return await asyncio.to_thread(status_of, running(request))


@router.post("/api/v1/days/{day}/settle")
async def settle(request: Request, day: date) -> SettledAgain:
    """Settle a day by what is known now; what differs from before is booked as a correction."""
    here = running(request)
    if day not in here.keeper.live.days:
        raise Trouble(404, NOTHING)
    outcome = await here.keeper.tell(Settle(day))
    if isinstance(outcome, NotTaken):
        raise Trouble(409, outcome.why)
    effects = outcome.effects if isinstance(outcome, Taken) else ()
    done = next((one for one in effects if isinstance(one, DaySettled)), None)
    if done is None:
        raise Trouble(500, Said("de afrekening is mislukt", "the settlement failed"))
    return SettledAgain(day=day, revision=done.revision, changed=len(done.postings) > 0)


def no_connection(place: Neighbourhood) -> Said:
    """Which connections there are, where another was given."""
    there = ", ".join(codes.connections(place)) or "–"
    return Said(
        f"{place.grid_operator} heeft geen tarief voor zo'n aansluiting; kies uit {there}",
        f"{place.grid_operator} has no tariff for such a connection; choose from {there}",
    )


def code_made(here: Running, request: Request, one: codes.Code, *, new: bool = False) -> CodeMade:
    """A code as the operator sees it."""
    base = here.public_url or str(request.base_url)
    link = codes.link(base, one)
    return CodeMade(
        code=codes.shown(one.code),
        cable=one.cable,
        connection=one.connection,
        note=one.note,
        expires=one.expires,
        kind=one.kind,
        lived_in=one.lived_in,
        follows=one.follows,
        link=link,
        svg=segno.make(link, error="m").svg_inline(scale=4, border=4) if new else None,
        member=one.member,
    )


def status_of(here: Running) -> Status:
    """Put together from the state."""
    state, now = here.keeper.live, here.now()
    sources = here.watch.sources
    over = [
        (day, known)
        for day, known in state.days.items()
        if known.closed and state.neighbourhood.grid(day).end <= now
    ]
    return Status(
        now=now,
        members=len(state.members),
        meters=_meters(state, now),
        sources=[
            Source(name=_both(one.name), failing=sources.failing.get(one.name.en)) for one in sources.sources
        ],
        notes=[_both(one) for one in here.notes],
        to_settle=sorted(day for day, known in over if not known.is_settled),
        settled={day: known.revision for day, known in sorted(state.days.items()) if known.is_settled},
        events=here.keeper.kept.events,
        refused=here.keeper.kept.refused_count,
        store=here.keeper.away or "open",
    )


def _meters(state: Live, now: datetime) -> list[Silent]:
    place = state.neighbourhood
    today = now.astimezone(place.zone).date()
    over = place.grid(today).index(now)
    flags = state.day(today).measured
    return [
        Silent(
            member=one.member,
            missing_today=over - (int(flags[one.member][:over].sum()) if one.member in flags else 0),
            last_reading=_last(state, one.member),
        )
        for one in state.of_day(today)
    ]


def _last(state: Live, member: str) -> datetime | None:
    for day in sorted(state.days, reverse=True):
        flags = state.days[day].measured.get(member)
        if flags is not None and flags.any():
            return state.neighbourhood.grid(day)[int(flags.nonzero()[0][-1])] + PTU
    return None


def _both(said: Said) -> Both:
    return Both(nl=said.nl, en=said.en)
