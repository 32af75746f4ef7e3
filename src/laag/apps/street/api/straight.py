"""What homes say a thousand times a second goes straight to the keeper: routes and what stands before them take thrice as long.

Only a call as every home makes it goes this way; one that is odd in any way goes the long one, which says the same. The
door is the table's all the same: this way is opened only where the table lets anybody in.
"""

from __future__ import annotations

import logging
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from laag.apps.access import Door, Doors, Role
from laag.apps.access.named import is_name
from laag.apps.street.api.homes import MESSAGES, taken_in
from laag.apps.street.bounded import MOST_BYTES
from laag.apps.street.keeper import Away, Busy
from laag.apps.street.patient import AT_ONCE, AtOnce
from laag.apps.street.running import Running, address
from laag.apps.street.trouble import Trouble, away, busy, said
from laag.apps.web.headers import safe
from laag.apps.web.words import of_status
from laag.foundation.errors import BadInput

log = logging.getLogger("laag.street")
_named = lru_cache(64)(is_name)
_JSON = (b"content-type", b"application/json")
_HEADERS = {scheme: [*safe(scheme), _JSON] for scheme in ("http", "https")}
_ASKS = {b"": False, b"receipts=1": True}
"""What may stand behind the path, and whether receipts are asked for by it."""
_WRITTEN = {
    scheme: b"".join(b"%s: %s\r\n" % header for header in headers) for scheme, headers in _HEADERS.items()
}


class Straight:
    """Answers ``POST /api/v1/messages`` itself, as its route would, and leaves everything else to the application."""

    def __init__(self, app: ASGIApp, running: Running, doors: Doors) -> None:
        self._app, self._running = app, running
        if Role.ANYBODY not in doors.get(("POST", MESSAGES), Door.of()).roles:
            raise BadInput(f"POST {MESSAGES} is not open to anybody; let it be a route with a door")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if (
            scope["type"] != "http"
            or scope["path"] != MESSAGES
            or scope["method"] != "POST"
            or scope["query_string"] not in _ASKS
            or not _plain(scope)
        ):
            await self._app(scope, receive, send)
            return
        body = await _whole(receive)
        if body is None:
            return  # nobody is there to be answered
        try:
            receipts = _ASKS[scope["query_string"]]
            answer = await taken_in(self._running, address(Request(scope)), body, receipts=receipts)
        except Exception as why:  # noqa: BLE001 - whatever it was, who calls is told
            trouble = _trouble(why)
            trouble.raw_headers += safe(scope["scheme"])
            await trouble(scope, receive, send)
            return
        at_once: AtOnce | None = scope.get(AT_ONCE)
        if at_once is not None and at_once(_WRITTEN[scope["scheme"]], answer):
            return
        headers = [*_HEADERS[scope["scheme"]], (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})


def _plain(scope: Scope) -> bool:
    """Whether this is a call as homes make it: by a name, and saying how long it is, which is not too long."""
    length = b""
    for name, value in scope["headers"]:
        if name == b"content-length":
            length = value
        elif name == b"host" and not _named(value):
            return False
    return length.isdigit() and int(length) <= MOST_BYTES


async def _whole(receive: Receive) -> bytes | None:
    """All that is said; ``None`` where they hung up before its end."""
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _trouble(why: Exception) -> Response:
    match why:
        case Trouble():
            return said(why)
        case Away():
            return away()
        case Busy():
            return busy()
        case _:
            log.error("a call failed", exc_info=why)
            return said(Trouble(500, of_status(500, None)[1]))
