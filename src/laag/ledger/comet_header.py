"""A block's header and who signed it, as CometBFT 0.38 hashes and signs them: checked here without CometBFT.

Every validator has one vote. What the application's hash in a header says is the ledger after the block before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

Verify = Callable[[str, str, bytes], bool]
"""Whether the holder of this key (hex) made this signature (hex) over these bytes."""
_PRECOMMIT = 2
_BITS_64 = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class BlockId:
    """A block by its header's hash and by the parts in which it travelled; all empty before the first."""

    hash: bytes
    parts: int
    parts_hash: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The fourteen fields over which a block's hash is taken; the time as seconds and nanoseconds since 1970."""

    block_version: int
    app_version: int
    chain: str
    height: int
    seconds: int
    nanos: int
    last_block: BlockId
    last_commit: bytes
    data: bytes
    validators: bytes
    next_validators: bytes
    consensus: bytes
    app: bytes
    last_results: bytes
    evidence: bytes
    proposer: bytes

    def hash(self) -> bytes:
        """The Merkle root over its fields, each in the protocol buffer of its kind."""
        return merkle_root(
            [
                _number(1, self.block_version) + _number(2, self.app_version),
                _data(1, self.chain.encode()),
                _number(1, self.height),
                _time(self.seconds, self.nanos),
                _block_id(self.last_block),
                *(
                    _data(1, field)
                    for field in (
                        self.last_commit,
                        self.data,
                        self.validators,
                        self.next_validators,
                        self.consensus,
                        self.app,
                        self.last_results,
                        self.evidence,
                        self.proposer,
                    )
                ),
            ]
        )


@dataclass(frozen=True, slots=True)
class Precommit:
    """One validator's signature under a block, with the time that it said it was."""

    node: str
    """The validator's public key, in hex."""
    seconds: int
    nanos: int
    signature: str


@dataclass(frozen=True, slots=True)
class Commit:
    """Who precommitted a block, in which round."""

    height: int
    round: int
    block: BlockId
    precommits: tuple[Precommit, ...]


class Lacks(StrEnum):
    """Why a header and its signatures prove nothing."""

    OTHER_CHAIN = "other-chain"
    """The header is of another chain."""
    OTHER_BLOCK = "other-block"
    """What was signed is another block than this header's."""
    OTHER_VALIDATORS = "other-validators"
    """The header was made by other validators than these."""
    STRANGER = "stranger"
    """A signature is of somebody who is no validator, or stands there twice."""
    FORGED = "forged"
    """A signature does not hold."""
    TOO_FEW = "too-few"
    """Not more than two thirds of the validators signed."""


def lacks(header: Header, commit: Commit, nodes: Sequence[str], chain: str, verify: Verify) -> Lacks | None:
    """What is wrong with a header and the signatures of these validators under it; ``None`` where it holds."""
    if header.chain != chain:
        return Lacks.OTHER_CHAIN
    if commit.height != header.height or commit.block.hash != header.hash():
        return Lacks.OTHER_BLOCK
    if header.validators != validators_hash(nodes):
        return Lacks.OTHER_VALIDATORS
    signers = [precommit.node for precommit in commit.precommits]
    if len(set(signers)) < len(signers) or not set(signers) <= set(nodes):
        return Lacks.STRANGER
    if 3 * len(signers) <= 2 * len(nodes):
        return Lacks.TOO_FEW
    if not all(verify(one.node, one.signature, sign_bytes(chain, commit, one)) for one in commit.precommits):
        return Lacks.FORGED
    return None


def chain_name(ledger: str) -> str:
    """How a ledger's chain is called: signatures under its blocks are thereby of this ledger and no other.

    >>> len(chain_name("ab" * 32))
    45
    """
    return f"laag-{ledger[:40]}"


def address(node: str) -> bytes:
    """How CometBFT calls a validator: the first twenty bytes of its key's hash."""
    return sha256(bytes.fromhex(node)).digest()[:20]


def validators_hash(nodes: Sequence[str]) -> bytes:
    """The Merkle root over validators of one vote each, in the order of their addresses."""
    return merkle_root(
        [_part(1, _part(1, bytes.fromhex(node))) + _number(2, 1) for node in sorted(nodes, key=address)]
    )


def sign_bytes(chain: str, commit: Commit, precommit: Precommit) -> bytes:
    """What a validator signs when it precommits: the vote in its canonical form, its length before it."""
    vote = (
        _number(1, _PRECOMMIT)
        + _fixed(2, commit.height)
        + _fixed(3, commit.round)
        + _part(4, _data(1, commit.block.hash) + _part(2, _parts(commit.block)))
        + _part(5, _time(precommit.seconds, precommit.nanos))
        + _data(6, chain.encode())
    )
    return _varint(len(vote)) + vote


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962's tree, in which CometBFT hashes lists.

    >>> merkle_root([]).hex()[:8], merkle_root([b""]).hex()[:8]
    ('e3b0c442', '6e340b9c')
    """
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\1" + merkle_root(leaves[:half]) + merkle_root(leaves[half:])).digest()


def _block_id(block: BlockId) -> bytes:
    return _data(1, block.hash) + _part(2, _parts(block))


def _parts(block: BlockId) -> bytes:
    return _number(1, block.parts) + _data(2, block.parts_hash)


def _time(seconds: int, nanos: int) -> bytes:
    return _number(1, seconds) + _number(2, nanos)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value) if value else b""


def _fixed(field: int, value: int) -> bytes:
    return _varint(field << 3 | 1) + (value & _BITS_64).to_bytes(8, "little") if value else b""


def _data(field: int, value: bytes) -> bytes:
    return _part(field, value) if value else b""


def _part(field: int, value: bytes) -> bytes:
    """Also where it is empty: a message within a message is always said."""
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    value &= _BITS_64
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
