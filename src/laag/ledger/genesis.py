"""How a ledger begins; the hash of this is the one thing that a household has to be given."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from laag.ledger.canonical import Word, Words, encode
from laag.ledger.fields import Fields, wrong
from laag.ledger.members import Member, held_together, member


@dataclass(frozen=True, slots=True)
class Genesis:
    """A name, the first members by id, and the rules' version.

    >>> Genesis("kade", (Member("coop", "0" * 64, ("operator",)),)).ledger[:8]
    '156ac068'
    """

    name: str
    members: tuple[Member, ...]
    app: int = 1

    def words(self) -> Words:
        """As it is written down."""
        return {
            "app": self.app,
            "kind": "genesis",
            "members": [one.words() for one in self.members],
            "name": self.name,
        }

    @property
    def data(self) -> bytes:
        """Its canonical bytes."""
        return encode(self.words())

    @property
    def ledger(self) -> str:
        """The ledger's id."""
        return hashlib.sha256(self.data).hexdigest()


def founded(name: str, members: Sequence[Member]) -> Genesis:
    """A genesis of these members, in whatever order; as it would be read."""
    return genesis(Genesis(name, held_together(members)).words())


def genesis(said: Word, where: str = "genesis") -> Genesis:
    """A genesis as it was written down."""
    fields = Fields(said, where)
    if fields.take("kind") != "genesis":
        raise wrong(f"{where}.kind", "'genesis'", "'genesis'")
    found = Genesis(fields.name("name"), fields.each("members", member), fields.version("app"))
    fields.done()
    if held_together(found.members) != found.members:
        raise wrong(f"{where}.members", "de volgorde van hun id", "in the order of their ids")
    return found
