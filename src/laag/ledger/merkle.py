"""The Merkle tree of RFC 9162: a log that only grows, its root, and short proofs that something is in it.

A node is named by its level (0 is a leaf's hash) and its place on that level; only whole nodes are kept, so that none
is ever changed. A proof asks for nodes one by one: a table of hashes is enough, the leaves are not needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

Nodes: TypeAlias = Callable[[int, int], bytes]
"""The hash of a whole node, by level and place."""
Made: TypeAlias = tuple[int, int, bytes]
"""A node that has become whole: level, place, hash."""
EMPTY = hashlib.sha256(b"").digest()
"""The root of a log without entries."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of what is logged."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two nodes side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def appended(frontier: Sequence[bytes], size: int, leaf: bytes) -> tuple[tuple[bytes, ...], list[Made]]:
    """The frontier with one more leaf, and the nodes that became whole by it.

    The frontier are the whole nodes that together cover the log, the largest first: one for each bit of its size.
    """
    edge, made, level, place = list(frontier), [(0, size, leaf)], 0, size
    while place & 1:
        leaf = node_hash(edge.pop(), leaf)
        level, place = level + 1, place >> 1
        made.append((level, place, leaf))
    return (*edge, leaf), made


def root_of(frontier: Sequence[bytes]) -> bytes:
    """The root of the log that ends in this frontier."""
    if not frontier:
        return EMPTY
    *edge, root = frontier
    for left in reversed(edge):
        root = node_hash(left, root)
    return root


def frontier_at(size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The frontier that the log had at a size."""
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    return tuple(nodes(level, (size >> level) - 1) for level in levels)


def root_at(size: int, nodes: Nodes) -> bytes:
    """The root that the log had at a size."""
    return root_of(frontier_at(size, nodes))


def grown(leaves: Iterable[bytes]) -> tuple[dict[tuple[int, int], bytes], tuple[bytes, ...]]:
    """All whole nodes over these leaf hashes, and their frontier.

    >>> nodes, edge = grown(leaf_hash(bytes([n])) for n in range(3))
    >>> sorted(nodes), len(edge)
    ([(0, 0), (0, 1), (0, 2), (1, 0)], 2)
    """
    nodes: dict[tuple[int, int], bytes] = {}
    edge: tuple[bytes, ...] = ()
    for size, leaf in enumerate(leaves):
        edge, made = appended(edge, size, leaf)
        nodes |= {(level, place): one for level, place, one in made}
    return nodes, edge


def inclusion(index: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The path from a leaf to the root that the log had at this size."""
    path, begin, end = [], 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_span(middle, end, nodes))
            end = middle
        else:
            path.append(_span(begin, middle, nodes))
            begin = middle
    return tuple(reversed(path))


def consistency(old: int, new: int, nodes: Nodes) -> tuple[bytes, ...]:
    """The proof that the log at the new size begins with the log at the old one."""
    if old in {0, new}:
        return ()
    proof, begin, end = [], 0, new
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            proof.append(_span(middle, end, nodes))
            end = middle
        else:
            proof.append(_span(begin, middle, nodes))
            begin = middle
    if begin:
        proof.append(_span(begin, end, nodes))
    return tuple(reversed(proof))


def _split(count: int) -> int:
    """The largest power of two below the count."""
    return 1 << (count - 1).bit_length() - 1


def _span(begin: int, end: int, nodes: Nodes) -> bytes:
    """The hash over the leaves from ``begin`` to ``end``."""
    count = end - begin
    if count & (count - 1) == 0 and begin % count == 0:
        level = count.bit_length() - 1
        return nodes(level, begin >> level)
    middle = begin + _split(count)
    return node_hash(_span(begin, middle, nodes), _span(middle, end, nodes))
