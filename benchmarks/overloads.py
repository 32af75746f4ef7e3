"""Overloads of a year before and after flexibility, on four grids; beside pandapower on a week of each, in the same run.

`LAAG_PEERS=… python -m benchmarks.overloads --out out/overloads`: `.ci/peers` makes that Python. SimBench's two grids run with their
own profiles of 2016, of which cars, heat pumps, storage and roofs move by stated shares and prices
(`laag.study.grid.overloads.profiles`). Kerber's village and CIGRE's grid carry the homes of the built-in population, 2026: one for each
6 kW of the load that was saved with the grid, a stated share of them with a car, a heat pump and a roof. Where the wires
bear what was drawn, it is made more until they do not. The week is the worst of the load that is too full most often. Without a peer nothing is compared, and SimBench needs its year in `out/powerflow`.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.powerflow import DATA, OWN, PEER, SIMBENCH, Case, apart, beside, simbench
from laag.adapters.pandapower import read_grid
from laag.foundation.ptu import PtuGrid
from laag.neighbourhood.grid.flow import flow
from laag.study.grid.overloads import (
    Profiles,
    Row,
    Seen,
    Village,
    csv,
    kind_of,
    markdown,
    of_homes,
    of_profiles,
    picture,
)

BERLIN = ZoneInfo("Europe/Berlin")
KW_PER_HOME = 6.0
WEEK_PTUS = 7 * 96


def laid(case: Case, takes: float, gives: float) -> Profiles:
    """SimBench's year, so many times its cars and heat pumps, and its roofs and storage."""
    kinds = [kind_of(str(row.get("profile"))) for _, row in case.saved.rows]
    grid = PtuGrid.days(date(2016, 1, 1), len(case.offtake_kw) // 96, BERLIN)
    return Profiles(
        case.saved.network, grid, case.offtake_kw, case.offtake_kvar, kinds, takes=takes, gives=gives
    )


def village(name: str, first: date, days: int) -> tuple[Village, Case]:
    """A grid without profiles, with homes in proportion to the load that was saved with it; and that load."""
    path = DATA / f"{name}.pp.json.gz"
    saved = read_grid(path)
    kw, kvar = saved.offtake_kw.sum(axis=1), saved.offtake_kvar.sum(axis=1)
    homes = np.maximum(np.rint(kw / KW_PER_HOME), 1).astype(int).tolist()
    made = Village.of(saved.network, homes, kvar / kw, first, days)
    return made, Case(name, path, saved, kw, kvar)


def _week(seen: Seen) -> slice:
    """The seven days with the most overloaded quarter-hours."""
    troubled = seen.overloaded | seen.out_of_band
    by_day = troubled[: len(troubled) // 96 * 96].reshape(-1, 96).sum(axis=1)
    sums = np.convolve(by_day, np.ones(7), mode="valid")
    first = int(np.argmax(sums)) if sums.any() else 17
    return slice(first * 96, first * 96 + WEEK_PTUS)


def tell(row: Row, case: Case, summed: Village | None) -> None:
    """The week beside pandapower, before and after."""
    network, week, found = case.saved.network, _week(row.found.before), row.found
    for name, year in (("after", found.helped), ("before", found.usual)):
        if year is None:
            continue
        kw, kvar = ((given if summed is None else summed.summed(given)) for given in (year.kw, found.kvar))
        began = time.process_time()
        flow(network, kw, kvar)
        ours_s = (time.process_time() - began) / len(kw)
        one = Case(case.name, case.path, case.saved, kw, kvar)
        theirs, ours = beside(one, week), flow(network, kw[week], kvar[week])
        voltage, loading = apart(one, ours, theirs)
        full = np.hstack([theirs["line"], theirs["trafo"]])
        counted = [int((seen > 1).any(axis=1).sum()) for seen in (ours.loading, full)]
        each_s = float(theirs["seconds"]) / WEEK_PTUS
        print(
            f"{row.grid}, {row.load.en}, {name}, from day {week.start // 96 + 1}: {counted[0]} overloaded PTUs, {counted[1]} by "
            f"pandapower; apart at most {voltage:.1e} pu and {loading:.1e} of a rating; {each_s * 1000:.1f} ms a flow there, "
            f"{each_s / ours_s:.0f} times ours",
            flush=True,
        )


def lived(name: str, first: date, days: int, roofs: float, out: Path) -> list[Row]:
    """One grid's rows, and its week beside pandapower; kept, so that what was done is not done again."""
    case, made = (simbench(name), None) if name in SIMBENCH else village(name, first, days)[::-1]
    when = name if made is None or days >= 365 else f"{name}, {days} days from {first:%-d %B}"
    kept = out / f"{when}.pickle"
    if kept.exists():
        rows: list[Row] = pickle.loads(kept.read_bytes())
    else:
        rows = []
        tells = partial(print, file=sys.stderr, flush=True)
        found = (
            of_profiles(name, partial(laid, case), time.process_time, tells)
            if made is None
            else of_homes(when, made, roofs, time.process_time, tells)
        )
        for row in found:
            rows.append(row)
            kept.with_suffix(".part").write_bytes(pickle.dumps(rows))
        kept.with_suffix(".part").replace(kept)
    if PEER:
        tell(max(rows, key=lambda row: row.found.before.overloaded_ptus), case, made)
    return rows


def main() -> None:
    """All grids, or one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=(*SIMBENCH, *OWN), action="append")
    parser.add_argument("--first", type=date.fromisoformat, default=date(2026, 1, 1), help="day of homes")
    parser.add_argument("--days", type=int, default=365, help="of homes")
    parser.add_argument(
        "--roofs", type=float, default=2.5, help="times the panels of homes, where all are electric"
    )
    parser.add_argument("--out", type=Path, default=Path("out/overloads"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    rows = [
        row
        for name in args.only or (*SIMBENCH, *OWN)
        for row in lived(name, args.first, args.days, args.roofs, args.out)
    ]
    print(markdown(rows))
    print(", ".join(f"{row.grid} {row.load.en}: {row.seconds:.0f} s" for row in rows))
    (args.out / "overloads.csv").write_text(csv(rows), "utf-8")
    (args.out / "overloads.svg").write_text(picture(rows), "utf-8")


if __name__ == "__main__":
    main()
