"""A year's power flow in one batch, beside pandapower on a week of it in the same run.

`LAAG_PEERS=… python -m benchmarks.powerflow`: `.ci/peers` makes that Python; pandapower has numba there. SimBench's two grids
run with their own profiles of a year, which are exported once to `out/powerflow`; Kerber's village and CIGRE's grid run with
demandlib's H25 (H0's successor) of 2025, whose highest quarter-hour is each load's saved power, at its saved power factor. One thread
each, counted in seconds of the processor. Without a peer, SimBench's three weeks beside the project are taken, and nothing is compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from laag.adapters.files.table import read_table
from laag.adapters.pandapower import SavedGrid, read_grid
from laag.adapters.pandapower.tables import read_tables
from laag.neighbourhood.grid.flow import Flow, flow
from laag.neighbourhood.grid.network import Floats
from laag.neighbourhood.grid.trouble import elements, outside

PEER = os.environ.get("LAAG_PEERS", "")
SCRIPT = Path(__file__).parent / "peers/run_pandapower.py"
KEPT = Path("out/powerflow")
DATA = Path(__file__).parents[2] / "shared/data/grids"
SIMBENCH = ("1-LV-rural1--2-sw", "1-LV-semiurb4--2-sw")
OWN = ("kerber_dorfnetz", "cigre_lv")
WEEK = slice(17 * 96, 24 * 96)
"""18 to 24 January: cold, and before what is rare."""
SIGNS = {"load": 1.0, "sgen": -1.0, "storage": 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A grid and what is taken from it, connection by connection."""

    name: str
    path: Path
    saved: SavedGrid
    offtake_kw: Floats
    offtake_kvar: Floats


def cases() -> Iterator[Case]:
    """All four grids, as far as they are there."""
    for code in SIMBENCH:
        yield simbench(code)
    for name in OWN:
        path = DATA / f"{name}.pp.json.gz"
        if not path.exists():
            path = _made(name)
        yield _synthetic(name, path)


