"""`laag bill` and `laag explain`: one bill, and one line of it, from a finished run."""

from __future__ import annotations

import argparse
import json
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from laag.apps import whole
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said
from laag.settlement import explain
from laag.settlement.bill import Bill
from laag.settlement.rules import LINES
from laag.settlement.words import euros, kwh

FILE = "bills.json"
READABLE = 80
"""Columns of a terminal beyond which a line is no longer read at a glance."""


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
        command.add_argument("--lang", "--language", choices=("nl", "en"), default="en")
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
    """Print a bill: every line with its amount, and below it why."""
    lang = Lang(args.lang)
    console = Console(highlight=False)
    width = min(console.width, READABLE)
    lines = _lines(args)
    console.print(f"[bold]{escape(args.member)}[/]")
    for line in lines:
        said = line[lang.value]
        energy = "" if line["energy_wh"] is None else kwh(line["energy_wh"], lang)
        amount = f"{energy:>12} {euros(line['amount_units'], lang):>10}"
        name = f"{line['line']:>2} {said['text']}"
        console.print(
            f"\n[bold]{escape(name):<{width - len(amount)}}{amount}[/]", width=width, soft_wrap=True
        )
        why = " ".join(part for part in (said["because"], said["otherwise"]) if part)
        console.print(Padding(escape(why), (0, 0, 0, 3)), width=width)
    console.print(f"\n[dim]laag explain {escape(shlex.quote(args.member))} NUMBER[/]", soft_wrap=True)
    return 0


def say(args: argparse.Namespace) -> int:
    """Print everything there is to say about one line."""
    lines = _lines(args)
    for line in lines:
        if args.line in {str(line["line"]), line["code"]}:
            print(line[args.lang]["explained"])
            if (key := LINES.get(line["code"])) is not None:
                more = Said("De regel waar dit van afhangt", "The rule that this depends on")
                print(f"{more.to(Lang(args.lang))}: laag rules {key}{' --nl' if args.lang == 'nl' else ''}")
            return 0
    raise BadInput(
        f"the bill of {args.member} has no line {args.line!r}; it has {', '.join(line['code'] for line in lines)}"
    )


def _lines(args: argparse.Namespace) -> list[dict[str, Any]]:
    try:
        bills: dict[str, list[dict[str, Any]]] = json.loads((args.out / FILE).read_text("utf-8"))
    except FileNotFoundError:
        begun = (args.out / "run.sqlite").exists()
        start = (
            f"go on with it: laag run --resume --out {args.out}" if begun else f"laag run --out {args.out}"
        )
        raise BadInput(f"{args.out} holds no finished run; {start}") from None
    except ValueError as broken:
        raise BadInput(
            f"{args.out / FILE} is damaged ({broken}); write it again with: laag run --resume"
        ) from broken
    known = {name.casefold(): name for name in bills}
    args.member = known.get(args.member.casefold(), args.member)
    if args.member not in bills:
        some = ", ".join(sorted(bills)[:5])
        raise BadInput(
            f"no member {args.member!r} in this run; members are {some}{' ...' if len(bills) > 5 else ''}"
        )
    return bills[args.member]
