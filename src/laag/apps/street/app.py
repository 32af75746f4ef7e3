"""The application: every route behind its door, every part started and stopped with it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute

from laag.apps.access import Door, Doors, Role, guard, undeclared
from laag.apps.access.doors import Knows
from laag.apps.access.looks import NoteLook
from laag.apps.access.named import Named
from laag.apps.ledger.handing_in import handing_in
from laag.apps.ledger.nodes import halts_in_sentences
from laag.apps.ledger.reading import ROOT, Serving, reading
from laag.apps.street.api import API_DOORS, API_ROUTERS
from laag.apps.street.bounded import Bounded
from laag.apps.street.known import signed_home
from laag.apps.street.ledger.readable import readable
from laag.apps.street.registered import unregistered
from laag.apps.street.running import Running
from laag.apps.street.trouble import answers_in_sentences


def street_app(
    running: Running,
    *,
    routers: Iterable[APIRouter] = (),
    doors: Doors | None = None,
    ways: Iterable[Knows] = (),
    note_look: NoteLook | None = None,
) -> FastAPI:
    """A server of one neighbourhood; pages, further ways to be known and their doors are hung on it.

    ``running`` is started when the application is and stopped with it.
    """
    shared, shared_doors = _of_the_record(running)
    grid, grid_doors = _of_the_grid(running)
    table: Mapping[tuple[str, str], Door] = {**API_DOORS, **shared_doors, **grid_doors, **(doors or {})}
    at_the_door = guard(table, (signed_home, *ways), note_look)

    @asynccontextmanager
    async def lives(_: FastAPI) -> AsyncIterator[None]:
        async with running:
            yield

    app = FastAPI(
        title=running.keeper.live.neighbourhood.name,
        version=running.version,
        lifespan=lives,
        dependencies=[Depends(at_the_door)],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.running, app.state.doors = running, table
    answers_in_sentences(app)
    if running.shared is not None:
        halts_in_sentences(app)
        app.state.ledger = Serving(readable(running.shared.opened.ledger))
    for router in (*API_ROUTERS, *shared, *grid, *routers):
        app.include_router(router)
    undeclared(app, table)
    unregistered(app)
    app.add_middleware(Bounded)
    app.add_middleware(Named)
    return app


def _of_the_grid(running: Running) -> tuple[list[APIRouter], Doors]:
    """The grid operator's messages, to anybody: who sent one is known by its signature."""
    if running.grid is None:
        return [], {}
    router = running.grid.router()
    return [router], {
        (method, route.path): Door.of(Role.ANYBODY)
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }


def _of_the_record(running: Running) -> tuple[list[APIRouter], Doors]:
    """The ledger itself, to anybody: nothing on it is personal, and who hands in an entry signed it."""
    if running.shared is None:
        return [], {}
    (reads, read_doors), (takes, take_doors) = reading(ROOT), handing_in(ROOT)
    return [reads, takes], {**read_doors, **take_doors}
