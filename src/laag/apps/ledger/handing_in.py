"""Where members hand in what they signed: entries, a line each. Who they are is in the signature, so anybody may call."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request

from laag.adapters.neighbourhood.wire import Both, Wire
from laag.apps.access import Door, Doors, Role
from laag.apps.ledger.reading import ROOT, Serving
from laag.apps.street.running import address, let_in
from laag.apps.street.trouble import TOO_LARGE, Trouble
from laag.foundation import ports
from laag.foundation.words import Said

MOST_AT_ONCE = 100
"""Entries in one call; who has more calls again."""
_NOTHING = Said(
    "Hier stond niets; geef elke boeking een eigen regel.",
    "There was nothing here; give each entry its own line.",
)


class Receipt(Wire):
    """What became of one entry."""

    became: ports.Became
    key: str
    index: int | None
    final: bool
    """It is on the log and stays there; where it is false, hand it in again."""
    code: str
    why: Both | None


class Receipts(Wire):
    """One for each entry, in their order."""

    receipts: list[Receipt]


def handing_in(root: str = ROOT) -> tuple[APIRouter, Doors]:
    """The route below a path, and its door."""
    router = APIRouter(prefix=root, tags=["ledger"])
    router.add_api_route("/entries", hand_in, methods=["POST"])
    return router, {("POST", f"{root}/entries"): Door.of(Role.ANYBODY)}


async def hand_in(request: Request) -> Receipts:
    """Take signed entries: canonical bytes, a line each."""
    here: Serving = request.app.state.ledger
    ledger: ports.Ledger = here.ledger  # type: ignore[assignment]  # a witness's server has not this route
    entries = (await request.body()).removesuffix(b"\n").split(b"\n")
    if entries == [b""]:
        raise Trouble(422, _NOTHING)
    if len(entries) > MOST_AT_ONCE:
        raise Trouble(413, TOO_LARGE)
    let_in(here.limits.entries, address(request), len(entries))
    receipts = await asyncio.to_thread(ledger.submit_all, entries)
    return Receipts(receipts=[_told(one) for one in receipts])


def _told(one: ports.Receipt) -> Receipt:
    why = None if one.why is None else Both(nl=one.why.nl, en=one.why.en)
    return Receipt(
        became=one.became, key=one.key, index=one.index, final=one.final_on_log, code=one.code, why=why
    )
