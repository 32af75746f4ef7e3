"""What a home tells programs and pages: now, plan, history, wishes, and what happens as it happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from fastapi.responses import StreamingResponse
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from pydantic import BaseModel, ConfigDict

from laag.adapters.homestore import SERIES
from laag.adapters.neighbourhood.link import Away
from laag.apps.access import Door, Doors, Role
from laag.apps.agent import promising
from laag.apps.agent.agent import Agent
from laag.apps.agent.kept import kept_plan, plain
from laag.apps.agent.past import quarter_of
from laag.apps.agent.reasons import reasons_at
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU, PtuGrid
from laag.foundation.words import Said
from laag.home.devices import Device

router = APIRouter(prefix="/api/v1")
_HEARTBEAT_S = 15.0
_MOST_HOURS = 35 * 24
_STALE = timedelta(minutes=5)
_SINCE, _UNTIL = datetime(2000, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
_NO_INSTANT = Said(
    "geef een tijdstip van onze tijd met zijn zone, zoals 2026-06-01T12:00:00Z",
    "give an instant of our age with its zone, such as 2026-06-01T12:00:00Z",
)

_OWN = Door.of(Role.RESIDENT)
API_DOORS: Doors = {
    ("GET", "/api/v1/now"): _OWN,
    ("GET", "/api/v1/plan"): _OWN,
    ("GET", "/api/v1/history"): _OWN,
    ("GET", "/api/v1/wishes"): _OWN,
    ("POST", "/api/v1/wishes"): _OWN,
    ("DELETE", "/api/v1/wishes/{number}"): _OWN,
    ("GET", "/api/v1/grid"): _OWN,
    ("POST", "/api/v1/grid/not-now"): _OWN,
    ("POST", "/api/v1/enrolment"): _OWN,
    ("GET", "/api/v1/stream"): _OWN,
    ("GET", "/health"): Door.of(Role.ANYBODY),
    ("GET", "/metrics"): Door.of(Role.ANYBODY),
}


class Line(BaseModel):
    """A wish as somebody says it."""

    model_config = ConfigDict(extra="forbid")
    line: str


class Promised(BaseModel):
    """What was sold, by the request on which it was."""

    model_config = ConfigDict(extra="forbid")
    request: str


class CodeGiven(BaseModel):
    """A code from the operator of a neighbourhood."""

    model_config = ConfigDict(extra="forbid")
    code: str


def agent_in(request: Request) -> Agent:
    """The agent that this application speaks for."""
    agent: Agent = request.app.state.agent
    return agent


@router.get("/now")
async def now(request: Request) -> dict[str, Any]:
    """This moment: what each device does, how old its word is, what it was told and why."""
    return dict(worded(agent_in(request).now()))


@router.get("/plan")
async def plan(request: Request, at: datetime | None = None) -> dict[str, Any]:
    """The newest plan with the reasons of its quarter-hour ``at`` (now); or, of an earlier ``at``, the plan of then."""
    agent = agent_in(request)
    thought, asked = agent.thought, _instant(at)
    if asked is not None and (thought is None or asked < thought.plan.grid.start):
        kept = agent.life.store.plan(asked)
        if kept is None:
            raise HTTPException(
                404, _both(Said("van toen is er geen plan bewaard", "no plan of then is kept"))
            )
        return kept
    if thought is None:
        raise HTTPException(404, _both(Said("er is nog geen plan", "there is no plan yet")))
    told = reasons_at(thought, asked or agent.life.clock.now())
    return {**kept_plan(thought), "reasons": [_both(one) for one in told]}


@router.get("/history")
async def history(
    request: Request,
    until: datetime | None = None,
    hours: Annotated[int, Query(ge=1, le=_MOST_HOURS)] = 24,
) -> dict[str, Any]:
    """What was measured and foreseen per quarter-hour; ``null`` is not known."""
    life = agent_in(request).life
    end = quarter_of(_instant(until) or life.clock.now())
    grid = PtuGrid(end - hours * 4 * PTU, hours * 4)
    kept = life.store.series(grid)
    return {"start": grid.start.isoformat(), **{name: plain(kept[name]) for name in SERIES}}


@router.get("/wishes")
async def wishes(request: Request) -> list[dict[str, Any]]:
    """What the household said."""
    return [{"number": one.number, **_both(one.said)} for one in agent_in(request).wishes.all()]


@router.post("/wishes", status_code=201)
async def wish(request: Request, said: Line) -> dict[str, Any]:
    """One wish more; it is planned for at once."""
    try:
        one = agent_in(request).wishes.add(said.line)
    except BadInput as misheard:
        raise HTTPException(422, str(misheard)) from misheard
    return {"number": one.number, **_both(one.said)}


@router.delete("/wishes/{number}", status_code=204)
async def wish_no_more(request: Request, number: Annotated[int, Path(ge=0, lt=2**63)]) -> Response:
    """One wish less."""
    if not agent_in(request).wishes.remove(number):
        raise HTTPException(404, _both(Said("die wens is er niet", "there is no such wish")))
    return Response(status_code=204)


@router.get("/grid")
async def grid(request: Request) -> dict[str, Any]:
    """What the grid operator asked, what was answered, what is promised, and which limits hold."""
    return promising.plainly(agent_in(request).life)


@router.post("/grid/not-now", status_code=204)
async def not_now(request: Request, said: Promised) -> Response:
    """Let go of what was promised: comfort goes first, and what that costs is paid."""
    if not promising.let_go(agent_in(request).life, said.request):
        raise HTTPException(
            404, _both(Said("daar is niets op beloofd", "nothing was promised on that request"))
        )
    return Response(status_code=204)


@router.post("/enrolment", status_code=201)
async def enrolment(request: Request, given: CodeGiven) -> dict[str, Any]:
    """Become a member of the neighbourhood that the settings name."""
    try:
        enrolled = await agent_in(request).enrol(given.code)
    except Away as away:
        raise HTTPException(503, _both(away.why)) from away
    except BadInput as refused:
        raise HTTPException(422, str(refused)) from refused
    return enrolled.model_dump(mode="json")


@router.get("/stream")
async def stream(request: Request) -> StreamingResponse:
    """What happens, as it happens (server-sent events)."""
    return StreamingResponse(_happens(agent_in(request)), media_type="text/event-stream")


async def _happens(agent: Agent) -> AsyncIterator[str]:
    queue: asyncio.Queue[tuple[str, Mapping[str, Any]]] = asyncio.Queue(100)
    agent.life.listeners.add(queue)
    try:
        yield "retry: 3000\n\n"
        while True:
            try:
                async with asyncio.timeout(_HEARTBEAT_S):
                    kind, about = await queue.get()
            except TimeoutError:
                yield ": still here\n\n"
                continue
            yield f"event: {kind}\ndata: {json.dumps(about)}\n\n"
    finally:
        agent.life.listeners.discard(queue)


watching = APIRouter()


@watching.get("/health")
async def health(request: Request, response: Response) -> dict[str, Any]:
    """Whether it measures, plans and can keep what it measures."""
    life = agent_in(request).life
    at = life.senses.telegram_at
    fresh = _STALE * max(life.clock.speed / 60, 1.0)
    measures = at is not None and life.clock.now() - at < fresh
    plans = life.thought is not None and life.clock.now() - life.thought.plan.made_at < timedelta(hours=1)
    fit = measures and plans and life.store.trouble is None
    response.status_code = 200 if fit else 503
    return {
        "fit": fit,
        "measures": measures,
        "plans": plans,
        "keeps": life.store.trouble is None,
        "neighbourhood": life.away is None,
        "waiting": len(life.store.outbox),
    }


@watching.get("/metrics")
async def metrics(request: Request) -> Response:
    """Figures for who watches over it; nothing of what the household does."""
    life, registry = agent_in(request).life, CollectorRegistry()
    at, thought = life.senses.telegram_at, life.thought
    now = life.clock.now()
    for name, help_, value in (
        (
            "laag_home_meter_age_seconds",
            "Since the last telegram",
            None if at is None else (now - at).total_seconds(),
        ),
        (
            "laag_home_plan_age_seconds",
            "Since the newest plan",
            None if thought is None else (now - thought.plan.made_at).total_seconds(),
        ),
        ("laag_home_outbox_messages", "Messages not answered yet", len(life.store.outbox)),
        ("laag_home_neighbourhood_away", "1 while it does not answer", int(life.away is not None)),
        ("laag_home_store_trouble", "1 while nothing can be kept", int(life.store.trouble is not None)),
    ):
        Gauge(name, help_, registry=registry).set(float("nan") if value is None else value)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def worded(value: Any) -> Any:
    """Plain data of the core's values: sentences in both languages, instants as text, no number that JSON has not."""
    if isinstance(value, Said):
        return _both(value)
    if isinstance(value, Device):
        return value.name.lower()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: worded(getattr(value, name)) for name in asdict(value)}
    if isinstance(value, tuple | list):
        return [worded(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 4) if isfinite(value) else None
    return value


def _both(said: Said) -> dict[str, str]:
    return {"nl": said.nl, "en": said.en}


def _instant(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    if at.tzinfo is None or not _SINCE < at < _UNTIL:
        raise HTTPException(422, _both(_NO_INSTANT))
    return at.astimezone(UTC)
