"""Overloads of a year before and after flexibility, on four grids; beside pandapower on a week of each, in the same run.

`LAAG_PEERS=… python -m benchmarks.overloads --out out/overloads`: `.ci/peers` makes that Python. SimBench's two grids run with their
own profiles of 2016, of which cars, heat pumps, storage and roofs move by stated shares and prices
(`laag.study.grid.overloads.profiles`). Kerber's village and CIGRE's grid carry homes of the built-in population, a cold and a bright fortnight of 2026 (`--days 365`: all of it): one for each
6 kW of the load that was saved with the grid, a stated share of them with a car, a heat pump and a roof. Where the wires
bear what was drawn, it is made more until they do not. The week is the worst of the load that is too full most often. Without a peer nothing is compared, and SimBench needs its year in `out/powerflow`.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.powerflow import DATA, OWN, PEER, SIMBENCH, Case, apart, beside, simbench
from laag.adapters.pandapower import read_grid
from laag.foundation.ptu import PtuGrid
from laag.foundation.words import Said
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
    sentence,
)
from laag.study.grid.overloads.levels import Clock, Tells

BERLIN = ZoneInfo("Europe/Berlin")
KW_PER_HOME = 6.0
WEEK_PTUS = 7 * 96
YEAR, YEAR_DAYS = date(2026, 1, 1), 365
SEASONS = ((date(2026, 1, 12), 2.5), (date(2026, 6, 1), 4.0))
"""From when homes are lived with, and how many times their panels where all of them are electric: a cold and a bright fortnight."""


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


def lived(name: str, days: int, out: Path) -> list[Row]:
    """One grid's rows, and its week beside pandapower; kept, so that what was done is not done again."""
    if name in SIMBENCH:
        case = simbench(name)
        rows = _kept(out / name, partial(of_profiles, name, partial(laid, case)))
        _tell(rows, case, None)
        return rows
    rows = []
    for first, roofs in SEASONS if days < YEAR_DAYS else ((YEAR, SEASONS[0][1]),):
        made, case = village(name, first, days)
        when = Said(f"{first:%-d-%-m}, {days} dagen", f"{days} days from {first:%-d %B}")
        found = _kept(out / f"{name}, {when.en}", partial(of_homes, name, made, roofs))
        _tell(found, case, made)
        for row in found:
            load = Said(f"{row.load.nl} ({when.nl})", f"{row.load.en} ({when.en})")
            rows.append(replace(row, grid=name, load=load))
    return rows


def _kept(path: Path, found: Callable[[Clock, Tells], Iterator[Row]]) -> list[Row]:
    kept, part = path.with_name(f"{path.name}.pickle"), path.with_name(f"{path.name}.part")
    if kept.exists():
        return list(pickle.loads(kept.read_bytes()))
    rows = []
    for row in found(time.process_time, partial(print, file=sys.stderr, flush=True)):
        rows.append(row)
        part.write_bytes(pickle.dumps(rows))
    part.replace(kept)
    return rows


def _tell(rows: Sequence[Row], case: Case, made: Village | None) -> None:
    worst = max(rows, key=lambda row: row.found.before.overloaded_ptus)
    if PEER and worst.found.before.overloaded_ptus:
        tell(worst, case, made)


def main() -> None:
    """All grids, or some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=(*SIMBENCH, *OWN), action="append")
    parser.add_argument(
        "--days", type=int, default=14, help="of homes in each season; 365: the whole year instead"
    )
    parser.add_argument("--out", type=Path, default=Path("out/overloads"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    rows = [row for name in args.only or (*SIMBENCH, *OWN) for row in lived(name, args.days, args.out)]
    full = [row for row in rows if row.found.after is not None]
    print(markdown(full))
    for row in rows:
        print(f"{row.grid}, {row.load.en}: {row.seconds:.0f} s. {sentence(row).en}")
    (args.out / "overloads.csv").write_text(csv(rows), "utf-8")
    (args.out / "overloads.svg").write_text(picture(full), "utf-8")


if __name__ == "__main__":
    main()
