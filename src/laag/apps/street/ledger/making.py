"""From what a day has to commit to an entry: salted with everybody's secret, its leaves kept before anything else is done."""

from __future__ import annotations

from laag.apps.street.ledger.kept import Secrets, Trees
from laag.cycle.commit import STREET, Commit, Sealed, sealed
from laag.foundation.ports import Clock, Records
from laag.ledger.canonical import encode
from laag.ledger.lines import leaf, salt
from laag.ledger.merkle import grown, root_of


class Making:
    """Makes the same of the same commitment, however often, whoever erased its secret meanwhile."""

    def __init__(self, records: Records, clock: Clock) -> None:
        self.secrets, self.trees = Secrets(records), Trees(records)
        self._clock = clock

    def made(self, commit: Commit) -> Sealed:
        """A commitment under its root; its leaves are on disk when this returns."""
        kept = self.trees.get(commit.key)
        if kept is not None and self.unlike(commit, kept.leaves) is None:
            return Sealed(commit, kept.leaves, root(kept.leaves))
        members = [whose for whose in commit.lines if not whose.startswith(STREET)]
        fresh = sealed(commit, self.secrets.salting(members), self.secrets.street())
        self.trees.keep(commit.key, fresh.leaves, self._clock.now())
        return fresh

    def unlike(self, commit: Commit, leaves: tuple[bytes, ...]) -> str | None:
        """Whose line is under none of these leaves, though its secret is there; ``None`` where all are."""
        there = frozenset(leaves)
        for whose, line in commit.lines.items():
            secret = self.secrets.street() if whose.startswith(STREET) else self.secrets.of(whose)
            if secret is not None and leaf(salt(secret, commit.key), encode(dict(line))) not in there:
                return whose
        return None


def root(leaves: tuple[bytes, ...]) -> bytes:
    """Of a tree whose leaves are sorted already."""
    return root_of(grown(leaves)[1])
