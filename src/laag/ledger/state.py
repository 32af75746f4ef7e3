"""All that the ledger is: its rules' version, its members, its log. Small, and the same wherever the log is the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from laag.ledger.canonical import Word, Words, encode
from laag.ledger.changes import Upgrade
from laag.ledger.fields import Fields, hash_in, wrong
from laag.ledger.genesis import Genesis
from laag.ledger.members import Member, Role, held_together, member
from laag.ledger.merkle import Made, appended, root_of

APP = 1
"""The newest version of the rules that this code knows."""


@dataclass(frozen=True, slots=True)
class State:
    """What holds after the entries so far."""

    ledger: str
    app: int
    members: tuple[Member, ...]
    """By id."""
    changes: int = 0
    """How many votes have passed."""
    coming: Upgrade | None = None
    """Voted, and not yet so far."""
    size: int = 0
    frontier: tuple[bytes, ...] = ()

    @classmethod
    def begun(cls, genesis: Genesis) -> State:
        """Before the first entry."""
        return cls(genesis.ledger, genesis.app, genesis.members)

    @property
    def root(self) -> bytes:
        """Of the log."""
        return root_of(self.frontier)

    @property
    def digest(self) -> str:
        """One hash of everything but the log."""
        return hashlib.sha256(encode(self._kept())).hexdigest()

    @property
    def app_hash(self) -> bytes:
        """One hash of everything."""
        return app_hash(self.size, self.root, self.digest)

    def member(self, who: str) -> Member | None:
        """Who is called so."""
        return next((one for one in self.members if one.id == who), None)

    def operators(self) -> tuple[Member, ...]:
        """Who may sign checkpoints."""
        return tuple(one for one in self.members if Role.OPERATOR in one.roles)

    def logged(self, leaf: bytes) -> tuple[State, tuple[Made, ...]]:
        """With one more leaf, and the nodes that became whole."""
        frontier, made = appended(self.frontier, self.size, leaf)
        return replace(self, size=self.size + 1, frontier=frontier).due(), tuple(made)

    def due(self) -> State:
        """With the rules that hold from this size on."""
        if self.coming and self.size >= self.coming.size:
            return replace(self, app=self.coming.app, coming=None)
        return self

    def words(self) -> Words:
        """As it is kept, or given to a member that joins."""
        return {
            **self._kept(),
            "frontier": [one.hex() for one in self.frontier],
            "kind": "state",
            "size": self.size,
        }

    def _kept(self) -> Words:
        return {
            "app": self.app,
            "changes": self.changes,
            "coming": [self.coming.app, self.coming.size] if self.coming else [],
            "ledger": self.ledger,
            "members": [one.words() for one in self.members],
        }


def app_hash(size: int, root: bytes, digest: str) -> bytes:
    """What a chain's headers say of the state."""
    return hashlib.sha256(encode({"root": root.hex(), "size": size, "state": digest})).digest()


def state(said: Word, where: str = "state") -> State:
    """A state as it was kept."""
    fields = Fields(said, where)
    if fields.take("kind") != "state":
        raise wrong(f"{where}.kind", "'state'", "'state'")
    found = State(
        fields.hash("ledger"),
        fields.version("app"),
        fields.each("members", member),
        fields.count("changes"),
        fields.one("coming", _coming),
        fields.count("size"),
        fields.each("frontier", hash_in),
    )
    fields.done()
    if len(found.frontier) != found.size.bit_count():
        raise wrong(f"{where}.frontier", "een hash per bit van size", "one hash for each bit of size")
    if held_together(found.members) != found.members:
        raise wrong(f"{where}.members", "de volgorde van hun id", "in the order of their ids")
    return found


def _coming(said: Word, where: str) -> Upgrade | None:
    match said:
        case []:
            return None
        case [int(app), int(size)]:
            return Upgrade(app, size)
        case _:
            raise wrong(where, "[] of [versie, omvang]", "[] or [version, size]")
