"""Entries that were handed in and are not on the log yet: what a node accepted, it may lose; what is here, is handed in again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from laag.adapters.transaction import transaction
from laag.foundation.errors import BadInput

_TABLES = (
    """CREATE TABLE IF NOT EXISTS waiting (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, data BLOB NOT NULL UNIQUE) STRICT""",
    """CREATE TABLE IF NOT EXISTS refused (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, data BLOB NOT NULL, code TEXT NOT NULL, why TEXT NOT NULL) STRICT""",
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry on its way, numbered in the order in which it was handed in."""

    number: int
    key: str
    data: bytes


class Outbox:
    """One SQLite file; any thread may use it, and what ``put`` has returned from survives a ``kill -9``.

    >>> box = Outbox(":memory:")
    >>> box.put([("book/a", b"entry")])
    >>> [one.key for one in box.waiting()], box.done([b"entry"]), len(box)
    (['book/a'], None, 0)
    """

    def __init__(self, place: Path | str) -> None:
        self.place = place
        self._turn = Lock()
        try:
            if str(place) != ":memory:":
                Path(place).touch(mode=0o600)
            self._db = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            for table in _TABLES:
                self._db.execute(table)
        except (OSError, sqlite3.Error) as fault:
            raise BadInput(
                f"{place} cannot be an outbox of the ledger ({fault}); give another path"
            ) from fault

    def close(self) -> None:
        """Let go of the file."""
        with self._turn, suppress(sqlite3.Error):
            self._db.close()

    def put(self, entries: Sequence[tuple[str, bytes]]) -> None:
        """Keep entries with their keys, in this order; one that waits already keeps its place."""
        with self._whole():
            self._db.executemany("INSERT OR IGNORE INTO waiting (key, data) VALUES (?, ?)", entries)

    def waiting(self, most: int = 1_000) -> list[Waiting]:
        """The first that are on their way."""
        with self._whole():
            rows = self._db.execute("SELECT number, key, data FROM waiting ORDER BY number LIMIT ?", (most,))
            return [Waiting(*row) for row in rows]

    def done(self, entries: Iterable[bytes]) -> None:
        """These are on the log, or will never be."""
        with self._whole():
            self._db.executemany("DELETE FROM waiting WHERE data = ?", [(data,) for data in entries])

    def refused(self, one: Waiting, code: str, why: str) -> None:
        """This was accepted once and will not be taken any more; it is kept to be looked at."""
        with self._whole():
            self._db.execute("DELETE FROM waiting WHERE number = ?", (one.number,))
            self._db.execute(
                "INSERT INTO refused (key, data, code, why) VALUES (?, ?, ?, ?)",
                (one.key, one.data, code, why),
            )

    def refusals(self) -> list[tuple[str, str, str]]:
        """Key, code and reason of what was accepted once and never taken."""
        with self._whole():
            return list(self._db.execute("SELECT key, code, why FROM refused ORDER BY number"))

    def __len__(self) -> int:
        with self._whole():
            return int(self._db.execute("SELECT count(*) FROM waiting").fetchone()[0])

    @contextmanager
    def _whole(self) -> Iterator[None]:
        with self._turn:
            try:
                with transaction(self._db):
                    yield
            except sqlite3.Error as fault:
                raise BadInput(
                    f"{self.place} cannot be written to ({fault}); make room, nothing that was final is lost"
                ) from fault
