"""What decides here, and which data go into it: two registers, for everybody to read."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.apps.access import Door, Doors, Role
from laag.apps.street.api.algorithms import told
from laag.apps.street.pages import algorithms_words as words
from laag.apps.street.pages.site import Site, in_thread
from laag.cycle.algorithms import ALGORITHMS
from laag.foundation.register import REGISTER
from laag.foundation.words import Said

DOORS: Doors = {("GET", "/algorithms"): Door.of(Role.ANYBODY)}


def router(site: Site) -> APIRouter:
    """The page."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/algorithms")
    async def algorithms(request: Request) -> HTMLResponse:
        return await in_thread(_page, site, request)

    return pages


def _page(site: Site, request: Request) -> HTMLResponse:
    today = site.now().astimezone(site.state.neighbourhood.zone).date()
    charter = site.state.charter_on(today).version
    rows = []
    for one in ALGORITHMS:
        as_told = told(one, site.running.version, charter)
        whats = [REGISTER[name].what for name in one.inputs]
        inputs = Said("; ".join(what.nl for what in whats), "; ".join(what.en for what in whats))
        approved = Said(as_told.approved.nl, as_told.approved.en)
        rows.append((one, as_told.version, inputs, approved))
    return site.web.page(request, "street/algorithms.html", words=words, rows=rows)
