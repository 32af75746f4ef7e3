"""`laag bill` and `laag explain`: one bill, and one line of it, from a finished run."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from laag.apps import whole
from laag.foundation.errors import BadInput
from laag.settlement import explain
from laag.settlement.bill import Bill
from laag.settlement.words import Lang, euros, kwh

FILE = "bills.json"


def add_parsers(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `bill` and `explain` under the main command."""
    bill = subparsers.add_parser(
        "bill", help="print one member's bill", description="Print one bill of a finished run."
    )
    line = subparsers.add_parser(
        "explain",
        help="explain one line of a bill",
        description="Say at length why a line of a bill is what it is.",
    )
    for command in (bill, line):
        command.add_argument("member", metavar="MEMBER", help="as in the table of homes, for instance nr-01")
        command.add_argument("--out", type=Path, default=Path("out"), help="folder of the run (out)")
        command.add_argument("--lang", choices=("nl", "en"), default="en")
    line.add_argument("line", metavar="LINE", help="its number or its code, as `laag bill` prints them")
    bill.set_defaults(run=show)
    line.set_defaults(run=say)


def write(bills: Sequence[Bill], folder: Path) -> None:
    """Every bill with every line explained, beside the tables."""
    said = {bill.member: [_line(bill, number) for number in range(len(bill.lines))] for bill in bills}
    whole.write(folder / FILE, json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1) + "\n")


def _line(bill: Bill, number: int) -> dict[str, Any]:
    line = bill.lines[number]
    return {
        "line": number + 1,
        "code": line.code,
        "amount_units": line.amount_units,
        "energy_wh": line.energy_wh,
        **{
            lang.value: {
                "text": line.text.to(lang),
                "because": line.because.to(lang),
                "otherwise": line.counterfactual.to(lang),
                "explained": explain.line(bill, line.code, lang),
            }
            for lang in Lang
        },
    }


def show(args: argparse.Namespace) -> int:
    """Print a bill as a table a person can read."""
    lang = Lang(args.lang)
    heads = (
        ("#", "post", "kWh", "bedrag", "waarom") if lang is Lang.NL else ("#", "line", "kWh", "amount", "why")
    )
    table = Table(*heads, title=args.member, show_lines=True)
    for column in (2, 3):
        table.columns[column].justify = "right"
        table.columns[column].no_wrap = True
    for line in _lines(args):
        said = line[lang.value]
        energy = "" if line["energy_wh"] is None else kwh(line["energy_wh"], lang)
        why = " ".join(part for part in (said["because"], said["otherwise"]) if part)
        table.add_row(
            str(line["line"]),
            f"{said['text']}\n({line['code']})",
            energy,
            euros(line["amount_units"], lang),
            why,
        )
    Console().print(table)
    return 0


def say(args: argparse.Namespace) -> int:
    """Print everything there is to say about one line."""
    lines = _lines(args)
    for line in lines:
        if args.line in {str(line["line"]), line["code"]}:
            print(line[args.lang]["explained"])
            return 0
    raise BadInput(
        f"the bill of {args.member} has no line {args.line!r}; it has {', '.join(line['code'] for line in lines)}"
    )


def _lines(args: argparse.Namespace) -> list[dict[str, Any]]:
    try:
        bills: dict[str, list[dict[str, Any]]] = json.loads((args.out / FILE).read_text("utf-8"))
    except FileNotFoundError:
        raise BadInput(
            f"{args.out} holds no finished run; start one with: laag run --out {args.out}"
        ) from None
    except ValueError as broken:
        raise BadInput(
            f"{args.out / FILE} is damaged ({broken}); write it again with: laag run --resume"
        ) from broken
    if args.member not in bills:
        some = ", ".join(sorted(bills)[:5])
        raise BadInput(
            f"no member {args.member!r} in this run; members are {some}{' ...' if len(bills) > 5 else ''}"
        )
    return bills[args.member]
