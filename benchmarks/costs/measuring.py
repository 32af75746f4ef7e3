"""Measures a street's busiest day on this machine, processor by processor second, since a busy machine says nothing else."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.costs.chain import chain_measured
from benchmarks.costs.measured import HOMES, ROUNDS, TREES, Measured, recorded
from benchmarks.ledger import WHO as OF_EVIDENCE
from benchmarks.ledger import a_day, took_ms
from benchmarks.ledger_embedded import WHO, node
from laag.adapters.clocks import Wall
from laag.adapters.keys import Key, verified
from laag.adapters.ledger.embedded import EmbeddedLedger
from laag.adapters.ledger.embedded.publishing import Publisher
from laag.adapters.ledger.store import Store
from laag.adapters.ledger.witness.witness import Witness
from laag.adapters.stores import open_records
from laag.apps.street.ledger.kept import Trees
from laag.ledger.entries import Attest, Book, Clear, Entry, Meter, Settle, to_sign, written
from laag.ledger.genesis import Genesis, founded
from laag.ledger.lines import LineTree, filler
from laag.ledger.members import Member

DAYS = ("2026-11-21", "2026-11-22")
"""The second is measured: by then the trees have their depth and the file its pages."""
_ROLES = {"coop": ("metering", "operator")}


def measured(binary: str) -> Measured:
    """All of it, in about a minute; of the chain what was measured before, where there is no ``binary``."""
    keys = {who: Key.new() for who in WHO}
    genesis = founded("kade", [Member(who, keys[who].public, _ROLES.get(who, ())) for who in WHO])
    data = b"x" * 400
    signature = keys["coop"].sign(data)
    signature_ms = took_ms(lambda: verified(keys["coop"].public, signature, data), 300)
    with TemporaryDirectory() as name:
        folder = Path(name)
        alone_s, _, _ = _lived(folder / "alone", genesis, keys, witnessed=False)
        all_s, stored, heads = _lived(folder / "witnessed", genesis, keys, witnessed=True)
        leaves_bytes = _leaves(folder / "records.sqlite")
    entries = [data for some in a_days(genesis, keys, DAYS[1]) for data in some]
    return Measured(
        date=datetime.now(UTC).date().isoformat(),
        machine=f"{os.cpu_count()} processors, Python {platform.python_version()}, {platform.system()}",
        signature_ms=round(signature_ms, 3),
        entry_ms=round(1000 * alone_s / len(entries), 2),
        witness_ms=round(1000 * max(all_s - alone_s, 0) / len(entries) / (len(WHO) - 1), 2),
        entry_bytes=round(sum(map(len, entries)) / len(entries)),
        stored_bytes=round(stored / len(entries) / len(DAYS)),
        leaves_bytes=round(leaves_bytes),
        evidence_bytes=_evidence(),
        heads=heads // len(DAYS),
        chain=chain_measured(binary) if binary else recorded().chain,
    )


def a_days(genesis: Genesis, keys: dict[str, Key], day: str) -> Iterator[list[bytes]]:
    """A day's entries as they are handed in: what the operator commits, and then each member's attestations of it."""
    ledger, leaves = genesis.ledger, _depth(HOMES)

    def root(number: int) -> str:
        return f"{number + 1:064x}"

    def signed(*entries: Entry) -> list[bytes]:
        return [written(one, keys[one.by].sign(to_sign(one))) for one in entries]

    mine: list[tuple[Book | Clear | Meter | Settle, ...]] = []
    for number, period in enumerate([day, *(f"{day}.{ptu}" for ptu in range(ROUNDS))]):
        market = "intraday" if number else "day-ahead"
        mine += [
            (Book(ledger, "coop", root(number), leaves, market, period, HOMES),),
            (Clear(ledger, "coop", root(number), leaves, market, period, 1, "layered", "0.1.0"),),
        ]
    mine += [
        (
            Meter(ledger, "coop", root(ROUNDS + 2), leaves, day, 1),
            Settle(ledger, "coop", root(ROUNDS + 3), leaves, day, 1, "layered", "0.1.0", 1),
        )
    ]
    for some in mine:
        yield signed(*some)
    for who in WHO[1:]:
        for some in mine:
            yield signed(*(Attest(ledger, who, one.key, one.root) for one in some))


def _lived(
    folder: Path, genesis: Genesis, keys: dict[str, Key], *, witnessed: bool
) -> tuple[float, int, int]:
    """A processor's seconds for the last day; the file's bytes and its heads after all days."""
    folder.mkdir()
    with ExitStack() as stack:
        ledger = stack.enter_context(EmbeddedLedger(folder / "ledger", [keys["coop"]], genesis.data))
        if witnessed:
            others = {}
            for who in WHO[1:]:
                store = stack.enter_context(Store(folder / who, genesis.data))
                others[who] = node(Witness(store, who, [keys[who]], Wall(), node(ledger), folder))
            stack.enter_context(Publisher(ledger, others, Wall()))
        heads, took_s = 0, 0.0
        for day in DAYS:
            given = list(a_days(genesis, keys, day))
            heads += len(given)
            took_s = _seconds(lambda given=given: _handed_in(ledger, given, witnessed=witnessed))  # type: ignore[misc]  # bound at once
    stored = sum(one.stat().st_size for one in folder.iterdir() if one.name.startswith("ledger"))
    return took_s, stored, heads


def _handed_in(ledger: EmbeddedLedger, given: list[list[bytes]], *, witnessed: bool) -> None:
    for some in given:
        assert all(one.final_on_log for one in ledger.submit_all(some))
        if witnessed:
            assert ledger.until_proven(ledger.state.size, 30)


def _seconds(work: Callable[[], None]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


def _leaves(place: Path) -> float:
    """Bytes of a day's leaves in the records."""
    with open_records(str(place)) as records:
        trees, now = Trees(records), datetime.now(UTC)
        for number in range(TREES):
            leaves = [number.to_bytes(16, "big") + home.to_bytes(16, "big") for home in range(HOMES)]
            tree = LineTree.of(leaves, lambda n, key=f"k/{number}": filler(b"s" * 32, key, n))  # type: ignore[misc]  # bound at once
            trees.keep(f"clear/intraday/{DAYS[0]}.{number}/1", tree.leaves, now)
    return float(sum(one.stat().st_size for one in place.parent.iterdir() if one.name.startswith(place.stem)))


def _evidence() -> int:
    """Bytes of what a home fetches to check a day's bill."""
    keys = {who: Key.new() for who in OF_EVIDENCE}
    members = [Member(who, keys[who].public, _ROLES.get(who, ())) for who in OF_EVIDENCE]
    return len(a_day(founded("kade", members), keys).data)


def _depth(homes: int) -> int:
    return 1 << (homes - 1).bit_length()
