"""A consortium on loopback: four members' nodes as processes of their own, with lines between them that can be cut."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, Self, TypeVar

from tests.doors import free_port
from tests.ledger_chain.links import Links

from laag.adapters.ledger.comet.ledger import CometLedger
from laag.adapters.ledger.comet.rpc import Rpc
from laag.apps.ledger.folder import NodeWire, made
from laag.apps.ledger.status import status
from laag.foundation.errors import LaagError
from laag.ledger import entries as on
from laag.ledger.genesis import founded

T = TypeVar("T")
ROLES: dict[str, tuple[str, ...]] = {
    "coop": ("operator",),
    "dso": ("grid", "metering"),
    "supplier": (),
    "town": (),
}
SERVING: dict[str, tuple[str, ...]] = {**ROLES, "coop": ("operator", "metering"), "dso": ("grid",)}
"""The same where the cooperative runs the server of a street, and says what the meters said."""
WITHIN_S = 60


def eventually(
    holds: Callable[[], T | None],
    what: str | Callable[[], str],
    within_s: float = WITHIN_S,
    every_s: float = 0.1,
) -> T:
    """Wait until something holds; its value."""
    until = time.monotonic() + within_s
    while True:
        try:
            if value := holds():
                return value
        except LaagError:
            pass
        assert time.monotonic() < until, what() if callable(what) else what
        time.sleep(every_s)


class Node:
    """One member's: a folder, and a process when it runs."""

    def __init__(self, folder: Path, binary: str, *, roles: Sequence[str] = (), **told: Any) -> None:
        self.name = folder.name
        self.p2p, self.rpc = free_port(), free_port()
        wire = NodeWire(
            member=self.name,
            listen=f"127.0.0.1:{self.p2p}",
            rpc=f"127.0.0.1:{self.rpc}",
            cometbft=str(binary),
            **told,
        )
        self.folder = made(folder, wire, roles, "")
        self.member, self.key = self.folder.member(), self.folder.key()
        self.process: subprocess.Popen[bytes] | None = None
        self.ledgers: list[CometLedger] = []
        self.asks = Rpc(f"127.0.0.1:{self.rpc}", timeout_s=5.0)

    def begin(self, genesis: bytes, peers: Sequence[tuple[str, int]]) -> None:
        """Take part in a ledger with these others, each as (id, port)."""
        self.folder.keep_genesis(genesis)
        wire = self.folder.wire()
        told = tuple(f"{peer.partition('@')[0]}@127.0.0.1:{port}" for peer, port in peers)
        self.folder.tell(wire.model_copy(update={"peers": told}))

    def start(self, *, altered: str = "") -> None:
        """Run it; ``altered`` is Python that is run before, in a member that is not honest."""
        run = f"{altered}\nimport sys\nfrom laag.apps.cli import main\nsys.exit(main(['ledger', 'node', {str(self.folder.path)!r}]))"
        with (self.folder.path / "node.log").open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", run],
                stdout=out,
                stderr=out,
                start_new_session=True,
                env=_surroundings(),
            )

    def kill(self) -> None:
        """``kill -9``: nothing is told to it, and its CometBFT goes with it."""
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def answers(self, within_s: float = WITHIN_S) -> None:
        """Wait until it does."""
        eventually(self.head, lambda: self.log[-2000:], within_s)

    def ended(self) -> int | None:
        """With which code it ended by itself, if it did."""
        return None if self.process is None else self.process.poll()

    def stop(self) -> int | None:
        if self.process is not None:
            self.process.terminate()
            code = self.process.wait(30)
            self.process = None
            return code
        return None

    def ledger(self, **how: Any) -> CometLedger:
        """This member's ledger, as its programs have it."""
        one = CometLedger(f"127.0.0.1:{self.rpc}", self.folder.genesis_data(), self.folder.outbox, **how)
        self.ledgers.append(one)
        return one

    def status(self) -> dict[str, Any]:
        return status(self.folder)

    def head(self) -> dict[str, Any]:
        found: dict[str, Any] = self.asks.told("head")
        return found

    @property
    def log(self) -> str:
        return (self.folder.path / "node.log").read_text(errors="replace")


class Cluster:
    """Nodes that begin a ledger together."""

    def __init__(
        self,
        folder: Path,
        binary: str,
        names: Sequence[str] = tuple(ROLES),
        roles: Mapping[str, Sequence[str]] = ROLES,
        **told: Any,
    ) -> None:
        self.links, self.binary, self._numbers = Links(), binary, count(90_000_000)
        self.nodes = {name: Node(folder / name, binary, roles=roles.get(name, ()), **told) for name in names}
        self.genesis = founded("kade", [one.member for one in self.nodes.values()])
        for one in self.nodes.values():
            one.begin(self.genesis.data, self.peers_of(one))

    def peers_of(self, one: Node) -> list[tuple[str, int]]:
        return [
            (other.folder.peer(), self.links.port(one.name, other.name, other.p2p))
            for other in self.nodes.values()
            if other is not one
        ]

    def __enter__(self) -> Self:
        for one in self.nodes.values():
            one.start()
        return self

    def gone(self, name: str) -> None:
        """This one is no part of it any more."""
        one = self.nodes.pop(name)
        one.stop()
        one.asks.close()

    def __exit__(self, *_: object) -> None:
        for one in self.nodes.values():
            for ledger in one.ledgers:
                ledger.close()
            one.asks.close()
            if one.process is not None:
                one.process.terminate()
        for one in self.nodes.values():
            if one.process is not None:
                try:
                    one.process.wait(20)
                except subprocess.TimeoutExpired:
                    one.kill()
        self.links.close()

    def __getitem__(self, name: str) -> Node:
        return self.nodes[name]

    def ready(self, names: Sequence[str] | None = None, within_s: float = WITHIN_S) -> None:
        """Wait until these answer and have begun."""
        for name in names or self.nodes:
            self.nodes[name].answers(within_s)

    def agree(
        self, names: Sequence[str] | None = None, size: int = 0, within_s: float = WITHIN_S
    ) -> tuple[int, str]:
        """Wait until these stand at one log of at least this size; its size and root."""

        def same() -> tuple[int, str] | None:
            heads = {
                (one["size"], one["root"])
                for one in (self.nodes[name].head() for name in names or self.nodes)
            }
            found = heads.pop()
            return found if not heads and found[0] >= size else None

        return eventually(same, lambda: str({name: _told(one) for name, one in self.nodes.items()}), within_s)

    def signed(self, entry: on.Entry) -> bytes:
        """As its member hands it in."""
        key = self.nodes[entry.by].key
        return on.written(entry, key.sign(on.to_sign(entry)))

    def book(self, number: int, by: str = "coop", root: str = "", leaves: int = 16) -> bytes:
        """One entry of the operator that depends on no other."""
        root = root or f"{number:064x}"
        return self.signed(on.Book(self.genesis.ledger, by, root, leaves, "day-ahead", f"p{number}", 0))

    def next_number(self) -> int:
        """Of an entry that nobody else makes."""
        return next(self._numbers)


def _told(one: Node) -> object:
    try:
        return one.head()
    except LaagError as away:
        return str(away)


def _surroundings() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}
