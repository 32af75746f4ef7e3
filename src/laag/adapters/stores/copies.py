"""A log, whole, in another place: a backup, its restoration, or a move from one store to another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from laag.adapters.stores.chain import EMPTY, chained
from laag.adapters.stores.places import open_log
from laag.foundation.errors import BadInput
from laag.foundation.ports import Event, EventLog


def copied(log: EventLog, place: Path | str, *, at_once: int = 100) -> str:
    """Copy a log to an empty place of any kind, check it there, and return the digest of both.

    What others write to the log meanwhile is left for the next copy.

    >>> from laag.adapters.stores import SqliteLog
    >>> with SqliteLog(":memory:") as log:
    ...     copied(log, ":memory:") == log.digest()
    True
    """
    whole = log.digest()
    with open_log(place) as copy:
        if copy.digest() != EMPTY:
            raise BadInput(
                f"the place of the copy holds events already (digest {copy.digest()[:12]}…); give an empty one, or remove what an interrupted copy left"
            )
        events = _until(log, whole)
        while some := list(islice(events, at_once)):
            copy.append(some)
        copy.verify()
        if copy.digest() != whole:
            raise BadInput(
                "the log does not add up to its own digest, so its copy is not whole; verify it and copy from another copy"
            )
    return whole


def _until(log: EventLog, whole: str) -> Iterator[Event]:
    digest = EMPTY
    if digest == whole:
        return
    for event in log.events():
        yield event
        digest = next(chained(digest, [event])).digest
        if digest == whole:
            return
