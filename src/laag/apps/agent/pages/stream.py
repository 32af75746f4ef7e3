"""What keeps open pages right: every moment's values at most once a second, and that there is something new to ask for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from fastapi import APIRouter, Request
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
}
_OFTEN_S = 1.0
_HEARTBEAT_S = 15.0


@router.get("/stream")
async def stream(request: Request) -> StreamingResponse:
    """Server-sent events for one page."""
    told = _tells(here(request), language(request))
    return StreamingResponse(
        told, media_type="text/event-stream", headers={"cache-control": "no-store", "x-accel-buffering": "no"}
    )


async def _tells(home: Here, lang: Lang) -> AsyncIterator[str]:
    """For as long as somebody listens; only what changed is sent."""
    queue: asyncio.Queue[tuple[str, Mapping[str, Any]]] = asyncio.Queue(200)
    home.life.listeners.add(queue)
    shown: dict[str, str] = {}
    try:
        yield "retry: 2000\n\n"
        while True:
            kinds = await _heard(queue)
            if kinds is None:
                yield ": still here\n\n"
                continue
            for kind in sorted({_KINDS[one] for one in kinds if one in _KINDS}):
                yield f"event: {kind}\ndata: {{}}\n\n"
            await home.country.look(home.now)
            values = values_of(home, home.agent.now(), lang)
            changed = {name: words for name, words in values.items() if shown.get(name) != words}
            shown = values
            if changed:
                yield f"event: values\ndata: {json.dumps(changed, ensure_ascii=False)}\n\n"
    finally:
        home.life.listeners.discard(queue)


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
