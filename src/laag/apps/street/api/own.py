"""What is a member's own: its bill and why, homes like it, who looked, all that is held of it, and the way out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from laag.adapters.neighbourhood.own import (
    OwnBill,
    OwnCharter,
    OwnCorrection,
    OwnData,
    OwnDay,
    OwnGoodbye,
    OwnGrid,
    OwnLike,
    OwnLine,
    OwnLook,
    OwnLooks,
    OwnMoment,
    OwnStreet,
    OwnTotal,
)
from laag.adapters.neighbourhood.wire import Both
from laag.apps.access import Caller, Door, Doors, Role, look_of, sentence
from laag.apps.access.looks import KIND
from laag.apps.street import codes, shared_months
from laag.apps.street.ledger.words import ERASED
from laag.apps.street.own_grid import own_grid
from laag.apps.street.running import Running, address, let_in, running
from laag.apps.street.taking import NotTaken
from laag.apps.street.together import others
from laag.apps.street.trouble import NOTHING, Trouble
from laag.cycle.live import Left, Live
from laag.cycle.live.views.benefit import benefit_of
from laag.cycle.live.views.bill import bill_of
from laag.cycle.live.views.corrections import Correction
from laag.cycle.live.views.export import export
from laag.cycle.live.views.flows import flows
from laag.cycle.live.views.gains import gain_of
from laag.cycle.live.views.likeness import like_mine
from laag.cycle.live.views.moments import day_of
from laag.cycle.live.views.period import Period, period
from laag.foundation.ports import Event
from laag.foundation.words import Said
from laag.settlement.bill import BillLine


async def _not_all_day(request: Request) -> None:
    """Nobody keeps the server at work with bills alone."""
    caller: Caller = request.state.caller
    let_in(running(request).limits.reads, caller.member or caller.name or address(request))


router = APIRouter(tags=["homes"], dependencies=[Depends(_not_all_day)])
_MEMBERS = "/api/v1/members/{member}"
_MOST_DAYS = 400
_SOMETHING = Said("iets van jou", "something of yours")
_STAYS = Said(
    "Wat is afgerekend blijft in de boeken staan, onder een naam die niets over je zegt: de rekeningen van je buren kloppen "
    "anders niet meer, en zo wil de wet het. Wie bij die naam hoorde, is vergeten.",
    "What was settled stays in the books, under a name that says nothing of you: the bills of your neighbours would no longer "
    "add up without it, and the law wants it so. Who belonged to that name is forgotten.",
)
_OWN = (Role.HOME, Role.RESIDENT)


def _door(nl: str, en: str, *more: Role) -> Door:
    return Door.of(*_OWN, *more, personal=True, what=Said(nl, en))


OWN_DOORS: Doors = {
    ("GET", f"{_MEMBERS}/bill"): _door("je rekening", "your bill", Role.OPERATOR),
    ("GET", f"{_MEMBERS}/days/{{day}}"): _door(
        "waarom een dag kostte wat hij kostte", "why a day of yours cost what it cost", Role.OPERATOR
    ),
    ("GET", f"{_MEMBERS}/like"): _door("je verbruik naast dat van anderen", "your use beside that of others"),
    ("GET", f"{_MEMBERS}/street"): _door(
        "hoeveel stroom er tussen de straat en het land ging",
        "how much power went between the street and the country",
    ),
    ("GET", f"{_MEMBERS}/grid"): _door(
        "wat de netbeheerder je vroeg, bij je bestelde of begrensde",
        "what the grid operator asked, ordered or limited of you",
    ),
    ("GET", f"{_MEMBERS}/looks"): _door("wie er bij jou keek", "who looked at what is yours"),
    ("GET", f"{_MEMBERS}/data"): _door("alles wat van jou wordt bewaard", "all that is kept of you"),
    ("DELETE", _MEMBERS): _door("je lidmaatschap", "your membership"),
}


@router.get(f"{_MEMBERS}/bill")
async def bill(request: Request, member: str, first: date, last: date) -> OwnBill:
    """The bill of the settled days of a period, with its benefit under other rules."""
    most = _MOST_DAYS - 1
    until = last if (last - first).days <= most else first + timedelta(days=most)
    found = await asyncio.to_thread(_bill, running(request).keeper.live, member, first, until)
    if found is None:
        raise Trouble(404, NOTHING)
    return found


@router.get(f"{_MEMBERS}/days/{{day}}")
async def day(request: Request, member: str, day: date) -> OwnDay:
    """Why a settled day cost what it cost."""
    found = await asyncio.to_thread(_day, running(request).keeper.live, member, day)
    if found is None:
        raise Trouble(404, NOTHING)
    return found


@router.get(f"{_MEMBERS}/like")
async def like(
    request: Request, member: str, last: date, days: Annotated[int, Query(ge=1, le=31)] = 7
) -> OwnLike:
    """Its use beside homes like it; nothing of theirs where they are fewer than ten."""
    state = running(request).keeper.live
    first = date.fromordinal(max(last.toordinal() - days + 1, 1))
    found = await asyncio.to_thread(like_mine, state, member, first, last)
    if found is None:
        raise Trouble(404, NOTHING)
    return OwnLike(
        days=found.days,
        taken_wh=found.taken_wh,
        given_wh=found.given_wh,
        homes=found.others.homes if found.others else None,
        theirs_wh=found.others.taken_wh if found.others else None,
        said=_both(found.said),
    )


@router.get(f"{_MEMBERS}/street")
async def street(request: Request, member: str) -> OwnStreet:
    """What went through the gateway of the street that this home is one of."""
    here = running(request)
    state, now = here.keeper.live, here.now()
    one = state.members.get(member)
    today = now.astimezone(state.neighbourhood.zone).date()
    if one is None or (one.last_day is not None and one.last_day < today):
        raise Trouble(404, NOTHING)
    found = await asyncio.to_thread(_street, state, today)
    if found is None:
        raise Trouble(404, NOTHING)
    return found


def _street(state: Live, today: date) -> OwnStreet | None:
    """Of today, or in its first quarter-hours of the end of yesterday."""
    for day in (today, today - timedelta(days=1)):
        if day not in state.days:
            continue
        gateway = flows(state, day)[0]
        if gateway.homes and gateway.complete.any():
            ptu = int(gateway.complete.nonzero()[0][-1])
            start = state.neighbourhood.grid(day)[ptu]
            return OwnStreet(start=start, wh=int(gateway.metered_wh[ptu]))
    return None


@router.get(f"{_MEMBERS}/grid")
async def grid(request: Request, member: str) -> OwnGrid:
    """What the grid operator asked and ordered of this home, and which limits hold for it, of the days that are not over."""
    here = running(request)
    found = await asyncio.to_thread(own_grid, here.keeper.live, member, here.now())
    if found is None:
        raise Trouble(404, NOTHING)
    return found


@router.get(f"{_MEMBERS}/looks")
async def looks(request: Request, member: str) -> OwnLooks:
    """Who looked at what is this member's, and what for."""
    here = running(request)
    zone = here.keeper.live.neighbourhood.zone

    def read(events: Iterable[Event]) -> list[OwnLook]:
        found = sorted((look_of(event) for event in events if event.key == member), key=lambda one: one.at)
        return [OwnLook(said=_both(sentence(one, _what(request, one.what), zone))) for one in reversed(found)]

    return OwnLooks(looks=await here.keeper.read(read, KIND))


