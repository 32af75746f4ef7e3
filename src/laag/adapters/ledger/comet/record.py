"""What a node's application keeps on disk: the log, and with it which block it stands at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from laag.adapters.ledger.store import Leaf, Signed, Store
from laag.adapters.ledger.store.log import Log
from laag.foundation.errors import BadInput
from laag.foundation.ports import Found
from laag.ledger.apply import Applied, Known, Taken
from laag.ledger.canonical import Writable, decode, encode
from laag.ledger.state import State

_NOTE_BYTES = 1024 * 1024
_CAUGHT = 100
_SNAPSHOTS = 3


@dataclass(frozen=True, slots=True)
class Caught:
    """A validator that was caught, at what and in which block."""

    height: int
    address: str
    at: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A block after which the log can be given to a member that joins."""

    height: int
    size: int
    app_hash: bytes


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the application stands: after which block, and what evidence says of it then."""

    height: int
    since: int
    """The first block after which the log was as long as this."""
    size: int
    root: bytes
    state: str
    """The digest of the state."""
    nodes: Mapping[str, str]
    """The members' validators, by member."""
    caught: tuple[Caught, ...] = ()
    snapshots: tuple[Kept, ...] = ()

    @classmethod
    def of(cls, height: int, since: int, held: State) -> Stand:
        """After a block that came to this state."""
        nodes = {one.id: one.node for one in held.members if one.node}
        return cls(height, since, held.size, held.root, held.digest, nodes)

    @property
    def note(self) -> str:
        """As it is kept beside its size and root."""
        words: dict[str, Writable] = {
            "caught": [[one.height, one.address, one.at] for one in self.caught],
            "height": self.height,
            "nodes": self.nodes,
            "since": self.since,
            "snapshots": [[one.height, one.size, one.app_hash.hex()] for one in self.snapshots],
            "state": self.state,
        }
        return encode(words).decode("ascii")


def _stand(head: Signed) -> Stand:
    said: Any = decode(head.note.encode("ascii"), _NOTE_BYTES)
    return Stand(
        said["height"],
        said["since"],
        head.size,
        head.root,
        said["state"],
        said["nodes"],
        tuple(Caught(*one) for one in said["caught"]),
        tuple(Kept(height, size, bytes.fromhex(app)) for height, size, app in said["snapshots"]),
    )


class Record:
    """The log of one member's node; what ``wrote`` has returned from is on disk.

    >>> from laag.ledger.genesis import Genesis
    >>> from laag.ledger.members import Member
    >>> with_one = Genesis("kade", (Member("coop", "0" * 64, ("operator",), node="1" * 64),))
    >>> Record(":memory:", with_one.data).stand.height
    0
    """

    def __init__(self, place: Path | str, begun: bytes) -> None:
        self.place = place
        self.store = Store(place, begun)
        try:
            self._log = Log(self.store)  # which goes through all of it, and says what was changed by hand
            self.stand = self._stood()
        except BaseException:
            self.store.close()
            raise
        self.genesis = self._log.genesis
        self.look = self.store.find

    def _stood(self) -> Stand:
        newest = self.store.newest()
        found = Stand.of(0, 0, self.state) if newest is None else _stand(newest)
        if found.state != self.state.digest:
            raise BadInput(
                f"what {self.place} says of its last block was changed after it was written; fetch the ledger "
                "again from the other members with: laag ledger refetch"
            )
        return found

    @property
    def state(self) -> State:
        """What holds after the last block."""
        return self._log.state

    def find(self, key: str) -> Found | None:
        """What was written under a key."""
        return self.store.find(key)

    def node(self, level: int, place: int) -> bytes:
        """A hash of the tree."""
        found = self.store.node(level, place)
        if found is None:
            raise BadInput(
                f"{self.place} lacks a hash; stop the node and start it, it will say what was changed"
            )
        return found

    def wrote(
        self,
        height: int,
        after: State,
        block: Sequence[tuple[bytes, Applied]],
        caught: Sequence[Caught] = (),
        *,
        keep: bool = False,
    ) -> None:
        """Write a block: its entries, the state after it, who was caught; and whether to keep it as a snapshot."""
        leaves = [
            Leaf(applied.outcome.index, applied.outcome.key, data, applied.nodes)
            for data, applied in block
            if isinstance(applied.outcome, Taken)
        ]
        snapshots = self.stand.snapshots
        if keep:
            snapshots = (*snapshots, Kept(height, after.size, after.app_hash))[-_SNAPSHOTS:]
        stand = replace(
            Stand.of(height, height if leaves else self.stand.since, after),
            caught=(*self.stand.caught, *caught)[-_CAUGHT:],
            snapshots=snapshots,
        )
        self.store.append(leaves, Signed(after.size, after.root, stand.note))
        self._log.reached(after)
        self.stand = stand

    def before(self, height: int) -> Stand | None:
        """How it stood after the block before this one: what this block's header says of it."""
        for head in self.store.heads():
            found = _stand(head)
            if found.since < height:
                return replace(found, height=height - 1)
        return None

    def place_of(self, outcome: Taken | Known) -> int | None:
        """Where an entry is on the log; ``None`` where it is only on its way."""
        return outcome.index if outcome.index < self.state.size else None

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()
