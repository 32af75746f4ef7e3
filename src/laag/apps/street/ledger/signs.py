"""Who a neighbourhood's server is on the ledger, and how it signs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laag.adapters.keys import Key
from laag.adapters.ledger.evidence import members_of
from laag.foundation.errors import BadInput
from laag.foundation.ports import Ledger
from laag.ledger.entries import Entry, to_sign, written
from laag.ledger.members import Member, Role

NEEDED = (Role.OPERATOR, Role.METERING)
"""What it commits: books, clearings and settlements, and what the meters said."""


@dataclass(frozen=True, slots=True)
class Signs:
    """A member of the ledger with its keys: the present one, and beside it the next where it is about to change."""

    member: str
    keys: Sequence[Key]

    def on(self, ledger: Ledger) -> tuple[Member, Key]:
        """How the ledger knows it now, and the key that it signs with."""
        mine = next((one for one in members_of(ledger) if one.id == self.member), None)
        if mine is None:
            raise BadInput(f"{self.member} is no member of this ledger; give ledger.member the name of one")
        if lacking := [role for role in NEEDED if role not in mine.roles]:
            raise BadInput(
                f"{self.member} commits books, settlements and readings and lacks the role {' and '.join(lacking)}; "
                "found the ledger with both, or let another member run this server"
            )
        key = next((one for one in self.keys if one.public == mine.key), None)
        if key is None:
            raise BadInput(
                f"none of the keys given is that of {self.member} ({mine.key[:12]}…); give ledger.key the file of it"
            )
        return mine, key


def signed(entry: Entry, key: Key) -> bytes:
    """An entry as it is handed in."""
    return written(entry, key.sign(to_sign(entry)))
