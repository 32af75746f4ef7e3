"""What everybody may know: who we are, prices, the market of a day, and what happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from laag.adapters.neighbourhood.wire import About, Board, Both, Wire
from laag.apps.access import NOBODY, Caller, Role
from laag.apps.street import few
from laag.apps.street.running import address, running
from laag.apps.street.trouble import BUSY, NOTHING, Trouble
from laag.cycle.live import first_open, gate
from laag.cycle.live.state import Day, Membership
from laag.foundation.contracts import Ints
from laag.neighbourhood.charter.parts import DataTable

router = APIRouter(tags=["everybody"])
_LAG_S = 60.0


class Market(Wire):
    """A day's market: prices per quarter-hour (ticks are 0.01 EUR/MWh, centiticks a hundredth of that), and sums in Wh."""

    day: date
    closed: bool
    regime: str
    """``none``: the cables' limits are the only ones yet."""
    day_ahead_ticks: list[int] | None = None
    landed_ticks: list[int] | None = None
    export_ticks: list[int] | None = None
    buyer_centiticks: list[int] | None = None
    seller_centiticks: list[int] | None = None
    margin_centiticks: list[int] | None = None
    bought_wh: list[int] | None = None
    sold_wh: list[int] | None = None
    imported_wh: list[int] | None = None
    exported_wh: list[int] | None = None
    note: Both | None = None
    """Where they are few homes: that their totals are to be handled with care, or why they are not here."""


class Health(Wire):
    """Whether a server works, to whoever starts it again where it does not."""

    well: bool
    store: str
    """``open``, or why it takes nothing."""
    clock_lag_s: float
    """How long ago the clock was last looked at, in seconds of the neighbourhood."""
    waiting: int
    events: int
    version: str


@router.get("/api/v1/about")
async def about(request: Request) -> About:
    """The neighbourhood."""
    here = running(request)
    state, now = here.keeper.live, here.now()
    place = state.neighbourhood
    today = now.astimezone(place.zone).date()
    return About(
        name=place.name,
        version=here.version,
        clock=str(here.keeper.clock),
        now=now,
        zone=place.zone.key,
        first_day=place.first_day,
        members=sum(_stays(one, today) for one in state.members.values()),
        rule=state.charter.rule,
        policy=place.terms.policy.name,
        next_gate=gate(place, first_open(state)),
    )


def _stays(one: Membership, today: date) -> bool:
    return one.last_day is None or one.last_day >= today


@router.get("/api/v1/board")
async def board(request: Request) -> Board:
    """Prices, known and expected."""
    return await running(request).board()


@router.get("/api/v1/market/{day}")
async def market(request: Request, day: date) -> Market:
    """The market of a day, as far as it is known; how much energy fewer than ten homes traded only those read whose market it is."""
    state = running(request).keeper.live
    known = state.days.get(day)
    if known is None:
        raise Trouble(404, NOTHING)
    homes = len(known.members if known.closed else state.of_day(day))
    return await asyncio.to_thread(market_of, day, known, homes, _role(request), state.charter_on(day).data)


def _role(request: Request) -> Role:
    caller: Caller = getattr(request.state, "caller", NOBODY)
    return caller.role


def market_of(day: date, known: Day, homes: int, role: Role, data: DataTable) -> Market:
    """What somebody in this role may know of a day's market, by the charter's lists and the floor below them."""
    done = known.market
    traded, gateway = (few.visible(name, homes, role, data) for name in ("street.traded", "street.gateway"))
    withheld = few.WITHHELD if homes < few.FEW else few.NOT_LISTED
    note = few.note(homes) if traded and gateway else withheld
    columns: dict[str, Ints] = {}
    if known.day_ahead_ticks is not None:
        columns["day_ahead_ticks"] = known.day_ahead_ticks
    if done is not None:
        columns |= {
            "landed_ticks": done.landed_ticks,
            "export_ticks": done.export_ticks,
            "buyer_centiticks": done.buyer_centiticks,
            "seller_centiticks": done.seller_centiticks,
            "margin_centiticks": done.margin_centiticks,
        }
    if done is not None and traded:
        columns |= {
            "bought_wh": done.traded.bought_wh.sum(axis=0),
            "sold_wh": done.traded.sold_wh.sum(axis=0),
        }
    if done is not None and gateway:
        columns |= {
            "imported_wh": done.clearings.imported_wh[: done.ptus],
            "exported_wh": done.clearings.exported_wh[: done.ptus],
        }
    plain = {name: column.tolist() for name, column in columns.items()}
    said = None if note is None or done is None else Both(nl=note.nl, en=note.en)
    return Market(day=day, closed=known.closed, regime="none", note=said, **plain)


@router.get("/api/v1/stream", response_class=StreamingResponse)
async def stream(
    request: Request,
    last_event_id: Annotated[str, Header(max_length=60)] = "",
    since: Annotated[str, Query(max_length=60)] = "",
) -> StreamingResponse:
    """What happens, as server-sent events: closed, priced, cleared, settled, board, quarter, members.

    ``quarter`` says how much went through the gateway; of fewer than ten homes only to those whose market it is.
    ``since`` is the number of what is known already: a page names it, a browser that comes back its ``Last-Event-ID``.
    """
    here = running(request)
    who = address(request)
    if here.stream.full(who):
        raise Trouble(503, BUSY, retry_s=10)
    told = here.stream.listen(last_event_id or since, whole=_role(request) in few.WHOSE_MARKET, whose=who)
    # Counted from its first word on, so that a crowd that comes at once is counted as it comes.
    first = await anext(told)
    return StreamingResponse(
        _after(first, told),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _after(first: str, told: AsyncGenerator[str, None]) -> AsyncIterator[str]:
    async with aclosing(told):
        yield first
        async for one in told:
            yield one


@router.get("/health")
async def health(request: Request, response: Response) -> Health:
    """Whether the server works: 200, or 503 where it does not."""
    here = running(request)
    looked = here.watch.looked_at
    lag_s = 0.0 if looked is None else (here.now() - looked).total_seconds()
    # On a clock that runs fast a few seconds of the wall are hours.
    well = here.keeper.away is None and lag_s < _LAG_S * here.keeper.clock.speed
    response.status_code = 200 if well else 503
    return Health(
        well=well,
        store=here.keeper.away or "open",
        clock_lag_s=round(lag_s, 3),
        waiting=here.keeper.waiting,
        events=here.keeper.kept.events,
        version=here.version,
    )


@router.get("/metrics", response_class=Response)
async def metrics(request: Request) -> Response:
    """Figures as Prometheus reads them."""
    text = running(request).figures.text()
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


@router.get("/api/v1/openapi.json", include_in_schema=False)
async def openapi(request: Request) -> JSONResponse:
    """This interface, described."""
    return JSONResponse(request.app.openapi())
