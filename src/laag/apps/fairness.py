"""`laag study fairness`: who gains in a street, from whose flexibility, before and after each sharing key."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from laag.apps.wiring import Options, terms_of
from laag.foundation.words import Lang, Said
from laag.settlement.words import days as days_said

FIRST, DAYS, HOMES = date(2026, 5, 4), 7, 100
WIDTH = 150


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `fairness` under `study`."""
    command = subparsers.add_parser(
        "fairness",
        help="who gains, from whose flexibility, by which sharing key",
        description="Live some days in the built-in street, without control and with each home planning for itself. Writes who gains "
        "by devices, tenure and cable, before and after each sharing key, as tables, pictures and a page in Dutch and English "
        "(docs/sharing.md). A hundred homes take about a minute.",
    )
    command.add_argument("--homes", type=int, default=HOMES, help=f"homes in the street ({HOMES})")
    command.add_argument("--from", dest="first", type=date.fromisoformat, default=FIRST, help=f"first day ({FIRST})")  # fmt: skip
    command.add_argument("--days", type=int, default=DAYS, help=f"how many ({DAYS})")
    command.add_argument("--seed", type=int, default=1, help="of homes and weather (1)")
    command.add_argument("--out", type=Path, default=Path("out/fairness"), help="folder to write to (out/fairness)")  # fmt: skip
    command.set_defaults(run=main)


def main(args: argparse.Namespace) -> int:
    """Live the days, print the tables, and write them with their pictures and page."""
    from laag.study.fairness import gains, page, picture, street, tables

    console = Console(stderr=True)
    with console.status("living") as status:
        days = street.days_of(
            args.first,
            args.days,
            args.homes,
            terms_of(Options()),
            terms_of(Options(policy="dynamic-2027")),
            seed=args.seed,
            tells=status.update,
        )
        found = gains.found(days)
    name = Said(
        f"{args.homes} huizen, {days_said(args.days, Lang.NL)} vanaf {args.first}",
        f"{args.homes} homes, {days_said(args.days, Lang.EN)} from {args.first}",
    )
    made = [
        *((tables.WAYS[way].en, tables.by_group(found, way, Lang.EN)) for way in tables.WAYS),
        (page.WHOSE.en, tables.from_whom(found, Lang.EN)),
        (page.UNEQUAL.en, tables.unequal(found, Lang.EN)),
    ]
    for title, rows in made:
        Console(width=max(Console().width, WIDTH)).print(_table(rows, f"{name.en}: {title}"))
    args.out.mkdir(parents=True, exist_ok=True)
    for file, text in (
        ("fairness.md", "\n\n".join(tables.markdown(rows) for _, rows in made) + "\n"),
        ("groups.svg", picture.groups_picture(found, Lang.EN)),
        ("lorenz.svg", picture.lorenz_picture(found, Lang.EN)),
        ("report.html", page.page(found, name)),
    ):
        (args.out / file).write_text(text, encoding="utf-8")
    for said in tables.sentences(found):
        console.print(said.en, markup=False, highlight=False, soft_wrap=True)
    print(f"report: {(args.out / 'report.html').resolve().as_uri()}")
    return 0


def _table(rows: list[list[str]], title: str) -> Table:
    (first, *heads), *lines = rows
    table = Table(first, title=title, title_justify="left")
    for head in heads:
        table.add_column(head, justify="right")
    for line in lines:
        table.add_row(*line)
    return table
