"""How an entry stands: who recomputed it, who disputes it, whether it is final, and whether something corrects it."""

from __future__ import annotations

from dataclasses import dataclass

from laag.ledger.entries import attest_key, dispute_key, next_version, read
from laag.ledger.members import quorum
from laag.ledger.rules import Look
from laag.ledger.state import State


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one entry, among the members of now."""

    stands: tuple[str, ...]
    """Who wrote it and who attested it."""
    disputes: tuple[str, ...]
    members: int

    @property
    def final(self) -> bool:
        """Whether more than two thirds of the members stand for it."""
        return len(self.stands) >= quorum(self.members)


def standing(key: str, state: State, look: Look) -> Standing | None:
    """How the entry under this key stands; ``None`` where there is none."""
    found = look(key)
    if found is None:
        return None
    writer = read(found.data).entry.by
    ids = [one.id for one in state.members]
    return Standing(
        tuple(one for one in ids if one == writer or look(attest_key(key, one))),
        tuple(one for one in ids if look(dispute_key(key, one))),
        len(ids),
    )


def newest(first: str, look: Look) -> str | None:
    """The key of the newest version of what began under ``first``; ``None`` where nothing did."""
    if look(first) is None:
        return None
    while look(after := next_version(first)):
        first = after
    return first
