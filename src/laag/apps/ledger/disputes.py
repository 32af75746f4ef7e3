"""What members dispute, in their own words: the hash on the ledger says that these are the words, whoever hands them on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from laag.foundation.errors import LaagError
from laag.foundation.ports import Found
from laag.foundation.words import Said
from laag.ledger.entries import Dispute, read

MOST_FINDINGS, MOST_SIGNS = 20, 400
Asks = Callable[[str], bytes | None]
"""A member's node for the words with a hash."""


@dataclass(frozen=True, slots=True)
class Disputed:
    """One member's dispute of one entry."""

    key: str
    """Of the entry that is not right."""
    by: str
    reason: str
    """The hash of its words."""
    found: tuple[Said, ...] = ()
    """What it found, a sentence each; empty where the words could not be had."""


def disputes(entries: Iterable[Found]) -> Iterator[Disputed]:
    """Those among these entries, without their words."""
    for one in entries:
        entry = read(one.data).entry
        if isinstance(entry, Dispute):
            yield Disputed(entry.target, entry.by, entry.reason)


def told(one: Disputed, nodes: Mapping[str, Asks]) -> tuple[Said, ...]:
    """What was found, from whoever of these has the words; its own member is asked first."""
    for who in sorted(nodes, key=lambda name: (name != one.by, name)):
        try:
            words = nodes[who](one.reason)
        except (LaagError, OSError):
            continue
        if words is not None:
            return spoken(words)
    return ()


class Shows(Protocol):
    """A member's node over HTTP."""

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin like this."""
        ...

    def find(self, key: str) -> Found | None:
        """The entry under a key."""
        ...

    def reason(self, hashed: str) -> bytes | None:
        """The words with a hash."""
        ...


def at_nodes(nodes: Sequence[Shows]) -> list[Disputed]:
    """All that any of these has, in the order of entries and members, with the words that any of them shows."""
    entries: dict[str, Found] = {}
    for node in nodes:
        new = (key for key in node.keys("dispute/") if key not in entries)
        entries |= {key: one for key in new if (one := node.find(key)) is not None}
    asks = {str(place): node.reason for place, node in enumerate(nodes)}
    found = disputes(entries[key] for key in sorted(entries))
    return [replace(one, found=told(one, asks)) for one in found]


def sentence(one: Disputed) -> Said:
    """One dispute in one sentence or more."""
    nl = (
        " ".join(each.nl for each in one.found)
        or f"wat het vond liet niemand zien (hash {one.reason[:12]}…)."
    )
    en = " ".join(each.en for each in one.found) or f"nobody showed what it found (hash {one.reason[:12]}…)."
    return Said(f"{one.by} betwist {one.key}: {nl}", f"{one.by} disputes {one.key}: {en}")


def spoken(words: bytes) -> tuple[Said, ...]:
    """The sentences in the words of a dispute; none where they are not as ours are written.

    >>> spoken(b'{"findings": [{"nl": "De regel klopt niet.", "en": "The line is not right."}]}')
    (Said(nl='De regel klopt niet.', en='The line is not right.'),)
    >>> spoken(b"because I say so")
    ()
    """
    try:
        found = json.loads(words)["findings"]
        return tuple(Said(_plain(one["nl"]), _plain(one["en"])) for one in found[:MOST_FINDINGS])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ()


def _plain(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError("a sentence is text")
    return "".join(one if one.isprintable() else " " for one in said[:MOST_SIGNS])
