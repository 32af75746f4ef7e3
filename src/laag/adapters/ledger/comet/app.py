"""The ledger as an application of CometBFT: it judges entries, proposes and decides blocks, and answers questions.

A block is applied when it is decided and on disk before ``Commit`` is answered: after a ``kill -9`` CometBFT plays
again whatever came after.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from laag import __version__
from laag.adapters.ledger.comet import abci
from laag.adapters.ledger.comet.outcome import Verdict, verdict
from laag.adapters.ledger.comet.queries import answered
from laag.adapters.ledger.comet.record import Caught, Record
from laag.adapters.ledger.comet.snapshots import Restoring, offered, piece
from laag.adapters.ledger.comet.verifying import verify
from laag.foundation.errors import BadInput
from laag.foundation.ports import Found
from laag.ledger.apply import Applied, Taken, apply, apply_block, overlaid
from laag.ledger.comet_header import chain_id
from laag.ledger.refused import Code, NeedsUpgrade, Refused
from laag.ledger.state import State

_TAKES_LATER = {Code.OUT_OF_ORDER}
"""What may be all right once other entries have come: another node may have them already."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How much a node keeps: blocks to hand to those who were away, and after how many blocks a snapshot for who joins."""

    blocks: int = 100_000
    snapshot_every: int = 1_000


@dataclass(frozen=True, slots=True)
class _Block:
    height: int
    txs: tuple[bytes, ...]
    state: State
    done: tuple[Applied, ...]
    caught: tuple[Caught, ...] = ()


