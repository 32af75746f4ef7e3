"""Evidence for a line, put together from any ledger behind the port; who checks it trusts none of this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from laag.foundation.ports import Found, Head
from laag.ledger import heads
from laag.ledger.anchored import Anchorage, Anchored
from laag.ledger.canonical import decode
from laag.ledger.entries import Anchor, read
from laag.ledger.evidence import Evidence, Placed, Shown, Since
from laag.ledger.genesis import genesis
from laag.ledger.history import History, history
from laag.ledger.members import Member
from laag.ledger.state import APP


@dataclass(frozen=True, slots=True)
class Unproven:
    """The entry is on the ledger, and members enough have still to sign a head over it."""

    index: int
    signed: int
    """How long the log was that they signed last."""


class Written(Protocol):
    """What of the port ``Ledger`` it takes to know the members: a copy of a ledger has it too."""

    @property
    def genesis(self) -> bytes:
        """The bytes with which it began."""
        ...

    def find(self, key: str) -> Found | None:
        """What was written under a key."""
        ...

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin like this."""
        ...

    def head(self) -> Head:
        """The newest there is."""
        ...


class Proves(Written, Protocol):
    """What it takes to prove something of a ledger to somebody else."""

    def proven(self) -> Head | None:
        """The newest that more than two thirds of the members signed."""
        ...

    def path(self, index: int, size: int) -> tuple[bytes, ...]:
        """From an entry to the root at a size."""
        ...

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """From one size to another."""
        ...


def evidence_of(ledger: Proves, key: str, shown: Shown, since: int = 0) -> Evidence | Unproven | None:
    """All that leads from this line to the members; ``None`` where nothing was written under the key.

    ``since`` is the size of the head that who asks saw last: the evidence shows that the ledger goes on from there.
    """
    found = ledger.find(key)
    if found is None:
        return None
    head = ledger.proven()
    if head is None or head.size <= found.index:
        return Unproven(found.index, 0 if head is None else head.size)
    return Evidence(
        genesis(decode(ledger.genesis)),
        tuple(_placed(ledger, one, head) for one in _steps(ledger) if one.index < head.size),
        _placed(ledger, found, head),
        tuple(_placed(ledger, one, head) for one in _written(ledger, f"attest/{key}/") if one.index < head.size),
        heads.head(dict(head.proof)),
        shown,
        Since(since, ledger.consistency(since, head.size)) if 0 < since <= head.size else Since(),
    )  # fmt: skip


def anchored_of(
    chain: Proves, one: Evidence, consistency: Callable[[int, int], tuple[bytes, ...]], since: int = 0
) -> Anchored | None:
    """Evidence with the first anchor of its ledger over it on another; ``None`` where there is none yet.

    ``consistency`` is the street's own: it shows that the anchored root and the evidence's head are of one history.
    """
    head, street = chain.proven(), one.genesis.ledger
    for found in _written(chain, f"anchor/{street}/") if head else ():
        entry = read(found.data).entry
        if isinstance(entry, Anchor) and entry.size > one.entry.index and head and found.index < head.size:
            small, large = sorted((entry.size, one.head.size))
            there = Anchorage(
                genesis(decode(chain.genesis)),
                tuple(_placed(chain, step, head) for step in _steps(chain) if step.index < head.size),
                _placed(chain, found, head),
                heads.head(dict(head.proof)),
                consistency(small, large),
                Since(since, chain.consistency(since, head.size)) if 0 < since <= head.size else Since(),
            )
            return Anchored(one, there)
    return None


def id_of(ledger: Written) -> str:
    """The ledger's name: the hash of what it began with."""
    return genesis(decode(ledger.genesis)).ledger


def members_of(ledger: Written) -> tuple[Member, ...]:
    """Who the members are now, by the ledger's own votes and rotations."""
    return past_of(ledger).latest(ledger.head().size).members


def past_of(ledger: Written) -> History:
    """Who they were at each size. Signatures were checked when the entries were taken."""
    steps = tuple(Placed(one.data, one.index, ()) for one in _steps(ledger))
    return history(genesis(decode(ledger.genesis)), steps, lambda *_: True, APP)


def _steps(ledger: Written) -> list[Found]:
    """Every vote and rotation; a vote that was not followed by others changes nothing, and is there to be counted."""
    return sorted((*_written(ledger, "vote/"), *_written(ledger, "rotate/")), key=lambda one: one.index)


def _written(ledger: Written, prefix: str) -> list[Found]:
    found = (ledger.find(key) for key in ledger.keys(prefix))
    return sorted((one for one in found if one is not None), key=lambda one: one.index)


def _placed(ledger: Proves, found: Found, head: Head) -> Placed:
    return Placed(found.data, found.index, ledger.path(found.index, head.size))
