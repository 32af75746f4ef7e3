"""What a validator of four costs: processor and disk, while nothing happens and for each block."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from tests.ledger_chain.cluster import Cluster, Node

from benchmarks.costs.measured import Chain

BLOCKS, IDLE_S = 60, 12.0
_TICKS = os.sysconf("SC_CLK_TCK")


def chain_measured(binary: str) -> Chain:
    """Of four on loopback, the mean of all."""
    with TemporaryDirectory(prefix="laag-costs-") as folder, Cluster(Path(folder), binary) as chain:
        chain.ready()
        ledger = chain["coop"].ledger(patience_s=10.0)
        for number in range(5):
            assert ledger.submit(chain.book(number)).final_on_log
        sleep(1)
        nodes = list(chain.nodes.values())
        idle_s = _spent(nodes)
        sleep(IDLE_S)
        idle_s = (_spent(nodes) - idle_s) / IDLE_S / len(nodes)
        before_s, before, begun, first = _spent(nodes), _disk(nodes), monotonic(), _height(nodes[0])
        for number in range(100, 100 + BLOCKS):
            assert ledger.submit(chain.book(number)).final_on_log
        blocks, took_s = _height(nodes[0]) - first, monotonic() - begun
        spent_s = (_spent(nodes) - before_s) / len(nodes) - idle_s * took_s
        grown = (_disk(nodes) - before) / len(nodes)
    print(f"{blocks} blocks in {took_s:.0f} s", file=sys.stderr)
    return Chain(round(spent_s / blocks, 4), round(idle_s * 3600, 1), round(grown / blocks))


def _height(one: Node) -> int:
    return int(one.asks.told("head")["height"])


def _spent(nodes: list[Node]) -> float:
    """A processor's seconds of these and all their children, so far."""
    return sum(_of(one.process.pid) for one in nodes if one.process is not None)


def _of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (int(fields[11]) + int(fields[12])) / _TICKS + sum(_of(int(child)) for child in children)


def _disk(nodes: list[Node]) -> int:
    return sum(one.stat().st_size for node in nodes for one in node.folder.path.rglob("*") if one.is_file())
