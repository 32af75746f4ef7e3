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


def rows(planners: list[tuple[Planner, Path]], case: Case, rounds: int) -> Iterator[str]:
    """One line per planner: medians over the rounds, and how many times laag's."""
    found: dict[Planner, list[tuple[float, float, float, float]]] = {one: [] for one, _ in planners}
    for _ in range(rounds):
        for planner, python in planners:
            try:
                report = timed(planner, python, case)
            except Skipped as why:
                print(f"left out: {why}", file=sys.stderr)
                continue
            figures = report["cold_s"], median(report["warm_s"]), report["first_s"]
            found[planner].append((*figures, cost_eur(case, report["connection_kw"])))
    ours: tuple[float, ...] | None = None
    for planner, seen in found.items():
        if not seen:
            continue
        cold, warm, first, cost = (median(column) for column in zip(*seen, strict=True))
        ours = ours or (cold, warm, first)
        yield (
            f"{planner.name:<30}{cost:>10.4f}{cold * 1e3:>9.1f}{warm * 1e3:>9.1f}{first:>9.2f}"
            f"{cold / ours[0]:>9.1f}{warm / ours[1]:>9.1f}{first / ours[2]:>9.1f}"
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
            print(
                f"{'':<30}{'EUR':>10}{'cold ms':>9}{'warm ms':>9}{'start s':>9}{'x cold':>9}{'x warm':>9}{'x start':>9}"
            )
            for row in rows(here, case, given.rounds):
                print(row)


if __name__ == "__main__":
    main()