def _peer(*arguments: object) -> None:
    subprocess.run([PEER, str(SCRIPT), *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def _made(name: str) -> Path:
    path = KEPT / f"{name}.json"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        _peer("grid", name, path, KEPT / "nothing.npz")
    return path


def simbench(code: str) -> Case:
    """A SimBench grid with its year, as exported before or by the peer now."""
    if not PEER and not (KEPT / f"{code}.npz").exists():
        return _three_weeks(code)
    KEPT.mkdir(parents=True, exist_ok=True)
    path, year = KEPT / f"{code}.json", KEPT / f"{code}.npz"
    if not year.exists():
        _peer("year", code, path, year)
    saved = read_grid(path)
    with np.load(year) as columns:
        kw, kvar = (_laid(saved, path, {t: columns.get(f"{t}_{q}") for t in SIGNS}) for q in "pq")
    return Case(code, path, saved, kw, kvar)


def _laid(saved: SavedGrid, path: Path, columns: dict[str, Floats | None]) -> Floats:
    """Each connection's column out of its table's, which has a row per element, also those out of service."""
    ptus = max(len(column) for column in columns.values() if column is not None)
    laid = np.zeros((ptus, len(saved.network.connections)))
    place = {
        (table, row["index"]): i
        for table in SIGNS
        for i, row in enumerate(read_tables(path, (table,))[table])
    }
    for at, (table, row) in enumerate(saved.rows):
        column = columns[table]
        if column is not None:
            laid[:, at] = SIGNS[table] * column[:, place[table, row["index"]]]
    return laid


def _three_weeks(code: str) -> Case:
    path = DATA / f"simbench_{code}.pp.json.gz"
    table = read_table(DATA / f"simbench_{code}_profiles_3weeks_15min.parquet")
    saved = read_grid(path)

    def laid(quantity: str, rated: Floats) -> Floats:
        columns = []
        for (_, row), kilo in zip(saved.rows, rated.sum(axis=1), strict=True):
            name = str(row["profile"])
            shared = table.columns.get(name) if quantity == "p" else None
            found = shared if shared is not None else table.columns.get(f"{name}_{quantity}load")
            columns.append(
                kilo * np.asarray(found if found is not None else 0.0, np.float64) * np.ones(len(table))
            )
        return np.column_stack(columns)

    return Case(code, path, saved, laid("p", saved.offtake_kw), laid("q", saved.offtake_kvar))


def _synthetic(name: str, path: Path) -> Case:
    """demandlib's household profile H25 (the successor of H0), its highest quarter-hour at each load's saved power."""
    import pandas as pd
    from demandlib import bdew

    year = pd.date_range("2025", "2026", freq="15min", tz="Europe/Amsterdam", inclusive="left")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shape = np.asarray(bdew.H25(year), np.float64).ravel()
    saved = read_grid(path)
    share = (shape / shape.max())[:, None]
    return Case(
        name, path, saved, share * saved.offtake_kw.sum(axis=1), share * saved.offtake_kvar.sum(axis=1)
    )


def beside(case: Case, week: slice = WEEK) -> dict[str, Floats]:
    """pandapower's week."""
    given: dict[str, Any] = {}
    for table, sign in SIGNS.items():
        at = [i for i, (name, _) in enumerate(case.saved.rows) if name == table]
        if at:
            given[f"{table}_p"] = sign * case.offtake_kw[week][:, at]
            given[f"{table}_q"] = sign * case.offtake_kvar[week][:, at]
    KEPT.mkdir(parents=True, exist_ok=True)
    np.savez(KEPT / "week.npz", **given)
    _peer("week", case.path, KEPT / "week.npz", KEPT / "week-out.npz")
    with np.load(KEPT / "week-out.npz") as done:
        return dict(done)


def apart(case: Case, ours: Flow, theirs: dict[str, Floats]) -> tuple[float, float]:
    """The largest difference in voltage (pu) and in loading."""
    network, tables = case.saved.network, read_tables(case.path, ("bus", "line", "trafo"))
    node = {one.name: i for i, one in enumerate(network.nodes)}
    branch = {one.name: i for i, one in enumerate(network.branches)}
    voltage = max(
        float(np.abs(theirs["voltage"][:, i] - ours.voltage_pu[:, node[name]]).max())
        for i, row in enumerate(tables["bus"])
        if (name := case.saved.node_of_bus[row["index"]]) in node
    )
    loading = max(
        float(np.abs(theirs[table][:, i] - ours.loading[:, branch[name]]).max())
        for table in ("line", "trafo")
        for i, row in enumerate(tables[table])
        if (name := str(row["name"]).replace(" ", "-")) in branch
    )
    return voltage, loading


def main(repeats: int = 3) -> None:
    """One line per grid."""
    print(
        f"load of the machine {os.getloadavg()[0]:.1f}; one thread; best of {repeats}; seconds of the processor"
    )
    for case in cases():
        network, kw, kvar = case.saved.network, case.offtake_kw, case.offtake_kvar
        seconds = []
        for _ in range(repeats):
            began = time.process_time()
            found = flow(network, kw, kvar)
            seconds.append(time.process_time() - began)
        began = time.process_time()
        phases = flow(network, kw[:2976], kvar[:2976], per_phase=True)
        per_phase_s = (time.process_time() - began) / len(phases.unsolved) * 35_040
        out, kinds = outside(found, network), elements(network)
        branch = np.array([element.branch is not None for element in kinds])
        print(
            f"{case.name:22} {len(network.nodes):4} nodes {len(kw):6} PTUs {min(seconds):6.2f} s "
            f"({min(seconds) / len(kw) * 35_040:.2f} s a year; per phase {per_phase_s:.1f} s a year)"
        )
        print(
            f"{'':22} fullest {np.nanmax(found.loading):.0%}, overloaded PTUs {out[:, branch].any(axis=1).sum()}, PTUs out of "
            f"207-253 V {out[:, ~branch].any(axis=1).sum()}, lowest and highest "
            f"{np.nanmin(found.voltage_pu):.3f} {np.nanmax(found.voltage_pu):.3f} pu, losses "
            f"{found.losses_kw.sum() / 4:.0f} kWh, unsolved {found.unsolved.sum()}"
        )
        if PEER:
            theirs = beside(case)
            each, kept = (
                float(theirs[name]) / len(theirs["voltage"]) for name in ("seconds", "seconds_kept")
            )
            voltage, loading = apart(case, flow(network, kw[WEEK], kvar[WEEK]), theirs)
            print(
                f"{'':22} pandapower {each * 1000:.1f} ms a flow ({each * 35_040 / 60:.0f} min a year, "
                f"{each / (min(seconds) / len(kw)):.0f} times ours), its matrices kept {kept * 1000:.1f} ms "
                f"({kept / (min(seconds) / len(kw)):.0f} times); apart at most {voltage:.1e} pu and {loading:.1e} of a rating"
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
