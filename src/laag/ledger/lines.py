"""Lines that nobody sees, under one root that everybody sees: salted, sorted by hash, and filled up.

Neither a leaf's place nor the tree's size says whose it is or how many there are; without the household's secret a line
cannot be confirmed by guessing its amounts, and when the secret is gone, nobody can.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from laag.ledger.fields import FEWEST_LEAVES
from laag.ledger.merkle import grown, inclusion, leaf_hash, root_of


def salt(secret: bytes, key: str) -> bytes:
    """A household's salt for the entry under this key.

    >>> salt(b"of one household", "settle/2026-11-22/1").hex()[:16]
    '16cf25fcb3c38bec'
    """
    return hmac.digest(secret, b"laag v1 salt\n" + key.encode(), "sha256")


def leaf(salt: bytes, line: bytes) -> bytes:
    """The hash of a salted line."""
    return leaf_hash(salt + line)


def filler(secret: bytes, key: str, number: int) -> bytes:
    """A leaf that is nobody's, from a secret of who makes the tree: as good as random, and the same again."""
    return hmac.digest(secret, f"laag v1 filler\n{key}\n{number}".encode(), "sha256")


def filled(count: int) -> int:
    """How many leaves a tree of so many lines has.

    >>> [filled(n) for n in (0, 9, 16, 17, 60)]
    [16, 16, 16, 32, 64]
    """
    return max(FEWEST_LEAVES, 1 << max(count - 1, 0).bit_length())


@dataclass(frozen=True, slots=True)
class LineTree:
    """All leaves of one entry, sorted; made by ``of``."""

    leaves: tuple[bytes, ...]
    nodes: dict[tuple[int, int], bytes]
    root: bytes

    @classmethod
    def of(cls, leaves: Iterable[bytes], fill: Callable[[int], bytes]) -> LineTree:
        """The tree over these leaves and as many of ``fill(0)``, ``fill(1)`` … as are lacking."""
        found = list(leaves)
        lacking = filled(len(found)) - len(found)
        every = tuple(sorted([*found, *map(fill, range(lacking))]))
        nodes, edge = grown(every)
        return cls(every, nodes, root_of(edge))

    def path(self, one: bytes) -> tuple[int, tuple[bytes, ...]]:
        """Where a leaf stands, and the hashes from there to the root."""
        index = self.leaves.index(one)
        return index, inclusion(index, len(self.leaves), lambda level, place: self.nodes[level, place])


def digest(data: bytes) -> str:
    """SHA-256 in small hex: for the words of a dispute, which are kept elsewhere."""
    return hashlib.sha256(data).hexdigest()
