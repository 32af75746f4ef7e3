"""A member's node: its CometBFT and our application beside it, started and stopped as one."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from pathlib import Path

from laag.adapters.ledger.comet.app import Application, Upkeep
from laag.adapters.ledger.comet.process import Halted, kept_running
from laag.adapters.ledger.comet.record import Record
from laag.adapters.ledger.comet.serving import serve
from laag.adapters.ledger.comet.settings import SOCKET
from laag.apps.ledger.folder import Folder
from laag.foundation.errors import BadInput
from laag.ledger.refused import NeedsUpgrade

log = logging.getLogger("laag.ledger")


def run(folder: Folder) -> int:
    """Until SIGTERM or Ctrl-C; 1 where it stands still for a reason that starting again does not take away."""
    wire = folder.wire()
    if folder.halted.exists():
        raise BadInput(
            f"this node stood still: {folder.halted.read_text('utf-8').strip()}; once that is done, remove {folder.halted}"
        )
    folder.prepare()
    record = _record(folder)
    try:
        app = Application(record, Upkeep(wire.keep_blocks, wire.snapshot_every), folder.peers)
        os.chdir(folder.path)  # the socket's path is relative: an absolute one may be too long for the system
        asyncio.run(_run(folder, app, wire.cometbft))
    except (Halted, NeedsUpgrade) as halted:
        folder.halt(str(halted))
        log.critical("%s", halted)
        return 1
    finally:
        record.close()
    return 0


def _record(folder: Folder) -> Record:
    try:
        return Record(folder.record, folder.genesis_data())
    except BadInput as odd:
        raise BadInput(
            f"{odd}; on a chain the other members have it all: laag ledger refetch {folder.path}"
        ) from odd


def refetch(folder: Folder) -> int:
    """Forget what this node has of the ledger, so that it fetches everything again; never what it has signed."""
    gone = folder.path / f"before-{folder.forgets()}"
    gone.mkdir(mode=0o700)
    for path in folder.fetched():
        path.rename(gone / path.name)
    folder.halted.unlink(missing_ok=True)
    print(
        f"what the node had is in {gone}, to be looked at or removed; go on with: laag ledger node {folder.path}"
    )
    return 0


async def _run(folder: Folder, app: Application, binary: str) -> None:
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    stand = app.record.stand
    log.info(
        "the ledger %s stands at block %d with %d entries",
        app.record.genesis.ledger[:12],
        stand.height,
        stand.size,
    )
    server = await serve(Path(SOCKET), app)
    try:
        await kept_running(binary, folder.path, folder.comet, lambda: _go_on(app), stopping)
    finally:
        server.close()


def _go_on(app: Application) -> None:
    """Where the program is too old for the ledger, starting CometBFT again does not help."""
    if app.needs is not None:
        raise app.needs
