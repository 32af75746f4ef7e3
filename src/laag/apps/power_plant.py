"""`laag study vpp`: what a street earns as one power plant on the prices of imbalance."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from laag.foundation.errors import BadInput

if TYPE_CHECKING:
    from laag.cycle.street import Nation
    from laag.cycle.terms import Terms
    from laag.foundation.words import Said
    from laag.neighbourhood.charter import Charter
    from laag.study.vpp import Asked, Outcome, Week
    from laag.study.vpp.page import Groups

POLICY = "dynamic-2027"
HOMES, DAYS = 60, 7
FIRST = (date(2026, 1, 19), date(2026, 4, 20), date(2026, 7, 20), date(2026, 10, 19))
KNOWS = ("last", "later", "within", "called")
WIDTH = 150
"""A row is not broken."""
NONE_SAID = "Our street"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `vpp` under `study`."""
    command = subparsers.add_parser(
        "vpp",
        help="what a street earns as one power plant",
        description="Live the same weeks twice, with nobody asking homes anything and with homes asked by the expected price of "
        "imbalance; beside it the same homes with everything foreseen. Writes the table, a picture and a page in Dutch and English "
        "(docs/vpp.md). Sixty homes take some three minutes a week.",
    )
    command.add_argument(
        "--from", dest="first", type=date.fromisoformat, nargs="+", default=FIRST, metavar="DAY",
        help="first day of each window (one week in each season of 2026)",
    )  # fmt: skip
    command.add_argument("--days", type=int, default=DAYS, help=f"of each window ({DAYS})")
    command.add_argument("--homes", type=int, default=HOMES, help=f"of the built-in street ({HOMES})")
    command.add_argument("--seed", type=int, default=1, help="of homes and weather (1)")
    command.add_argument(
        "--day-ahead", type=Path, metavar="FILE", help="prices of the exchange, EUR/MWh; default those of the model"
    )  # fmt: skip
    command.add_argument(
        "--imbalance",
        type=Path,
        metavar="FILE",
        help="settlement prices as TenneT publishes them; goes with --day-ahead",
    )
    command.add_argument(
        "--knows", nargs="+", choices=KNOWS, default=["last"],
        help="when the price of imbalance is known (last: that of the quarter-hour before)",
    )  # fmt: skip
    command.add_argument(
        "--margin", type=float, default=0.0, metavar="EUR_PER_MWH",
        help="that an expected premium must be beyond what coming back costs (0)",
    )  # fmt: skip
    command.add_argument("--charter", type=Path, metavar="FILE", help="who gets what of it; default half to who gave, half equally")  # fmt: skip
    command.add_argument("--out", type=Path, default=Path("out/vpp"), help="folder to write to (out/vpp)")
    command.set_defaults(run=main)


def main(args: argparse.Namespace) -> int:
    """Live the weeks, print the table, and write it with its picture and page."""
    if args.days < 1 or args.homes < 1 or args.margin < 0:
        raise BadInput("--days and --homes are one or more, --margin zero or more")
    if (args.day_ahead is None) != (args.imbalance is None):
        raise BadInput(
            "--day-ahead and --imbalance belong together: what is earned is the difference between the two"
        )
    from laag.study import vpp

    console = Console(stderr=True)
    rows: list[Outcome] = []
    groups: Groups = {}
    charter, source = _charter(args.charter), ""
    for first in args.first:
        with console.status(f"living {args.days} days from {first}"):
            asked = vpp.Asked(
                first,
                args.days,
                args.homes,
                args.seed,
                tuple(vpp.Knows(name) for name in args.knows),
                args.margin,
            )
            lived = vpp.week(asked, _terms(), _nation(args, asked, console))
        source = lived.around.source
        new, groups = outcomes(lived, charter, groups)
        rows += new
    name = vpp.whole(args.homes, len(args.first), args.days)
    Console(width=max(Console().width, WIDTH)).print(_table(rows, name.en))
    write(rows, groups, args.out, name, source)
    for row in rows:
        said = f"{vpp.window(row).en}: {vpp.sentence(row).en}"
        console.print(said, markup=False, highlight=False, soft_wrap=True)
    print(f"report: {(args.out / 'report.html').resolve().as_uri()}")
    return 0


def outcomes(lived: Week, charter: Charter, groups: Groups) -> tuple[list[Outcome], Groups]:
    """Of a window, a row for each way of knowing; and what each kind of home got so far, the first way counted."""
    from laag.study import vpp

    rows = [vpp.outcome(lived, knows, charter) for knows in lived.asked.knows]
    for group, (count, eur) in vpp.by_group(lived, rows[0]).items():
        groups = {**groups, group: (count, groups.get(group, (0, 0.0))[1] + eur)}
    return rows, groups


def write(rows: Sequence[Outcome], groups: Groups, out: Path, name: Said, source: str) -> None:
    """The table, the picture and the page."""
    from laag.foundation.words import Lang
    from laag.study import vpp

    out.mkdir(parents=True, exist_ok=True)
    lines = [",".join(f'"{cell}"' for cell in line) for line in vpp.columns(rows, Lang.EN)]
    for file, text in (
        ("vpp.csv", "\n".join([*lines, ""])),
        ("vpp.svg", vpp.picture(rows)),
        ("report.html", vpp.page(rows, groups, name, source)),
    ):
        (out / file).write_text(text, encoding="utf-8")


def _charter(path: Path | None) -> Charter:
    from laag.adapters.charterfile.read import read
    from laag.neighbourhood.charter import Charter

    return Charter(NONE_SAID) if path is None else read(path)


def _terms() -> Terms:
    """A dynamic contract under the rules of 2027."""
    from laag.adapters import facts
    from laag.cycle.terms import Terms
    from laag.neighbourhood.charter import Charter
    from laag.settlement.policy import named

    policy = named(POLICY)
    return Terms(policy, facts.load(policy.facts_day), Charter(NONE_SAID), 0, 0)


def _nation(args: argparse.Namespace, asked: Asked, console: Console) -> Nation | None:
    """As published; where the files begin later than homes look back, from there."""
    if args.day_ahead is None:
        return None
    from laag.adapters.prices import first_day, load_nation
    from laag.foundation.ptu import AMSTERDAM, PtuGrid
    from laag.study import vpp

    first, days = vpp.reads(asked)
    # The year of a file begins where it begins: habits are then learnt of fewer days, and none is made up.
    begins = max(first_day(one, AMSTERDAM) for one in (args.day_ahead, args.imbalance) if one is not None)
    missing = min(max((begins - first).days, 0), days - vpp.least_read(asked)[1])
    grid = PtuGrid.days(first + timedelta(days=missing), days - missing, AMSTERDAM)
    nation, findings = load_nation(args.day_ahead, args.imbalance, grid)
    for finding in findings:
        console.print(str(finding), style="yellow", markup=False, highlight=False, soft_wrap=True)
    return nation


def _table(rows: Sequence[Outcome], title: str) -> Table:
    from laag.study import vpp

    (_, *heads), *lines = vpp.columns(rows)
    table = Table("", *heads, title=title, title_justify="left")
    for line in lines:
        table.add_row(*line)
    return table
