"""Everything it takes to check one line of a bill without asking anybody: to plain words, and back."""

from __future__ import annotations

from dataclasses import dataclass

from laag.ledger.canonical import EVIDENCE_BYTES, Word, Words, decode, encode
from laag.ledger.fields import Fields, hash_in, wrong
from laag.ledger.genesis import Genesis, genesis
from laag.ledger.heads import Head, head


@dataclass(frozen=True, slots=True)
class Placed:
    """A signed entry, and its path from its place in the log to the head's root."""

    data: bytes
    index: int
    path: tuple[bytes, ...]

    def words(self) -> Words:
        """As evidence has it."""
        return {"data": decode(self.data), "index": self.index, "path": [one.hex() for one in self.path]}


@dataclass(frozen=True, slots=True)
class Shown:
    """A household's line, with what it takes to find it under the entry's root."""

    says: Words
    salt: bytes
    leaf: bytes
    index: int
    path: tuple[bytes, ...]

    @property
    def line(self) -> bytes:
        """The bytes that were salted and hashed."""
        return encode(self.says)

    def words(self) -> Words:
        """As evidence has it."""
        return {
            "index": self.index,
            "leaf": self.leaf.hex(),
            "path": [one.hex() for one in self.path],
            "salt": self.salt.hex(),
            "says": self.says,
        }


@dataclass(frozen=True, slots=True)
class Pin:
    """A head that a household saw and keeps."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Since:
    """The proof that the head continues the log of this size; size 0 needs none."""

    size: int = 0
    path: tuple[bytes, ...] = ()

    def words(self) -> Words:
        """As evidence has it."""
        return {"path": [one.hex() for one in self.path], "size": self.size}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line, and all that leads from it to the members; ``steps`` are the votes and rotations since the genesis."""

    genesis: Genesis
    steps: tuple[Placed, ...]
    entry: Placed
    attests: tuple[Placed, ...]
    head: Head
    line: Shown
    since: Since = Since()

    def words(self) -> Words:
        """As it is kept in a file."""
        return {
            "attests": [one.words() for one in self.attests],
            "entry": self.entry.words(),
            "genesis": self.genesis.words(),
            "head": self.head.words(),
            "kind": "evidence",
            "line": self.line.words(),
            "since": self.since.words(),
            "steps": [one.words() for one in self.steps],
            "version": 1,
        }

    @property
    def data(self) -> bytes:
        """The same as canonical bytes."""
        return encode(self.words())


def read_evidence(data: bytes) -> Evidence:
    """Evidence as it was kept; a refusal says which field is not as it should be."""
    return evidence(decode(data.removesuffix(b"\n"), EVIDENCE_BYTES))


def evidence(said: Word, where: str = "evidence") -> Evidence:
    """Evidence from its words."""
    fields = Fields(said, where)
    if fields.take("kind") != "evidence":
        raise wrong(f"{where}.kind", "'evidence'", "'evidence'")
    if fields.take("version") != 1:
        raise wrong(
            f"{where}.version", "1; een nieuwere laag leest een nieuwere", "1; a newer laag reads a newer one"
        )
    found = Evidence(
        fields.one("genesis", genesis), fields.each("steps", placed), fields.one("entry", placed),
        fields.each("attests", placed), fields.one("head", head), fields.one("line", _shown),
        fields.one("since", since),
    )  # fmt: skip
    fields.done()
    return found


def placed(said: Word, where: str) -> Placed:
    """An entry with its path, from its words."""
    fields = Fields(said, where)
    found = Placed(encode(fields.take("data")), fields.count("index"), fields.each("path", hash_in))
    fields.done()
    return found


def _shown(said: Word, where: str) -> Shown:
    fields = Fields(said, where)
    says = fields.take("says")
    if not isinstance(says, dict):
        raise wrong(f"{where}.says", "een object", "an object")
    found = Shown(
        says, bytes.fromhex(fields.hash("salt")), bytes.fromhex(fields.hash("leaf")), fields.count("index"),
        fields.each("path", hash_in),
    )  # fmt: skip
    fields.done()
    return found


def since(said: Word, where: str) -> Since:
    """A proof of going on, from its words."""
    fields = Fields(said, where)
    found = Since(fields.count("size"), fields.each("path", hash_in))
    fields.done()
    return found
