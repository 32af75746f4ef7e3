"""Entries, the hashes above them, and the heads they came to.

Every batch is one transaction, synced to disk before it returns (WAL, ``synchronous=FULL``): after a ``kill -9`` the
file holds whole batches, each with the head that was signed over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from laag.adapters.ledger.store.file import File
from laag.foundation.errors import BadInput
from laag.foundation.ports import Found

RECOVER = "fetch the ledger from its witnesses with: laag ledger recover"
_AT_ONCE_BYTES = 1024 * 1024
"""As much as is read of a log at once."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry on its way into the log, with the hashes of the trees that it completes: (level, place, hash)."""

    place: int
    key: str
    data: bytes
    nodes: tuple[tuple[int, int, bytes], ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """The log at a size: its root, the checkpoint as its sequencer signed it, and what members signed below it."""

    size: int
    root: bytes
    note: str
    lines: Mapping[str, str] = field(default_factory=dict)
    """Cosignatures, by member."""

    @property
    def whole(self) -> str:
        """The checkpoint with every signature."""
        return self.note + "".join(self.lines[member] for member in sorted(self.lines))


class Store(File):
    """The tables of one ledger.

    >>> with Store(":memory:", b"genesis") as store:
    ...     store.append([Leaf(0, "book/a", b"entry", ((0, 0, bytes(32)),))], Signed(1, bytes(32), "note"))
    ...     store.size, store.find("book/a"), store.newest().note
    (1, Found(index=0, data=b'entry'), 'note')
    """

    def append(self, leaves: Sequence[Leaf], head: Signed) -> None:
        """Write entries and the head over them."""
        nodes = [node for one in leaves for node in one.nodes]
        with self.transaction():
            self._db.executemany("INSERT INTO entry VALUES (?, ?)", [(one.place, one.data) for one in leaves])
            self._db.executemany(
                "INSERT INTO written VALUES (?, ?)", [(one.key, one.place) for one in leaves]
            )
            self._db.executemany("INSERT INTO node VALUES (?, ?, ?)", nodes)
            self._put_head(head)

    def put_head(self, head: Signed) -> None:
        """Write a head over what is there already."""
        with self.transaction():
            self._put_head(head)

    def _put_head(self, head: Signed) -> None:
        self._db.execute(
            "INSERT INTO head VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET note = excluded.note WHERE root = excluded.root",
            (head.size, head.root, head.note),
        )
        for member, line in head.lines.items():
            self.cosign(head.size, member, line)

    def cosign(self, size: int, member: str, line: str) -> None:
        """Keep a member's signature under a head; a later one takes its place."""
        with self._whole():
            self._db.execute(
                "INSERT INTO cosigned VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET line = excluded.line",
                (size, member, line),
            )

    @property
    def size(self) -> int:
        """How many entries there are."""
        return int(self._one("SELECT coalesce(max(place) + 1, 0) FROM entry")[0])

    def counts(self) -> tuple[int, int, int]:
        """How many rows there are of entries, keys and hashes."""
        entries, keys, nodes = self._one(
            "SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM written), (SELECT count(*) FROM node)"
        )
        return entries, keys, nodes

    def find(self, key: str) -> Found | None:
        """What was written under a key."""
        row = self._one("SELECT place, data FROM written JOIN entry USING (place) WHERE key = ?", key)
        return None if row is None else Found(*row)

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin like this, in the order of the log."""
        found = self._all(
            "SELECT key FROM written WHERE key >= ? AND key < ? ORDER BY place", prefix, prefix + "\x7f"
        )
        return [key for (key,) in found]

    def entries(self, first: int, count: int) -> list[bytes]:
        """At most so many entries from a place on, a mebibyte or a little more."""
        found: list[bytes] = []
        left = _AT_ONCE_BYTES
        with self._whole():
            rows = self._db.execute(
                "SELECT data FROM entry WHERE place >= ? ORDER BY place LIMIT ?", (first, count)
            )
            for (data,) in rows:
                found.append(data)
                left -= len(data)
                if left <= 0:
                    break
        return found

    def all_entries(self) -> Iterator[bytes]:
        """Every entry in order, whatever is written meanwhile."""
        first = 0
        while some := self.entries(first, 10_000):
            yield from some
            first += len(some)

    def node(self, level: int, place: int) -> bytes:
        """The hash of the whole tree of 2 ** level entries at a place."""
        row = self._one("SELECT hash FROM node WHERE level = ? AND place = ?", level, place)
        if row is None:
            raise BadInput(f"{self.place} lacks the hash {place} of level {level}; {RECOVER}")
        return bytes(row[0])

    def newest(self) -> Signed | None:
        """The newest head."""
        return self._head(self._one("SELECT size, root, note FROM head ORDER BY size DESC LIMIT 1"))

    def heads(self, first: int = 0) -> Iterator[Signed]:
        """Every head from a size on, the newest first."""
        for (size,) in self._all("SELECT size FROM head WHERE size >= ? ORDER BY size DESC", first):
            if (found := self.head(size)) is not None:
                yield found

    def head(self, size: int) -> Signed | None:
        """The head at a size."""
        return self._head(self._one("SELECT size, root, note FROM head WHERE size = ?", size))

    def _head(self, row: tuple[int, bytes, str] | None) -> Signed | None:
        if row is None:
            return None
        return Signed(*row, dict(self._all("SELECT member, line FROM cosigned WHERE size = ?", row[0])))

    def _one(self, query: str, *given: object) -> Any:
        with self._whole():
            return self._db.execute(query, given).fetchone()

    def _all(self, query: str, *given: object) -> list[Any]:
        with self._whole():
            return self._db.execute(query, given).fetchall()
