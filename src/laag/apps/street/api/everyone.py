"""Moving out, a final account, support and comparing: what is a member's own, and what is the fund keeper's to do."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import Field

from laag.adapters.neighbourhood.everyone import (
    Forgotten,
    Month,
    MonthShared,
    MovesOut,
    OwnBeside,
    OwnFinal,
    OwnGiven,
    OwnMove,
    OwnSupport,
    SupportTold,
    SupportYes,
)
from laag.adapters.neighbourhood.own import OwnCorrection, OwnLine
from laag.adapters.neighbourhood.wire import Both, Wire
from laag.apps.access import Door, Doors, Role
from laag.apps.street import shared_months
from laag.apps.street.leaving import account_of, moves_out
from laag.apps.street.running import Running, address, let_in, running
from laag.apps.street.taking import NotTaken
from laag.apps.street.trouble import NOTHING, Trouble
from laag.cycle.live import SupportAsked, SupportPaid, consenting
from laag.cycle.live.views.final import FinalAccount
from laag.foundation.data import Purpose
from laag.foundation.words import Said
from laag.neighbourhood.people.leaving import Leaving
from laag.neighbourhood.people.support import LEAST_TOLD

router = APIRouter(tags=["homes"])
_MEMBERS = "/api/v1/members/{member}"
_OWN = (Role.HOME, Role.RESIDENT)
_MONTHS_A_YEAR = 12
_NO_CONSENT = Said(
    "hiervoor is geen toestemming; geef die eerst in dit huis",
    "there is no consent for this; give it in this home first",
)


def _door(nl: str, en: str, *more: Role) -> Door:
    return Door.of(*_OWN, *more, personal=True, what=Said(nl, en))


EVERYONE_DOORS: Doors = {
    ("POST", f"{_MEMBERS}/move"): _door("je vertrek", "your leaving"),
    ("GET", f"{_MEMBERS}/final"): _door("je eindafrekening", "your final account", Role.OPERATOR),
    ("GET", f"{_MEMBERS}/support"): _door("je vraag om steun", "your request for support", Role.OPERATOR),
    ("POST", f"{_MEMBERS}/support"): _door("je vraag om steun", "your request for support"),
    ("GET", f"{_MEMBERS}/comparison"): _door("je maand naast die van anderen", "your month beside others'"),
    ("POST", f"{_MEMBERS}/comparison"): _door("je maand naast die van anderen", "your month beside others'"),
    ("DELETE", f"{_MEMBERS}/comparison"): _door("de maanden die je deelde", "the months that you shared"),
    ("POST", "/api/v1/support"): Door.of(Role.OPERATOR, people=True),
}


class PaysSupport(Wire):
    """The support of a month, out of a fund that holds so much; units of 1e-8 EUR."""

    month: Month
    fund_units: Annotated[int, Field(ge=0, le=10**16)]


def _today(here: Running) -> date:
    return here.now().astimezone(here.keeper.live.neighbourhood.zone).date()


def _let_in(request: Request, member: str) -> Running:
    here = running(request)
    let_in(here.limits.reads, member or address(request))
    if member not in here.keeper.live.members:
        raise Trouble(404, NOTHING)
    return here


@router.post(f"{_MEMBERS}/move")
async def move(request: Request, member: str, asked: MovesOut) -> OwnMove:
    """Leave after a day; asked again it is as it was, with another link."""
    here = _let_in(request, member)
    done = await moves_out(here, member, asked.last_day, Leaving(asked.why), str(request.base_url))
    if isinstance(done, Said):
        raise Trouble(409, done)
    return OwnMove(last_day=done.last_day, code=done.code, link=done.link)


@router.get(f"{_MEMBERS}/final")
async def final(request: Request, member: str) -> OwnFinal:
    """The account of who has left."""
    found = await account_of(_let_in(request, member), member)
    if found is None:
        raise Trouble(404, NOTHING)
    return own_final(found)


def own_final(one: FinalAccount) -> OwnFinal:
    """As it is told."""
    return OwnFinal(
        first=one.bill.first,
        last=one.bill.last,
        total_units=one.bill.total_units,
        without_vat_units=one.without_vat_units,
        lines=[
            OwnLine(
                code=line.code,
                text=_both(line.text),
                amount_units=line.amount_units,
                energy_wh=line.energy_wh,
                because=_both(line.because),
                otherwise=_both(line.counterfactual),
            )
            for line in one.bill.lines
        ],
        corrections=[OwnCorrection(day=told.day, because=_both(told.because)) for told in one.corrected],
        closes=one.closes,
        is_closed=one.is_closed,
        said=[_both(said) for said in one.said],
    )


@router.get(f"{_MEMBERS}/support")
async def supported(request: Request, member: str) -> OwnSupport:
    """What was asked, and received."""
    return _support(_let_in(request, member), member)


@router.post(f"{_MEMBERS}/support")
async def ask_support(request: Request, member: str, asked: SupportYes) -> OwnSupport:
    """A yes for so many months, this one included; 0 takes it back."""
    here = _let_in(request, member)
    today = _today(here)
    until = ""
    if asked.months:
        at = today.year * _MONTHS_A_YEAR + today.month - 1 + asked.months - 1
        until = f"{at // _MONTHS_A_YEAR:04d}-{at % _MONTHS_A_YEAR + 1:02d}"
    outcome = await here.keeper.tell(SupportAsked(member, today, until))
    if isinstance(outcome, NotTaken):
        raise Trouble(409, outcome.why)
    return _support(here, member)


def _support(here: Running, member: str) -> OwnSupport:
    known = here.keeper.live.supporting
    until = None if known is None else known.until.get(member)
    paid = {} if known is None else known.paid
    given = [
        OwnGiven(month=month, units=units)
        for month, each in sorted(paid.items(), reverse=True)
        for name, units in each
        if name == member
    ]
    this_month = f"{_today(here):%Y-%m}"
    asked = until if until is not None and until >= this_month else None
    return OwnSupport(
        until=asked, given=given, all=[told_of(here, month) for month in sorted(paid, reverse=True)]
    )


@router.post("/api/v1/support")
async def pay_support(request: Request, asked: PaysSupport) -> SupportTold:
    """Book the support of a month by the charter; once."""
    here = running(request)
    outcome = await here.keeper.tell(SupportPaid(asked.month, asked.fund_units))
    if isinstance(outcome, NotTaken):
        raise Trouble(409, outcome.why)
    return told_of(here, asked.month)


def told_of(here: Running, month: str) -> SupportTold:
    """A month's support as others may read it."""
    known = here.keeper.live.supporting
    each = () if known is None else known.paid.get(month, ())
    few = len(each) < LEAST_TOLD
    return SupportTold(
        month=month,
        homes=None if few else len(each),
        total_units=None if few else sum(units for _, units in each),
    )


@router.get(f"{_MEMBERS}/comparison")
async def comparison(request: Request, member: str) -> OwnBeside:
    """The newest month beside homes alike."""
    return await _beside(_let_in(request, member), member)


@router.post(f"{_MEMBERS}/comparison")
async def share(request: Request, member: str, month: MonthShared) -> OwnBeside:
    """Keep a month of a home that said yes to comparing."""
    here = _let_in(request, member)
    if member not in consenting(here.keeper.live, Purpose.COMPARISON, _today(here)):
        raise Trouble(409, _NO_CONSENT)
    await asyncio.to_thread(shared_months.share, here.records, member, month)
    return await _beside(here, member)


async def _beside(here: Running, member: str) -> OwnBeside:
    month, said, shared = await asyncio.to_thread(
        shared_months.told, here.records, here.keeper.live, member, _today(here)
    )
    return OwnBeside(month=month, said=said, shared=shared)


@router.delete(f"{_MEMBERS}/comparison")
async def erase(request: Request, member: str) -> Forgotten:
    """Forget what was shared."""
    here = _let_in(request, member)
    return Forgotten(months=await asyncio.to_thread(shared_months.erase, here.records, member))


def _both(said: Said) -> Both:
    return Both(nl=said.nl, en=said.en)
