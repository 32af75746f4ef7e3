"""The accounts and codes beside a log in a file, kept and brought back with it; those in PostgreSQL are the database's to dump."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from laag.adapters.stores.places import scheme
from laag.adapters.stores.records import beside
from laag.adapters.stores.tables import file_of
from laag.apps.upkeep.in_place import put_in_place
from laag.apps.upkeep.note import Note


def records_file(store: str) -> Path | None:
    """Where they are; ``None`` where they are in no file, or not there yet."""
    if scheme(store) in {"postgresql", "postgres"}:
        return None
    path = Path(beside(file_of(store)))
    return path if path.exists() else None


def keep(store: str, copy: Path) -> int | None:
    """Copy them while they may be written to, and return the version of their tables."""
    path = records_file(store)
    if path is None:
        return None
    copy.touch(mode=0o600)
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as ours,
        closing(sqlite3.connect(copy)) as theirs,
    ):
        ours.backup(theirs)
        theirs.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        return int(theirs.execute("PRAGMA user_version").fetchone()[0])


def bring_back(note: Note, copy: Path, store: str, now: datetime) -> bool:
    """Put the copy in their place, only where their tables were changed: else they are newer, and as readable."""
    path = records_file(store)
    if path is None or note.records_tables is None or _tables(path) == note.records_tables:
        return False
    put_in_place(copy, path, now)
    return True


def _tables(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])
