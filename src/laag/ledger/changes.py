"""What members vote on: who joins, who leaves, and by which rules the ledger goes on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TypeAlias

from laag.ledger.canonical import Word, Words, encode
from laag.ledger.fields import Fields, wrong
from laag.ledger.members import Member, member


@dataclass(frozen=True, slots=True)
class _Change:
    def words(self) -> Words:
        """As it is written down."""
        raise NotImplementedError

    @property
    def digest(self) -> str:
        """Its short name, in a vote's key."""
        return hashlib.sha256(encode(self.words())).hexdigest()


@dataclass(frozen=True, slots=True)
class Join(_Change):
    """A party becomes a member."""

    member: Member

    def words(self) -> Words:
        """As it is written down."""
        return {"kind": "join", "member": self.member.words()}


@dataclass(frozen=True, slots=True)
class Remove(_Change):
    """A member leaves, or has to."""

    member: str

    def words(self) -> Words:
        """As it is written down."""
        return {"kind": "remove", "member": self.member}


@dataclass(frozen=True, slots=True)
class Upgrade(_Change):
    """From this size of the log on the next version of the rules holds."""

    app: int
    size: int

    def words(self) -> Words:
        """As it is written down."""
        return {"app": self.app, "kind": "upgrade", "size": self.size}


Change: TypeAlias = Join | Remove | Upgrade


def change(said: Word, where: str) -> Change:
    """A change as it was written down."""
    fields = Fields(said, where)
    found: Change
    match fields.take("kind"):
        case "join":
            found = Join(fields.one("member", member))
        case "remove":
            found = Remove(fields.name("member"))
        case "upgrade":
            found = Upgrade(fields.version("app"), fields.count("size"))
        case _:
            raise wrong(f"{where}.kind", "'join', 'remove' of 'upgrade'", "'join', 'remove' or 'upgrade'")
    fields.done()
    return found
