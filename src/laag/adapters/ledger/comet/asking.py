"""What a member's programs ask of the ledger through the node beside them."""

from __future__ import annotations

from typing import Any

from laag.adapters.ledger.comet.headers import head_of, stands
from laag.adapters.ledger.comet.rpc import Asked, Rpc
from laag.foundation.ports import Found, Head
from laag.ledger.members import quorum

_HEADERS_BACK = 5


class Asking:
    """The half of the port that only reads."""

    def __init__(self, node: str, genesis: bytes) -> None:
        self._genesis = genesis
        self._rpc = Rpc(node)
        self._proven: tuple[int, Head | None] = 0, None

    def close(self) -> None:
        """Hang up."""
        self._rpc.close()

    @property
    def genesis(self) -> bytes:
        """The bytes with which it began."""
        return self._genesis

    def find(self, key: str) -> Found | None:
        """What was written under a key."""
        said = self._ask("find", key)
        return None if said is None else Found(said[0], said[1].encode("ascii"))

    def keys(self, prefix: str) -> list[str]:
        """The keys that begin like this."""
        return list(self._ask("keys", prefix))

    def entries(self, first: int, count: int) -> list[bytes]:
        """At most so many entries from a place on."""
        return [data.encode("ascii") for data in self._ask("entries", f"{first} {count}")]

    def head(self) -> Head:
        """The newest there is; proven by the block after it."""
        said = self._ask("head")
        return Head(said["size"], bytes.fromhex(said["root"]), {"kind": "comet", "height": said["height"]})

    def proven(self) -> Head | None:
        """The newest that a block's header says, which more than two thirds of the members' validators signed."""
        height = int(self._rpc.status()["sync_info"]["latest_block_height"])
        at, known = self._proven
        if known is not None and at == height:
            return known
        for back in range(min(_HEADERS_BACK, height)):
            if (found := self._proven_by(height - back)) is not None:
                self._proven = (height, found) if not back else self._proven
                return found
        return None

    def _proven_by(self, height: int) -> Head | None:
        stand = self._ask("head", str(height))
        if stand is None:
            return None
        try:
            head = head_of(self._rpc.commit(height), stand)
        except Asked:  # pruned, or from before this node joined
            return None
        nodes = stand["nodes"]
        if not stands(head, nodes) or len(head.commits) < quorum(len(nodes)):
            return None
        return Head(head.size, head.root, head.words())

    def path(self, index: int, size: int) -> tuple[bytes, ...]:
        """The hashes that lead from an entry to the root at a size."""
        return tuple(bytes.fromhex(one) for one in self._ask("path", f"{index} {size}"))

    def consistency(self, old: int, new: int) -> tuple[bytes, ...]:
        """The hashes that show the log at one size to be the beginning of the log at another."""
        return tuple(bytes.fromhex(one) for one in self._ask("consistency", f"{old} {new}"))

    def _ask(self, path: str, asked: str = "") -> Any:
        return self._rpc.told(path, asked)
