"""`laag study grid`: how often a grid is too full in a year, and what flexibility would make of it."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
from rich.console import Console
from rich.table import Table

from laag.foundation.errors import BadInput

if TYPE_CHECKING:
    from laag.adapters.pandapower import SavedGrid
    from laag.foundation.ptu import PtuGrid
    from laag.neighbourhood.grid.network import Floats, Network
    from laag.study.grid.overloads import Movable, Profiles, Row, Village

BUILT_IN = "built-in"
FIRST, HOMES, KW_PER_HOME, ROOFS = date(2026, 1, 1), 60, 6.0, 2.5
WIDTH = 130
"""A row is not broken."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `grid` under `study`."""
    command = subparsers.add_parser(
        "grid",
        help="how often a grid is too full in a year, before and after flexibility",
        description="Live a year on a grid: with the homes of the built-in population, more and more of them with a car, a heat "
        "pump and a roof; or with SimBench's own profiles. Each day the grid operator buys what the wires do not bear. Writes the "
        "table, a picture and a page in Dutch and English (docs/grid.md). Sixty homes take some ten minutes.",
    )
    command.add_argument(
        "--grid", default=BUILT_IN, metavar="FILE",
        help="a grid file (docs/grid-file.md) or a net that pandapower saved; default the built-in street's wires",
    )  # fmt: skip
    command.add_argument(
        "--profiles", type=Path, metavar="FILE",
        help="SimBench's profiles of that net, as laag grid CODE writes them; then no homes are made up",
    )  # fmt: skip
    command.add_argument("--homes", type=int, default=HOMES, help=f"homes on the built-in wires ({HOMES})")
    command.add_argument(
        "--kw-per-home", type=float, default=KW_PER_HOME,
        help=f"on a net of pandapower: a home for each so many kW that were saved with it ({KW_PER_HOME:g}); "
        "on a grid file every connection is one home",
    )  # fmt: skip
    command.add_argument(
        "--roofs", type=float, default=ROOFS, help=f"so many times the panels in the last year that is tried ({ROOFS:g})"
    )  # fmt: skip
    command.add_argument(
        "--from", dest="first", type=date.fromisoformat, default=FIRST, help=f"first day ({FIRST})"
    )
    command.add_argument("--days", type=int, default=365, help="how many (365)")
    command.add_argument("--seed", type=int, default=1, help="of homes and weather (1)")
    command.add_argument("--out", type=Path, default=Path("out/grid"), help="folder to write to (out/grid)")
    command.set_defaults(run=main)


def main(args: argparse.Namespace) -> int:
    """Live the years, print the table, and write it with its picture and page."""
    if find_spec("power_grid_model") is None:
        raise BadInput("laag study grid needs a power flow; pip install 'laag[grid]' adds it")
    if args.days < 1 or args.homes < 1 or args.kw_per_home <= 0 or args.roofs < 0:
        raise BadInput(
            "--days and --homes are one or more, --kw-per-home above zero and --roofs zero or more"
        )
    from laag.study.grid import overloads

    console = Console(stderr=True)
    with console.status("reading") as status:
        rows = list(_rows(args, console, status.update))
    name = f"{rows[0].grid}, {_span(args)}"
    Console(width=max(Console().width, WIDTH)).print(_table(rows, name))
    args.out.mkdir(parents=True, exist_ok=True)
    for file, text in (
        ("grid.csv", overloads.csv(rows)),
        ("grid.md", overloads.markdown(rows) + "\n"),
        ("grid.svg", overloads.picture(rows)),
        ("report.html", overloads.page(rows, name)),
    ):
        (args.out / file).write_text(text, encoding="utf-8")
    for row in rows:
        console.print(
            f"{row.load.en}: {overloads.sentence(row).en}", markup=False, highlight=False, soft_wrap=True
        )
    print(f"report: {(args.out / 'report.html').resolve().as_uri()}")
    return 0


def _span(args: argparse.Namespace) -> str:
    return str(args.profiles.name) if args.profiles else f"{args.first} + {args.days}"


def _rows(args: argparse.Namespace, console: Console, tells: Callable[[str], None]) -> Iterator[Row]:
    from laag.study.grid.overloads import of_homes, of_profiles

    name, network, saved = _network(args, console)
    if not network.connections:
        raise BadInput(f"{name} has no connections, so nothing hangs on its wires; name who hangs where")
    if args.profiles is None:
        return of_homes(name, _village(args, network, saved), args.roofs, time.process_time, tells)
    if saved is None:
        raise BadInput(
            "--profiles are of a net that pandapower saved; give it as --grid, or leave --profiles out"
        )
    return of_profiles(name, _profiles(args.profiles, saved), time.process_time, tells)


