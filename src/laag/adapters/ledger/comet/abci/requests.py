"""What CometBFT asks of an application."""

from __future__ import annotations

from dataclasses import dataclass

from laag.adapters.ledger.comet.abci.things import Misbehavior, Snapshot, Timestamp, ValidatorUpdate
from laag.adapters.ledger.comet.protobuf import at


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
