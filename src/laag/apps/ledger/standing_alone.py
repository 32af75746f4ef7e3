"""A sequencer and a witness as processes of their own."""

from __future__ import annotations

import asyncio
import logging
import socket

import uvicorn
from fastapi import FastAPI

from laag.adapters.clocks import Wall
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.ledger.embedded.publishing import Publisher
from laag.adapters.ledger.store import Store
from laag.adapters.ledger.witness.client import Node
from laag.adapters.ledger.witness.witness import Witness
from laag.apps.ledger.nodes import sequencer_app, witness_app
from laag.apps.ledger.reading import ROOT
from laag.apps.ledger.settings import Settings
from laag.apps.street.logs import to_stderr
from laag.apps.street.patient import Patient

log = logging.getLogger("laag.ledger")
STOP_WITHIN_S = 10


def sequencer(settings: Settings) -> int:
    """Put entries in order until SIGTERM or Ctrl-C."""
    to_stderr()
    wire = settings.sequencer
    nodes = {who: Node(url) for who, url in wire.witnesses.items()}
    place, keys = settings.at(wire.store), settings.keys(wire.key)
    with (
        EmbeddedLedger(place, keys, settings.genesis(wire.genesis)) as ledger,
        _door(wire.host, wire.port) as door,
        Publisher(ledger, nodes, Wall()),
    ):
        _serve(sequencer_app(ledger), door, ledger.id)
    return 0


def witness(settings: Settings) -> int:
    """Watch until SIGTERM or Ctrl-C."""
    to_stderr()
    wire = settings.witness
    with (
        Store(settings.at(wire.store), settings.genesis(wire.genesis)) as store,
        _door(wire.host, wire.port) as door,
    ):
        watches = Witness(
            store, wire.member, settings.keys(wire.key), Wall(), Node(wire.follows), settings.at(wire.proofs)
        )
        _serve(witness_app(watches), door, watches.id)
    return 0


def _serve(app: FastAPI, door: socket.socket, ledger: str) -> None:
    host, port = door.getsockname()[:2]
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    config = uvicorn.Config(
        app, http=Patient, lifespan="off", log_config=None, access_log=False,
        timeout_graceful_shutdown=STOP_WITHIN_S, server_header=False,
    )  # fmt: skip
    log.info("listening", extra={"url": url + ROOT, "ledger": ledger})
    asyncio.run(uvicorn.Server(config).serve([door]))
    log.info("stopped")


def _door(host: str, port: int) -> socket.socket:
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(256)
    except OSError as taken:
        door.close()
        raise OSError(taken.errno, taken.strerror, f"{host}:{port}") from taken
    return door
