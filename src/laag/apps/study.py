"""`laag study`: the same homes and days under several policies, and who wins and loses."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from laag.apps import coordination, fairness, hacked, overloads, power_plant
from laag.apps import run as running
from laag.apps.wiring import Options
from laag.foundation.errors import BadInput
from laag.settlement.policy import POLICIES

REFERENCE = "netting-2026"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `study` under the main command."""
    command = subparsers.add_parser(
        "study",
        help="the same homes and days under several policies",
        description="Run the same street under several policies and compare: cost, peaks, tax, and every home's bill.",
    )
    running.add_street_options(command)
    command.add_argument(
        "--policies",
        default=",".join(sorted(POLICIES, key=lambda name: name != REFERENCE)),
        help="names with commas between; the first is what the others are compared with",
    )
    command.add_argument("--out", type=Path, default=Path("out/study"), help="folder to write to (out/study)")
    again = command.add_mutually_exclusive_group()
    again.add_argument("--resume", action="store_true", help="go on with the study that is in the folder")
    again.add_argument("--fresh", action="store_true", help="throw away the study that is in the folder")
    command.set_defaults(run=main)
    kinds = command.add_subparsers(metavar="[hacked | grid | coordination | fairness | vpp]")
    hacked.add_parser(kinds)
    overloads.add_parser(kinds)
    coordination.add_parser(kinds)
    fairness.add_parser(kinds)
    power_plant.add_parser(kinds)


def main(args: argparse.Namespace) -> int:
    """Run every policy, compare, and print the table."""
    from laag.study import report
    from laag.study.comparison import compare

    names = [name.strip() for name in args.policies.split(",") if name.strip()]
    unknown = [name for name in names if name not in POLICIES]
    if unknown or len(set(names)) < 2:
        raise BadInput(
            f"--policies {args.policies!r} names {'no policy ' + repr(unknown[0]) if unknown else 'fewer than two policies'}; "
            f"choose at least two of {', '.join(POLICIES)}"
        )
    console = Console(stderr=True)
    for name in dict.fromkeys(names):
        console.print(f"policy {name}", highlight=False)
        _one(running.options_of(args, args.out / name, policy=name), args, args.out / name, console)
    found = compare(args.out, {name: name for name in dict.fromkeys(names)}, names[0])
    with console.status("drawing the report"):
        page = report.write_study(args.out)
    Console().print(_table(found))
    print(f"report: {page.resolve().as_uri()}")
    return 0


def _one(options: Options, args: argparse.Namespace, out: Path, console: Console) -> None:
    from laag.study import report

    here = (out / running.LOG).exists()
    running.one_run(
        options,
        out,
        workers=args.workers,
        csv=args.csv,
        resume=args.resume and here,
        fresh=args.fresh,
        console=console,
    )
    with console.status("drawing the report"):
        report.write(out)


def _table(found: dict[str, Any]) -> Table:
    """Policies side by side, then what each group of homes pays."""
    table = Table(title=f"{found['name']}, {found['days']} days; gains against {found['reference']}")
    table.add_column("")
    for policy in found["policies"]:
        table.add_column(policy["name"], justify="right")
    rows = (
        ("system cost, EUR", "system_cost_eur", "{:.2f}"),
        ("  energy and imbalance, EUR", "energy_cost_eur", "{:.2f}"),
        ("peak at the transformer, kW", "peak_kw", "{:.1f}"),
        ("import, kWh", "import_kwh", "{:.0f}"),
        ("own sun used, %", "self_consumption_percent", "{:.1f}"),
        ("energy tax less reduction, EUR", "tax_eur", "{:.2f}"),
        ("VAT, EUR", "vat_eur", "{:.2f}"),
        ("all bills, EUR", "paid_eur", "{:.2f}"),
        ("bill per home, EUR", "bill_eur_per_home", "{:.2f}"),
        ("Gini of bills", "gini", "{:.3f}"),
        ("homes that gain", "winners", "{}"),
        ("homes that lose", "losers", "{}"),
        ("rise of a per-kWh grid tariff, %", "per_kwh_tariff_rise_percent", "{:+.1f}"),
        ("unaccounted, 1e-8 EUR", "residue_units", "{}"),
    )
    for label, key, shape in rows:
        table.add_row(label, *(_shown(policy.get(key), shape) for policy in found["policies"]))
    table.add_section()
    for group in sorted(found["policies"][0]["groups"]):
        _add_bills(table, group, [policy["groups"][group] for policy in found["policies"]])
    table.add_section()
    for device, sides in found["policies"][0]["devices"].items():
        for side in sorted(sides):
            _add_bills(
                table, f"{side} {device}", [policy["devices"][device][side] for policy in found["policies"]]
            )
    return table


def _add_bills(table: Table, label: str, groups: Sequence[dict[str, Any]]) -> None:
    """What the homes of one group pay on average, per policy."""
    table.add_row(
        f"{label} ({groups[0]['homes']}), EUR a home", *(f"{g['bill_eur_per_home']:.2f}" for g in groups)
    )


def _shown(value: Any, shape: str) -> str:
    return "-" if value is None else shape.format(value)
