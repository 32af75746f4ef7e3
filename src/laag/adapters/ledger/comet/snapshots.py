"""A snapshot is the log itself: who joins applies every entry again and believes none of what it was sent.

A log only grows, so nothing is copied to be handed out: a piece is cut from the log when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from laag.adapters.ledger.comet import abci
from laag.adapters.ledger.comet.record import Kept, Record
from laag.adapters.ledger.comet.verifying import verify
from laag.foundation.ports import Found
from laag.ledger.apply import Applied, Taken, apply, overlaid
from laag.ledger.canonical import ENTRY_BYTES
from laag.ledger.state import State

FORMAT = 1
PIECE = 500
"""So many entries are in a piece: eight megabytes where all are as long as may be."""


def offered(record: Record) -> tuple[abci.Snapshot, ...]:
    """What can be given to a member that joins."""
    return tuple(
        abci.Snapshot(
            kept.height, FORMAT, max(-(-kept.size // PIECE), 1), _name(kept), kept.size.to_bytes(8, "big")
        )
        for kept in record.stand.snapshots
    )


def _name(kept: Kept) -> bytes:
    return sha256(b"laag snapshot\n%d\n%d\n" % (kept.height, kept.size) + kept.app_hash).digest()


def piece(record: Record, asked: abci.LoadSnapshotChunkRequest) -> bytes:
    """One piece; nothing where there is no such snapshot."""
    kept = next((one for one in record.stand.snapshots if one.height == asked.height), None)
    if kept is None or asked.format != FORMAT:
        return b""
    first = asked.chunk * PIECE
    wanted = max(min(PIECE, kept.size - first), 0)
    found: list[bytes] = []
    while len(found) < wanted and (some := record.store.entries(first + len(found), wanted - len(found))):
        found += some
    # One line each, since no entry has a line's end in it; at least one byte, since CometBFT takes none for a refusal.
    return b"".join(data + b"\n" for data in found) or b"\n"


@dataclass(slots=True)
class Restoring:
    """A log on its way in."""

    record: Record
    snapshot: abci.Snapshot
    app_hash: bytes
    size: int
    state: State
    done: list[tuple[bytes, Applied]]
    written: dict[str, Found]

    @classmethod
    def begun(cls, record: Record, asked: abci.OfferSnapshotRequest) -> tuple[Self | None, int]:
        """Take an offer, or say why not."""
        snapshot = asked.snapshot
        if record.stand.height:
            return None, abci.Offer.ABORT
        if snapshot.format != FORMAT:
            return None, abci.Offer.REJECT_FORMAT
        size = int.from_bytes(snapshot.metadata, "big")
        if len(snapshot.metadata) != 8 or snapshot.chunks != max(-(-size // PIECE), 1):
            return None, abci.Offer.REJECT
        if _name(Kept(snapshot.height, size, asked.app_hash)) != snapshot.hash:
            return None, abci.Offer.REJECT
        return cls(record, snapshot, asked.app_hash, size, record.state, [], {}), abci.Offer.ACCEPT

    def add(self, asked: abci.ApplySnapshotChunkRequest) -> tuple[int, tuple[str, ...]]:
        """The next piece; who sent one that does not hold is not asked again."""
        state = self.state
        done: list[tuple[bytes, Applied]] = []
        look = overlaid(self.written, self.record.look)
        entries = [line for line in asked.chunk.split(b"\n") if line]
        if len(entries) > PIECE or any(len(data) > ENTRY_BYTES for data in entries):
            return abci.Chunk.RETRY, (asked.sender,)
        for data in entries:
            applied = apply(state, data, look, verify)
            if not isinstance(applied.outcome, Taken):
                self._forget(done)
                return abci.Chunk.RETRY, (asked.sender,)
            state = applied.state
            self.written[applied.outcome.key] = Found(applied.outcome.index, data)
            done.append((data, applied))
        self.state = state
        self.done += done
        if asked.index + 1 < self.snapshot.chunks:
            return abci.Chunk.ACCEPT, ()
        if (state.size, state.app_hash) != (self.size, self.app_hash):
            return abci.Chunk.REJECT_SNAPSHOT, (asked.sender,)
        self.record.wrote(self.snapshot.height, state, self.done, keep=True)
        return abci.Chunk.ACCEPT, ()

    def _forget(self, done: list[tuple[bytes, Applied]]) -> None:
        for _, applied in done:
            if isinstance(applied.outcome, Taken):
                del self.written[applied.outcome.key]
