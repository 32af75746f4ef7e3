"""An append-only event log in one SQLite file.

Every append is one transaction, synced to disk before it returns (WAL, ``synchronous=FULL``): after a ``kill -9`` the
file holds all that was acknowledged and nothing half-written. Each row carries the hash of all rows up to it.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from laag.adapters.stores.chain import EMPTY, chained, link
from laag.adapters.stores.codec import decode
from laag.adapters.transaction import transaction
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event

# Step n leads from version n to n + 1, an empty file being version 0; a step once released is never changed.
# A log that says no version is version 1: the first ones did not.
_STEPS = (
    """
CREATE TABLE IF NOT EXISTS event (
    seq     INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    key     TEXT NOT NULL,
    body    BLOB NOT NULL,  -- zlib of the canonical bytes
    digest  TEXT NOT NULL   -- sha256 over the previous digest, kind, key and canonical bytes
) STRICT
""",
)
_HEAD = "SELECT digest FROM event WHERE seq <= ? ORDER BY seq DESC LIMIT 1"
_ALL = 2**62
_LOG = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'event'"
_FOREIGN = "SELECT 'it holds ' || group_concat(name, ', ') FROM sqlite_schema WHERE type = 'table' AND name <> 'event'"
_DAMAGE = (sqlite3.Error, UnicodeDecodeError, zlib.error)


class SqliteLog:
    """One writer, any number of readers.

    >>> with SqliteLog(":memory:") as log:
    ...     digest = log.append([Event("hello", "street", {"homes": 2}, {})])
    ...     [e.facts["homes"] for e in log.events()]
    [2]
    """

    def __init__(self, place: Path | str) -> None:
        self._place = place
        try:
            if str(place) != ":memory:" and not Path(place).exists():
                Path(place).touch(mode=0o600)  # quarter-hours of homes are for nobody else on this machine
            self._db = sqlite3.connect(place, isolation_level=None)
        except (OSError, sqlite3.OperationalError) as fault:
            raise BadInput(
                f"{place} cannot be opened ({fault}); give another --out folder, or move what is there away"
            ) from fault
        try:
            self._begin()
            self._seen = self.digest()
        except BaseException:
            self._db.close()
            raise

    def _begin(self) -> None:
        try:
            version = self._version()
            if version > len(_STEPS):
                raise BadInput(
                    f"{self._place} was written by a newer laag (its tables are version {version}, this laag knows "
                    f"{len(_STEPS)}); update laag, or give another --out folder"
                )
            foreign = self._db.execute(_FOREIGN).fetchone()[0]
            if not foreign:
                self._db.execute("PRAGMA journal_mode=WAL")
                self._db.execute("PRAGMA synchronous=FULL")
                self._upgrade()
        except _DAMAGE as fault:
            foreign = str(fault)
        if foreign:
            raise BadInput(
                f"{self._place} is not an event log of laag ({foreign}); give another --out folder, or move the file away"
            )

    def _version(self) -> int:
        if not self._db.execute(_LOG).fetchone()[0]:
            return 0
        return int(self._db.execute("PRAGMA user_version").fetchone()[0]) or 1

    def _upgrade(self) -> None:
        if self._version() == len(_STEPS):
            return
        with transaction(self._db):
            for step in _STEPS[self._version() :]:
                self._db.execute(step)
            self._db.execute(f"PRAGMA user_version = {len(_STEPS)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except BadInput:
            if fault is None:
                raise  # else what went wrong first is what is told

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        try:
            with self._whole():
                self._fold()
        finally:
            self._db.close()

    def _fold(self) -> None:
        try:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as fault:
            # Somebody stopped half-way through reading: nothing is lost, and whoever opens the log next folds it.
            if fault.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_BUSY}:
                raise

    def append(self, events: Sequence[Event]) -> str:
        """Write all of these or none; returns the digest of the log so far."""
        with self._whole(), transaction(self._db):
            digest = self._append(events)
        self._seen = digest
        return digest

    def _append(self, events: Sequence[Event]) -> str:
        digest = self.digest()
        if digest != self._seen:
            raise BadInput(
                f"something else writes to {self._place} as well; let one run end before another goes on"
            )
        for kind, key, body, digest in chained(digest, events):  # noqa: B020 - the digest goes on along the chain
            self._db.execute(
                "INSERT INTO event (kind, key, body, digest) VALUES (?, ?, ?, ?)",
                (kind, key, zlib.compress(body, 6), digest),
            )
        return digest

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as fault:
            raise BadInput(
                f"{self._place} cannot be read or written to its end ({fault}); make room or restore a copy and go on "
                "with --resume, or start again with --fresh"
            ) from fault

    def events(self, kind: str | None = None, *, after: int = 0) -> Iterator[Event]:
        """All events, or those of one kind, or behind so many, in the order in which they were written."""
        which, given = ("AND kind = ?", (after, kind)) if kind else ("", (after,))
        query = f"SELECT kind, key, body FROM event WHERE seq > ? {which} ORDER BY seq"  # noqa: S608 - no outside text in it
        with self._whole():
            for name, key, body in self._db.execute(query, given):
                yield decode(name, key, zlib.decompress(body))

    def digest(self, upto: int | None = None) -> str:
        """One hash over every event in order, or over so many."""
        with self._whole():
            row = self._db.execute(_HEAD, (_ALL if upto is None else upto,)).fetchone()
        return row[0] if row else EMPTY

    def verify(self) -> int:
        """Recompute every hash and return how many events there are; a changed row raises ``BadInput``."""
        digest, count = EMPTY, 0
        with self._whole():
            for seq, kind, key, body, stored in self._db.execute(
                "SELECT seq, kind, key, body, digest FROM event ORDER BY seq"
            ):
                try:
                    digest = link(digest, kind, key, zlib.decompress(body))
                except zlib.error:
                    digest = ""
                if digest != stored:
                    raise BadInput(
                        f"event {seq} ({kind} {key}) of {self._place} was changed after it was written; "
                        "restore a copy, or start again with --fresh"
                    )
                count += 1
        return count
