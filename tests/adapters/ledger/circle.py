"""A sequencer and witnesses that call each other as over HTTP, in one process: each may be away, hostile, or put back."""

import asyncio
import shutil
from contextlib import contextmanager
from datetime import UTC, datetime

import httpx
from tests.ports.ledger.hands import GENESIS, KEYS

from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.ledger.embedded.publishing import Publisher
from laag.adapters.ledger.store import Store
from laag.adapters.ledger.witness.client import Node
from laag.adapters.ledger.witness.witness import Witness
from laag.apps.ledger.nodes import sequencer_app, witness_app

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
WITHIN_S = 60


class Clock:
    """Says what it was told."""

    speed = 1.0

    def __init__(self, at=NOON) -> None:
        self.at = at

    def now(self):
        return self.at


class Line(httpx.BaseTransport):
    """To one server, and it may be cut; ``bends`` sees every answer before it is read."""

    def __init__(self) -> None:
        self.app = self.bends = None
        self.cut = False

    def handle_request(self, request):
        if self.cut:
            raise httpx.ConnectError("nobody is there", request=request)
        answer = asyncio.run(self._asked(request))
        return self.bends(request, answer) if self.bends else answer

    async def _asked(self, request):
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app)) as caller:
            answer = await caller.request(
                request.method, request.url, content=request.read(), headers=request.headers
            )
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def node(self):
        return Node("http://member.example/api/v1/ledger", httpx.Client(transport=self))


class Circle:
    """The ledger of ``coop`` and the witnesses of the others, each in a folder of its own."""

    def __init__(self, folder, names=("dso", "supplier", "town"), genesis=GENESIS, keys=KEYS) -> None:
        self.folder, self.names, self.genesis, self.keys = folder, names, genesis, keys
        self.clocks = {name: Clock() for name in names}
        self.ledger = None
        self.to_ledger = Line()
        self.begin()
        self.lines, self.witnesses = {}, {}
        for name in names:
            self.watch(name)

    @property
    def place(self):
        return self.folder / "coop.sqlite"

    def begin(self, *more):
        """Open the ledger; whoever follows it finds it at the same address."""
        self.ledger = EmbeddedLedger(self.place, [self.keys["coop"], *more], self.genesis.data)
        self.to_ledger.app = sequencer_app(self.ledger)

    def watch(self, name, *more):
        """Open a witness."""
        store = Store(self.folder / f"{name}.sqlite", self.genesis.data)
        self.witnesses[name] = Witness(
            store,
            name,
            [self.keys[name], *more],
            self.clocks[name],
            self.to_ledger.node(),
            self.proofs(name),
        )
        self.lines.setdefault(name, Line()).app = witness_app(self.witnesses[name])

    def proofs(self, name):
        return self.folder / f"{name}-proofs"

    def node(self, name):
        return self.lines[name].node()

    @contextmanager
    def published(self):
        """While heads are sent to the witnesses."""
        nodes = {name: self.node(name) for name in self.names}
        with Publisher(self.ledger, nodes, Clock(), latest_s=0.2) as publisher:
            yield publisher

    def put_aside(self):
        """A copy of the ledger as it is, as a backup makes one."""
        self.ledger.close()
        shutil.copy(self.place, self.folder / "backup.sqlite")
        self.begin()

    def put_back(self):
        """The ledger as it was when it was put aside."""
        self.ledger.close()
        for more in ("-wal", "-shm"):
            self.place.with_name(self.place.name + more).unlink(missing_ok=True)
        shutil.copy(self.folder / "backup.sqlite", self.place)
        self.begin()

    def close(self):
        self.ledger.close()
        for one in self.witnesses.values():
            one.close()
