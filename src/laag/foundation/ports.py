"""What the outside must satisfy for the core to use it; each port has one suite that every implementation passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

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

    def events(self, kind: str | None = None) -> Iterator[Event]:
        """All events in the order in which they were written."""
        ...

    def digest(self) -> str:
        """One hash over every event in order: equal digests are equal logs."""
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
