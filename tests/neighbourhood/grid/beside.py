"""The same operating points through laag and through pandapower, which runs in an environment of its own."""

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from laag.adapters.pandapower.tables import read_tables

PEER = os.environ.get("LAAG_PEERS", "")
SCRIPT = Path(__file__).parents[3] / "benchmarks/peers/run_pandapower.py"
needs_peer = pytest.mark.skipif(
    not os.access(PEER, os.X_OK),
    reason="LAAG_PEERS names no Python with pandapower; .ci/peers FOLDER makes one",
)
TAKES = {"load": 1.0, "sgen": -1.0, "storage": 1.0}


def pandapower(*jobs):
    """Each job is how, grid, offtake and a path for the outcome."""
    said = [str(word) for job in jobs for word in job]
    done = subprocess.run(
        [PEER, str(SCRIPT), *said], capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [np.load(job[-1]) for job in jobs]


def by_table(saved, offtake_kw, offtake_kvar):
    """Offtake by connection as pandapower's tables have it, sign and all, in the order of their rows."""
    tables = {}
    for table, sign in TAKES.items():
        at = [i for i, (name, _) in enumerate(saved.rows) if name == table]
        if at:
            tables[f"{table}_p"], tables[f"{table}_q"] = sign * offtake_kw[:, at], sign * offtake_kvar[:, at]
    return tables


def places(path, saved):
    """Of the peer's rows: the node of each bus that is fed, and the branch of each line and transformer that carries."""
    network, rows = saved.network, read_tables(path)
    node = {name.name: i for i, name in enumerate(network.nodes)}
    buses = [
        (i, node[saved.node_of_bus[row["index"]]])
        for i, row in enumerate(rows["bus"])
        if saved.node_of_bus[row["index"]] in node
    ]
    branch = {one.name: i for i, one in enumerate(network.branches)}
    lines, trafos = (
        [
            (i, branch[name])
            for i, row in enumerate(rows[table])
            if (name := str(row["name"]).replace(" ", "-")) in branch
        ]
        for table in ("line", "trafo")
    )
    return tuple(np.array(pairs).T for pairs in (buses, lines, trafos))