@router.get(f"{_MEMBERS}/data")
async def data(request: Request, member: str) -> OwnData:
    """All that is held of a member, as tables."""
    here = running(request)
    state = here.keeper.live

    def read(events: Iterator[Event]) -> OwnData:
        tables = {name: [dict(row) for row in rows] for name, rows in export(state, events, member).items()}
        return OwnData(tables=tables)

    return await here.keeper.read(read)


@router.delete(_MEMBERS)
async def goodbye(request: Request, member: str) -> OwnGoodbye:
    """Leave, as soon as no market is waiting for this home; who it was is forgotten at once."""
    here = running(request)
    one = here.keeper.live.members.get(member)
    if one is None:
        raise Trouble(404, NOTHING)
    if one.last_day is None:
        outcome = await here.keeper.tell(Left(member, _last_day(here, one.joined.first_day)))
        if isinstance(outcome, NotTaken):
            raise Trouble(409, outcome.why)
    await asyncio.to_thread(_forgotten, here, member)
    last = here.keeper.live.members[member].last_day
    assert last is not None
    stays = _STAYS if here.shared is None else Said(f"{_STAYS.nl} {ERASED.nl}", f"{_STAYS.en} {ERASED.en}")
    return OwnGoodbye(last_day=last, stays=_both(stays))


