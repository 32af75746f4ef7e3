"""Four weeks in four seasons of 2025, measured homes, real prices: `python -m benchmarks.backtest`.

`--quick` shows one home in one window; `--windows`, `--homes` and `--mixes` choose others. `--errors` adds how far the
forecasts were off, `--said` what it costs to say nothing, `--levers` what each thing that is not known costs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.backtest import data, levers, said, tables
from laag.cycle.street import Home
from laag.home.plan.solver import Solver
from laag.study.backtest import MIXES, Case, Error, Mix, Outcome, Way, by_mix, errors, outcome, picture

WINDOWS = (date(2025, 2, 3), date(2025, 4, 28), date(2025, 7, 14), date(2025, 10, 6))
HOMES = ("nl-p1", "fr", "us-2", "us-5", "nl-ams-a")
DAYS = 28
TITLE = "Share of the perfect-foresight gain, four weeks in four seasons of 2025"


def main() -> None:
    """Live the cases that are asked for, and print what came of them."""
    asked = _asked()
    if not data.DATA.is_dir():
        print(f"the measured data are not at {data.DATA.resolve()}; put them there to run the backtest")
        return
    windows = [data.load(first, asked.days) for first in asked.windows]
    if asked.said:
        _said(windows, asked.homes, asked.mixes)
    elif asked.levers:
        _levers(windows, asked.homes, asked.mixes)
    else:
        _shares(windows, asked)


def _shares(windows: list[data.Window], asked: argparse.Namespace) -> None:
    outcomes = list(lived(windows, asked.homes, asked.mixes, asked.every))
    rows = by_mix(outcomes)
    print()
    print("\n".join(tables.shares(rows)))
    if asked.errors:
        print()
        print("\n".join(tables.errors(missed(windows, asked.homes))))
    if asked.picture:
        asked.picture.write_text(picture(rows, outcomes, TITLE), "utf-8")


def _said(windows: list[data.Window], homes: tuple[str, ...], mixes: tuple[Mix, ...]) -> None:
    about = tuple(mix for mix in mixes if mix.car or mix.heat_pump)
    asked = [(window.name, mix.name, case) for window, _, mix, case in cases(windows, homes, about)]
    rows = []
    for row in said.both(asked, Solver()):
        rows.append(row)
        print(
            f"{row.window:8}{row.mix:26}{row.home:10}{row.told.cost_eur:9.2f}{row.untold.cost_eur:9.2f}",
            flush=True,
        )
    print()
    print("\n".join(said.table(rows)))


def _levers(windows: list[data.Window], homes: tuple[str, ...], mixes: tuple[Mix, ...]) -> None:
    asked = [(mix.name, case) for _, _, mix, case in cases(windows, homes, mixes)]
    pulled = []
    for one in levers.pulled(asked, Solver()):
        pulled.append(one)
        print(
            f"{one.mix:26}{one.home:10}{one.lever:28}{one.gained_eur:8.2f} of {one.gain_eur:7.2f} EUR",
            flush=True,
        )
    print()
    print("\n".join(levers.table(pulled)))


def lived(
    windows: list[data.Window], homes: tuple[str, ...], mixes: tuple[Mix, ...], every_ptus: int
) -> Iterator[Outcome]:
    """Every case, told as it is done."""
    solver, way = Solver(), Way(every_ptus=every_ptus)
    for window, _, mix, case in cases(windows, homes, mixes):
        began = time.perf_counter()
        one = outcome(case, mix.name, window.name, solver, way)
        print(tables.one_by_one(one, time.perf_counter() - began), flush=True)
        yield one


def cases(
    windows: list[data.Window], homes: tuple[str, ...], mixes: tuple[Mix, ...]
) -> Iterator[tuple[data.Window, Home, Mix, Case]]:
    """Every home with every mix that fits it."""
    rules = data.terms()
    for mix in mixes:
        for window in windows:
            for home in data.homes(window, mix):
                if home.house.name in homes:
                    yield window, home, mix, data.case(window, home, mix, rules)


def missed(windows: list[data.Window], homes: tuple[str, ...]) -> list[tuple[str, str, Error]]:
    """How far the forecasts of these very series were off."""
    everything = Mix("everything that is forecast", pv=True, heat_pump=True)
    return [
        (window.name, home.house.name, one)
        for window, home, _, _ in cases(windows, homes, (Mix("panels", pv=True),))
        for one in errors(data.case(window, home, everything, data.terms()))
    ]


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.backtest", description=__doc__)
    parser.add_argument(
        "--windows", type=_dates, default=WINDOWS, help="first days, as 2025-02-03,2025-07-14"
    )
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--homes", type=lambda said: tuple(said.split(",")), default=HOMES)
    parser.add_argument("--mixes", type=_mixes, default=MIXES, help="numbers from 1 to 8, as 3,8")
    parser.add_argument("--every", type=int, default=1, help="a new plan every so many quarter-hours")
    parser.add_argument("--errors", action="store_true", help="and how far the forecasts were off")
    parser.add_argument("--said", action="store_true", help="homes told all and told nothing, instead")
    parser.add_argument("--levers", action="store_true", help="one thing known or changed at a time, instead")
    parser.add_argument("--picture", type=Path, help="where to write the shares as SVG")
    parser.add_argument("--quick", action="store_true", help="one home, one window, three mixes")
    asked = parser.parse_args()
    if asked.quick:
        asked.windows, asked.homes = WINDOWS[:1], ("fr",)
        asked.mixes = tuple(mix for mix in MIXES if mix.name in {"PV + battery", "PV + car", "heat pump"})
    return asked


def _dates(said: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(one) for one in said.split(","))


def _mixes(said: str) -> tuple[Mix, ...]:
    return tuple(MIXES[int(one) - 1] for one in said.split(","))


if __name__ == "__main__":
    main()
