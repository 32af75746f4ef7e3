"""What CometBFT 0.38 and an application say to each other (ABCI 2.0), as far as this one reads or answers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

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
class EchoRequest:
    """Say the same."""

    message: str = at(1, "")


@dataclass(frozen=True, slots=True)
class FlushRequest:
    """Hold back no answers."""


@dataclass(frozen=True, slots=True)
class InfoRequest:
    """Where do you stand?"""

    version: str = at(1, "")
    abci_version: str = at(4, "")


@dataclass(frozen=True, slots=True)
class InitChainRequest:
    """A chain begins."""

    time: Timestamp = at(1, Timestamp())
    chain_id: str = at(2, "")
    validators: tuple[ValidatorUpdate, ...] = at(4, ())
    app_state_bytes: bytes = at(5, b"")
    initial_height: int = at(6, 0)


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A question of ours, passed on."""

    data: bytes = at(1, b"")
    path: str = at(2, "")
    height: int = at(3, 0)
    prove: bool = at(4, False)


@dataclass(frozen=True, slots=True)
class CheckTxRequest:
    """May this entry wait for a block? ``type`` 1: may it still?"""

    tx: bytes = at(1, b"")
    type: int = at(2, 0)


@dataclass(frozen=True, slots=True)
class CommitRequest:
    """Write down what was decided."""


@dataclass(frozen=True, slots=True)
class ListSnapshotsRequest:
    """What can you give to a member that joins?"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A log up to a block."""

    height: int = at(1, 0)
    format: int = at(2, 0)
    chunks: int = at(3, 0)
    hash: bytes = at(4, b"")
    metadata: bytes = at(5, b"")


@dataclass(frozen=True, slots=True)
class OfferSnapshotRequest:
    """Another node offers this; the hash is in a header that was verified."""

    snapshot: Snapshot = at(1, Snapshot())
    app_hash: bytes = at(2, b"")


@dataclass(frozen=True, slots=True)
class LoadSnapshotChunkRequest:
    """A piece, for another node."""

    height: int = at(1, 0)
    format: int = at(2, 0)
    chunk: int = at(3, 0)


@dataclass(frozen=True, slots=True)
class ApplySnapshotChunkRequest:
    """A piece, from another node."""

    index: int = at(1, 0)
    chunk: bytes = at(2, b"")
    sender: str = at(3, "")


@dataclass(frozen=True, slots=True)
class PrepareProposalRequest:
    """Make a block of what waits."""

    max_tx_bytes: int = at(1, 0)
    txs: tuple[bytes, ...] = at(2, ())
    height: int = at(5, 0)


@dataclass(frozen=True, slots=True)
class ProcessProposalRequest:
    """Is this a block?"""

    txs: tuple[bytes, ...] = at(1, ())
    height: int = at(5, 0)
    proposer_address: bytes = at(8, b"")


@dataclass(frozen=True, slots=True)
class ExtendVoteRequest:
    """Not used."""

    height: int = at(2, 0)


@dataclass(frozen=True, slots=True)
class VerifyVoteExtensionRequest:
    """Not used."""

    vote_extension: bytes = at(4, b"")


@dataclass(frozen=True, slots=True)
class FinalizeBlockRequest:
    """This block is decided."""

    txs: tuple[bytes, ...] = at(1, ())
    misbehavior: tuple[Misbehavior, ...] = at(3, ())
    hash: bytes = at(4, b"")
    height: int = at(5, 0)
    time: Timestamp = at(6, Timestamp())


@dataclass(frozen=True, slots=True)
class ExceptionResponse:
    """I cannot go on."""

    error: str = at(1, "")


@dataclass(frozen=True, slots=True)
class EchoResponse:
    """The same."""

    message: str = at(1, "")


@dataclass(frozen=True, slots=True)
class FlushResponse:
    """Nothing is held back."""


@dataclass(frozen=True, slots=True)
class InfoResponse:
    """After this block, with this hash."""

    data: str = at(1, "")
    version: str = at(2, "")
    app_version: int = at(3, 0)
    last_block_height: int = at(4, 0)
    last_block_app_hash: bytes = at(5, b"")


@dataclass(frozen=True, slots=True)
class InitChainResponse:
    """Who validates, and the hash of the state before the first block."""

    validators: tuple[ValidatorUpdate, ...] = at(2, ())
    app_hash: bytes = at(3, b"")


