"""A ledger as it is kept in a store, to be read: the same at its sequencer and at each of its witnesses."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Self

from laag.adapters.ledger.store.log import Log
from laag.adapters.ledger.store.notes import head_of, holds, proven
from laag.adapters.ledger.store.store import RECOVER, Signed, Store
from laag.foundation.errors import BadInput
from laag.foundation.ports import Found, Head
from laag.ledger import merkle
from laag.ledger.members import Member
from laag.ledger.state import State


class Copy:
    """The reading half of the port ``Ledger``; any thread may ask."""

    def __init__(self, store: Store, log: Log) -> None:
        self._store, self._log = store, log
        newest = store.newest()
        if newest is not None and not holds(newest, self.id, log.members_at(newest.size)):
            raise BadInput(f"the newest head of {store.place} was not signed by its sequencer; {RECOVER}")
        self._proven_size = next((one.size for one in store.heads() if self._is_proven(one)), 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    @property
    def id(self) -> str:
        """The ledger's name: the hash of its genesis."""
        return self._log.state.ledger

    @property
    def genesis(self) -> bytes:
        """The bytes with which it began."""
        return self._store.genesis

    @property
    def state(self) -> State:
        """What holds now."""
        return self._log.state

    def members_at(self, size: int) -> tuple[Member, ...]:
        """Who the members were when the log was so large."""
        return self._log.members_at(size)

    def find(self, key: str) -> Found | None:
        """What was written under a key."""
        return self._store.find(key)

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin like this, in the order of the log."""
        return self._store.keys(prefix)

    def entries(self, first: int, count: int) -> list[bytes]:
        """At most so many entries from a place on."""
        return self._store.entries(first, count)

    def every_entry(self) -> Iterator[bytes]:
        """All entries, in order."""
        return self._store.all_entries()

    def signed(self) -> Signed | None:
        """The newest checkpoint; ``None`` before the first."""
        return self._store.newest()

    def head(self) -> Head:
        """The newest head, with what members signed of it so far."""
        signed = self.signed()
        return Head(0, merkle.EMPTY, {}) if signed is None else self._shown(signed)

    def proven(self) -> Head | None:
        """The newest that more than two thirds of the members signed, the sequencer among them."""
        signed = self._store.head(self._proven_size)
        return None if signed is None else self._shown(signed)

    def note(self, *, proven: bool = False) -> str | None:
        """The newest checkpoint with its signatures, or the newest that enough members signed."""
        signed = self._store.head(self._proven_size) if proven else self.signed()
        return None if signed is None else signed.whole

    def path(self, index: int, size: int) -> tuple[bytes, ...]:
        """The hashes that lead from an entry to the root at a size."""
        self._within(index + 1, size)
        return merkle.inclusion(index, size, self._store.node)

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """The hashes that show the log at one size to be the beginning of the log at another."""
        self._within(old, new)
        return merkle.consistency(old, new, self._store.node)

    def root_at(self, size: int) -> bytes:
        """The root that the log had at a size."""
        self._within(0, size)
        return merkle.root_at(size, self._store.node)

    def _is_proven(self, signed: Signed) -> bool:
        return proven(signed, self.id, self.members_at(signed.size))

    def _shown(self, signed: Signed) -> Head:
        said = head_of(signed, self.id, self.members_at(signed.size))
        return Head(signed.size, signed.root, said.words())

    def _within(self, old: int, new: int) -> None:
        size = self.state.size
        if not 0 <= old <= new <= size:
            raise BadInput(f"there is no proof from {old} to {new} in a log of {size} entries; ask within it")
