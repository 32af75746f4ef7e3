"""The style and the scripts: few, our own, and named with their content, so that a browser may keep them for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from fastapi import HTTPException
from starlette.responses import Response

KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
PATH = "/static/{name}"
_FOR_EVER = "public, max-age=31536000, immutable"


@cache
def contents() -> Mapping[str, bytes]:
    """Every file by its name; the style begins with the colours that a report has as well."""
    folder = files("laag.apps.web").joinpath("static")
    found = {one.name: one.read_bytes() for one in folder.iterdir()}
    palette = files("laag.foundation").joinpath("palette.css").read_bytes()
    return MappingProxyType({**found, "style.css": palette + found["style.css"]})


@cache
def address(name: str) -> str:
    """Where a file is, with what it holds in its address.

    >>> address("style.css").startswith("/static/style.css?v=")
    True
    """
    return f"/static/{name}?v={hashlib.sha256(contents()[name]).hexdigest()[:12]}"


async def static(name: str) -> Response:
    """One of them."""
    if name not in contents():
        raise HTTPException(404)
    kind = KINDS[name.rpartition(".")[2]]
    return Response(contents()[name], media_type=kind, headers={"cache-control": _FOR_EVER})