@dataclass(frozen=True, slots=True)
class QueryResponse:
    """The answer; code 0 is one."""

    code: int = at(1, 0)
    log: str = at(3, "")
    index: int = at(5, 0)
    key: bytes = at(6, b"")
    value: bytes = at(7, b"")
    height: int = at(9, 0)


@dataclass(frozen=True, slots=True)
class CheckTxResponse:
    """Code 0: it may."""

    code: int = at(1, 0)
    data: bytes = at(2, b"")
    log: str = at(3, "")
    info: str = at(4, "")
    codespace: str = at(8, "")


@dataclass(frozen=True, slots=True)
class CommitResponse:
    """It is on disk; blocks below ``retain_height`` may go."""

    retain_height: int = at(3, 0)


@dataclass(frozen=True, slots=True)
class ListSnapshotsResponse:
    """These."""

    snapshots: tuple[Snapshot, ...] = at(1, ())


class Offer(IntEnum):
    """What is said to an offered snapshot."""

    ACCEPT = 1
    ABORT = 2
    REJECT = 3
    REJECT_FORMAT = 4


@dataclass(frozen=True, slots=True)
class OfferSnapshotResponse:
    """An ``Offer``."""

    result: int = at(1, 0)


@dataclass(frozen=True, slots=True)
class LoadSnapshotChunkResponse:
    """The piece."""

    chunk: bytes = at(1, b"")


class Chunk(IntEnum):
    """What is said to a piece of a snapshot."""

    ACCEPT = 1
    ABORT = 2
    RETRY = 3
    REJECT_SNAPSHOT = 5


@dataclass(frozen=True, slots=True)
class ApplySnapshotChunkResponse:
    """A ``Chunk``."""

    result: int = at(1, 0)
    reject_senders: tuple[str, ...] = at(3, ())


@dataclass(frozen=True, slots=True)
class PrepareProposalResponse:
    """The block."""

    txs: tuple[bytes, ...] = at(1, ())


class Proposal(IntEnum):
    """What is said to a proposed block."""

    ACCEPT = 1
    REJECT = 2


@dataclass(frozen=True, slots=True)
class ProcessProposalResponse:
    """A ``Proposal``."""

    status: int = at(1, 0)


@dataclass(frozen=True, slots=True)
class ExtendVoteResponse:
    """Nothing."""

    vote_extension: bytes = at(1, b"")


@dataclass(frozen=True, slots=True)
class VerifyVoteExtensionResponse:
    """A ``Proposal``."""

    status: int = at(1, 0)


@dataclass(frozen=True, slots=True)
class TxResult:
    """What became of an entry."""

    code: int = at(1, 0)
    data: bytes = at(2, b"")
    log: str = at(3, "")
    codespace: str = at(8, "")


@dataclass(frozen=True, slots=True)
class FinalizeBlockResponse:
    """What became of each entry, who validates from two blocks on, and the hash of the state."""

    tx_results: tuple[TxResult, ...] = at(2, ())
    validator_updates: tuple[ValidatorUpdate, ...] = at(3, ())
    app_hash: bytes = at(5, b"")


REQUESTS: dict[int, type] = {
    1: EchoRequest,
    2: FlushRequest,
    3: InfoRequest,
    5: InitChainRequest,
    6: QueryRequest,
    8: CheckTxRequest,
    11: CommitRequest,
    12: ListSnapshotsRequest,
    13: OfferSnapshotRequest,
    14: LoadSnapshotChunkRequest,
    15: ApplySnapshotChunkRequest,
    16: PrepareProposalRequest,
    17: ProcessProposalRequest,
    18: ExtendVoteRequest,
    19: VerifyVoteExtensionRequest,
    20: FinalizeBlockRequest,
}
"""The number under which each request travels."""

RESPONSES: dict[type, int] = {
    ExceptionResponse: 1,
    EchoResponse: 2,
    FlushResponse: 3,
    InfoResponse: 4,
    InitChainResponse: 6,
    QueryResponse: 7,
    CheckTxResponse: 9,
    CommitResponse: 12,
    ListSnapshotsResponse: 13,
    OfferSnapshotResponse: 14,
    LoadSnapshotChunkResponse: 15,
    ApplySnapshotChunkResponse: 16,
    PrepareProposalResponse: 17,
    ProcessProposalResponse: 18,
    ExtendVoteResponse: 19,
    VerifyVoteExtensionResponse: 20,
    FinalizeBlockResponse: 21,
}
"""The number under which each answer travels."""

Request = Any
Response = Any
