"""What homes say a thousand times a second goes straight to the keeper: finding a route and its guests takes three times as long.

The door is the table's all the same: this way is opened only where the table lets anybody in.
"""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from laag.apps.access import Door, Doors, Role
from laag.apps.street.api.homes import MESSAGES, taken_in
from laag.apps.street.keeper import Away, Busy
from laag.apps.street.running import Running
from laag.apps.street.trouble import Trouble, away, busy, said
from laag.foundation.errors import BadInput


class Straight:
    """Answers ``POST /api/v1/messages`` itself, as its route would, and leaves everything else to the routes."""

    def __init__(self, app: ASGIApp, running: Running, doors: Doors) -> None:
        self._app, self._running = app, running
        if Role.ANYBODY not in doors.get(("POST", MESSAGES), Door.of()).roles:
            raise BadInput(f"POST {MESSAGES} is not open to anybody; let it be a route with a door")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http" or scope["path"] != MESSAGES or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        try:
            answer = await taken_in(self._running, Request(scope, receive))
        except Trouble as why:
            answer = said(why)
        except ClientDisconnect:
            return  # nobody is there to be answered
        except Away:
            answer = away()
        except Busy:
            answer = busy()
        await answer(scope, receive, send)
