"""Whoever sits at the machine on which a home's agent runs is taken for its resident, until there are accounts."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request

from laag.apps.access import Caller, Role
from laag.apps.access.named import site_of

_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


async def on_this_machine(request: Request) -> Caller | None:
    """A call from the machine itself, under its own name: no page of somebody else's makes one unseen."""
    if request.client is None or not _loopback(request.client.host):
        return None
    host = request.headers.get("host", "")
    if urlsplit(f"//{host}").hostname not in _NAMES:
        return None
    origin = request.headers.get("origin")
    if origin is not None and site_of(origin) != host:
        return None
    return Caller(Role.RESIDENT, "resident")


def _loopback(address: str) -> bool:
    """Whether a call comes from the machine itself.

    >>> [_loopback(one) for one in ("127.0.0.1", "::1", "192.168.1.20", "kade")]
    [True, True, False, False]
    """
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
