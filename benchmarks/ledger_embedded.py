"""The embedded ledger: what an entry costs one by one and in batches, and until enough members signed it.

`python -m benchmarks.ledger_embedded`. Beside it a bare insert of as many bytes into a synced SQLite file, which nobody
who writes to disk before answering can leave out: compare the ratios before the milliseconds. The witnesses are three
in the same process, without a network.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import httpx

from laag.adapters.clocks import Wall
from laag.adapters.keys import Key
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.ledger.embedded.publishing import Publisher
from laag.adapters.ledger.store import Store
from laag.adapters.ledger.witness.client import Node
from laag.adapters.ledger.witness.witness import Witness
from laag.ledger.entries import Book, to_sign, written
from laag.ledger.genesis import Genesis, founded
from laag.ledger.members import Member

ENTRIES = 1_000
SINGLES = 300
WHO = ("coop", "dso", "supplier", "town")


def took_ms(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def circle() -> tuple[Genesis, dict[str, Key]]:
    keys = {who: Key.new() for who in WHO}
    members = [Member(who, keys[who].public, ("operator",) if who == "coop" else ()) for who in WHO]
    return founded("kade", members), keys


def entries(genesis: Genesis, key: Key, first: int, count: int) -> list[bytes]:
    books = [
        Book(genesis.ledger, "coop", "0" * 64, 16, "intraday", f"p-{n}", 0)
        for n in range(first, first + count)
    ]
    return [written(one, key.sign(to_sign(one))) for one in books]


def bare(place: Path, batches: Sequence[Sequence[bytes]]) -> list[float]:
    """Milliseconds for each batch as rows and nothing more."""
    with closing(sqlite3.connect(place, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("CREATE TABLE entry (place INTEGER PRIMARY KEY, data BLOB)")

        def insert(batch: Sequence[bytes]) -> None:
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT INTO entry (data) VALUES (?)", [(one,) for one in batch])
            db.execute("COMMIT")

        return [took_ms(lambda batch=batch: insert(batch)) for batch in batches]  # type: ignore[misc]  # bound at once


class Within(httpx.BaseTransport):
    """A node of this process, asked without a network."""

    def __init__(self, ledger: EmbeddedLedger | Witness) -> None:
        self.ledger = ledger

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        match request.url.path, self.ledger:
            case "/entries", _:
                first, count = (int(request.url.params[name]) for name in ("first", "count"))
                found = self.ledger.entries(first, count)
                return httpx.Response(200, content=b"".join(one + b"\n" for one in found))
            case "/add-checkpoint", Witness():
                answer = self.ledger.add_checkpoint(request.read())
                return httpx.Response(answer.status, text=answer.body, headers={"content-type": answer.kind})
            case _:
                note = self.ledger.note()
                return httpx.Response(404) if note is None else httpx.Response(200, text=note)


def node(ledger: EmbeddedLedger | Witness) -> Node:
    return Node("http://node", httpx.Client(transport=Within(ledger)))


def finality_ms(folder: Path, genesis: Genesis, keys: dict[str, Key]) -> list[float]:
    """From handing in one entry to the head that more than two thirds of the members signed."""
    with ExitStack() as stack:
        ledger = stack.enter_context(EmbeddedLedger(folder / "final", [keys["coop"]], genesis.data))
        witnesses = {}
        for who in WHO[1:]:
            store = stack.enter_context(Store(folder / who, genesis.data))
            witnesses[who] = node(Witness(store, who, [keys[who]], Wall(), node(ledger), folder))
        stack.enter_context(Publisher(ledger, witnesses, Wall()))

        def once(place: int, data: bytes) -> None:
            ledger.submit(data)
            assert ledger.until_proven(place + 1, 30)

        given = entries(genesis, keys["coop"], 0, 100)
        return [took_ms(lambda place=place, data=data: once(place, data)) for place, data in enumerate(given)]  # type: ignore[misc]  # bound at once


def main() -> None:
    genesis, keys = circle()
    with TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{'entries at once':>16} {'ms an entry':>12} {'bare insert':>12} {'ratio':>6} {'a second':>9}")
        for at_once, count in ((1, SINGLES), (10, ENTRIES), (100, ENTRIES), (ENTRIES, ENTRIES)):
            given = entries(genesis, keys["coop"], 0, count)
            batches = [given[first : first + at_once] for first in range(0, count, at_once)]
            with EmbeddedLedger(folder / f"ledger-{at_once}", [keys["coop"]], genesis.data) as ledger:
                ours = median(took_ms(lambda batch=batch: ledger.submit_all(batch)) for batch in batches)  # type: ignore[misc]  # bound at once
            plain = median(bare(folder / f"bare-{at_once}", batches))
            print(
                f"{at_once:16} {ours / at_once:12.3f} {plain / at_once:12.3f} {ours / plain:6.1f} {1000 * at_once / ours:9.0f}"
            )
        again = took_ms(lambda: EmbeddedLedger(folder / f"ledger-{ENTRIES}", [keys["coop"]]).close())
        print(f"opened and checked from its first entry: {again / ENTRIES:.3f} ms an entry")
        final = sorted(finality_ms(folder, genesis, keys))
        print(
            f"cosigned by more than two thirds of four: median {median(final):.1f} ms, "
            f"{final[int(0.99 * len(final))]:.1f} ms at most in 99 of 100"
        )


if __name__ == "__main__":
    main()