def _network(args: argparse.Namespace, console: Console) -> tuple[str, Network, SavedGrid | None]:
    """By its name; what was saved with it where pandapower saved it."""
    from laag.adapters.files.table import text_of
    from laag.adapters.gridfile import grid_of, read_grid_file
    from laag.adapters.pandapower import read_grid
    from laag.study.population.cables import feeder_name
    from laag.study.population.wires import grid_file

    if args.grid == BUILT_IN:
        hung = [(f"nr-{i + 1:02d}", feeder_name(i)) for i in range(args.homes)]
        return BUILT_IN, grid_of(grid_file(hung), Path(BUILT_IN))[0], None
    path, saved = Path(args.grid), None
    if '"_module"' in text_of(path)[:2000]:
        saved = read_grid(path)
        network, findings = saved.network, saved.findings
    else:
        network, findings = read_grid_file(path)
    for finding in findings:
        console.print(str(finding), style="yellow", markup=False, highlight=False, soft_wrap=True)
    return path.name.split(".")[0], network, saved


def _village(args: argparse.Namespace, network: Network, saved: SavedGrid | None) -> Village:
    from laag.study.grid.overloads import Village

    count = len(network.connections)
    homes, tan_phi = np.ones(count, np.int64), np.zeros(count)
    if saved is not None:
        kw, kvar = saved.offtake_kw.sum(axis=1), saved.offtake_kvar.sum(axis=1)
        homes = np.where(kw > 0, np.maximum(np.rint(kw / args.kw_per_home), 1), 0).astype(np.int64)
        tan_phi = np.divide(kvar, kw, out=np.zeros(count), where=kw > 0)
    if not homes.any():
        raise BadInput(
            f"{network.source} was saved with no load, so no homes can be put on it; give --profiles, or name connections in a "
            "grid file"
        )
    return Village.of(network, homes.tolist(), tan_phi, args.first, args.days, args.seed)


def _profiles(path: Path, saved: SavedGrid) -> Callable[[float, float], Profiles]:
    """SimBench's columns are relative: each row's rated power times its profile; reactive power at the saved ratio."""
    from laag.adapters.files.numbers import numbers
    from laag.adapters.files.table import read_table
    from laag.adapters.simbench.export import YEAR, ZONE
    from laag.foundation.ptu import PtuGrid
    from laag.study.grid.overloads import kind_of

    table = read_table(path)
    days = len(table) // 96
    used, kinds = np.zeros((days * 96, len(saved.rows))), []
    absent = set()
    for at, (kind, row) in enumerate(saved.rows):
        profile = str(row.get("profile"))
        column = next((name for name in (f"{profile}_pload", profile) if name in table.columns), None)
        kinds.append(kind_of(profile))
        if column is not None:
            used[:, at] = numbers(table, column)[0][: days * 96]
        elif kind != "storage":
            absent.add(profile)
    if absent or not days:
        raise BadInput(
            f"{path.name} lacks the profiles {', '.join(sorted(absent)[:5])}; save those of the same grid: laag grid CODE"
        )
    if np.isnan(used).any():
        raise BadInput(f"{path.name} has quarter-hours without a number; give a whole year of profiles")
    grid = PtuGrid.days(date(YEAR, 1, 1), days, ZoneInfo(ZONE))
    kw, kvar = (used * rated.sum(axis=1) for rated in (saved.offtake_kw, saved.offtake_kvar))
    return partial(_laid, saved, grid, kw, kvar, kinds)


def _laid(
    saved: SavedGrid,
    grid: PtuGrid,
    kw: Floats,
    kvar: Floats,
    kinds: Sequence[Movable | None],
    takes: float,
    gives: float,
) -> Profiles:
    from laag.study.grid.overloads import Profiles

    return Profiles(saved.network, grid, kw, kvar, kinds, takes=takes, gives=gives)


def _table(rows: Sequence[Row], title: str) -> Table:
    from laag.study.grid.overloads import columns

    (_, *heads), *lines = columns(rows)
    table = Table("", *heads, title=title, title_justify="left")
    for line in lines:
        table.add_row(*line)
    return table
