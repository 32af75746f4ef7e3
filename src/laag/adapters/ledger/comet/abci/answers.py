"""What the application answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from laag.adapters.ledger.comet.abci.things import Snapshot, ValidatorUpdate
from laag.adapters.ledger.comet.protobuf import at


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
