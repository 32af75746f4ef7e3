"""Whose clock is wrong, by the times that members' nodes give their votes.

A node votes with its own time, and at the earliest a millisecond after the block's: a fast clock shows by how much, and a
slow one, while blocks follow each other closely, only by votes at that earliest moment again and again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from laag.ledger.comet_header import Instant
from laag.ledger.heads import CometHead

OFF_S = 5
"""Seconds beside the others' median from which it is said."""
BLOCKS = 4
_NANOS = 10**9
_EARLIEST_NANOS = 1_000_000


@dataclass(frozen=True, slots=True)
class Off:
    """A clock that is wrong."""

    slow: bool
    by_s: int | None
    """``None`` where it is slow and blocks follow too closely to see by how much."""

    def words(self) -> dict[str, object]:
        """For programs."""
        return {"slow": self.slow, "by_s": self.by_s}


def clocks(heads: Sequence[CometHead]) -> Mapping[str, Off]:
    """The members whose clock is wrong, by some blocks; each block with two others' votes beside theirs counts."""
    who = sorted({one.by for head in heads for one in head.commits})
    found = {member: _off([*_votes(heads, member)]) for member in who}
    return {member: off for member, off in found.items() if off is not None}


def _votes(heads: Sequence[CometHead], member: str) -> Iterator[tuple[int, bool]]:
    """By how many nanoseconds each vote is beside the others', and whether it is at the earliest moment there is."""
    for head in heads:
        times = {one.by: _nanos(one.at) for one in head.commits}
        mine = times.pop(member, None)
        if mine is not None and len(times) > 1:
            earliest = mine - _nanos(head.header.time) == _EARLIEST_NANOS
            yield mine - int(median(times.values())), earliest


def _off(votes: Sequence[tuple[int, bool]]) -> Off | None:
    if len(votes) < BLOCKS - 1:
        return None
    beside_s = round(median(beside for beside, _ in votes) / _NANOS)
    if abs(beside_s) >= OFF_S:
        return Off(beside_s < 0, abs(beside_s))
    return Off(slow=True, by_s=None) if all(earliest for _, earliest in votes) else None


def _nanos(at: Instant) -> int:
    return at.seconds * _NANOS + at.nanos
