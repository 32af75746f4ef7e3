"""An append-only event log in one schema of a PostgreSQL database.

Every append is one statement, on the server's disk before it returns (``synchronous_commit = on``). The number and the
digest of the row before stand in that statement: a second writer meets a number that is taken, and an append whose answer
was lost with the connection can be asked again, and is there once.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

from pg8000.exceptions import DatabaseError
from pg8000.native import Connection

from laag.adapters.stores.address import Address
from laag.adapters.stores.chain import EMPTY, Row, chained, link
from laag.adapters.stores.codec import decode
from laag.adapters.stores.postgres_patient import Session
from laag.adapters.stores.postgres_session import away, code
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event

_HEAD = "SELECT seq, digest FROM event WHERE seq <= :upto ORDER BY seq DESC LIMIT 1"
_ALL = 2**62
_HOLDS = "SELECT 1 FROM event WHERE seq = :seq AND digest = :digest"
_PAGE = """
    SELECT seq, kind, key, body, digest FROM event
    WHERE seq > :after AND seq <= :last AND (CAST(:kind AS bytea) IS NULL OR kind = CAST(:kind AS bytea))
    ORDER BY seq LIMIT 100
"""
_APPEND = """
    INSERT INTO event (seq, kind, key, body, digest)
    SELECT * FROM unnest(CAST(:seqs AS bigint[]), CAST(:kinds AS bytea[]), CAST(:keys AS bytea[]),
                         CAST(:bodies AS bytea[]), CAST(:digests AS text[]))
    WHERE CAST(:seq AS bigint) = 0 OR EXISTS (SELECT 1 FROM event WHERE seq = CAST(:seq AS bigint) AND digest = :digest)
    RETURNING seq
"""
_TAKEN, _LOCKED = "23505", "55P03"
_AGAIN = "ask the same again when it runs: what was written is not written twice"


class _Head(NamedTuple):
    """How far a log goes: its last row's number and digest."""

    seq: int
    digest: str


class PostgresLog:
    """One writer, any number of readers; waits ``patience_s`` for a server that restarts."""

    def __init__(self, url: str, *, patience_s: float = 10.0) -> None:
        self._address = Address.of(url)
        self._session = Session(self._address, patience_s=patience_s, again=_AGAIN)
        # What an append asked for and has no answer to.
        self._asked: _Head | None = None
        try:
            self._seen = self._session.ask(_head)
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
        """Let go of the server."""
        self._session.close()

    def append(self, events: Sequence[Event]) -> str:
        """Write all of these or none; returns the digest of the log so far.

        ``Unfinished`` means that the server went away and did not come back: ask the same again, and it is there once.
        """
        rows = list(chained(self._seen.digest, events))
        last = _Head(self._seen.seq + len(rows), rows[-1].digest if rows else self._seen.digest)
        self._session.ask(lambda db: self._write(db, rows, last))
        self._asked, self._seen = None, last
        return last.digest

    def _write(self, db: Connection, rows: Sequence[Row], last: _Head) -> None:
        before = self._asked
        if before and _holds(db, before):
            if before != last:
                raise BadInput(
                    f"{self._address} did write what it was asked before its server went away; open it again and go on from there"
                )
            return
        if not rows:
            written = _head(db) == self._seen
        else:
            self._asked = last
            try:
                insert = self._session.prepared(_APPEND)
                written = len(insert.run(**_given(self._seen, rows))) == len(rows)
            except DatabaseError as fault:
                if not away(fault):
                    self._asked = before
                if code(fault) not in {_TAKEN, _LOCKED}:
                    raise
                # The session that was lost may have finished after we looked.
                written = before == last and _holds(db, last)
        if not written:
            self._asked = before
            raise BadInput(
                f"something else writes to {self._address} as well; let one run end before another goes on"
            )

    def events(self, kind: str | None = None, *, after: int = 0) -> Iterator[Event]:
        """All events, or those of one kind, or behind so many, in the order in which they were written."""
        for seq, name, key, body, _ in self._rows(kind, after):
            try:
                yield decode(name, key, zlib.decompress(body))
            except zlib.error as fault:
                raise self._session.broken(f"event {seq}: {fault}") from fault

    def digest(self, upto: int | None = None) -> str:
        """One hash over every event in order, or over so many."""
        return self._session.ask(_head if upto is None else lambda db: _head(db, upto)).digest

    def verify(self) -> int:
        """Recompute every hash and return how many events there are; a changed row raises ``BadInput``."""
        digest, count = EMPTY, 0
        for seq, kind, key, body, stored in self._rows():
            try:
                digest = link(digest, kind, key, zlib.decompress(body))
            except zlib.error:
                digest = ""
            count += 1
            if (seq, digest) != (count, stored):
                raise BadInput(
                    f"event {seq} ({kind} {key}) of {self._address} was changed after it was written, or one before it removed; restore a copy"
                )
        return count

    def _rows(self, kind: str | None = None, after: int = 0) -> Iterator[tuple[int, str, str, bytes, str]]:
        # In pages, each a statement of its own: a slow reader holds no transaction open, and a restart is met in between.
        wanted = kind.encode() if kind else None
        last = self._session.ask(_head).seq
        while page := self._session.ask(_page(after, last, wanted)):
            for seq, name, key, body, digest in page:
                yield seq, name.decode(errors="replace"), key.decode(errors="replace"), body, digest
            after = page[-1][0]


def _head(db: Connection, upto: int = _ALL) -> _Head:
    rows = db.run(_HEAD, upto=upto)
    return _Head(*rows[0]) if rows else _Head(0, EMPTY)


def _holds(db: Connection, head: _Head) -> bool:
    return bool(db.run(_HOLDS, seq=head.seq, digest=head.digest))


def _page(
    after: int, last: int, kind: bytes | None
) -> Callable[[Connection], list[tuple[int, bytes, bytes, bytes, str]]]:
    return lambda db: db.run(_PAGE, after=after, last=last, kind=kind)


def _given(seen: _Head, rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "seq": seen.seq,
        "digest": seen.digest,
        "seqs": list(range(seen.seq + 1, seen.seq + 1 + len(rows))),
        "kinds": [row.kind.encode() for row in rows],
        "keys": [row.key.encode() for row in rows],
        "bodies": [zlib.compress(row.body, 6) for row in rows],
        "digests": [row.digest for row in rows],
    }
