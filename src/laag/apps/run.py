"""`laag run`: a street's days, from homes and prices to bills, tables and a report."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from laag import __version__
from laag.adapters.stores import SqliteLog
from laag.adapters.tables import TABLES
from laag.apps import remembered
from laag.apps.homes import cores
from laag.apps.publish import publish
from laag.apps.simulator import simulate
from laag.apps.wiring import GRID, Options, run_of
from laag.cycle.day import Run
from laag.foundation.errors import BadInput
from laag.settlement.policy import POLICIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from laag.settlement.bill import Bill

LOG = "run.sqlite"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `run` under the main command."""
    command = subparsers.add_parser(
        "run",
        help="simulate a street's days and write its report",
        description="Simulate a street from gate to gate: homes plan and bid, the market clears, homes live their day, "
        "everything is settled to the last 1e-8 euro. Without options: the built-in street of 60 homes, one week.",
    )
    add_street_options(command)
    command.add_argument(
        "--policy",
        choices=tuple(POLICIES),
        default=argparse.SUPPRESS,
        help="the law it all happens under (layered)",
    )
    command.add_argument("--out", type=Path, default=Path("out"), help="folder to write to (out)")
    again = command.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="go on with the run that is in the folder")
    again.add_argument("--fresh", action="store_true", help="throw away the run that is in the folder")
    command.set_defaults(run=main)


def add_street_options(command: argparse.ArgumentParser) -> None:
    """What can be chosen about any run; what is not typed has the default of ``Options``, or what a resumed run had."""
    street = command.add_argument_group("the street and its rules", argument_default=argparse.SUPPRESS)
    street.add_argument(
        "--street", type=Path, metavar="STREET.toml", help="a street of your own (docs/importing.md)"
    )
    street.add_argument("--from", dest="first_day", type=_day, metavar="YYYY-MM-DD", help="first day")
    street.add_argument("--days", type=int, help="how many days (7)")
    street.add_argument("--homes", type=int, help="size of the built-in street (60)")
    street.add_argument("--seed", type=int, help="of the built-in street (1)")
    street.add_argument(
        "--prices",
        type=Path,
        metavar="CSV",
        help="day-ahead prices instead of the built-in model, from 14 days before --from on",
    )
    street.add_argument(
        "--imbalance", type=Path, metavar="CSV", help="imbalance prices that go with --prices"
    )
    street.add_argument("--rule", help="market rule (layered); see docs/market-rules.md")
    street.add_argument("--k", dest="k_percent", type=_percent, metavar="K",
                        help="who gets the tax advantage: 0 buyers, towards 1 sellers, below 1 (0.5)")  # fmt: skip
    street.add_argument(
        "--charter", type=Path, metavar="TOML", help="everything a community agreed on (docs/charter.md)"
    )
    street.add_argument(
        "--then",
        type=_dated,
        action="append",
        metavar="DAY=TOML",
        help="a charter that holds from a day of the run on",
    )
    street.add_argument(
        "--facts", type=Path, metavar="TOML", help="your own tariffs on top of the shipped ones"
    )
    street.add_argument(
        "--wires",
        type=Path,
        metavar="GRID",
        help="a grid file on which the homes hang (docs/grid-file.md), or built-in: the grid operator takes part",
    )
    street.add_argument(
        "--grid",
        choices=tuple(GRID),
        help="what it does about too much: watches, buys (the default), limits, both",
    )
    street.add_argument(
        "--reactive",
        action="store_true",
        default=argparse.SUPPRESS,
        help="it reckons with reactive power as well, by the usual power factors",
    )
    command.add_argument("--workers", type=int, default=cores(), help="processes (one per core)")
    command.add_argument("--csv", action="store_true", help="tables also as CSV when the run is long")


def options_of(args: argparse.Namespace, out: Path, **changed: object) -> Options:
    """What was typed, on top of what the run in ``out`` was started with where that goes on."""
    before = remembered.options(out) if args.resume else {}
    typed = {f.name: getattr(args, f.name) for f in fields(Options) if hasattr(args, f.name)}
    if "then" in typed:
        typed["then"] = tuple(typed["then"])
    if "street" in typed and (unused := {"homes", "seed"} & typed.keys()):
        raise BadInput(f"--{min(unused)} is about the built-in street; leave it out with --street")
    return Options(**{**before, **typed, **changed})


def _dated(text: str) -> tuple[date, Path]:
    """A day and a file.

    >>> _dated("2026-04-16=charter.toml")
    (datetime.date(2026, 4, 16), PosixPath('charter.toml'))
    """
    day, equals, path = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is no day and file; write 2026-04-16=charter.toml")
    return _day(day), Path(path)


