"""Members with keys, ledgers of them, and what they write: for the tests of the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from laag.adapters.keys import Key, verified
from laag.foundation.ports import Found
from laag.ledger.apply import Applied, Taken, apply
from laag.ledger.entries import Attest, Book, Clear, Dispute, Meter, Rotate, Settle, Vote, to_sign, written
from laag.ledger.genesis import Genesis, founded
from laag.ledger.members import Member
from laag.ledger.merkle import consistency, inclusion
from laag.ledger.state import State

ROLES = {"coop": ("operator",), "grid": ("grid",), "meters": ("metering",)}
FOUR = ("coop", "grid", "meters", "town")
DAY = "2026-11-22"


def key_of(name: str, number: int = 0) -> Key:
    """The same key for the same name, every time."""
    return Key(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"{name} {number}".encode()).digest()))


def party(name: str, **other) -> Member:
    said = {"roles": ROLES.get(name, ()), "node": key_of(name + " node").public} | other
    return Member(name, key_of(name).public, **said)


def names(count: int) -> list[str]:
    return [*FOUR, *(f"member-{n:02d}" for n in range(4, count))][:count]


def hashed(*words: object) -> str:
    return hashlib.sha256(repr(words).encode()).hexdigest()


@dataclass
class Ledger:
    """A ledger in memory, with everybody's keys."""

    genesis: Genesis
    state: State = None
    data: list[bytes] = field(default_factory=list)
    index: dict[str, Found] = field(default_factory=dict)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.state = self.state or State.begun(self.genesis)

    @classmethod
    def of(cls, *who: str, name: str = "kade") -> Ledger:
        return cls(founded(name, [party(one) for one in who or FOUR]))

    @property
    def id(self) -> str:
        return self.genesis.ledger

    def upto(self, size: int) -> Ledger:
        """As it was when it had so many entries."""
        short = Ledger(self.genesis)
        for data in self.data[:size]:
            short.submit(data)
        return short

    def look(self, key: str) -> Found | None:
        return self.index.get(key)

    def node(self, level: int, place: int) -> bytes:
        return self.nodes[level, place]

    def key(self, who: str) -> Key:
        return self.keys.get(who) or key_of(who)

    def sign(self, entry) -> bytes:
        return written(entry, self.key(entry.by).sign(to_sign(entry)))

    def submit(self, data: bytes, **other) -> Applied:
        done = apply(self.state, data, self.look, verified, **other)
        if isinstance(done.outcome, Taken):
            self.index[done.outcome.key] = Found(done.outcome.index, data)
            self.data.append(data)
            self.nodes |= {(level, place): one for level, place, one in done.nodes}
        self.state = done.state
        return done

    def write(self, entry, **other) -> Applied:
        return self.submit(self.sign(entry), **other)

    def path(self, index: int) -> tuple[bytes, ...]:
        return inclusion(index, self.state.size, self.node)

    def since(self, old: int) -> tuple[bytes, ...]:
        return consistency(old, self.state.size, self.node)

    # What is written, with what does not matter filled in.

    def book(self, market="day-ahead", period=DAY, **other) -> Book:
        return replace(Book(self.id, "coop", hashed("book", market, period), 16, market, period, 12), **other)

    def clear(self, market="day-ahead", period=DAY, version=1, **other) -> Clear:
        root = hashed("clear", market, period, version)
        return replace(Clear(self.id, "coop", root, 16, market, period, version, "layered", "0.1.0"), **other)

    def meter(self, period=DAY, version=1, **other) -> Meter:
        return replace(
            Meter(self.id, "meters", hashed("meter", period, version), 16, period, version), **other
        )

    def settle(self, period=DAY, version=1, **other) -> Settle:
        root = hashed("settle", period, version)
        return replace(Settle(self.id, "coop", root, 16, period, version, "layered", "0.1.0", 1), **other)

    def attest(self, by: str, target, **other) -> Attest:
        return replace(Attest(self.id, by, target.key, target.root), **other)

    def dispute(self, by: str, target) -> Dispute:
        return Dispute(self.id, by, target.key, hashed("why", by))

    def vote(self, by: str, change, at: int | None = None) -> Vote:
        return Vote(self.id, by, self.state.changes if at is None else at, change)

    def rotate(self, by: str, number: int = 1, node: str = "", to: Key | None = None) -> Rotate:
        to = to or key_of(by, number)
        bare = Rotate(self.id, by, number, to.public, node, "0" * 128)
        return replace(bare, proof=to.sign(bare.proved))

    def rotated(self, by: str, number: int = 1, node: str = "") -> Applied:
        done = self.write(self.rotate(by, number, node))
        self.keys[by] = key_of(by, number)
        return done


def secret(home: str) -> bytes:
    return hashlib.sha256(home.encode()).digest()
