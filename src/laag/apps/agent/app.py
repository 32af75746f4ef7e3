"""The application of one home: every route behind its door, the agent started and stopped with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

from fastapi import APIRouter, Depends, FastAPI

from laag import __version__
from laag.apps.access import Doors, guard, undeclared
from laag.apps.access.doors import Knows
from laag.apps.access.looks import NoteLook
from laag.apps.access.named import Named
from laag.apps.agent.agent import Agent
from laag.apps.agent.api import API_DOORS, router, watching
from laag.apps.street.bounded import Bounded


def agent_app(
    agent: Agent,
    *,
    routers: Iterable[APIRouter] = (),
    ways: Iterable[Knows] = (),
    doors: Doors | None = None,
    note_look: NoteLook | None = None,
) -> FastAPI:
    """A home's own server; pages, ways to be known and their doors are hung on it."""
    table = {**API_DOORS, **(doors or {})}

    @asynccontextmanager
    async def lives(_: FastAPI) -> AsyncIterator[None]:
        running = asyncio.create_task(agent.run())
        try:
            yield
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            agent.life.store.close()

    app = FastAPI(
        title=agent.life.house.name,
        version=__version__,
        lifespan=lives,
        dependencies=[Depends(guard(table, ways, note_look))],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.agent = agent
    for one in (router, watching, *routers):
        app.include_router(one)
    undeclared(app, table)
    app.add_middleware(Bounded)
    app.add_middleware(Named)
    return app
