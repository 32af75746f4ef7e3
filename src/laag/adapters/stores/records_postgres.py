"""Records in one schema of a PostgreSQL database, each change one statement, on the server's disk before an answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from pg8000.native import Connection

from laag.adapters.stores.address import Address
from laag.adapters.stores.postgres_patient import Session
from laag.adapters.stores.postgres_session import Tables
from laag.adapters.stores.records_body import read, written

_TABLES = Tables(
    "a store of records",
    (
        """
        CREATE TABLE version (number INTEGER NOT NULL);
        INSERT INTO version VALUES (1);
        CREATE TABLE record (
            kind    BYTEA NOT NULL,  -- UTF-8
            key     BYTEA NOT NULL,  -- UTF-8
            body    TEXT NOT NULL,   -- JSON, sorted, without spaces
            PRIMARY KEY (kind, key)
        );
        """,
    ),
    {
        "record": "kind bytea, key bytea, body text",
        "record_pkey": "PRIMARY KEY (kind, key)",
        "version": "number integer",
    },
)
_GET = "SELECT body FROM record WHERE kind = :kind AND key = :key"
_LIST = "SELECT key, body FROM record WHERE kind = :kind ORDER BY key"
_PUT = "INSERT INTO record VALUES (:kind, :key, :body) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body"
_ADD = "INSERT INTO record VALUES (:kind, :key, :body) ON CONFLICT DO NOTHING RETURNING 1"
_CHANGE = "UPDATE record SET body = :body WHERE kind = :kind AND key = :key AND body = :was RETURNING 1"
_REMOVE = "DELETE FROM record WHERE kind = :kind AND key = :key AND body = :was RETURNING 1"
_DELETE = "DELETE FROM record WHERE kind = :kind AND key = :key RETURNING 1"


class PostgresRecords:
    """May be used from any thread, one at a time; waits ``patience_s`` for a server that restarts."""

    def __init__(self, address: Address, *, patience_s: float = 10.0) -> None:
        self._session = Session(address, _TABLES, patience_s=patience_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the server."""
        self._session.close()

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        """A record's body; ``None`` where there is none."""
        text = self._session.ask(lambda db: _text(db, _named(kind, key)))
        return None if text is None else read(text)

    def put(self, kind: str, key: str, body: Mapping[str, Any]) -> None:
        """Write a record, in the place of the one that was there."""
        given = {**_named(kind, key), "body": written(body)}
        self._session.ask(lambda db: db.run(_PUT, **given))

    def put_if(
        self, kind: str, key: str, was: Mapping[str, Any] | None, body: Mapping[str, Any] | None
    ) -> bool:
        """Write (or with ``None`` delete) a record only where it still is as it was; ``None`` is where none was."""
        before, after = (written(one) if one is not None else None for one in (was, body))
        name = _named(kind, key)
        asked = False

        def change(db: Connection) -> bool:
            nonlocal asked
            # The session that was lost may have done it before its answer was lost.
            if before == after or (asked and _text(db, name) == after):
                return _text(db, name) == after
            asked = True
            if after is None:
                return bool(db.run(_REMOVE, was=before, **name))
            if before is None:
                return bool(db.run(_ADD, body=after, **name))
            return bool(db.run(_CHANGE, was=before, body=after, **name))

        return self._session.ask(change)

    def delete(self, kind: str, key: str) -> bool:
        """Forget a record; ``False`` where there was none."""
        return bool(self._session.ask(lambda db: db.run(_DELETE, **_named(kind, key))))

    def list(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """All records of a kind, by key."""
        rows = self._session.ask(lambda db: db.run(_LIST, kind=kind.encode()))
        return [(key.decode(), read(body)) for key, body in rows]


def _named(kind: str, key: str) -> dict[str, bytes]:
    return {"kind": kind.encode(), "key": key.encode()}


def _text(db: Connection, name: dict[str, bytes]) -> str | None:
    rows = db.run(_GET, **name)
    return str(rows[0][0]) if rows else None