class Application:
    """One member's copy of the ledger, asked by its CometBFT."""

    def __init__(
        self, record: Record, upkeep: Upkeep = Upkeep(), peers: Callable[[], Collection[str]] | None = None
    ) -> None:
        self.record = record
        self._upkeep = upkeep
        self._peers = peers
        self._decided: _Block | None = None
        self._restoring: Restoring | None = None
        self.needs: NeedsUpgrade | None = None
        """Set where the members went on to rules that this program does not know: starting again does not help."""
        self._forget_pending()

    def __call__(self, request: abci.Request) -> abci.Response:
        """The answer to one request."""
        try:
            return self._answer(request)
        except NeedsUpgrade as needs:
            self.needs = needs
            raise

    def _answer(self, request: abci.Request) -> abci.Response:
        match request:
            case abci.CheckTxRequest():
                return self._check(request.tx, again=bool(request.type))
            case abci.QueryRequest():
                return self._query(request)
            case abci.PrepareProposalRequest():
                return abci.PrepareProposalResponse(self._proposed(request.txs, request.max_tx_bytes))
            case abci.ProcessProposalRequest():
                good = all(
                    isinstance(one.outcome, Taken) for one in self._applied(request.height, request.txs).done
                )
                return abci.ProcessProposalResponse(abci.Proposal.ACCEPT if good else abci.Proposal.REJECT)
            case abci.FinalizeBlockRequest():
                return self._finalize(request)
            case abci.CommitRequest():
                return self._commit()
            case abci.InfoRequest():
                return self._info()
            case abci.InitChainRequest():
                return self._init(request)
            case abci.EchoRequest():
                return abci.EchoResponse(request.message)
            case abci.ExtendVoteRequest():
                return abci.ExtendVoteResponse()
            case abci.VerifyVoteExtensionRequest():
                return abci.VerifyVoteExtensionResponse(
                    abci.Proposal.REJECT if request.vote_extension else abci.Proposal.ACCEPT
                )
            case _:
                return self._snapshot(request)

    def _info(self) -> abci.InfoResponse:
        stand = self.record.stand
        app_hash = self.record.state.app_hash if stand.height else b""
        return abci.InfoResponse("laag", __version__, self.record.state.app, stand.height, app_hash)

    def _init(self, request: abci.InitChainRequest) -> abci.InitChainResponse:
        genesis, stand = self.record.genesis, self.record.stand
        if (
            request.chain_id != chain_id(genesis.ledger)
            or json.loads(request.app_state_bytes) != genesis.ledger
        ):
            raise BadInput(
                f"CometBFT begins {request.chain_id}, this node's ledger is {chain_id(genesis.ledger)}; "
                "fetch it again from the other members with: laag ledger refetch"
            )
        if stand.height:
            raise BadInput(
                f"CometBFT begins anew and this node's record stands at block {stand.height}; CometBFT's data were "
                "lost; fetch the ledger again from the other members with: laag ledger refetch"
            )
        return abci.InitChainResponse(_votes({}, _nodes(self.record.state)), self.record.state.app_hash)

    def judge(self, data: bytes) -> Verdict:
        """What would become of an entry now, after all that waits; nothing changes."""
        return verdict(self.record, self._on_pending(data).outcome)

    def _on_pending(self, data: bytes) -> Applied:
        return apply(self._pending, data, overlaid(self._written, self.record.look), verify)

    def _check(self, data: bytes, *, again: bool) -> abci.CheckTxResponse:
        applied = self._on_pending(data)
        said = verdict(self.record, applied.outcome)
        if isinstance(applied.outcome, Taken):
            self._pending = applied.state
            self._written[applied.outcome.key] = Found(applied.outcome.index, data)
        later = isinstance(applied.outcome, Refused) and applied.outcome.code in _TAKES_LATER and not again
        return abci.CheckTxResponse(0 if later else said.number, log=said.text, codespace="laag")

    def _forget_pending(self) -> None:
        self._pending = self.record.state
        self._written: dict[str, Found] = {}

    def _proposed(self, txs: Sequence[bytes], most_bytes: int) -> tuple[bytes, ...]:
        """What would be taken, in an order in which it is; what waits for something else waits on."""
        state, chosen = self.record.state, []
        written: dict[str, Found] = {}
        look = overlaid(written, self.record.look)
        left = list(txs)
        while left:
            later = []
            for data in left:
                applied = apply(state, data, look, verify)
                match applied.outcome:
                    case Taken(index, key) if len(data) + 8 <= most_bytes:
                        state, most_bytes = applied.state, most_bytes - len(data) - 8
                        written[key] = Found(index, data)
                        chosen.append(data)
                    case Refused(code) if code in _TAKES_LATER:
                        later.append(data)
                    case _:
                        pass
            if len(later) == len(left):
                break
            left = later
        return tuple(chosen)

    def _applied(self, height: int, txs: tuple[bytes, ...]) -> _Block:
        """A block applied to what is committed; the one that was judged last is not reckoned again when it is decided."""
        if self._decided is None or (self._decided.height, self._decided.txs) != (height, txs):
            state, done = apply_block(self.record.state, txs, self.record.look, verify)
            self._decided = _Block(height, txs, state, tuple(done))
        return self._decided

    def _finalize(self, request: abci.FinalizeBlockRequest) -> abci.FinalizeBlockResponse:
        block = self._applied(request.height, request.txs)
        caught = tuple(
            Caught(
                one.height, one.validator.address.hex(), abci.Misdeed(one.type).name.lower().replace("_", " ")
            )
            for one in request.misbehavior
        )
        self._decided = _Block(block.height, block.txs, block.state, block.done, caught)
        return abci.FinalizeBlockResponse(
            tuple(
                abci.TxResult(verdict(self.record, one.outcome).number, codespace="laag")
                for one in block.done
            ),
            _votes(_nodes(self.record.state), _nodes(block.state)),
            block.state.app_hash,
        )

    def _commit(self) -> abci.CommitResponse:
        block = self._decided
        if block is None:
            raise BadInput("CometBFT commits a block that it never decided; use cometbft 0.38")
        keep = bool(self._upkeep.snapshot_every) and block.height % self._upkeep.snapshot_every == 0
        self.record.wrote(
            block.height, block.state, list(zip(block.txs, block.done, strict=True)), block.caught, keep=keep
        )
        self._decided = None
        self._forget_pending()
        return abci.CommitResponse(max(block.height - self._upkeep.blocks, 0))

    def _query(self, request: abci.QueryRequest) -> abci.QueryResponse:
        if request.path.startswith("/p2p/filter/"):
            return abci.QueryResponse(0 if self._known_peer(request.path) else 1)
        return answered(self, request)

    def _known_peer(self, path: str) -> bool:
        _, _, id_ = path.partition("/p2p/filter/id/")
        return not id_ or self._peers is None or id_ in self._peers()

    def _snapshot(self, request: abci.Request) -> abci.Response:
        match request:
            case abci.ListSnapshotsRequest():
                return abci.ListSnapshotsResponse(offered(self.record))
            case abci.LoadSnapshotChunkRequest():
                return abci.LoadSnapshotChunkResponse(piece(self.record, request))
            case abci.OfferSnapshotRequest():
                self._restoring, said = Restoring.begun(self.record, request)
                return abci.OfferSnapshotResponse(said)
            case abci.ApplySnapshotChunkRequest() if self._restoring is not None:
                said, senders = self._restoring.add(request)
                self._forget_pending()
                return abci.ApplySnapshotChunkResponse(said, reject_senders=senders)
            case _:
                raise BadInput(
                    f"CometBFT asks {type(request).__name__} when nothing is restored; use cometbft 0.38"
                )


def _nodes(state: State) -> dict[str, int]:
    return {one.node: 1 for one in state.members if one.node}


def _votes(before: dict[str, int], after: dict[str, int]) -> tuple[abci.ValidatorUpdate, ...]:
    """Who votes from now on and who no longer does."""
    return tuple(
        abci.ValidatorUpdate(abci.PublicKey(bytes.fromhex(node)), after.get(node, 0))
        for node in sorted(before.keys() | after.keys())
        if before.get(node) != after.get(node)
    )
