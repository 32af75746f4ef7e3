"""`laag study coordination`: the same homes alone, in a herd, together by prices, cut by the grid operator, and trading."""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from laag.foundation.errors import BadInput

if TYPE_CHECKING:
    from laag.study.coordination import Study

FIRST, DAYS, HOMES, LIMIT_KW_PER_HOME = date(2025, 1, 14), 7, 60, 2.0
SUMMER_MONTHS = range(4, 10)
WIDTH = 150
"""A row is not broken."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `coordination` under `study`."""
    command = subparsers.add_parser(
        "coordination",
        help="three ways to plan together, on the same homes",
        description="Live the same days of the built-in homes in seven ways: each alone, by one simple price, together by rounds of "
        "prices, cut by the grid operator, trading two by two, in our market, and as one mind that knows everything would. Writes the "
        "table, a picture and a page in Dutch and English (docs/coordination.md). Sixty homes take a minute or two a week.",
    )
    command.add_argument("--homes", type=int, default=HOMES, help=f"of the built-in population ({HOMES})")
    command.add_argument(
        "--from", dest="first", type=date.fromisoformat, default=FIRST, help=f"first day, from noon ({FIRST})"
    )
    command.add_argument("--days", type=int, default=DAYS, help=f"how many, noon to noon ({DAYS})")
    command.add_argument(
        "--kw-per-home", type=float, default=LIMIT_KW_PER_HOME,
        help=f"what the transformer carries for each home, either way ({LIMIT_KW_PER_HOME:g})",
    )  # fmt: skip
    command.add_argument("--seed", type=int, default=1, help="of homes and weather (1)")
    command.add_argument(
        "--out", type=Path, default=Path("out/coordination"), help="folder to write to (out/coordination)"
    )
    command.set_defaults(run=main)


def main(args: argparse.Namespace) -> int:
    """Live the days, print the table, and write it with its picture and page."""
    if args.days < 1 or args.homes < 2 or args.kw_per_home <= 0 or args.seed < 0:
        raise BadInput(
            "--homes is two or more, --days one or more, --kw-per-home above zero, --seed zero or more"
        )
    from laag.apps.wiring import Options, terms_of
    from laag.study import coordination

    console = Console(stderr=True)
    with console.status("reading") as status:
        neighbours = coordination.Neighbours.of(
            args.first, args.days, args.homes, terms_of(Options()), args.kw_per_home, args.seed
        )
        season = "summer" if args.first.month in SUMMER_MONTHS else "winter"
        made = coordination.study(neighbours, season, args.days, time.process_time, status.update)
    Console(width=max(Console().width, WIDTH)).print(_table(made))
    args.out.mkdir(parents=True, exist_ok=True)
    write(args.out, made)
    for one in coordination.sentences(made):
        console.print(one.en, markup=False, highlight=False, soft_wrap=True)
    print(f"report: {(args.out / 'report.html').resolve().as_uri()}")
    return 0


def write(out: Path, *studies: Study) -> None:
    """All files of a study, or of several on one page."""
    from laag.study import coordination

    every = [coordination.as_data(one) for one in studies]
    for file, text in (
        ("coordination.json", json.dumps(every, indent=1) + "\n"),
        ("coordination.md", "\n\n".join(coordination.markdown(one) for one in studies) + "\n"),
        ("coordination.svg", coordination.picture(studies[0])),
        ("report.html", coordination.page(studies)),
    ):
        (out / file).write_text(text, encoding="utf-8")


def _table(made: Study) -> Table:
    from laag.foundation.words import Lang
    from laag.study import coordination

    (_, *heads), *lines = coordination.columns(made, Lang.EN)
    table = Table("", *heads, title=coordination.title(made).en, title_justify="left")
    for line in lines:
        table.add_row(*line)
    return table
