"""`laag grid`: a street to run at once, from a SimBench grid with modelled prices and weather."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from rich.console import Console

from laag.adapters.simbench import export
from laag.adapters.streetfile import load_street
from laag.apps import grid_check
from laag.apps.wiring import FIRST_DAY, WARMUP_DAYS, Options, within_reach
from laag.cycle.street import Street
from laag.foundation.errors import BadInput
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.study.population.days import Days
from laag.study.population.prices import modelled_nation
from laag.study.population.weather import weather

CHECK = "check"
STREET = "street.toml"
FILES = ("grid.json.gz", "profiles.parquet", "day_ahead.csv", "imbalance.csv", "weather.csv", STREET)
CODES = (
    "rural1 to urban6: from village to town; 0, 1, 2: today, and two futures with more panels, storage, cars and "
    "heat pumps; sw, no_sw: with and without switches."
)
STREET_TOML = """\
# The SimBench grid {code} under modelled prices and weather, made by laag grid.
#
# Grid and profiles come from SimBench (Meinecke et al., Energies 13 (2020) 3290) under the Open Database License 1.0
# (opendatacommons.org/licenses/odbl/1-0), which is share-alike: whoever passes these files on, changed or not, names
# SimBench and keeps the licence.
#
# Prices and weather are models (docs/built-in-street.md), drawn with seed {seed}; nobody measured them. They cover these days
# and the warm-up before them: for other days make another street, or name price and weather files of your own below.

name = "SimBench {code}, modelled prices and weather"
first_day = {first}
days = {days}
warmup_days = {warmup}

[prices]  # modelled
day_ahead = {{ file = "day_ahead.csv" }}
imbalance = {{ file = "imbalance.csv" }}

[weather]  # modelled
temperature = {{ file = "weather.csv", time = "middle_utc" }}
sun = {{ file = "weather.csv", time = "start_utc" }}

[simbench]
grid = "grid.json.gz"
profiles = {{ file = "profiles.parquet", zone = "{zone}", map_days = {{ first = {year}-01-01, last = {year}-12-31 }} }}
"""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `grid` under the main command."""
    command = subparsers.add_parser(
        "grid",
        help="make a street of a SimBench grid, to run at once",
        description="Write a folder with a low-voltage grid of SimBench, its profiles, and modelled prices and weather: "
        f"a whole street for laag run --street. Needs pip install 'laag[simbench]'. Codes: {CODES}",
    )
    which = command.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "code", nargs="?", metavar="CODE", help="a SimBench code such as 1-LV-rural1--2-sw, or check"
    )
    which.add_argument("--list", action="store_true", help="print the codes that there are")
    command.add_argument(
        "file", nargs="?", type=Path, metavar="FILE",
        help="with check: a grid file (docs/grid-file.md), or a net that pandapower saved; says what is odd and what it carries",
    )  # fmt: skip
    command.add_argument("--out", type=Path, metavar="FOLDER", help="folder to write to (named by the code)")
    command.add_argument(
        "--from", dest="first_day", type=_day, default=FIRST_DAY, metavar="YYYY-MM-DD",
        help=f"first day ({FIRST_DAY})",
    )  # fmt: skip
    command.add_argument("--days", type=int, default=7, help="how many days (7)")
    command.add_argument("--seed", type=int, default=1, help="of modelled prices and weather (1)")
    command.set_defaults(run=main)


