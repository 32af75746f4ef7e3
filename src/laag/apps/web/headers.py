"""Headers of everything that is answered: nothing from elsewhere is loaded, framed or guessed at."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
ALWAYS = {
    "content-security-policy": "; ".join(_POLICY),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
OVER_TLS = {"strict-transport-security": "max-age=31536000"}


def safe(scheme: str) -> list[tuple[bytes, bytes]]:
    """They as they are sent, for an answer that goes by no application; it is kept nowhere.

    >>> len(safe("https")) - len(safe("http")), safe("http")[-1]
    (1, (b'cache-control', b'no-store'))
    """
    every = {**ALWAYS, **(OVER_TLS if scheme == "https" else {}), "cache-control": "no-store"}
    return [(name.encode(), value.encode()) for name, value in every.items()]


class SafeHeaders:
    """Puts them on every answer, errors included; what nobody said may be kept is kept nowhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app inside does."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        extra = {**ALWAYS, **(OVER_TLS if scope["scheme"] == "https" else {})}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in extra.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, sent)
