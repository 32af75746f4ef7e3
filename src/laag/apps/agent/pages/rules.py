"""The rules in force for this home."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from laag.apps.agent.pages.here import here
from laag.apps.web.rules import rules_page
from laag.settlement.rules import Scope, Whom

router = APIRouter(include_in_schema=False)


@router.get("/rules")
async def page(request: Request) -> HTMLResponse:
    """By the home's own clock."""
    home = here(request)
    return await run_in_threadpool(rules_page, home.web, request, home.today, Scope.HOME, Whom.RESIDENT)
