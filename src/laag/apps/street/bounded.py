"""No call fills the memory: a body that is too large is refused while it comes in, whatever route it is for."""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from laag.apps.street.trouble import too_large

MOST_BYTES = 4 * 2**20


class Bounded:
    """Answers 413 instead of the routes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and count what is read."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        if told.isdigit() and int(told) > MOST_BYTES:
            await too_large()(scope, receive, send)
            return
        read, answered = 0, False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            # Whoever reads sees that nobody is there any more, and what it answers goes nowhere.
            return message if read <= MOST_BYTES else {"type": "http.disconnect"}

        async def sent(message: Message) -> None:
            nonlocal answered
            if read <= MOST_BYTES:
                await send(message)
            elif not answered:
                answered = True
                await too_large()(scope, receive, send)

        try:
            await self._app(scope, counted, sent)
        except ClientDisconnect:
            if read <= MOST_BYTES:
                raise
        if read > MOST_BYTES and not answered:
            await too_large()(scope, receive, send)
