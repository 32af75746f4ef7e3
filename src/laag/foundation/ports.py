"""What the outside must satisfy for the core to use it; each port has one suite that every implementation passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from laag.foundation.words import Said

Scalar = str | int | float | bool | None
Column = NDArray[np.int64] | NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """Something that happened, as plain numbers and words: never changed, never removed."""

    kind: str
    key: str
    """What it is about: a day, a member."""
    facts: Mapping[str, Scalar | Sequence[Scalar]]
    columns: Mapping[str, Column]


class EventLog(Protocol):
    """An append-only log. What ``append`` has returned from is never lost; a torn write is never seen."""

    def append(self, events: Sequence[Event]) -> str:
        """Write all of these or none, and return the digest of the log so far."""
        ...

    def events(self, kind: str | None = None, *, after: int = 0) -> Iterator[Event]:
        """All events in the order in which they were written, or those behind so many."""
        ...

    def digest(self, upto: int | None = None) -> str:
        """One hash over every event in order: equal digests are equal logs. Or over so many, or all where there are fewer."""
        ...


class Opens(Protocol):
    """How an application gets at a log."""

    def __call__(self, place: str) -> AbstractContextManager[EventLog]:
        """Open or create the log at a place."""
        ...


class Records(Protocol):
    """What may change and be forgotten, by kind and key; what has returned is never lost. Bodies hold what JSON can say."""

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        """A record's body; ``None`` where there is none."""
        ...

    def put(self, kind: str, key: str, body: Mapping[str, Any]) -> None:
        """Write a record, in the place of the one that was there."""
        ...

    def put_if(
        self, kind: str, key: str, was: Mapping[str, Any] | None, body: Mapping[str, Any] | None
    ) -> bool:
        """Write (or with ``None`` delete) a record only where it still is as it was; ``None`` is where none was."""
        ...

    def delete(self, kind: str, key: str) -> bool:
        """Forget a record; ``False`` where there was none."""
        ...

    def list(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """All records of a kind, by key."""
        ...


class Clock(Protocol):
    """What time it is: the wall's, or one that runs faster from a given instant."""

    @property
    def speed(self) -> float:
        """Its seconds in a second of the wall."""
        ...

    def now(self) -> datetime:
        """This instant, in UTC."""
        ...

    async def until(self, at: datetime) -> None:
        """Wait until it is so late; at once where it is already."""
        ...


class Became(StrEnum):
    """What became of an entry that was handed to a ledger."""

    TAKEN = "taken"
    """It was not there before."""
    KNOWN = "known"
    """It was there already, byte for byte; nothing changed."""
    REFUSED = "refused"
    """It will not be taken as it is; it left no trace."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to an entry: where it stands, or why it does not."""

    became: Became
    key: str = ""
    """Under which it was written; empty where it could not be read."""
    index: int | None = None
    """Its place in the log; ``None`` where it has none, or not yet."""
    why: Said | None = None
    """Of one that was refused."""
    code: str = ""
    """Of the refusal."""
    final_on_log: bool = False
    """It is on the log and stays there; where this is false, hand it in again until it is true."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry on a ledger, as its bytes."""

    index: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """A ledger up to a size: its Merkle root, and the words with which anybody can check who stands for it."""

    size: int
    root: bytes
    proof: Mapping[str, Any]
    """As evidence carries it: ``{"kind": "note", ...}`` or ``{"kind": "comet", ...}``."""


class Ledger(Protocol):
    """Entries that are written once, in one order, by whom the ledger knows. Any thread may call it."""

    @property
    def genesis(self) -> bytes:
        """The bytes with which it began; their hash is its name."""
        ...

    def submit(self, data: bytes) -> Receipt:
        """Hand in one entry."""
        ...

    def submit_all(self, entries: Sequence[bytes]) -> list[Receipt]:
        """Hand in several, in this order, at the price of one; a refused one does not hold up the others."""
        ...

    def find(self, key: str) -> Found | None:
        """What was written under a key; ``None`` where nothing was."""
        ...

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin like this, in the order of the log."""
        ...

    def entries(self, first: int, count: int) -> list[bytes]:
        """At most so many entries from a place on; fewer where the log ends, or where they are many."""
        ...

    def head(self) -> Head:
        """The newest there is."""
        ...

    def proven(self) -> Head | None:
        """The newest that more than two thirds of the members signed; ``None`` where none is yet."""
        ...

    def path(self, index: int, size: int) -> tuple[bytes, ...]:
        """The hashes that lead from an entry to the root at a size, as RFC 9162 orders them."""
        ...

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """The hashes that show the log at one size to be the beginning of the log at another."""
        ...
