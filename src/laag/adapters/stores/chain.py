"""What makes a log one log: each row carries the hash of all rows up to it, the same in every store."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from laag.adapters.stores.codec import encode
from laag.foundation.ports import Event

EMPTY = "0" * 64


class Row(NamedTuple):
    """An event as it is kept, before compression."""

    kind: str
    key: str
    body: bytes
    digest: str


def chained(digest: str, events: Sequence[Event]) -> Iterator[Row]:
    """The rows of these events in a log that so far has this digest.

    >>> [row.digest[:6] for row in chained(EMPTY, [Event("day", "1", {}, {}), Event("day", "2", {}, {})])]
    ['6cc6fa', '81d946']
    """
    for event in events:
        body = encode(event)
        digest = link(digest, event.kind, event.key, body)
        yield Row(event.kind, event.key, body, digest)


def link(previous: str, kind: str, key: str, body: bytes) -> str:
    """The digest after one row more: sha256 over the previous digest, kind, key and canonical bytes."""
    whole = hashlib.sha256()
    for part in (previous.encode(), kind.encode(), key.encode(), body):
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
