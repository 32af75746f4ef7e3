"""An append-only event log in one SQLite file.

Every append is one transaction, synced to disk before it returns (WAL, ``synchronous=FULL``): after a ``kill -9`` the
file holds all that was acknowledged and nothing half-written. Each row carries the hash of all rows up to it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from laag.adapters.stores.codec import decode, encode
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event

_SCHEMA = """
CREATE TABLE IF NOT EXISTS event (
    seq     INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    key     TEXT NOT NULL,
    body    BLOB NOT NULL,  -- zlib of the canonical bytes
    digest  TEXT NOT NULL   -- sha256 over the previous digest, kind, key and canonical bytes
) STRICT;
"""
_EMPTY = "0" * 64


class SqliteLog:
    """One writer, any number of readers.

    >>> with SqliteLog(":memory:") as log:
    ...     digest = log.append([Event("hello", "street", {"homes": 2}, {})])
    ...     [e.facts["homes"] for e in log.events()]
    [2]
    """

    def __init__(self, place: Path | str) -> None:
        self._db = sqlite3.connect(place, isolation_level=None)
        try:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(_SCHEMA)
        except sqlite3.DatabaseError as fault:
            self._db.close()
            raise BadInput(
                f"{place} is not an event log of laag ({fault}); give another --out folder, or move the file away"
            ) from fault

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.close()

    def append(self, events: Sequence[Event]) -> str:
        """Write all of these or none; returns the digest of the log so far."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            digest = self.digest()
            for event in events:
                body = encode(event)
                digest = _link(digest, event.kind, event.key, body)
                self._db.execute(
                    "INSERT INTO event (kind, key, body, digest) VALUES (?, ?, ?, ?)",
                    (event.kind, event.key, zlib.compress(body, 6), digest),
                )
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return digest

    def events(self, kind: str | None = None) -> Iterator[Event]:
        """All events, or those of one kind, in the order in which they were written."""
        which, given = ("WHERE kind = ?", (kind,)) if kind else ("", ())
        query = f"SELECT kind, key, body FROM event {which} ORDER BY seq"  # noqa: S608 - no outside text in it
        for name, key, body in self._db.execute(query, given):
            yield decode(name, key, zlib.decompress(body))

    def digest(self) -> str:
        """One hash over every event in order."""
        row = self._db.execute("SELECT digest FROM event ORDER BY seq DESC LIMIT 1").fetchone()
        return row[0] if row else _EMPTY

    def verify(self) -> int:
        """Recompute every hash and return how many events there are; a changed row raises ``BadInput``."""
        digest, count = _EMPTY, 0
        for seq, kind, key, body, stored in self._db.execute(
            "SELECT seq, kind, key, body, digest FROM event ORDER BY seq"
        ):
            try:
                digest = _link(digest, kind, key, zlib.decompress(body))
            except zlib.error:
                digest = ""
            if digest != stored:
                raise BadInput(
                    f"event {seq} ({kind} {key}) was changed after it was written; restore a backup"
                )
            count += 1
        return count


def _link(previous: str, kind: str, key: str, body: bytes) -> str:
    parts = (previous.encode(), kind.encode(), key.encode(), body)
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
