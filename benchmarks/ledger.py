"""The ledger's core: entries a second into the state machine, and how long a home takes to check a day's bill.

`python -m benchmarks.ledger`. Beside them the Ed25519 verifications alone, which nobody can leave out: compare the ratio
before the milliseconds. Processor time, since a busy machine says nothing about the code.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import process_time

from laag.adapters.keys import Key, verified
from laag.foundation.ports import Found
from laag.ledger.apply import apply_block
from laag.ledger.canonical import Words, encode
from laag.ledger.entries import Attest, Book, Entry, Meter, Settle, to_sign, written
from laag.ledger.evidence import Evidence, Placed, Shown, read_evidence
from laag.ledger.genesis import Genesis, founded
from laag.ledger.heads import Cosigned, NoteHead
from laag.ledger.lines import LineTree, filler, leaf, salt
from laag.ledger.members import Member
from laag.ledger.merkle import grown, inclusion, leaf_hash, root_of
from laag.ledger.state import State
from laag.ledger.verify import Verified, verify

WHO = ("coop", "grid", "meters", "town")
ROLES = {"coop": ("metering", "operator")}
ENTRIES = 1_000
HOMES = 60
AIM_MS = 10.0


def took_ms(work: Callable[[], object], times: int) -> float:
    """Median over five rounds of so many times."""
    rounds = []
    for _ in range(5):
        begun = process_time()
        for _ in range(times):
            work()
        rounds.append((process_time() - begun) / times * 1000)
    return median(rounds)


def signed(entry: Entry, key: Key) -> bytes:
    return written(entry, key.sign(to_sign(entry)))


def a_day(genesis: Genesis, keys: dict[str, Key]) -> Evidence:
    """One home's line of a day of sixty, late in a log of a thousand entries."""
    ledger, key = genesis.ledger, "settle/2026-11-22/1"
    line: Words = {"amount_units": list(range(12)), "energy_wh": list(range(12)), "whose": "home-1"}
    salts = [salt(bytes([home]) * 32, key) for home in range(HOMES)]
    leaves = [leaf(one, encode(line)) for one in salts]
    tree = LineTree.of(leaves, lambda n: filler(b"street", key, n))
    books = [Book(ledger, "coop", "0" * 64, 16, "intraday", f"p-{n}", 0) for n in range(ENTRIES - 5)]
    entries: list[Entry] = [
        *books,
        Meter(ledger, "coop", "1" * 64, 64, "2026-11-22", 1),
        Settle(ledger, "coop", tree.root.hex(), len(tree.leaves), "2026-11-22", 1, "layered", "0.1.0", 1),
        *(Attest(ledger, who, key, tree.root.hex()) for who in WHO[1:]),
    ]
    log = [signed(entry, keys[entry.by]) for entry in entries]
    nodes, edge = grown(map(leaf_hash, log))

    def placed(index: int) -> Placed:
        return Placed(log[index], index, inclusion(index, ENTRIES, lambda level, at: nodes[level, at]))

    bare = NoteHead(ENTRIES, root_of(edge), "coop", "")
    said = bare.checkpoint(ledger)
    cosigned = tuple(Cosigned(who, 1, keys[who].sign(said.cosigned(1))) for who in WHO[1:])
    head = NoteHead(ENTRIES, bare.root, "coop", keys["coop"].sign(said.text), cosigned)
    shown = Shown(line, salts[0], leaves[0], *tree.path(leaves[0]))
    last = range(ENTRIES - 3, ENTRIES)
    return Evidence(genesis, (), placed(ENTRIES - 4), tuple(map(placed, last)), head, shown)


def main() -> None:
    keys = {who: Key.new() for who in WHO}
    genesis = founded("kade", [Member(who, keys[who].public, ROLES.get(who, ())) for who in WHO])
    ledger = genesis.ledger
    books = [
        signed(Book(ledger, "coop", "0" * 64, 16, "intraday", f"p-{n}", 0), keys["coop"])
        for n in range(ENTRIES)
    ]
    signature = keys["coop"].sign(books[0])
    one_ms = took_ms(lambda: verified(keys["coop"].public, signature, books[0]), 200)
    nothing: dict[str, Found] = {}
    entry_ms = took_ms(lambda: apply_block(State.begun(genesis), books, nothing.get, verified), 1) / ENTRIES
    print(
        f"apply: {entry_ms:.3f} ms an entry, {1000 / entry_ms:,.0f} a second; its signature alone {one_ms:.3f} ms"
    )
    evidence = a_day(genesis, keys)
    data = evidence.data
    assert isinstance(verify(evidence, ledger, verified), Verified)
    bill_ms = took_ms(lambda: verify(read_evidence(data), ledger, verified), 20)
    verdict = "ok" if bill_ms < AIM_MS else "MISSED"
    print(
        f"verify: a bill of {len(data):,} bytes in {bill_ms:.2f} ms (aim {AIM_MS:.0f} ms: {verdict}); "
        f"its eight signatures alone {8 * one_ms:.2f} ms"
    )


if __name__ == "__main__":
    main()
