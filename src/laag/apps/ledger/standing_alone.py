"""A sequencer and a witness as processes of their own."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from types import FrameType

import uvicorn
from fastapi import FastAPI

from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.ledger.embedded.publishing import Publisher
from laag.adapters.ledger.evidence import id_of
from laag.adapters.ledger.store import Store
from laag.adapters.ledger.witness.client import Node
from laag.adapters.ledger.witness.witness import Witness
from laag.apps.audit.asking import key_in
from laag.apps.audit.attending import Attends, attending
from laag.apps.ledger.nodes import member_app, sequencer_app, witness_app
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
    if wire.follows is None:
        return _on_a_chain(settings)
    keys, proofs = settings.keys(wire.key), settings.at(wire.proofs)
    audits = _audits(settings, keys)
    with (
        Store(settings.at(wire.store), settings.genesis(wire.genesis)) as store,
        closing(Node(wire.follows)) as follows,
        _door(wire.host, wire.port) as door,
    ):
        watches = Witness(store, wire.member, keys, Wall(), follows, proofs)
        with attending(audits, watches, follows):
            _serve(witness_app(watches, reasons=_reasons(audits)), door, watches.id)
    return 0


def _on_a_chain(settings: Settings) -> int:
    """Beside a member's node: what it decides it shows, and what it has to say of a day goes the same way as all entries."""
    from laag.adapters.ledger.comet.ledger import CometLedger
    from laag.apps.ledger.by_port import ByPort, Noteless

    wire = settings.witness
    audits = _audits(settings, settings.keys(wire.key))
    with (
        CometLedger(str(wire.node), settings.genesis(wire.genesis), settings.at(wire.outbox)) as chain,
        _door(wire.host, wire.port) as door,
        attending(audits, chain, ByPort(chain)),
    ):
        _serve(member_app(Noteless(chain), reasons=_reasons(audits)), door, id_of(chain))
    return 0


def _reasons(audits: Attends | None) -> Path | None:
    return None if audits is None else audits.reasons


def _audits(settings: Settings, keys: Sequence[Key]) -> Attends | None:
    wire = settings.witness
    if (audit := wire.audit) is None:
        return None
    key_file, reasons = settings.at(audit.key_file), settings.at(audit.reasons)
    key_in(key_file)  # what is wrong with it is said now, not tomorrow
    facts = None if audit.facts is None else settings.at(audit.facts)
    return Attends(wire.member, keys, audit.url, key_file, audit.purpose, reasons, facts, audit.look_every_s)


def _serve(app: FastAPI, door: socket.socket, ledger: str) -> None:
    host, port = door.getsockname()[:2]
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    config = uvicorn.Config(
        app, http=Patient, lifespan="off", log_config=None, access_log=False,
        timeout_graceful_shutdown=STOP_WITHIN_S, server_header=False,
    )  # fmt: skip
    log.info("listening", extra={"url": url + ROOT, "ledger": ledger})
    asyncio.run(_Server(config).serve([door]))
    log.info("stopped")


class _Server(uvicorn.Server):
    """Stops when it is told to, and lets whoever started it close what it has open."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Asked once it stops in good order, asked twice at once."""
        del sig, frame
        self.force_exit = self.should_exit
        self.should_exit = True


def _door(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio lets the second part of an answer wait 40 ms for the first.
    door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(256)
    except OSError as taken:
        door.close()
        raise OSError(taken.errno, taken.strerror, f"{host}:{port}") from taken
    return door
