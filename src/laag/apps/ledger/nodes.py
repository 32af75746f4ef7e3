"""The small servers that a ledger needs where no neighbourhood's server carries it: its sequencer's, and a witness's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import JSONResponse

from laag import __version__
from laag.adapters.ledger.comet.rpc import Away
from laag.adapters.ledger.embedded import Halted
from laag.adapters.ledger.witness.witness import Witness
from laag.apps.access import Doors, guard, undeclared
from laag.apps.ledger.handing_in import handing_in
from laag.apps.ledger.reading import ROOT, Limits, Notes, Serving, reading
from laag.apps.ledger.reasons import telling
from laag.apps.ledger.witnessing import witnessing
from laag.apps.street.bounded import Bounded
from laag.apps.street.trouble import Trouble, answers_in_sentences, said
from laag.foundation.words import Said

AWAY = Said(
    "Het gezamenlijke boek antwoordt nu niet. Probeer het zo weer; er is niets verloren.",
    "The shared record does not answer now. Try again in a moment; nothing is lost.",
)


def sequencer_app(ledger: Notes, limits: Limits | None = None) -> FastAPI:
    """Reads a ledger to anybody, and takes what members hand in."""
    return _app("ledger", ledger, limits, (reading(ROOT), handing_in(ROOT)))


def witness_app(witness: Witness, limits: Limits | None = None, reasons: Path | None = None) -> FastAPI:
    """Reads a witness's copy to anybody, cosigns, and tells why it disputes."""
    return _app("witness", witness, limits, (reading(ROOT), witnessing(ROOT), telling(reasons, ROOT)))


def member_app(ledger: Notes, limits: Limits | None = None, reasons: Path | None = None) -> FastAPI:
    """Of a member of a chain: reads what its node has to anybody, and tells why it disputes."""
    return _app("member", ledger, limits, (reading(ROOT), telling(reasons, ROOT)))


def _app(
    title: str, ledger: Notes | Witness, limits: Limits | None, parts: Iterable[tuple[APIRouter, Doors]]
) -> FastAPI:
    routers, doors = zip(*parts, strict=True)
    table = {at: door for one in doors for at, door in one.items()}
    app = FastAPI(
        title=title,
        version=__version__,
        dependencies=[Depends(guard(table, ()))],
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.ledger = Serving(ledger, limits or Limits())
    answers_in_sentences(app)
    halts_in_sentences(app)
    for router in routers:
        app.include_router(router)
    undeclared(app, table)
    app.add_middleware(Bounded)
    return app


def halts_in_sentences(app: FastAPI) -> None:
    """Say why a ledger takes nothing; whoever hands in an entry keeps it until then."""

    @app.exception_handler(Halted)
    async def halted(_: Request, why: Exception) -> JSONResponse:
        assert isinstance(why, Halted)
        return said(Trouble(503, why.why, retry_s=60))

    @app.exception_handler(Away)
    async def away(_: Request, __: Exception) -> JSONResponse:
        return said(Trouble(503, AWAY, retry_s=5))
