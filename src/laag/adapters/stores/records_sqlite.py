"""Records in one SQLite file: synced before an answer, and overwritten when they are deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

from laag.adapters.stores.records_body import read, written
from laag.adapters.transaction import transaction
from laag.foundation.errors import BadInput

# Step n leads from version n to n + 1, an empty file being version 0; a step once released is never changed.
_STEPS = (
    """
CREATE TABLE record (
    kind    TEXT NOT NULL,
    key     TEXT NOT NULL,
    body    TEXT NOT NULL,  -- JSON, sorted, without spaces
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID
""",
)
_OTHERS = "SELECT 'it holds ' || group_concat(name, ', ') FROM sqlite_schema WHERE type = 'table' AND name <> 'record'"
_PUT = "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body"
_GET = "SELECT body FROM record WHERE kind = ? AND key = ?"
_DELETE = "DELETE FROM record WHERE kind = ? AND key = ?"
_LIST = "SELECT key, body FROM record WHERE kind = ? ORDER BY key"


class SqliteRecords:
    """May be used from any thread, one at a time."""

    def __init__(self, place: Path | str) -> None:
        self._place = place
        self._lock = RLock()
        try:
            if str(place) != ":memory:":
                Path(place).touch(mode=0o600)
            self._db = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.Error) as fault:
            raise BadInput(f"{place} cannot be opened ({fault}); see to the rights of its folder") from fault
        try:
            with self._whole():
                self._begin()
        except BaseException:
            self._db.close()
            raise

    def _begin(self) -> None:
        foreign = self._db.execute(_OTHERS).fetchone()[0]
        if foreign:
            raise BadInput(f"{self._place} is no store of records of laag ({foreign}); move the file away")
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA secure_delete=ON")
        self._db.execute("PRAGMA busy_timeout=5000")
        with transaction(self._db):
            version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
            if version > len(_STEPS):
                raise BadInput(
                    f"{self._place} was written by a newer laag (its tables are version {version}, this laag knows "
                    f"{len(_STEPS)}); update laag"
                )
            for step in _STEPS[version:]:
                self._db.execute(step)
            self._db.execute(f"PRAGMA user_version = {len(_STEPS)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.Error as fault:
                raise BadInput(
                    f"{self._place} cannot be read or written ({fault}); make room, or restore a copy"
                ) from fault

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        """A record's body; ``None`` where there is none."""
        with self._whole():
            row = self._db.execute(_GET, (kind, key)).fetchone()
        return read(row[0]) if row else None

    def put(self, kind: str, key: str, body: Mapping[str, Any]) -> None:
        """Write a record, in the place of the one that was there."""
        text = written(body)
        with self._whole():
            self._db.execute(_PUT, (kind, key, text))

    def put_if(
        self, kind: str, key: str, was: Mapping[str, Any] | None, body: Mapping[str, Any] | None
    ) -> bool:
        """Write (or with ``None`` delete) a record only where it still is as it was; ``None`` is where none was."""
        before, text = (written(one) if one is not None else None for one in (was, body))
        with self._whole(), transaction(self._db):
            row = self._db.execute(_GET, (kind, key)).fetchone()
            if (row[0] if row else None) != before:
                return False
            if text is None:
                self._db.execute(_DELETE, (kind, key))
            else:
                self._db.execute(_PUT, (kind, key, text))
        return True

    def delete(self, kind: str, key: str) -> bool:
        """Forget a record; ``False`` where there was none."""
        with self._whole():
            return self._db.execute(_DELETE, (kind, key)).rowcount == 1

    def list(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """All records of a kind, by key."""
        with self._whole():
            return [(key, read(body)) for key, body in self._db.execute(_LIST, (kind,))]
