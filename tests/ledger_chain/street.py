"""A street of any number of homes that `laag serve` keeps, and whose days go on a ledger: what its homes say and fetch.

The server is a process of its own. Its clock stands where a part of the day begins, and each part is a start of it: so
that a day passes in seconds, and never by a stopwatch.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import numpy as np
from benchmarks.live.server import Server
from tests.cycle.any_street import FIRST, Street
from tests.ledger_chain.cluster import Node, eventually

from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.adapters.neighbourhood.committed import OwnEvidence, OwnProof, OwnSecret
from laag.adapters.neighbourhood.link import Neighbourhood
from laag.adapters.neighbourhood.signing import message_bytes
from laag.adapters.neighbourhood.wire import OrderReceipt, Orders, Readings
from laag.adapters.stores import open_log, open_records
from laag.apps.street.config import read
from laag.apps.street.keeper import Keeper
from laag.apps.street.ledger.kept import Secrets
from laag.apps.street.taking import Told
from laag.apps.verify.bundle import written
from laag.cycle import live

KINDS = ("book", "clear", "meter", "settle")
KEYS = {
    "book": f"book/day-ahead/{FIRST}/1",
    "clear": f"clear/day-ahead/{FIRST}/1",
    "meter": f"meter/{FIRST}/1",
    "settle": f"settle/{FIRST}/1",
}
"""Of the first day."""
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
_STREET = f"""[street]
name = "Kade"
first_day = {FIRST}
port = 0
clock = "wall"
prices = {{ day_ahead = "prices.csv", imbalance = "imbalance.csv" }}
import_max_kw = 60.0
export_max_kw = 60.0
cable = [{{ name = "north", import_max_kw = 20.0, export_max_kw = 20.0 }}, {{ name = "south" }}]
"""
_UNSIGNED = "0" * 128
PATIENCE_S = 180.0
"""Of tests, on a machine that others keep busy."""
T = TypeVar("T")


@dataclass
class Living:
    """A street in a folder, with the keys of its homes; ``ledger`` is the table of its file."""

    folder: Path
    homes: int
    ledger: str
    seed: int = 7
    keys: dict[str, Key] = field(default_factory=dict)
    receipts: dict[str, OrderReceipt] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.street: Any = Street(self.homes, 1, self.seed)
        self.config = self.folder / "street.toml"
        self.config.write_text(_STREET + "\n" + self.ledger, "utf-8")
        self.place = read(self.config).place
        self._prices()

    @property
    def members(self) -> list[str]:
        """Its homes."""
        return list(self.street.members)

    def _prices(self) -> None:
        """Of the days whose gates close here, in files: a model of them would be most of a start's work."""
        at = [start for n in range(2) for start in self.place.grid(FIRST + n * DAY)]
        dice = np.random.default_rng(self.seed)
        rows = [(f"{start:%Y-%m-%dT%H:%MZ}", int(dice.integers(-30, 200))) for start in at]
        spot = [f"{start},{eur}" for start, eur in rows]
        imbalance = [f"{start},{eur + 40},{eur - 60}" for start, eur in rows]
        for name, head, lines in (
            ("prices.csv", "start_utc,price_eur_per_mwh", spot),
            ("imbalance.csv", "start_utc,price_shortage,price_surplus", imbalance),
        ):
            (self.folder / name).write_text("\n".join([head, *lines, ""]), "utf-8")

    def begin(self) -> None:
        """Everybody has joined and has a secret; in the log, before there is a server."""
        self.keys = {name: Key.new() for name in self.members}
        store = str(self.folder / "street.sqlite")

        async def join() -> None:
            async with Keeper(lambda: open_log(store), self.place, Wall()) as keeper:
                await keeper.ask(
                    [Told(one, {"public_key": self.keys[one.member].public}) for one in self.street.joins()]
                )

        asyncio.run(join())
        with open_records(store) as records:
            secrets = Secrets(records)
            secrets.street()
            for name in self.members:
                secrets.of(name)

    def again(self, folder: Path, ledger: str) -> "Living":
        """The same street before its first word, with the same secrets, on another ledger."""
        folder.mkdir(parents=True)
        for path in (*self.folder.glob("street.sqlite*"), *self.folder.glob("street-records.sqlite*")):
            shutil.copy(path, folder / path.name)
        return Living(folder, self.homes, ledger, self.seed, dict(self.keys))

    def at(self, when: datetime) -> Server:
        """Its server, when it is so late there."""
        return Server(self.config, when)

    @property
    def gate(self) -> datetime:
        """Of its first day."""
        return live.gate(self.place, FIRST)

    @property
    def over(self) -> datetime:
        """When the first day is over and not yet settled."""
        return self.place.grid(FIRST).end + timedelta(minutes=30)

    @property
    def settles(self) -> datetime:
        """When it is settled."""
        return live.settled_at(self.place, FIRST) + SECOND

    def orders(self, port: int) -> None:
        """Everybody orders for the first day, and keeps the receipt."""
        lists = {one.member: one for one in self.street.day(FIRST, 1) if isinstance(one, live.Ordered)}

        async def send(name: str, there: Neighbourhood) -> None:
            said = await there.send([self._orders(lists[name])], receipts=True)
            (answer,) = said.answers
            assert answer.status == "taken", answer
            if answer.receipt is not None:
                self.receipts[name] = answer.receipt

        self.everybody(port, send)

    def readings(self, port: int) -> None:
        """Every meter says its whole day."""
        said = {one.member: one for one in self.street.day(FIRST, 1) if isinstance(one, live.Metered)}

        async def send(name: str, there: Neighbourhood) -> None:
            (answer,) = (await there.send([self._readings(said[name])])).answers
            assert answer.status == "taken", answer

        self.everybody(port, send)

    def proofs(
        self, port: int, kind: str, members: Sequence[str] | None = None, since: int = 0
    ) -> dict[str, OwnProof]:
        """Each home's own line of the first day, for who saw a head of this size last."""
        path = f"evidence?kind={kind}&first={FIRST}&last={FIRST}&since={since}"

        async def ask(_: str, there: Neighbourhood) -> OwnProof:
            found = await there.own(OwnEvidence, "GET", path)
            (one,) = found.proofs
            return one

        return self.everybody(port, ask, members)

    def secrets(self, port: int, members: Sequence[str] | None = None) -> dict[str, OwnSecret]:
        """Each home's own, with the ledger's name."""

        async def ask(_: str, there: Neighbourhood) -> OwnSecret:
            return await there.own(OwnSecret, "GET", "secret")

        return self.everybody(port, ask, members)

    def bundle(self, name: str, proofs: Sequence[OwnProof]) -> bytes:
        """What this home takes along."""
        receipts = [self.receipts[name]] if name in self.receipts else []
        return written([one.evidence for one in proofs if one.evidence is not None], receipts, name)

    def everybody(
        self,
        port: int,
        does: Callable[[str, Neighbourhood], Awaitable[T]],
        members: Sequence[str] | None = None,
    ) -> dict[str, T]:
        """Some homes after each other; what came of each."""

        async def go() -> dict[str, T]:
            url, found = f"http://127.0.0.1:{port}", {}
            async with httpx.AsyncClient(timeout=60.0) as client:
                for name in members or self.members:
                    found[name] = await does(name, Neighbourhood(url, self.keys[name], name, client))
            return found

        return asyncio.run(go())

    def _orders(self, said: live.Ordered) -> str:
        rows = said.rows
        one = Orders(
            member=said.member, day=said.day, number=said.number, device=rows.device.tolist(), ptu=rows.ptu.tolist(),
            side=rows.side.tolist(), quantity_wh=rows.quantity_wh.tolist(), limit_ticks=rows.limit_ticks.tolist(),
            signature=_UNSIGNED,
        )  # fmt: skip
        return self._signed(one)

    def _readings(self, said: live.Metered) -> str:
        return self._signed(
            Readings(
                member=said.member,
                day=said.day,
                number=said.number,
                ptu=said.ptu.tolist(),
                wh=said.wh.tolist(),
                signature=_UNSIGNED,
            )
        )

    def _signed(self, one: Orders | Readings) -> str:
        signature = self.keys[one.member].sign(message_bytes(one))
        return one.model_copy(update={"signature": signature}).model_dump_json()


