"""The rules in force, for everybody."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from laag.apps.access import Door, Doors, Role
from laag.apps.street.pages.site import Site, in_thread
from laag.apps.web.kit import caller_of
from laag.apps.web.rules import rules_page
from laag.settlement.rules import Scope, Whom

DOORS: Doors = {("GET", "/rules"): Door.of(Role.ANYBODY)}
_WHOM = {
    Role.OPERATOR: Whom.OPERATOR,
    Role.GRID: Whom.GRID,
    Role.RESEARCHER: Whom.RESEARCHER,
    Role.COMPANY: Whom.SUPPLIER,
}


def router(site: Site) -> APIRouter:
    """The page."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/rules")
    async def rules(request: Request) -> HTMLResponse:
        place = site.state.neighbourhood
        today = site.now().astimezone(place.zone).date()
        whom = _WHOM.get(caller_of(request).role, Whom.RESIDENT)
        network = f"{place.grid_operator}.*"
        return await in_thread(
            lambda: rules_page(site.web, request, today, Scope.COMMUNITY, whom, network=network)
        )

    return pages