def _last_day(here: Running, first_day: date) -> date:
    """The last day for which the gate has closed, or today: what was sold is delivered."""
    state = here.keeper.live
    today = here.now().astimezone(state.neighbourhood.zone).date()
    return max(first_day, today, *(one for one, known in state.days.items() if known.closed))


def _forgotten(here: Running, member: str) -> None:
    """What is kept beside the log of who it is: the note with its code, what its lines can be told from guesses with, its shadows."""
    if here.shared is not None:
        here.shared.making.secrets.erase(member)
    shared_months.erase(here.records, member)
    here.trying.shadows.forget(member)
    for one in codes.listed(here.records):
        if one.member == member:
            here.records.delete(codes.KIND, one.code)


def _bill(state: Live, member: str, first: date, last: date) -> OwnBill | None:
    lived = period(state, first, last)
    found = None if lived is None else bill_of(lived, member)
    if lived is None or found is None:
        return None
    return OwnBill(
        first=found.bill.first,
        last=found.bill.last,
        total_units=found.bill.total_units,
        lines=[_line(one) for one in found.bill.lines],
        days=[
            OwnTotal(
                day=one.day,
                taken_wh=one.taken_wh,
                given_wh=one.given_wh,
                units=one.units,
                estimated=one.estimated,
                corrected=one.corrected,
            )
            for one in found.days
        ],
        corrections=[_correction(one) for one in found.corrections],
        waiting=list(found.waiting),
        benefit=_benefit(lived, member),
        charters=[OwnCharter(day=day, version=one.version) for day, one in found.charters],
    )


def _benefit(lived: Period, member: str) -> list[Both]:
    """What trading with neighbours made, and what other rules would have; last what is not counted."""
    compared, gained = benefit_of(lived, member, others()), gain_of(lived, member)
    return [] if compared is None or gained is None else [_both(one) for one in (gained, *compared.said)]


def _day(state: Live, member: str, day: date) -> OwnDay | None:
    found = day_of(state, member, day)
    if found is None:
        return None
    moments = found.moments
    return OwnDay(
        day=day,
        units=found.units,
        lines=[_line(one) for one in found.lines],
        moments=[
            OwnMoment(quarter=one.quarter, units=one.units, because=_both(one.because)) for one in found.told
        ],
        corrections=[_correction(one) for one in found.corrections],
        quarter=moments.quarter.tolist(),
        metered_wh=moments.metered_wh.tolist(),
        agreed_wh=moments.cleared_wh.tolist(),
        units_each=moments.units.tolist(),
        estimated=moments.estimated.tolist(),
        unordered=None if found.unordered is None else _both(found.unordered),
    )


def _line(one: BillLine) -> OwnLine:
    return OwnLine(
        code=one.code,
        text=_both(one.text),
        amount_units=one.amount_units,
        energy_wh=one.energy_wh,
        because=_both(one.because),
        otherwise=_both(one.counterfactual),
    )


def _correction(one: Correction) -> OwnCorrection:
    return OwnCorrection(day=one.day, because=_both(one.because))


def _what(request: Request, door: str) -> Said:
    """What lies behind a door, as its owner is told."""
    method, _, path = door.partition(" ")
    doors: Doors = getattr(request.app.state, "doors", OWN_DOORS)
    found = doors.get((method, path))
    return found.what if found is not None and found.what.nl else _SOMETHING


def _both(said: Said) -> Both:
    return Both(nl=said.nl, en=said.en)
