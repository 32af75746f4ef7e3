"""What lies between two checkpoints: the entries, whether they may stand there, and whether there are two histories of them."""

from __future__ import annotations

from laag.adapters.ledger.store import Signed
from laag.adapters.ledger.store.log import Log, Tried
from laag.adapters.ledger.witness.client import Away, Node
from laag.adapters.ledger.witness.splits import Split
from laag.foundation.errors import LaagError
from laag.ledger import merkle
from laag.ledger.apply import Taken
from laag.ledger.checkpoint import Checkpoint
from laag.ledger.refused import Refused

AT_ONCE = 1_000
MOST_AHEAD = 250_000
"""Entries that are followed in one go: twenty years of a neighbourhood, a hundred megabytes."""


class Invalid(LaagError):
    """A checkpoint over entries that do not come to it, or that may not stand there."""


def fetched(node: Node, first: int, size: int) -> list[bytes]:
    """The entries from a place up to a size, as a node gives them."""
    if size - first > MOST_AHEAD:
        raise Away(
            f"{node.url} is {size - first} entries ahead, more than are followed in one go; copy its ledger first"
        )
    found: list[bytes] = []
    while (left := size - first - len(found)) > 0:
        some = node.entries(first + len(found), min(left, AT_ONCE))
        if not some:
            raise Away(f"{node.url} has {first + len(found)} entries and speaks of {size}")
        found += some
    return found


def valid(log: Log, entries: list[bytes], said: Checkpoint) -> Tried:
    """What entries come to after those of a log, if that is what a checkpoint says."""
    first = log.state.size
    tried = log.tried(entries)
    for place, one in enumerate(tried.applied, first):
        if not isinstance(one.outcome, Taken):
            why = one.outcome.why.en if isinstance(one.outcome, Refused) else "it stands there already"
            raise Invalid(f"entry {place} may not stand there: {why}")
    if (tried.state.size, tried.state.root) != (said.size, said.root):
        raise Invalid(f"the entries up to {said.size} do not come to the root that was signed")
    return tried


def between(mine: Signed, other: Signed, node: Node) -> Split | None:
    """The proof that two heads are of two histories, made of the entries behind the longer one; ``None`` where they are not."""
    if other.size < mine.size:
        return None
    nodes, edge = merkle.grown(merkle.leaf_hash(one) for one in fetched(node, 0, other.size))
    root = merkle.root_at(mine.size, lambda level, place: nodes[level, place])
    if merkle.root_of(edge) != other.root or root == mine.root:
        return None
    path = merkle.consistency(mine.size, other.size, lambda level, place: nodes[level, place])
    return Split(mine.note, other.note, root, path)