def main(args: argparse.Namespace) -> int:
    """Run, publish, and say where to look."""
    from laag.study import report

    console = Console(stderr=True)
    options = options_of(args, args.out)
    prepared, bills = one_run(
        options,
        args.out,
        workers=args.workers,
        csv=args.csv,
        resume=args.resume,
        fresh=args.fresh,
        console=console,
    )
    with console.status("drawing the report"):
        page = report.write(args.out)
    _tell(Console(), prepared, bills, args.out, page)
    return 0


def one_run(
    options: Options, out: Path, *, workers: int, csv: bool, resume: bool, fresh: bool, console: Console
) -> tuple[Run, tuple[Bill, ...]]:
    """Simulate into ``out`` and publish there."""
    if resume and not (out / LOG).exists():
        raise BadInput(f"{out} holds no run to resume; leave --resume out, or name the folder with --out")
    if not (resume or fresh) and (out / LOG).exists():
        raise BadInput(
            f"{out} holds a run already; continue it with --resume, replace it with --fresh, or give another --out"
        )
    with console.status("building the street"):
        prepared = run_of(options)
    for finding in prepared.street.findings:
        console.print(str(finding), style="yellow", markup=False, highlight=False, soft_wrap=True)
    if fresh:
        _clear(out)  # only now that there is another run to put in its place
    out.mkdir(parents=True, exist_ok=True)
    if not resume:
        remembered.keep(options, out)
    with SqliteLog(out / LOG) as log:
        log.verify()
        with _bar(console, "living", prepared.steps) as told:
            simulate(prepared, log, version=__version__, workers=workers, resume=resume, told=told)
        with _bar(console, "settling", prepared.days) as told:
            seed = None if options.street else options.seed
            bills = publish(prepared, log, out, version=__version__, seed=seed, csv=csv, told=told)
    return prepared, bills


@contextmanager
def _bar(console: Console, text: str, total: int) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("{task.description:>9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(text, total=total)
        yield lambda done, _: progress.update(task, completed=done)


def _clear(out: Path) -> None:
    """Remove what a run writes, and nothing else that may be in the folder; the log goes last."""
    tables = (f"tables/{name}.{kind}" for name in TABLES for kind in ("parquet", "csv"))
    for name in ("run.json", "bills.json", "report.html", *tables, remembered.FILE, f"{LOG}-shm", f"{LOG}-wal", LOG):  # fmt: skip
        (out / name).unlink(missing_ok=True)


def _tell(console: Console, run: Run, bills: tuple[Bill, ...], out: Path, page: Path) -> None:
    """A few lines that make one want to open the page."""
    about = json.loads((out / "run.json").read_text("utf-8"))
    failed = [check for check in about["checks"] if not check["passed"]]
    totals = about["totals"]
    console.print(
        f"{len(bills)} homes, {run.days} day{'s' * (run.days > 1)} from {run.first_day}, rules '{run.terms.policy.name}'.",
        highlight=False,
    )
    console.print(
        f"The nation delivered {totals['nation/day_ahead']['energy_wh'] / -1e6:.2f} MWh day-ahead; "
        f"all bills together are EUR {sum(bill.total_units for bill in bills) / 1e8:.2f}.",
        highlight=False,
    )
    held = f"all {len(about['checks'])} checks hold" if not failed else f"{len(failed)} CHECKS FAILED"
    console.print(
        f"{held}; {page.stat().st_size / 1e6:.1f} MB report: {page.resolve().as_uri()}",
        highlight=False,
        soft_wrap=True,
    )
    first = min(bill.member for bill in bills)
    where = "" if out == Path("out") else f" --out {shlex.quote(str(out))}"
    who = shlex.quote(first)
    console.print(
        f"Next: laag bill {who}{where}   laag explain {who} total{where}   laag study --help",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )
    console.print("A street that lives, with pages for everybody in it: make live", highlight=False)
    if failed:
        for check in failed:
            print(f"does not hold: {check['text_en']} (residue {check['residue']})", file=sys.stderr)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2026-04-13") from None


def _percent(text: str) -> int:
    try:
        hundredths = Decimal(text).scaleb(2)
        within = 0 <= hundredths <= 100
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is no number between 0 and 1") from None
    if not within or hundredths != hundredths.to_integral_value():
        raise argparse.ArgumentTypeError(
            f"k is {text}; give a number between 0 and 1 with at most two decimals"
        )
    return int(hundredths)
