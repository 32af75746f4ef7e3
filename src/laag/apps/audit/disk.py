"""A day from a street's own files: its log, the records beside it, and its ledger; the server may run meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from laag.adapters.ledger.store import Store
from laag.adapters.ledger.store.copy import Copy
from laag.adapters.ledger.store.log import Log
from laag.adapters.stores import open_log, open_records
from laag.apps.audit.bundle import Again, Bundle, bundle
from laag.apps.audit.record import Reads
from laag.apps.ledger.settings import genesis_in
from laag.apps.street.config import Config
from laag.foundation.errors import BadInput


@contextmanager
def on_disk(config: Config, day: date) -> Iterator[tuple[Bundle, str]]:
    """The day, and the id of the ledger that the street says is its own."""
    _there(config.store)
    with (
        open_log(config.store) as log,
        open_records(config.store) as records,
        _ledger(config) as ledger,
    ):
        found = bundle(Again(log.events), day, records, ledger)
        yield found, found.record.genesis.ledger


@contextmanager
def _ledger(config: Config) -> Iterator[Reads]:
    files = config.ledger_files
    with TemporaryDirectory(prefix="laag-audit-") as folder:
        if config.ledger.driver == "comet":
            from laag.adapters.ledger.comet.ledger import CometLedger

            begun = genesis_in(files.genesis)
            with CometLedger(config.ledger.node, begun, Path(folder) / "outbox.sqlite") as chain:
                yield chain
            return
        with snapshot(files.store, Path(folder)) as copy:
            yield copy


@contextmanager
def snapshot(place: Path, folder: Path) -> Iterator[Copy]:
    """A ledger's file as it is now, copied: whoever writes to it goes on."""
    if not place.exists():
        raise BadInput(f"there is no ledger at {place}; let the server make it, or give --url")
    target = folder / "ledger.sqlite"
    try:
        with (
            closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except sqlite3.Error as fault:
        raise BadInput(f"the ledger at {place} cannot be read ({fault}); look at its rights") from fault
    with Store(target) as store:
        yield Copy(store, Log(store))


def _there(store: str) -> None:
    path = store.removeprefix("sqlite:///")
    if "://" not in path and not Path(path).exists():
        raise BadInput(f"there is no log at {path}; give the configuration of a street that has lived")
