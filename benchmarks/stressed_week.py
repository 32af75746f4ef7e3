"""Days on SimBench's semi-urban street, with the homes of the built-in one: who keeps its wires whole, and what it costs.

`python -m benchmarks.stressed_week --homes 260 --days 7 --first 2026-01-14` lives the same week seven times, on two busy
cores in half an hour or more; `--days 3 --first 2026-06-05 --roofs 3` are sunny days. `--out FOLDER` keeps the logs, and
goes on from them. The network is real, what hangs on it is made up: nobody built that street for so many heat pumps, cars and
roofs.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from laag.adapters import facts
from laag.adapters.pandapower import read_grid
from laag.adapters.stores import SqliteLog
from laag.apps.publish import publish
from laag.apps.simulator import simulate
from laag.apps.wiring import WARMUP_DAYS, Options, terms_of
from laag.cycle.day import Run, prepare
from laag.cycle.events import STEPPED, from_event
from laag.cycle.street import Street
from laag.cycle.terms import Terms
from laag.cycle.validate import Validation
from laag.neighbourhood.grid.network import Network
from laag.study.grid.stressed import Outcome, hung, nested, outcome, sunnier, table
from laag.study.population import street as built_in

GRID = Path(__file__).parents[2] / "shared/data/grids/simbench_1-LV-semiurb4--2-sw.pp.json.gz"
KEPT_FLOOR_WH = 250
"""1 kW: at 2 kW for everybody next to nothing of a full cable would be left for what the market agreed."""
NOBODY, BUYS, BOTH, LIMITS = (
    Validation(flexibility=buys, limits=limits)
    for buys, limits in ((False, False), (True, False), (True, True), (False, True))
)
KEPT = Validation(flexibility=False, limits=True, agreed_first=True, floor_wh=KEPT_FLOOR_WH)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to live the same days."""

    name: str
    policy: str = "layered"
    within_cables: bool = False
    validation: Validation = NOBODY


REFERENCE = "market alone"
VARIANTS = (
    Variant("uncoordinated", "dynamic-2027"),
    Variant(REFERENCE),
    Variant("nested layers", within_cables=True),
    Variant("nested layers, kept", within_cables=True, validation=KEPT),
    Variant("flexibility", validation=BUYS),
    Variant("flexibility, then limits", validation=BOTH),
    Variant("limits alone", validation=LIMITS),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which homes on which days, on which network."""

    homes: int
    first: date
    days: int
    grid: Path = GRID
    roofs: float = 1.0
    """So many times what they are."""


def terms(policy: str) -> Terms:
    """Every variant has the taxes and tariffs of the market's year, so that only the rules differ."""
    day = terms_of(Options()).policy.facts_day
    made = terms_of(Options(policy=policy))
    return replace(made, policy=replace(made.policy, facts_day=day), facts=facts.load(day))


def place(asked: Asked) -> tuple[Street, Network]:
    """The homes of the built-in street on the nodes at which SimBench's own loads stand."""
    free = built_in(asked.first, asked.days, homes=asked.homes, warmup_days=WARMUP_DAYS)
    return hung(sunnier(free, asked.roofs), read_grid(asked.grid).network)


def lived(asked: Asked, folder: Path, variant: Variant) -> Outcome:
    """Live the days of one variant, or go on with them, and measure."""
    street, network = place(asked)
    if variant.within_cables:
        street = nested(street, network)
    run = prepare(street, terms(variant.policy), asked.first, asked.days, network, variant.validation)
    return _measured(run, folder / variant.name.replace(", ", "-").replace(" ", "-"), variant.name)


def _measured(run: Run, folder: Path, name: str) -> Outcome:
    folder.mkdir(parents=True, exist_ok=True)
    with SqliteLog(folder / "log.sqlite") as log:
        simulate(run, log, version="stressed week", workers=1, resume=True, told=partial(_told, name))
        steps = [from_event(event) for event in log.events(STEPPED)]
        bills = publish(run, log, folder, version="stressed week", seed=1, csv=False, told=_silent)
    return outcome(name, run, steps, {bill.member: bill.total_units for bill in bills})


def _told(name: str, done: int, of: int) -> None:
    print(f"{name}: step {done} of {of}", flush=True)


def _silent(_done: int, _of: int) -> None:
    """Publishing is short."""


def compared(asked: Asked, folder: Path, workers: int, names: Sequence[str]) -> list[Outcome]:
    """The chosen variants, side by side on so many cores."""
    chosen = [one for one in VARIANTS if not names or one.name in names]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        return list(pool.map(partial(lived, asked, folder), chosen))


def written(asked: Asked, found: Sequence[Outcome]) -> Mapping[str, object]:
    """What the file says."""
    said = {
        "homes": asked.homes,
        "days": asked.days,
        "first": asked.first.isoformat(),
        "grid": asked.grid.name,
        "roofs": asked.roofs,
    }
    return {**said, "reference": REFERENCE, "variants": [asdict(one) for one in found]}


def main(argv: Sequence[str] | None = None) -> None:
    """Live, print the table, write the file."""
    about = argparse.ArgumentParser(description=__doc__)
    about.add_argument("--homes", type=int, default=260)
    about.add_argument("--days", type=int, default=3)
    about.add_argument("--first", type=date.fromisoformat, default=date(2026, 1, 14))
    about.add_argument("--grid", type=Path, default=GRID)
    about.add_argument("--roofs", type=float, default=1.0)
    about.add_argument("--out", type=Path, default=None)
    about.add_argument("--workers", type=int, default=2)
    about.add_argument("--variants", nargs="*", default=[], choices=[one.name for one in VARIANTS])
    given = about.parse_args(argv)
    if not given.grid.exists():
        print(
            f"{given.grid} is not there; give SimBench's 1-LV-semiurb4--2-sw as pandapower saves it with --grid"
        )
        return
    asked = Asked(given.homes, given.first, given.days, given.grid, given.roofs)
    with TemporaryDirectory() as scratch:
        folder = given.out or Path(scratch)
        found = compared(asked, folder, given.workers, given.variants)
        print(table(found, REFERENCE))
        if given.out:
            (folder / "stressed_week.json").write_text(
                json.dumps(written(asked, found), indent=1) + "\n", "utf-8"
            )


if __name__ == "__main__":
    main()
