"""One SQLite file for one ledger: its tables, who may write to it, and what is said where it cannot be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

from laag.adapters.ledger.store.lock import Lock
from laag.foundation.errors import BadInput

# Step n leads from version n to n + 1, an empty file being version 0; a step once released is never changed.
_STEPS = (
    (
        "CREATE TABLE genesis (one INTEGER PRIMARY KEY CHECK (one = 1), data BLOB NOT NULL) STRICT",
        "CREATE TABLE entry (place INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT",
        "CREATE TABLE written (key TEXT PRIMARY KEY, place INTEGER NOT NULL) STRICT, WITHOUT ROWID",
        """CREATE TABLE node (level INTEGER, place INTEGER, hash BLOB NOT NULL, PRIMARY KEY (level, place))
        STRICT, WITHOUT ROWID""",
        "CREATE TABLE head (size INTEGER PRIMARY KEY, root BLOB NOT NULL, note TEXT NOT NULL) STRICT",
        """CREATE TABLE cosigned (size INTEGER, member TEXT, line TEXT NOT NULL, PRIMARY KEY (size, member))
        STRICT, WITHOUT ROWID""",
    ),
)
_OTHERS = """SELECT 'it holds ' || group_concat(name, ', ') FROM sqlite_schema
WHERE type = 'table' AND name NOT IN ('genesis', 'entry', 'written', 'node', 'head', 'cosigned')"""


class File:
    """Any thread may use it, one at a time; only one process has it."""

    def __init__(self, place: Path | str, genesis: bytes | None = None) -> None:
        self.place = place
        self._turn = RLock()
        self._lock = None if str(place) == ":memory:" else _locked(Path(place), genesis)
        try:
            with self._whole():
                self._db = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
                self._begin()
                self.genesis = self._genesis(genesis)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._turn:
            with suppress(AttributeError):  # one that could not be opened
                self._db.close()
            if self._lock is not None:
                self._lock.close()
                self._lock = None

    def _begin(self) -> None:
        if foreign := self._db.execute(_OTHERS).fetchone()[0]:
            raise BadInput(
                f"{self.place} is no ledger of laag ({foreign}); give another path, or move the file away"
            )
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if version > len(_STEPS):
            raise BadInput(
                f"{self.place} was written by a newer laag (its tables are version {version}, this laag knows "
                f"{len(_STEPS)}); update laag"
            )
        if version < len(_STEPS):
            with self.transaction():
                for table in (table for step in _STEPS[version:] for table in step):
                    self._db.execute(table)
                self._db.execute(f"PRAGMA user_version = {len(_STEPS)}")

    def _genesis(self, given: bytes | None) -> bytes:
        row = self._db.execute("SELECT data FROM genesis").fetchone()
        if row is None:
            if given is None:
                raise BadInput(f"{self.place} holds no ledger yet; begin it with a genesis")
            self._db.execute("INSERT INTO genesis VALUES (1, ?)", (given,))
            return given
        if given is not None and given != row[0]:
            raise BadInput(
                f"{self.place} holds a ledger that began otherwise; give its own genesis, or another path"
            )
        return bytes(row[0])

    @contextmanager
    def _whole(self) -> Iterator[None]:
        with self._turn:
            try:
                yield
            except sqlite3.Error as fault:
                raise BadInput(
                    f"{self.place} cannot be read or written to its end ({fault}); make room, or fetch the ledger from "
                    "its witnesses with: laag ledger recover"
                ) from fault

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written meanwhile or nothing of it, on disk when it returns."""
        with self._whole():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _locked(path: Path, genesis: bytes | None) -> Lock:
    if genesis is None and not path.exists():
        raise BadInput(f"there is no ledger at {path}; give the path of one, or begin it with a genesis")
    lock = Lock(path)
    try:
        path.touch(mode=0o600)
    except OSError as fault:
        lock.close()
        raise BadInput(f"{path} cannot be opened ({fault.strerror}); see to its rights") from fault
    return lock
