"""Entries as they go on the ledger: read, written, and signed by a member."""

from __future__ import annotations

from dataclasses import dataclass, fields

from laag.ledger.canonical import Word, decode, encode
from laag.ledger.changes import change
from laag.ledger.fields import Fields, Read, wrong
from laag.ledger.kinds import (
    Anchor,
    Attest,
    Book,
    Clear,
    Dispute,
    Entry,
    Flex,
    Lined,
    Meter,
    Rooted,
    Rotate,
    Settle,
    Vote,
    words,
)

__all__ = [
    "Anchor", "Attest", "Book", "Clear", "Dispute", "Entry", "Flex", "Lined", "Meter", "Rooted", "Rotate", "Settle",
    "Signed", "Vote", "attest_key", "dispute_key", "entry", "next_version", "read", "to_sign", "words", "written",
]  # fmt: skip

_SIGNS = b"laag v1 entry\n"
_KINDS: dict[str, type[Entry]] = {
    one.kind: one
    for one in (Book, Clear, Meter, Settle, Flex, Attest, Dispute, Vote, Rotate, Anchor)
}  # fmt: skip
_STAGES = ("order", "request")


def _stage(said: Fields, name: str) -> str:
    found = said.name(name)
    if found not in _STAGES:
        raise wrong(f"{said.where}.{name}", "'request' of 'order'", "'request' or 'order'")
    return found


_READ: dict[str, Read] = {
    "ledger": Fields.hash, "by": Fields.name, "root": Fields.hash, "leaves": Fields.leaves, "count": Fields.told,
    "market": Fields.name, "period": Fields.name, "version": Fields.version, "rule": Fields.name,
    "code": Fields.name, "meter": Fields.version, "point": Fields.name, "stage": _stage, "target": Fields.target,
    "reason": Fields.hash, "at": Fields.count, "change": lambda said, name: said.one(name, change),
    "number": Fields.version, "new_key": Fields.hash, "new_node": Fields.hash_or_none, "proof": Fields.signature,
    "origin": Fields.name, "size": Fields.count,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signed:
    """An entry as it goes on the ledger."""

    entry: Entry
    signature: str
    data: bytes
    """The canonical bytes of both."""

    @property
    def said(self) -> bytes:
        """The canonical bytes of the entry alone."""
        return self.data[len(b'{"entry":') : -len(b',"signature":"') - len(self.signature) - len(b'"}')]

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        return _SIGNS + self.said


def to_sign(entry: Entry) -> bytes:
    """What a member signs."""
    return _SIGNS + encode(words(entry))


def written(entry: Entry, signature: str) -> bytes:
    """A signed entry as it is submitted and logged."""
    return encode({"entry": words(entry), "signature": signature})


def read(data: bytes) -> Signed:
    """A signed entry as it was submitted; a refusal says which field is not as it should be."""
    said = decode(data)
    outer = Fields(said, "submission")
    found = Signed(outer.one("entry", entry), outer.signature("signature"), data)
    outer.done()
    return found


def entry(said: Word, where: str = "entry") -> Entry:
    """An entry as it was written down."""
    fields_ = Fields(said, where)
    kind = fields_.take("kind")
    shape = _KINDS.get(kind) if isinstance(kind, str) else None
    if shape is None:
        raise wrong(f"{where}.kind", f"een van {', '.join(_KINDS)}", f"one of {', '.join(_KINDS)}")
    found = shape(**{one.name: _READ[one.name](fields_, one.name) for one in fields(shape)})
    fields_.done()
    return found


def attest_key(target: str, member: str) -> str:
    """Under what a member's attestation is written."""
    return f"attest/{target}/{member}"


def dispute_key(target: str, member: str) -> str:
    """Under what a member's dispute is written."""
    return f"dispute/{target}/{member}"


def next_version(key: str) -> str:
    """The key of what corrects it.

    >>> next_version("settle/2026-11-22/1")
    'settle/2026-11-22/2'
    """
    base, _, version = key.rpartition("/")
    return f"{base}/{int(version) + 1}"
