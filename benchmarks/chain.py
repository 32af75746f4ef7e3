"""A consortium of four on loopback: how quick it is, and what it loses when its nodes are killed, cut off or bent (nothing).

LAAG_COMETBFT=…/cometbft python -m benchmarks.chain [--minutes 5]
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.ledger_chain.cluster import Cluster, Node, eventually
from tests.ledger_chain.happenings import BENT, join, remove, twin

from laag.foundation.errors import LaagError
from laag.ledger.lines import LineTree, filler

Row = tuple[str, str]


def main() -> int:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=5.0, help="of random kills under load")
    arguments.add_argument("--seed", type=int, default=1)
    asked = arguments.parse_args()
    binary = os.environ.get("LAAG_COMETBFT", "")
    if not binary:
        sys.exit("no LAAG_COMETBFT: .ci/cometbft FOLDER builds one")
    with tempfile.TemporaryDirectory(prefix="laag-chain-") as folder, Cluster(Path(folder), binary) as chain:
        chain.ready()
        load = Load(chain)
        for step in (
            quick,
            in_one,
            together,
            one_killed,
            two_killed,
            cut_three_one,
            cut_two_two,
            comes_and_goes,
        ):
            _say(step(chain, load))
        _say(killed_at_random(chain, load, asked.minutes * 60, random.Random(asked.seed)))
        _say(nothing_lost(chain, load))
        _say(twice(chain, load))
        _say(bent(chain, load))
    return 0


def _say(rows: list[Row]) -> None:
    for what, found in rows:
        print(f"| {what} | {found} |", flush=True)


class Load:
    """Entries of the operator, each handed in at one of the nodes; what was said to be final is remembered."""

    def __init__(self, chain: Cluster) -> None:
        self.chain = chain
        self.final: dict[bytes, int] = {}
        self.asked: list[bytes] = []
        self._number, self._turn = 0, threading.Lock()
        self.at = {name: node.ledger(patience_s=1.0) for name, node in chain.nodes.items()}
        """One program beside each node; what it hands in survives the node."""

    def fresh(self, leaves: int = 16) -> bytes:
        with self._turn:
            self._number += 1
            data = self.chain.book(self._number, leaves=leaves)
            self.asked.append(data)
            return data

    def one(self, at: str = "coop", within_s: float = 60.0, leaves: int = 16) -> float:
        """Seconds until an entry is final."""
        data, began = self.fresh(leaves), time.monotonic()
        while not self.submit(at, data):
            if time.monotonic() - began > within_s:
                raise TimeoutError(f"not final within {within_s} s")
        return time.monotonic() - began

    def submit(self, at: str, data: bytes) -> bool:
        """Whether it is final."""
        receipt = self.at[at].submit(data)
        if receipt.final_on_log and receipt.index is not None:
            with self._turn:
                self.final[data] = receipt.index
        return receipt.final_on_log

    def until(self, stop: threading.Event, names: list[str]) -> list[threading.Thread]:
        """Keep handing in at each of these."""

        def work(name: str) -> None:
            while not stop.is_set():
                with suppress(LaagError):
                    self.submit(name, self.fresh())

        threads = [
            threading.Thread(target=work, args=(name,), daemon=True) for name in names for _ in range(2)
        ]
        for one in threads:
            one.start()
        return threads


def quick(_: Cluster, load: Load) -> list[Row]:
    took = sorted(load.one() for _ in range(100))
    return [
        ("one entry after the other, final: median / p99", f"{_s(statistics.median(took))} / {_s(took[98])}")
    ]


def in_one(chain: Cluster, load: Load) -> list[Row]:
    """Five hundred bills as one root, from their hashes to an entry that is final."""
    took = []
    for number in range(20):
        began = time.monotonic()
        leaves = [number.to_bytes(4, "big") + n.to_bytes(28, "big") for n in range(500)]
        tree = LineTree.of(leaves, lambda n: filler(b"s" * 32, "book/x/y/1", n))
        data = chain.book(10_000_000 + number, root=tree.root.hex(), leaves=len(tree.leaves))
        while not load.submit("coop", data):
            pass
        load.asked.append(data)
        took.append(time.monotonic() - began)
    return [
        (
            "500 hashes in one transaction, final: median / slowest",
            f"{_s(statistics.median(took))} / {_s(max(took))}",
        )
    ]


def together(_: Cluster, load: Load) -> list[Row]:
    """Many at once at all four."""
    per, size = 10, 50
    batches = [(name, [load.fresh() for _ in range(size)]) for name in load.at for _ in range(per)]
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: _all(load, *one), batches))
    took = time.monotonic() - began
    return [
        (
            f"{per * size * 4} entries handed in at four nodes, 50 at a time",
            f"{per * size * 4 / took:.0f} final a second",
        )
    ]


def _all(load: Load, name: str, entries: list[bytes]) -> None:
    left = entries
    while left:
        receipts = load.at[name].submit_all(left)
        load.final |= {
            data: one.index
            for data, one in zip(left, receipts, strict=True)
            if one.final_on_log and one.index is not None
        }
        left = [data for data, one in zip(left, receipts, strict=True) if not one.final_on_log]


def one_killed(chain: Cluster, load: Load) -> list[Row]:
    chain["town"].kill()
    took = [load.one() for _ in range(30)]
    chain["town"].start()
    began = time.monotonic()
    chain.agree(within_s=120)
    return [
        (
            "`kill -9` of one of four: goes on, final median / slowest",
            f"{_s(statistics.median(took))} / {_s(max(took))}",
        ),
        ("it comes back and has everything", _s(time.monotonic() - began)),
    ]


def two_killed(chain: Cluster, load: Load) -> list[Row]:
    for name in ("town", "supplier"):
        chain[name].kill()
    data = load.fresh()
    until = time.monotonic() + 8
    stood = not any(load.submit("coop", data) for _ in iter(lambda: time.monotonic() < until, False))
    for name in ("town", "supplier"):
        chain[name].start()
    began = time.monotonic()
    while not load.submit("coop", data):
        pass
    return [
        (
            "`kill -9` of two of four",
            f"{'halts' if stood else 'GOES ON'}; final {_s(time.monotonic() - began)} after both start",
        )
    ]


def cut_three_one(chain: Cluster, load: Load) -> list[Row]:
    chain.links.cut(["town"], ["coop", "dso", "supplier"])
    alone = load.fresh()
    lonely = load.submit("town", alone)
    took = [load.one() for _ in range(10)]
    chain.links.mend()
    began = time.monotonic()
    while not load.submit("town", alone):
        pass
    return [
        (
            "cut 3 \\| 1: the three, final median / slowest",
            f"{_s(statistics.median(took))} / {_s(max(took))}",
        ),
        (
            "the one",
            f"{'FINAL ALONE' if lonely else 'takes nothing'}; final {_s(time.monotonic() - began)} after mending",
        ),
    ]


def cut_two_two(chain: Cluster, load: Load) -> list[Row]:
    chain.links.cut(["town", "supplier"], ["coop", "dso"])
    one, other = load.fresh(), load.fresh()
    until, final = time.monotonic() + 8, False
    while time.monotonic() < until:
        final |= load.submit("coop", one) | load.submit("town", other)
    chain.links.mend()
    began = time.monotonic()
    while not (load.submit("coop", one) & load.submit("town", other)):
        pass
    return [
        (
            "cut 2 \\| 2",
            f"{'A SIDE GOES ON' if final else 'neither side takes anything'}; final {_s(time.monotonic() - began)} after mending",
        )
    ]


def comes_and_goes(chain: Cluster, load: Load) -> list[Row]:
    began = time.monotonic()
    join(chain, "museum")
    came = time.monotonic() - began
    load.one()
    began = time.monotonic()
    remove(chain, "museum")
    went = time.monotonic() - began
    chain.gone("museum")
    return [
        ("a fifth joins by vote, fetches everything and votes", _s(came)),
        ("it is removed by vote", _s(went)),
    ]


def killed_at_random(chain: Cluster, load: Load, for_s: float, chance: random.Random) -> list[Row]:
    stop, kills, before = threading.Event(), 0, chain["coop"].head()["size"]
    threads = load.until(stop, list(load.at))
    until = time.monotonic() + for_s
    while time.monotonic() < until:
        time.sleep(chance.uniform(1, 4))
        down: list[Node] = chance.sample([*chain.nodes.values()], chance.choice((1, 1, 1, 2)))
        for one in down:
            one.kill()
            kills += 1
        time.sleep(chance.uniform(0.2, 4))
        for one in down:
            one.start()
            if chance.random() < 0.7:  # else the next may fall before this one is back
                one.answers(120)
    stop.set()
    for thread in threads:
        thread.join(60)
    return [
        (
            f"{kills} random kills in {for_s / 60:.0f} minutes, under load",
            f"{eventually(chain['coop'].head, 'coop is away', 120)['size'] - before} entries on the log meanwhile",
        )
    ]


def nothing_lost(chain: Cluster, load: Load) -> list[Row]:
    """Everything that was handed in comes to stand, and what was said to be final stands where it was said to."""
    began = time.monotonic()
    chain.ready(within_s=120)
    eventually(lambda: not any(len(one.outbox) for one in load.at.values()), "an outbox does not empty", 300)
    size, root = chain.agree(within_s=120)
    lost = wrong = 0
    for name in chain.nodes:
        log = _whole(load.at[name], size)
        lost += sum(data not in log for data in load.asked)
        wrong += sum(log.get(data) != index for data, index in load.final.items())
    return [
        ("everything handed in is final after", _s(time.monotonic() - began)),
        (
            f"of {len(load.asked)} handed in, {len(load.final)} said to be final, on four nodes",
            f"{lost} lost, {wrong} elsewhere than said; {size} entries, root {root[:12]}… at all four",
        ),
    ]


def _whole(ledger: Any, size: int) -> dict[bytes, int]:
    entries: list[bytes] = []
    while len(entries) < size:
        entries += ledger.entries(len(entries), size - len(entries))
    return {data: place for place, data in enumerate(entries)}


def twice(chain: Cluster, load: Load) -> list[Row]:
    began = time.monotonic()
    other = twin(chain, "town")
    try:
        while not chain["coop"].status()["caught"]:
            load.one()
    finally:
        other.stop()
        other.asks.close()
    return [
        ("one key that votes on two machines: every member sees whose, after", _s(time.monotonic() - began)),
    ]


def bent(chain: Cluster, load: Load) -> list[Row]:
    chain["town"].stop()
    chain["town"].start(altered=BENT)
    took = [load.one(leaves=32) for _ in range(10)]
    eventually(lambda: chain["town"].ended() is not None, "the bent member goes on", 60)
    return [
        (
            "a member whose program alters a number: the others, final median / slowest",
            f"{_s(statistics.median(took))} / {_s(max(took))}",
        ),
        ("the altered one", "stands still and says so" if chain["town"].status()["halted"] else "GOES ON"),
    ]


def _s(seconds: float) -> str:
    return f"{seconds:.2f} s"


if __name__ == "__main__":
    sys.exit(main())
