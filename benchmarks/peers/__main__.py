"""`python -m benchmarks.peers`: home-b by laag, FlexMeasures and EMHASS on this machine, in one run.

Each planner gets an environment of its own (minutes, and gigabytes while it lasts); ``--keep FOLDER`` leaves them there
for the next time. Rounds go through all planners in turn, so that a busy minute on the machine burdens them alike.
Every time and every cost is of the planner's core: no database, web server, queue or Home Assistant around it.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from os import cpu_count, getloadavg
from pathlib import Path
from statistics import median
from typing import Any

from tests.home.home_b import FILE

from benchmarks.peers.environments import Planner, Skipped, python_of, timed
from benchmarks.peers.stopwatch import Case

FLEXMEASURES, EMHASS = "flexmeasures==1.0.1", "emhass==0.18.7"
PLANNERS = (
    Planner("laag", "benchmarks.peers.run_laag"),
    Planner(f"{FLEXMEASURES}, highspy", "benchmarks.peers.run_flexmeasures", "highspy", FLEXMEASURES),
    Planner(f"{FLEXMEASURES}, Pyomo", "benchmarks.peers.run_flexmeasures", "appsi_highs", FLEXMEASURES),
    Planner(f"{EMHASS}, exact", "benchmarks.peers.run_emhass", "0", EMHASS),
    Planner(f"{EMHASS}, within 1 %", "benchmarks.peers.run_emhass", "0.01", EMHASS),
)
AIM_MS = (25.0, 5.0)


def cost_eur(case: Case, connection_kw: list[float]) -> float:
    """What the file's own formula makes of a plan, whoever made it."""
    prices = zip(connection_kw, case["import_price"], case["export_price"], strict=True)
    per_ptu = [kw * float(taken if kw > 0 else given) for kw, taken, given in prices]
    return sum(per_ptu) * float(case["ptu_hours"])


HEAD = f"{'':<30}{'EUR':>9}" + "".join(
    f"{name:>{width}}"
    for name, width in (
        ("cold ms", 10),
        ("(CPU)", 8),
        ("warm ms", 10),
        ("(CPU)", 8),
        ("start s", 9),
        ("x cold", 8),
        ("x warm", 8),
        ("x start", 9),
    )
)


def rows(planners: list[tuple[Planner, Path]], case: Case, rounds: int) -> Iterator[str]:
    """One line per planner: medians over the rounds, and how many times laag's they are."""
    found: dict[Planner, list[tuple[float, ...]]] = {one: [] for one, _ in planners}
    for counts in (False, *[True] * rounds):  # the first round brings everything from the disk
        for planner, python in planners:
            try:
                report = timed(planner, python, case)
            except Skipped as why:
                print(f"left out: {why}", file=sys.stderr)
                continue
            if counts:
                found[planner].append(figures(report, case))
    ours: tuple[float, ...] | None = None
    for planner, seen in found.items():
        if not seen:
            continue
        cost, cold, cold_cpu, warm, warm_cpu, first = (median(column) for column in zip(*seen, strict=True))
        ours = ours or (cold, warm, first)
        yield (
            f"{planner.name:<30}{cost:9.4f}{cold * 1e3:10.1f}{cold_cpu * 1e3:8.1f}{warm * 1e3:10.1f}{warm_cpu * 1e3:8.1f}"
            f"{first:9.2f}{cold / ours[0]:8.1f}{warm / ours[1]:8.1f}{first / ours[2]:9.1f}"
        )


def figures(report: dict[str, Any], case: Case) -> tuple[float, ...]:
    """Cost, then seconds: cold on the wall and of processors, warm so, and from the start of the process."""
    wall, cpu = zip(*report["warm_s"], strict=True)
    return (
        cost_eur(case, report["connection_kw"]),
        *report["cold_s"],
        median(wall),
        median(cpu),
        report["first_s"],
    )


@contextmanager
def somewhere(kept: Path | None) -> Iterator[Path]:
    """Where the environments live: a folder that is kept, or one that goes when the table is made."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    ask.add_argument("--keep", type=Path, help="a folder for the environments, used again next time")
    ask.add_argument("--rounds", type=int, default=5, help="young processes per planner and home")
    given = ask.parse_args()
    if not FILE.exists():
        print(f"the benchmark homes are not at {FILE}; put them there to plan them")
        return
    with somewhere(given.keep) as folder:
        here: list[tuple[Planner, Path]] = []
        for planner in PLANNERS:
            try:
                here.append((planner, python_of(planner, folder)))
            except Skipped as why:
                print(f"left out: {why}")
        print(
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {cpu_count()} cores ({platform.machine()}), "
            f"Python {platform.python_version()}, load {getloadavg()[0]:.1f}; aim {AIM_MS[0]:.0f} ms cold, "
            f"{AIM_MS[1]:.0f} ms warm; median of {given.rounds} processes"
        )
        for case in json.loads(FILE.read_text())["cases"]:
            print(f"\nhome-b, {case['hours']} h; optimum EUR {case['optimum_eur']['milp']:.4f}")
            print(HEAD)
            for row in rows(here, case, given.rounds):
                print(row)


if __name__ == "__main__":
    main()
