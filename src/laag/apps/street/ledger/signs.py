"""Who a neighbourhood's server is on the ledger, and how it signs there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laag.adapters.keys import Key
from laag.adapters.ledger.evidence import members_of
from laag.foundation.errors import BadInput
from laag.foundation.ports import Ledger
from laag.ledger.entries import Entry, Meter, to_sign, written
from laag.ledger.members import Member, Role

NEEDED = (Role.OPERATOR, Role.METERING)
"""What it commits: books, clearings and settlements, and what the meters said."""


@dataclass(frozen=True, slots=True)
class Party:
    """A member of the ledger with its keys: the present one, and beside it the next where it is about to change."""

    member: str
    keys: Sequence[Key]

    def having(self, ledger: Ledger, needed: Sequence[Role], fields: str = "ledger") -> tuple[Member, Key]:
        """How the ledger knows it now, and the key that it signs with; ``fields`` is where the file names them."""
        mine = next((one for one in members_of(ledger) if one.id == self.member), None)
        if mine is None:
            raise BadInput(f"{self.member} is no member of this ledger; give {fields}.member the name of one")
        if lacking := [role for role in needed if role not in mine.roles]:
            raise BadInput(
                f"{self.member} commits {_WHAT[fields]} and lacks the role {' and '.join(lacking)}; "
                "found the ledger with it, let another member run this server, or give [ledger.metering] who has it"
            )
        key = next((one for one in self.keys if one.public == mine.key), None)
        if key is None:
            raise BadInput(
                f"none of the keys given is that of {self.member} ({mine.key[:12]}…); give {fields}.key the file of it"
            )
        return mine, key


_WHAT = {"ledger": "books, settlements and readings", "ledger.metering": "readings"}


@dataclass(frozen=True, slots=True)
class Signs(Party):
    """The server's own member, and where readings are another's to commit, that one too."""

    metering: Party | None = None

    def on(self, ledger: Ledger) -> tuple[Member, Key]:
        """How the ledger knows the server now, and the key that it signs with."""
        return self.having(ledger, NEEDED if self.metering is None else (Role.OPERATOR,))

    def check(self, ledger: Ledger) -> None:
        """Refuse what cannot sign, before anything is to be signed."""
        self.on(ledger)
        if self.metering is not None:
            self.metering.having(ledger, (Role.METERING,), "ledger.metering")

    def writer(self, kind: str) -> str:
        """Which member commits entries of a kind."""
        return self.member if self.metering is None or kind != Meter.kind else self.metering.member

    def signed(self, ledger: Ledger, entries: Sequence[Entry]) -> list[bytes]:
        """These as they are handed in, each with the key of who writes it."""
        keys = {self.member: self.on(ledger)[1]}
        if self.metering is not None:
            keys[self.metering.member] = self.metering.having(ledger, (Role.METERING,), "ledger.metering")[1]
        return [signed(one, keys[one.by]) for one in entries]


def signed(entry: Entry, key: Key) -> bytes:
    """An entry as it is handed in."""
    return written(entry, key.sign(to_sign(entry)))
