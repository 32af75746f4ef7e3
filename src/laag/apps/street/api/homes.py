"""What homes say and ask: becoming a member, orders and readings, and what is their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from laag.adapters.neighbourhood.wire import Answers, Enrolled, Enrolment, Messages, Positions, Standing, Wire
from laag.apps.street.enrolling import enrol
from laag.apps.street.reading import answered, parted, weight
from laag.apps.street.running import Running, address, let_in, running, wall_s
from laag.apps.street.taking import Known, NotTaken, Signed, Taken
from laag.apps.street.trouble import NOTHING, TOO_MANY, Trouble, unread
from laag.apps.street.views import positions_of, settled_of, standing_of
from laag.foundation.words import Said

router = APIRouter(tags=["homes"])
MESSAGES = "/api/v1/messages"
_REACH = timedelta(days=400)
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Messages.model_json_schema(ref_template="#/components/schemas/{model}")}},
    }
}  # fmt: skip


class SettledDay(Wire):
    """A member's day as it was settled, per quarter-hour: energy in Wh (offtake +), money in 1e-8 EUR (paid +), before VAT."""

    member: str
    day: date
    revision: int
    """1 when it was first settled, one more with every correction."""
    metered_wh: list[int]
    estimated: list[bool]
    """Where the meter was silent and its reading is an estimate."""
    cleared_wh: list[int]
    """Day ahead and in the rounds since."""
    intraday_wh: list[int]
    """Of it, what the rounds changed."""
    deviation_wh: list[int]
    bought_units: list[int]
    sold_units: list[int]
    intraday_units: list[int]
    deviation_units: list[int]
    tax_units: list[int]
    """The part of what was bought that is energy tax."""
    band_units: list[int]
    """What went beyond a subscribed band, where connections are bands."""
    charged_units: int
    """All of the day."""


@router.post(MESSAGES, response_model=Answers, openapi_extra=_BODY)
async def messages(request: Request, *, receipts: bool = False) -> Response:
    """Signed orders and readings, each answered once it is in the log; at most 500 and 4 MB at once.

    With ``receipts`` the answer to an order list carries the neighbourhood's word that the day's book will hold it.
    """
    said = await taken_in(running(request), address(request), await request.body(), receipts=receipts)
    return Response(said, media_type="application/json")


async def taken_in(here: Running, who: str, body: bytes, *, receipts: bool = False) -> bytes:
    """What became of each message in a body that came from this address."""
    # Only what is refused counts against an address: many homes may share one.
    let_in(here.limits.calls, who, 0)
    found = parted(body)
    if isinstance(found, Said):
        let_in(here.limits.calls, who)
        raise Trouble(422, found)
    for member in found.members:
        let_in(here.limits.messages, member, 0)
    outcomes = await here.keeper.ask(found.asks)
    # Only what a member signed counts against it: anybody can write its name on a message.
    for ask, outcome in zip(found.asks, outcomes, strict=True):
        if isinstance(ask, Signed) and isinstance(outcome, Taken | Known):
            here.limits.messages.spend(ask.wire.member, wall_s(), weight(ask.wire))
    refused = sum(isinstance(one, NotTaken) for one in outcomes)
    if refused:
        here.limits.calls.spend(who, wall_s(), refused)
    if not receipts or here.shared is None:
        return answered(found.numbers, outcomes, here.now())
    promised = await here.shared.receipts(found.asks, outcomes)
    return answered(found.numbers, outcomes, here.now(), promised)


@router.post("/api/v1/enrolments")
async def enrolments(request: Request, asked: Enrolment) -> Enrolled:
    """Become a member with a code from the operator; the same key and code get the same answer again."""
    here = running(request)
    who = address(request)
    let_in(here.limits.calls, who)
    for buckets, key in ((here.limits.codes, who), (here.limits.all_codes, "")):
        if (wait_s := buckets.wait_s(key, wall_s())) > 0:
            raise Trouble(429, TOO_MANY, retry_s=wait_s)
    done = await enrol(here.keeper, here.records, asked)
    if isinstance(done, Said):
        here.limits.codes.take(who, wall_s())
        here.limits.all_codes.take("", wall_s())
        raise Trouble(403, done)
    return done


@router.get("/api/v1/members/{member}")
async def standing(request: Request, member: str) -> Standing:
    """How a member stands: since when, where, its last number, and how much of each day was read."""
    found = standing_of(running(request).keeper.live, member)
    if found is None:
        raise Trouble(404, NOTHING)
    return found


@router.get("/api/v1/members/{member}/positions")
async def positions(
    request: Request,
    member: str,
    start: datetime | None = None,
    count: Annotated[int, Query(ge=1, le=1_000)] = 196,
) -> Positions:
    """What the market cleared for a member, from the quarter-hour that holds ``start`` on; now, where nothing is said."""
    here = running(request)
    now = here.now()
    if start is not None and (start.tzinfo is None or not now - _REACH < start < now + _REACH):
        raise Trouble(
            422, unread([{"loc": ("query", "start"), "msg": "give an instant of this year, with its zone"}])
        )
    found = positions_of(here.keeper.live, member, start or now, count)
    if found is None:
        raise Trouble(404, NOTHING)
    return found


@router.get("/api/v1/members/{member}/settled/{day}")
async def settled(request: Request, member: str, day: date) -> SettledDay:
    """A settled day of a member."""
    found = settled_of(running(request).keeper.live, member, day)
    if found is None:
        raise Trouble(404, NOTHING)
    done, row = found
    one = done.settled
    return SettledDay(
        member=member,
        day=day,
        revision=done.revision,
        metered_wh=one.metered_wh[row].tolist(),
        estimated=done.readings.estimated[row].tolist(),
        cleared_wh=one.agreed_wh[row].tolist(),
        intraday_wh=one.intraday_wh[row].tolist(),
        deviation_wh=one.deviation_wh[row].tolist(),
        bought_units=one.bought_units[row].tolist(),
        sold_units=one.sold_units[row].tolist(),
        intraday_units=one.intraday_units[row].tolist(),
        deviation_units=one.deviation_units[row].tolist(),
        tax_units=one.tax_units[row].tolist(),
        band_units=one.band_units[row].tolist(),
        charged_units=int(one.charged_units[row].sum()),
    )
