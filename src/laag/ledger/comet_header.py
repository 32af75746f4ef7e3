"""What a CometBFT validator signs, computed from a block's header: its hash, its validators' hash, and a precommit's bytes.

As CometBFT 0.38 does (types/block.go, types/canonical.go, crypto/merkle): Merkle trees of RFC 9162 over protobuf.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from laag.ledger.canonical import Word, Words
from laag.ledger.fields import Fields, wrong
from laag.ledger.merkle import grown, leaf_hash, root_of
from laag.ledger.protobuf import blob, delimited, fixed64, message, number

_PRECOMMIT = 2
_NANOS = 10**9 - 1
_ADDRESS = 20
POWER = 1
"""Every member has one vote."""


def chain_id(ledger: str) -> str:
    """The name of a ledger's chain: as much of its id as fits."""
    return f"laag-{ledger[:40]}"


def address(node: str) -> str:
    """A validator's address (hex), of its key (hex)."""
    return hashlib.sha256(bytes.fromhex(node)).hexdigest()[: 2 * _ADDRESS]


@dataclass(frozen=True, slots=True)
class Instant:
    """Seconds since 1970, and billionths."""

    seconds: int
    nanos: int

    @property
    def encoded(self) -> bytes:
        """As a protobuf timestamp."""
        return number(1, self.seconds) + number(2, self.nanos)

    def words(self) -> Words:
        """As evidence has it."""
        return {"nanos": self.nanos, "seconds": self.seconds}


@dataclass(frozen=True, slots=True)
class BlockId:
    """Which block: its header's hash, and the parts in which it went around. Empty for what is before the first."""

    hash: bytes
    parts: int
    parts_hash: bytes

    @property
    def encoded(self) -> bytes:
        """As protobuf; the parts are written also where there are none."""
        return blob(1, self.hash) + message(2, number(1, self.parts) + blob(2, self.parts_hash))

    def words(self) -> Words:
        """As evidence has it."""
        return {"hash": self.hash.hex(), "parts": self.parts, "parts_hash": self.parts_hash.hex()}


@dataclass(frozen=True, slots=True)
class Header:
    """A block's header, field by field."""

    block: int
    """The version of blocks."""
    app: int
    """The version of the application."""
    chain: str
    height: int
    time: Instant
    last: BlockId
    last_commit: bytes
    data: bytes
    validators: bytes
    next_validators: bytes
    consensus: bytes
    app_hash: bytes
    last_results: bytes
    evidence: bytes
    proposer: bytes

    @property
    def hash(self) -> bytes:
        """The Merkle root over the fields: what a block is called by."""
        every = (
            number(1, self.block) + number(2, self.app),
            blob(1, self.chain.encode()),
            number(1, self.height),
            self.time.encoded,
            self.last.encoded,
            *(
                blob(1, one)
                for one in (
                    self.last_commit, self.data, self.validators, self.next_validators, self.consensus,
                    self.app_hash, self.last_results, self.evidence, self.proposer,
                )
            ),
        )  # fmt: skip
        return _tree(every)

    def words(self) -> Words:
        """As evidence has it."""
        return {
            "app": self.app,
            "block": self.block,
            "chain": self.chain,
            "height": self.height,
            "last": self.last.words(),
            "time": self.time.words(),
            **{name: getattr(self, name).hex() for name in _HASHES},
        }


_HASHES = (
    "last_commit", "data", "validators", "next_validators", "consensus", "app_hash", "last_results", "evidence",
    "proposer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Precommit:
    """A member's validator committed to the block."""

    by: str
    at: Instant
    signature: str

    def words(self) -> Words:
        """As evidence has it."""
        return {"at": self.at.words(), "by": self.by, "signature": self.signature}

    def signed(self, chain: str, height: int, round_: int, block: BlockId) -> bytes:
        """What its signature is over."""
        return delimited(
            number(1, _PRECOMMIT)
            + fixed64(2, height)
            + fixed64(3, round_)
            + blob(4, block.encoded)
            + message(5, self.at.encoded)
            + blob(6, chain.encode())
        )


def validators_hash(nodes: Sequence[str], power: int = POWER) -> bytes:
    """The hash of validators with these keys (hex) and as many votes each, in whatever order."""
    ordered = sorted((address(one), one) for one in nodes)
    return _tree([blob(1, blob(1, bytes.fromhex(one))) + number(2, power) for _, one in ordered])


def header(said: Word, where: str) -> Header:
    """A header as evidence has it."""
    fields = Fields(said, where)
    found = Header(
        fields.count("block"), fields.count("app"), fields.name("chain"), fields.count("height", 1),
        fields.one("time", _instant), fields.one("last", block_id),
        **{name: _bytes(fields, name) for name in _HASHES},
    )  # fmt: skip
    fields.done()
    return found


def block_id(said: Word, where: str) -> BlockId:
    """Which block, as evidence has it."""
    fields = Fields(said, where)
    found = BlockId(_bytes(fields, "hash"), fields.count("parts", 0, 2**32 - 1), _bytes(fields, "parts_hash"))
    fields.done()
    return found


def precommit(said: Word, where: str) -> Precommit:
    """A member's precommit as evidence has it."""
    fields = Fields(said, where)
    found = Precommit(fields.name("by"), fields.one("at", _instant), fields.signature("signature"))
    fields.done()
    return found


def _instant(said: Word, where: str) -> Instant:
    fields = Fields(said, where)
    found = Instant(fields.count("seconds"), fields.count("nanos", 0, _NANOS))
    fields.done()
    return found


def _bytes(fields: Fields, name: str) -> bytes:
    said = fields.take(name)
    try:
        found = bytes.fromhex(said) if isinstance(said, str) else None
    except ValueError:
        found = None
    if found is None or found.hex() != said or len(found) not in {0, _ADDRESS, 32}:
        raise wrong(f"{fields.where}.{name}", "een hash in klein hex", "a hash in small hex")
    return found


def _tree(every: Sequence[bytes]) -> bytes:
    return root_of(grown(map(leaf_hash, every))[1])
