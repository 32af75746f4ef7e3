"""A witness over HTTP: it is asked to cosign, and shows what it saw to whoever compares."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from laag.adapters.ledger.witness.wire import MOST_BYTES
from laag.adapters.ledger.witness.witness import Witness
from laag.apps.access import Door, Doors, Role
from laag.apps.ledger.reading import ROOT
from laag.apps.street.running import address, let_in
from laag.apps.street.trouble import TOO_LARGE, Trouble


def witnessing(root: str = ROOT) -> tuple[APIRouter, Doors]:
    """The route below a path, and its door: the signature on the checkpoint says who asks."""
    router = APIRouter(prefix=root, tags=["ledger"])
    router.add_api_route("/add-checkpoint", add_checkpoint, methods=["POST"])
    return router, {("POST", f"{root}/add-checkpoint"): Door.of(Role.ANYBODY)}


async def add_checkpoint(request: Request) -> Response:
    """Cosign a checkpoint, as C2SP's tlog-witness says."""
    here = request.app.state.ledger
    witness = here.ledger
    assert isinstance(witness, Witness)
    let_in(here.limits.checkpoints, address(request))
    body = await request.body()
    if len(body) > MOST_BYTES:
        raise Trouble(413, TOO_LARGE)
    answer = await asyncio.to_thread(witness.add_checkpoint, body)
    return Response(answer.body, answer.status, {"Content-Type": answer.kind})
