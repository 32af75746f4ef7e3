"""What keeps open pages right: every moment's values at most once a second, and that there is something new to ask for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import StreamingResponse

from laag.apps.agent.pages.here import Here, here
from laag.apps.agent.pages.now import values_of
from laag.apps.web.languages import language
from laag.foundation.words import Lang

router = APIRouter(include_in_schema=False)
_KINDS = {
    "plan": "plan",
    "quarter": "quarter",
    "board": "neighbourhood",
    "sent": "neighbourhood",
    "wishes": "plan",
    "record": "record",
    "grid": "grid",
}
_OFTEN_S = 1.0
_HEARTBEAT_S = 15.0


@router.get("/stream")
async def stream(
    request: Request,
    last_event_id: Annotated[str, Header(max_length=60)] = "",
    since: Annotated[str, Query(max_length=60)] = "",
) -> StreamingResponse:
    """Server-sent events for one page; ``since`` is the number of what it shows already."""
    told = _tells(here(request), language(request), last_event_id or since)
    return StreamingResponse(
        told, media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"}
    )


async def _tells(home: Here, lang: Lang, known: str) -> AsyncIterator[str]:
    """For as long as somebody listens; only what changed is sent."""
    queue: asyncio.Queue[tuple[str, Mapping[str, Any]]] = asyncio.Queue(200)
    home.life.listeners.add(queue)
    shown: dict[str, str] = {}
    try:
        kinds = home.life.happened.since(known) if known else set()
        yield "retry: 2000\n\n"
        if kinds is None:
            yield _event("missed", home.life.happened.last, {})
        while True:
            last = home.life.happened.last
            for kind in sorted({_KINDS[one] for one in kinds or () if one in _KINDS}):
                yield _event(kind, last, {})
            await home.country.look(home.now)
            values = values_of(home, home.agent.now(), lang)
            changed = {name: words for name, words in values.items() if shown.get(name) != words}
            shown = values
            if changed:
                yield _event("values", last, changed)
            while (kinds := await _heard(queue)) is None:
                yield ": still here\n\n"
    finally:
        home.life.listeners.discard(queue)


def _event(kind: str, number: str, about: Mapping[str, str]) -> str:
    return f"id: {number}\nevent: {kind}\ndata: {json.dumps(about, ensure_ascii=False)}\n\n"


async def _heard(queue: asyncio.Queue[tuple[str, Mapping[str, Any]]]) -> set[str] | None:
    """Everything that happens in a second, from the first on; ``None`` where nothing does for long."""
    try:
        kind, _ = await asyncio.wait_for(queue.get(), _HEARTBEAT_S)
    except TimeoutError:
        return None
    await asyncio.sleep(_OFTEN_S)
    kinds = {kind}
    while not queue.empty():
        kinds.add(queue.get_nowait()[0])
    return kinds