def main(args: argparse.Namespace) -> int:
    """Fetch, model, write, and read the street back to say what it is."""
    console = Console(stderr=True)
    if (args.code == CHECK) != (args.file is not None):
        raise BadInput(
            "laag grid check FILE looks at a grid file; laag grid CODE makes a street: give one of these"
        )
    if args.code == CHECK:
        return grid_check.main(args.file)
    if args.list:
        print("\n".join(export.codes()))
        console.print(CODES, highlight=False, soft_wrap=True)
        return 0
    within_reach(Options(first_day=args.first_day, days=args.days, seed=args.seed))
    out = args.out or Path(args.code)
    if there := [name for name in FILES if (out / name).exists()]:
        raise BadInput(f"{out} holds {there[0]} already; give another --out, or remove it first")
    with console.status(f"loading {args.code} (about ten seconds)"):
        grid = export.fetch(args.code)
    with console.status("modelling prices and weather"):
        modelled = _models(args.first_day, args.days, args.seed)
        out.mkdir(parents=True, exist_ok=True)
        grid.save(out / "grid.json.gz", out / "profiles.parquet")
        for name, text in modelled.items():
            (out / name).write_text(text, "utf-8")
        (out / STREET).write_text(_street_toml(args.code, args.first_day, args.days, args.seed), "utf-8")
        street = load_street(out / STREET)
    for finding in street.findings:
        console.print(str(finding), style="yellow", markup=False, highlight=False, soft_wrap=True)
    _tell(street, args, out)
    return 0


def _models(first_day: date, days: int, seed: int) -> dict[str, str]:
    """Prices and weather of the built-in street for the days and the warm-up before them, as CSV by file name."""
    grid = PtuGrid.days(first_day - timedelta(days=WARMUP_DAYS), WARMUP_DAYS + days, AMSTERDAM)
    calendar = Days(grid)
    sky = weather(calendar, seed)
    nation = modelled_nation(calendar, sky, seed)
    state = nation.state.values if nation.state else np.full(len(grid), np.nan)
    start = [f"{instant:%Y-%m-%dT%H:%M:%SZ}" for instant in grid]
    middle = [f"{instant + timedelta(minutes=7, seconds=30):%Y-%m-%dT%H:%M:%SZ}" for instant in grid]
    cents = "{:.2f}".format
    return {
        "day_ahead.csv": _csv(
            ("start_utc", "price_eur_per_mwh"), start, map(cents, nation.day_ahead.values)
        ),
        "imbalance.csv": _csv(
            ("start_utc", "price_shortage_eur_per_mwh", "price_surplus_eur_per_mwh", "regulation_state"),
            start, map(cents, nation.shortage.values), map(cents, nation.surplus.values), map("{:.0f}".format, state),
        ),
        "weather.csv": _csv(
            ("start_utc", "middle_utc", "temperature_c", "ghi_w_m2"),
            start, middle, map(cents, sky.outdoor_c), map(cents, sky.sun_w_m2),
        ),
    }  # fmt: skip


def _csv(names: Sequence[str], *columns: Iterable[str]) -> str:
    rows = (",".join(cells) for cells in zip(*columns, strict=True))
    return "\n".join((",".join(names), *rows, ""))


def _street_toml(code: str, first_day: date, days: int, seed: int) -> str:
    return STREET_TOML.format(
        code=code, first=first_day, days=days, warmup=WARMUP_DAYS, seed=seed, zone=export.ZONE, year=export.YEAR
    )  # fmt: skip


def _tell(street: Street, args: argparse.Namespace, out: Path) -> None:
    """What it is, whose it is, and what to do with it."""
    panels = sum(home.house.pv is not None for home in street.homes)
    batteries = sum(home.house.battery is not None for home in street.homes)
    print(
        f"{args.code}: {len(street.homes)} connections, {panels} with panels, {batteries} with a battery, "
        f"on {len(street.feeders)} cables behind {street.import_max_kw:g} kW."
    )
    print(
        "Grid and profiles: SimBench, ODbL 1.0, share-alike: pass them on with SimBench named, under that licence."
    )
    print(
        f"Prices and weather: models, seed {args.seed}, from {args.first_day} for {args.days} days; measured by nobody."
    )
    file, run = shlex.quote(str(out / STREET)), shlex.quote(str(out / "out"))
    print(f"Next: laag run --street {file} --out {run}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-04-13") from None