def record(server: Server) -> Mapping[str, Any]:
    """How the shared record stands, as everybody is told."""
    found: Mapping[str, Any] = server.get("/api/v1/record")
    return found


def written_at(server: Server, size: int, within_s: float = PATIENCE_S) -> Mapping[str, Any]:
    """Wait until so many entries are on the ledger under a head that members enough signed, and none waits."""

    def there() -> Mapping[str, Any] | None:
        now = record(server)
        return now if now["proven"] >= size and not now["waiting"] else None

    return eventually(there, lambda: str(record(server)), within_s)


def a_day(street: Living, entries: int = 6) -> None:
    """Everything of the first day: the book before a price is known, the clearing, the readings, the settlement."""
    with street.at(street.gate - 2 * HOUR) as server:
        street.orders(server.port)
    with street.at(street.gate + SECOND) as server:
        written_at(server, 1)
    with street.at(street.over) as server:
        street.readings(server.port)
        written_at(server, entries - 2)
    with street.at(street.settles) as server:
        written_at(server, entries)


def chained(node: Node) -> str:
    """The lines of a street's file for a chain, as the documentation has them, with this node's folder and port."""
    page = (Path(__file__).parents[2] / "docs" / "ledger-node.md").read_text("utf-8")
    lines = page.partition("## A street on this chain")[2].partition("```toml\n")[2].partition("```")[0]
    assert "/srv/coop" in lines, "docs/ledger-node.md says no longer how a street is put on a chain"
    return lines.replace("/srv/coop", str(node.folder.path)).replace("26657", str(node.rpc))
