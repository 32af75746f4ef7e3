"""What several nodes show of one ledger, side by side: whoever compares two of them finds two histories, if there are two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from laag.adapters.ledger.store import Signed, Store
from laag.adapters.ledger.store.copy import Copy
from laag.adapters.ledger.store.log import Log
from laag.adapters.ledger.store.notes import signed_of
from laag.adapters.ledger.witness.client import Away, Node
from laag.adapters.ledger.witness.following import Invalid, fetched, valid
from laag.adapters.ledger.witness.splits import Split
from laag.foundation.errors import BadInput
from laag.ledger.checkpoint import Checkpoint, Note, checkpoint, note


@dataclass(frozen=True, slots=True)
class View:
    """What one node shows: a head of this size, or why it is none."""

    url: str
    size: int = 0
    signers: tuple[str, ...] = ()
    """Members whose signature under it holds, beside the sequencer's."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """All views, and the proofs of two histories that they make together."""

    views: tuple[View, ...]
    splits: tuple[Split, ...]
    copy: Copy
    """The longest valid ledger among them, in memory."""


@dataclass(frozen=True, slots=True)
class _Shown:
    node: Node
    note: Note
    said: Checkpoint


def compared(nodes: Iterable[Node], genesis: bytes) -> Compared:
    """Ask every node for its newest head, read the longest of them to its last entry, and lay the others beside it."""
    views: list[View] = []
    shown = sorted(_heads(nodes, views), key=lambda one: -one.said.size)
    copy = Copy(store := Store(":memory:", genesis), Log(store))
    while shown and copy.signed() is None:
        copy = _copied(shown[0], genesis, copy, views)
        if copy.signed() is None:
            shown.pop(0)
    splits = [split for one in shown if (split := _beside(one, copy, views)) is not None]
    return Compared(tuple(views), tuple(splits), copy)


def _heads(nodes: Iterable[Node], views: list[View]) -> Iterable[_Shown]:
    for node in nodes:
        try:
            text = node.checkpoint()
            if text is None:
                views.append(View(node.url, why="it shows no head yet"))
                continue
            read = note(text.encode())
            yield _Shown(node, read, checkpoint(read.text))
        except (Away, BadInput) as odd:
            views.append(View(node.url, why=str(odd)))


def _copied(one: _Shown, genesis: bytes, empty: Copy, views: list[View]) -> Copy:
    """The ledger behind a head, in memory; the empty one where it is not what it says."""
    store = Store(":memory:", genesis)
    try:
        tried = valid(Log(store), fetched(one.node, 0, one.said.size), one.said)
        store.append(tried.leaves, signed_of(one.note, tried.state.ledger, tried.state.members))
        return Copy(store, Log(store))
    except (Away, BadInput, Invalid) as odd:
        views.append(View(one.node.url, one.said.size, why=str(odd)))
        store.close()
        return empty


def _beside(one: _Shown, copy: Copy, views: list[View]) -> Split | None:
    longest = copy.signed()
    assert longest is not None, "there is a head beside which it is laid"
    try:
        theirs: Signed = signed_of(one.note, copy.id, copy.members_at(one.said.size))
    except BadInput as odd:
        views.append(View(one.node.url, one.said.size, why=str(odd)))
        return None
    views.append(View(one.node.url, theirs.size, tuple(sorted(theirs.lines))))
    root = copy.root_at(theirs.size)
    if root == theirs.root:
        return None
    return Split(theirs.note, longest.note, root, copy.consistency(theirs.size, longest.size))
