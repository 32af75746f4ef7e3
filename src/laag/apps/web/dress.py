"""What turns a server into one with pages: its files, its headers, and pages for what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Request
from fastapi.exception_handlers import http_exception_handler
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from laag.apps.access import Closed, Door, Doors, Role
from laag.apps.web import files, words
from laag.apps.web.headers import ALWAYS, SafeHeaders
from laag.apps.web.kit import ASKED_AT, Web
from laag.foundation.words import Said


def static_pages() -> tuple[APIRouter, Doors]:
    """The files that every page uses."""
    router = APIRouter()
    router.add_api_route(files.PATH, files.static, include_in_schema=False)
    return router, {("GET", files.PATH): Door.of(Role.ANYBODY)}


def dress(app: FastAPI, web: Web) -> None:
    """Answer everybody with safe headers, and people with pages where something goes wrong."""
    app.add_middleware(SafeHeaders)
    app.add_middleware(Numbered, happened=web.happened)

    async def told(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        if not for_people(request):
            return await http_exception_handler(request, fault)
        return fault_page(web, request, fault)

    async def crashed(request: Request, _: Exception) -> Response:
        # Answered outside of all middleware, so it brings its headers itself; the fault goes on to the log.
        answer: Response
        if for_people(request):
            answer = web.message(request, *words.of_status(500, None), status=500)
        else:
            said = words.of_status(500, None)[1]
            answer = JSONResponse({"detail": {"nl": said.nl, "en": said.en}}, 500)
        answer.headers.update(ALWAYS)
        return answer

    app.add_exception_handler(HTTPException, told)
    app.add_exception_handler(Exception, crashed)


class Numbered:
    """Notes what had happened when a page was asked for: what it shows is not older than that."""

    def __init__(self, app: ASGIApp, happened: Callable[[], str]) -> None:
        self._app, self._happened = app, happened

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app inside does."""
        if scope["type"] == "http":
            scope.setdefault("state", {})[ASKED_AT] = self._happened()
        await self._app(scope, receive, send)


def for_people(request: Request) -> bool:
    """Whether somebody reads the answer in a browser."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")


def fault_page(web: Web, request: Request, fault: HTTPException) -> Response:
    """Sign in first, say what for, or read what went wrong."""
    if fault.status_code == 401 and request.method == "GET":
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(here, safe='')}", 303)
    if isinstance(fault, Closed) and fault.purposes and request.method == "GET":
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "purpose"]
        return web.page(
            request, "web/purpose.html", status=403, why=fault.why, purposes=sorted(fault.purposes), kept=kept
        )
    return web.message(request, *words.of_status(fault.status_code, _why(fault)), status=fault.status_code)


def _why(fault: HTTPException) -> Said | None:
    if isinstance(fault, Closed):
        return fault.why
    match fault.detail:
        case {"nl": str(nl), "en": str(en)}:
            return Said(nl, en)
        case _:
            return None
