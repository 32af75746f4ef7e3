"""The names under which a server is called: what stands there in a call is anybody's to write."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from urllib.parse import urlsplit

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from laag.foundation.words import Said

_NAME = re.compile(rb"(?:[A-Za-z0-9._-]{1,253}|\[(?P<v6>[0-9A-Fa-f:.]{2,45})\])(?::(?P<port>[0-9]{1,5}))?")
_LAST_PORT = 65_535
NO_NAME = Said(
    "Zo heet geen server; vraag het onder de naam die in de adresbalk staat.",
    "No server is called so; ask under the name that stands in the address.",
)


def is_name(host: bytes) -> bool:
    """Whether a server can be called so, with its port.

    >>> [is_name(one) for one in (b"kade.example:8400", b"[::1]:80", b"192.168.1.4", b"", b"[", b"[::::]", b"a b", b"kade/x")]
    [True, True, True, False, False, False, False, False]
    """
    found = _NAME.fullmatch(host)
    if found is None or int(found["port"] or 0) > _LAST_PORT:
        return False
    try:
        return not found["v6"] or IPv6Address(found["v6"].decode()) is not None
    except ValueError:
        return False


def site_of(origin: str) -> str:
    """The name and port in an origin; empty where it has none.

    >>> site_of("https://kade.example"), site_of("null"), site_of("http://[")
    ('kade.example', '', '')
    """
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


class Named:
    """Answers 400 to a call under a name that no server has: addresses of pages are made of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        if scope["type"] == "http" and not all(
            is_name(value) for name, value in scope["headers"] if name == b"host"
        ):
            answer = JSONResponse({"detail": {"nl": NO_NAME.nl, "en": NO_NAME.en}}, 400)
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)
