"""`laag study hacked`: how far a signal that lies can move a street."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.table import Table

from laag.foundation.errors import BadInput

HOMES = 1000
WIDTH = 150
"""A row is not broken."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `hacked` under `study`."""
    command = subparsers.add_parser(
        "hacked",
        help="how far a signal that lies can move a street",
        description="Attack a street through its prices, its neighbourhood's server and the grid operator's link, with and "
        "without what homes do against it (docs/safety-of-numbers.md). A thousand homes take some minutes.",
    )
    command.add_argument("--homes", type=int, default=HOMES, help=f"homes in the street ({HOMES})")
    command.add_argument("--seed", type=int, default=1, help="of the street and its secrets (1)")
    command.add_argument(
        "--out", type=Path, default=Path("out/hacked"), help="folder to write to (out/hacked)"
    )
    command.set_defaults(run=main)


def main(args: argparse.Namespace) -> int:
    """Attack, print the table, and write it with its picture."""
    from laag.study import hacked

    if args.homes < 10:
        raise BadInput(f"a street of {args.homes} homes says nothing of a street; give --homes 10 or more")
    console = Console(stderr=True)
    street = hacked.victims(args.homes, args.seed)
    swing_kw = sum(one.swing_kw for one in street)
    with console.status("attacking") as status:
        found = hacked.studied(street, tells=lambda name: status.update(f"attacking: {name}"))
    title = f"{args.homes} homes, {swing_kw:,.0f} kW to move"
    Console(width=max(Console().width, WIDTH)).print(_table(found, swing_kw, title))
    args.out.mkdir(parents=True, exist_ok=True)
    picture = args.out / "hacked.svg"
    picture.write_text(
        hacked.picture(found, swing_kw, f"Moved within ten seconds: {title}"), encoding="utf-8"
    )
    rows = [",".join(COLUMNS), *(",".join(row) for row in _rows(found))]
    (args.out / "hacked.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    print(f"picture: {picture.resolve().as_uri()}")
    return 0


COLUMNS = ("attack", "channel", *(f"{side}_{w}s_kw" for side in ("bare", "careful", "bound_secrets_kept", "bound_secrets_known") for w in (1, 10, 60)))  # fmt: skip


def _rows(found: tuple[object, ...]) -> list[list[str]]:
    from laag.study.hacked import Found

    rows = []
    for one in found:
        assert isinstance(one, Found)
        sides = (one.bare.steps_kw(), one.protected.steps_kw(), one.bound.kept_kw, one.bound.known_kw)
        name = f'"{one.attack.name}"'
        rows.append([name, f'"{one.attack.channel}"', *(f"{kw:.1f}" for side in sides for kw in side)])
    return rows


def _table(found: tuple[object, ...], swing_kw: float, title: str) -> Table:
    from laag.study.hacked import Found

    table = Table(title=f"{title}: the largest step within 1, 10 and 60 s, in % of it")
    for name in (
        "attack",
        "by",
        "every protection off",
        "as homes are",
        "cannot be exceeded",
        "secrets known",
    ):
        table.add_column(name, justify="left" if name in {"attack", "by"} else "right")
    for one in found:
        assert isinstance(one, Found)
        sides = (one.bare.steps_kw(), one.protected.steps_kw(), one.bound.kept_kw, one.bound.known_kw)
        shares = (" / ".join(f"{100 * kw / swing_kw:.1f}" for kw in side) for side in sides)
        table.add_row(one.attack.name, one.attack.channel, *shares)
    return table
