"""What requests and answers are both about: validators, what they were caught at, and a log up to a block."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from laag.adapters.ledger.comet.protobuf import at


@dataclass(frozen=True, slots=True)
class Timestamp:
    """Seconds since 1970, and billionths."""

    seconds: int = at(1, 0)
    nanos: int = at(2, 0)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Of a validator; others than Ed25519 are not used."""

    ed25519: bytes = at(1, b"")


@dataclass(frozen=True, slots=True)
class ValidatorUpdate:
    """A validator with so many votes from two blocks on; with none it goes."""

    pub_key: PublicKey = at(1, PublicKey())
    power: int = at(2, 0)


@dataclass(frozen=True, slots=True)
class Validator:
    """By the first bytes of its key's hash, and how many votes it has."""

    address: bytes = at(1, b"")
    power: int = at(3, 0)


class Misdeed(IntEnum):
    """What a validator was caught at."""

    UNKNOWN = 0
    DUPLICATE_VOTE = 1
    LIGHT_CLIENT_ATTACK = 2


@dataclass(frozen=True, slots=True)
class Misbehavior:
    """A validator signed what it may not, and the others have the proof."""

    type: int = at(1, 0)
    validator: Validator = at(2, Validator())
    height: int = at(3, 0)
    time: Timestamp = at(4, Timestamp())
    total_voting_power: int = at(5, 0)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A log up to a block."""

    height: int = at(1, 0)
    format: int = at(2, 0)
    chunks: int = at(3, 0)
    hash: bytes = at(4, b"")
    metadata: bytes = at(5, b"")
