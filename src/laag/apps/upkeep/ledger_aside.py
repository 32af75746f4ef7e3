"""The shared record's files beside a log, kept and brought back with it: how it began, its keys, and what is on it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from laag.apps.street.ledger.opening import Files
from laag.foundation.errors import BadInput
from laag.ledger.canonical import EVIDENCE_BYTES, decode
from laag.ledger.genesis import genesis

GENESIS, STORE, OUTBOX = "-ledger.json", "-ledger.sqlite", "-ledger-outbox.sqlite"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was copied."""

    ledger: str
    """Its id."""
    entries: int
    """0 of a chain, whose entries its members keep."""


def named(copy: Path, ending: str) -> Path:
    """A file beside a copy.

    >>> named(Path("street-20261122T031500Z.sqlite"), GENESIS).name
    'street-20261122T031500Z-ledger.json'
    """
    return copy.with_name(copy.stem + ending)


def key_of(copy: Path, number: int) -> Path:
    """The copy of a key; a ledger has two while its key changes."""
    return named(copy, "-ledger.pem" if number == 0 else f"-ledger-{number + 1}.pem")


def entries(files: Files) -> int:
    """How many entries there are now; nothing is written."""
    if not files.store.exists():
        return 0
    with closing(_looked_at(files.store)) as db:
        return int(db.execute("SELECT coalesce(max(place) + 1, 0) FROM entry").fetchone()[0])


def keep(files: Files, copy: Path) -> Kept | None:
    """Copy them while they may be written to; ``None`` where there is no ledger yet."""
    if not files.genesis.exists():
        return None
    _copied(files.genesis, named(copy, GENESIS))
    for number, key in enumerate((*files.keys, *files.metering)):
        _copied(key, key_of(copy, number))
    for path, ending in ((files.store, STORE), (files.outbox, OUTBOX)):
        if path.exists():
            _backed_up(path, named(copy, ending))
    begun = genesis(decode(files.genesis.read_bytes().removesuffix(b"\n"), EVIDENCE_BYTES))
    there = named(copy, STORE)
    if not there.exists():
        return Kept(begun.ledger, 0)
    with closing(_looked_at(there)) as db:
        return Kept(begun.ledger, db.execute("SELECT count(*) FROM entry").fetchone()[0])


def pairs(files: Files, copy: Path) -> list[tuple[Path, Path]]:
    """Each file of a copy, and its place."""
    places = (
        (named(copy, GENESIS), files.genesis),
        *((key_of(copy, number), key) for number, key in enumerate((*files.keys, *files.metering))),
        (named(copy, STORE), files.store),
        (named(copy, OUTBOX), files.outbox),
    )
    return [(kept, place) for kept, place in places if kept.exists()]


def all_of(copy: Path) -> list[Path]:
    """Every file of the record beside a copy."""
    return sorted(copy.parent.glob(f"{copy.stem}-ledger*"))


def bring_back(kept: Path, place: Path) -> None:
    """Put one in its place, readable by nobody else; what lies there and is the same stays."""
    if place.exists():
        if place.read_bytes() == kept.read_bytes():
            return
        raise BadInput(
            f"{place} is there and is not what was copied; move it aside, and put the copy back again"
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    _copied(kept, place)


def _copied(given: Path, to: Path) -> None:
    to.unlink(missing_ok=True)
    with (
        given.open("rb") as source,
        os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
    ):
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())


def _backed_up(path: Path, to: Path) -> None:
    to.unlink(missing_ok=True)
    to.touch(mode=0o600)
    with closing(_looked_at(path)) as ours, closing(sqlite3.connect(to)) as theirs:
        ours.backup(theirs)
        theirs.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it


def _looked_at(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
