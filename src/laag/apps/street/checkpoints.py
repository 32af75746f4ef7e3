"""When a server lays down what it knows, and how it finds it again: beside its work, and never in its way."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from typing import Protocol

from laag.apps.street.checkpoint import Bound, Ignored, made, restored
from laag.apps.street.kept import Kept
from laag.cycle.live import Neighbourhood
from laag.cycle.live.condensed import CondensedDay
from laag.foundation.ports import EventLog

log = logging.getLogger("laag.street")

EVERY_EVENTS = 20_000
"""So many are read in two or three seconds."""
LEAST_EVENTS = 50
"""For fewer nothing is written."""


class Shelf(Protocol):
    """Where checkpoints lie."""

    def head(self) -> bytes | None:
        """The newest; ``None`` where there is none."""
        ...

    def piece(self, name: str) -> bytes:
        """What it names."""
        ...

    def put(self, head: bytes, pieces: Mapping[str, bytes]) -> int:
        """Lay down another in its place, and return how many bytes were written."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


class Checkpoints:
    """Made in a thread of their own from states that nobody changes; one that fails is missed by nobody but the next start."""

    def __init__(self, shelf: Shelf | None, place: Neighbourhood, version: str) -> None:
        self._shelf = shelf
        self._place = place
        self._version = version
        self._bound: Bound | None = None
        self._thread = ThreadPoolExecutor(1, "checkpoint")
        self._writing: Future[None] | None = None
        self._days: Mapping[date, CondensedDay] = {}
        self._events = 0
        self._revisions: Mapping[date, int] = {}

    def of(self, place: Neighbourhood) -> None:
        """It is about this place."""
        self._place, self._bound = place, None

    def newest(self, store: EventLog) -> tuple[Kept, str] | None:
        """What was known, and the digest of the log then; ``None``, and a line that says why, where all has to be read."""
        if self._shelf is None:
            return None
        try:
            head = self._shelf.head()
            if head is None:
                return None
            kept, digest = restored(head, self._shelf.piece, store.digest, self._place, self._to())
        except Ignored as why:
            log.warning("checkpoint ignored", extra={"why": f"{why}; the whole log is read"})
            return None
        except Exception as fault:  # noqa: BLE001 - whatever it is, the log is the truth
            log.warning(
                "checkpoint ignored",
                extra={"why": f"it cannot be read ({type(fault).__name__}: {fault}); the whole log is read"},
            )
            return None
        self._knows(kept)
        return kept, digest

    def offer(self, kept: Kept, digest: str) -> None:
        """Make one where it is time: after so many events, and when a day was settled."""
        if self._shelf is None or (self._writing is not None and not self._writing.done()):
            return
        since = kept.events - self._events
        settled = since >= LEAST_EVENTS and _revisions(kept) != self._revisions
        if not settled and since < EVERY_EVENTS:
            return
        self._writing = self._thread.submit(self._write, self._shelf, kept, digest)

    def finish(self, kept: Kept, digest: str) -> None:
        """Make the last one, and let go."""
        if self._shelf is not None:
            if self._writing is not None:
                self._writing.result()
            if kept.events - self._events >= LEAST_EVENTS:
                self._thread.submit(self._write, self._shelf, kept, digest).result()
        self.close()

    def close(self) -> None:
        """Let go."""
        self._thread.shutdown()
        if self._shelf is not None:
            self._shelf.close()

    def _write(self, shelf: Shelf, kept: Kept, digest: str) -> None:
        started = time.monotonic()
        try:
            one = made(kept, digest, self._to(), self._days)
            size = shelf.put(one.head, one.pieces)
        except Exception as fault:  # noqa: BLE001 - a full disk, a database that is away: the log has it all
            log.warning(
                "no checkpoint",
                extra={"why": f"{fault}; nothing is lost, and the next start takes longer"},
            )
        else:
            self._days = one.days
            log.info(
                "checkpoint",
                extra={
                    "events": kept.events,
                    "bytes": size,
                    "seconds": round(time.monotonic() - started, 3),
                },
            )
        self._knows(kept)

    def _knows(self, kept: Kept) -> None:
        self._events, self._revisions = kept.events, _revisions(kept)

    def _to(self) -> Bound:
        self._bound = self._bound or Bound.to(self._place, self._version)
        return self._bound


def _revisions(kept: Kept) -> dict[date, int]:
    return {day: known.revision for day, known in kept.live.days.items() if known.is_settled}
