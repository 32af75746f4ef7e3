"""The same in one schema of a PostgreSQL database: one transaction takes the old pieces away and brings the new ones."""

from __future__ import annotations

from collections.abc import Mapping

from pg8000.native import Connection

from laag.adapters.stores.address import Address
from laag.adapters.stores.postgres_patient import Session
from laag.adapters.stores.postgres_session import Tables
from laag.foundation.errors import BadInput

_TABLES = Tables(
    "a store of checkpoints",
    (
        """
        CREATE TABLE version (number INTEGER NOT NULL);
        INSERT INTO version VALUES (1);
        CREATE TABLE piece (
            name  TEXT PRIMARY KEY,  -- sha256 of the body, or head
            body  BYTEA NOT NULL
        );
        ALTER TABLE piece ALTER COLUMN body SET STORAGE EXTERNAL;  -- it is compressed already
        """,
    ),
    {
        "piece": "name text, body bytea",
        "piece_pkey": "PRIMARY KEY (name)",
        "version": "number integer",
    },
)
_HEAD = "head"
_PUT = "INSERT INTO piece VALUES (:name, :body) ON CONFLICT (name) DO UPDATE SET body = excluded.body"
_OTHERS = "DELETE FROM piece WHERE NOT (name = ANY(CAST(:names AS text[])))"


class PostgresShelf:
    """May be used from any thread, one at a time; its session begins when it is first asked."""

    def __init__(self, address: Address, *, patience_s: float = 1.0) -> None:
        self._address = address
        self._patience_s = patience_s
        self._session: Session | None = None

    def head(self) -> bytes | None:
        """What was laid down last; ``None`` where nothing was."""
        return self._begun().ask(lambda db: _body(db, _HEAD))

    def piece(self, name: str) -> bytes:
        """The bytes of one piece."""
        body = self._begun().ask(lambda db: _body(db, name))
        if body is None:
            raise BadInput(f"{self._address} has no piece {name}; it is made anew")
        return body

    def put(self, head: bytes, pieces: Mapping[str, bytes]) -> int:
        """Lay down a head and the pieces that it names, and take away all others; returns how many bytes were new."""
        return self._begun().ask(lambda db: _put(db, head, pieces))

    def close(self) -> None:
        """Let go of the server."""
        if self._session is not None:
            self._session.close()

    def _begun(self) -> Session:
        if self._session is None:
            self._session = Session(self._address, _TABLES, patience_s=self._patience_s)
        return self._session


def _body(db: Connection, name: str) -> bytes | None:
    rows = db.run("SELECT body FROM piece WHERE name = :name", name=name)
    return bytes(rows[0][0]) if rows else None


def _put(db: Connection, head: bytes, pieces: Mapping[str, bytes]) -> int:
    db.run("BEGIN")
    try:
        there = {name for (name,) in db.run("SELECT name FROM piece")}
        new = {name: data for name, data in pieces.items() if name not in there}
        for name, data in (*new.items(), (_HEAD, head)):
            db.run(_PUT, name=name, body=data)
        db.run(_OTHERS, names=[_HEAD, *pieces])
        db.run("COMMIT")
    except Exception:
        db.run("ROLLBACK")
        raise
    return sum(map(len, new.values())) + len(head)
