"""The words of a member's disputes: on the ledger is their hash, and here anybody can read what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Path as InPath

from laag.apps.access import Door, Doors, Role
from laag.apps.ledger.reading import ROOT, serving
from laag.apps.street.trouble import NOTHING, Trouble
from laag.ledger.lines import digest

MOST_BYTES = 4 * 2**20
Hash = Annotated[str, InPath(pattern="^[0-9a-f]{64}$")]


def telling(folder: Path | None, root: str = ROOT) -> tuple[APIRouter, Doors]:
    """The route below a path, and its door; a member that audits nothing has no words and answers so."""
    router = APIRouter(prefix=root, tags=["ledger"])

    @router.get("/reasons/{reason}")
    def reasons(request: Request, reason: Hash) -> Response:
        """The words with this hash, byte for byte: who reads them computes it again."""
        serving(request)
        words = None if folder is None else kept(folder, reason)
        if words is None:
            raise Trouble(404, NOTHING)
        return Response(words, media_type="application/json")

    return router, {("GET", f"{root}/reasons/{{reason}}"): Door.of(Role.ANYBODY)}


def kept(folder: Path, reason: str) -> bytes | None:
    """The words that were kept under this hash; ``None`` where there are none, or where somebody changed them."""
    try:
        with (folder / f"{reason}.json").open("rb") as file:
            words = file.read(MOST_BYTES)
    except FileNotFoundError:
        return None
    return words if digest(words) == reason else None
