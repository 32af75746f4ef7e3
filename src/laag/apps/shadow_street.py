"""`laag charter shadow`: a changed charter in the simulated street, whose homes plan and bid anew under it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table as Shown

from laag import __version__
from laag.adapters import charterfile
from laag.adapters.stores import SqliteLog
from laag.apps import run as running
from laag.apps.publish import publish
from laag.apps.simulator import Told, simulate
from laag.apps.wiring import Options, run_of, terms_of
from laag.cycle.day import Run
from laag.cycle.shadow import Effect, Group, Share, by_kind, share
from laag.cycle.street import Home
from laag.foundation.errors import BadInput
from laag.foundation.money import UNITS_PER_EUR
from laag.neighbourhood.charter import Charter, differences

NOTE = (
    "Homes planned and ordered anew under the changed charter; these are modelled homes, not yours. A shadow run of our own "
    "past days (on the page of a proposal) keeps the orders as they were; the truth lies between the two."
)


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `shadow` under `laag charter`."""
    command = kinds.add_parser(
        "shadow",
        help="a changed charter in the simulated street, with homes that plan anew",
        description="Run the same street under two charters and say who gains and who loses. Without --against the "
        "changed one is set beside the charter that everybody begins with.",
    )
    command.add_argument("file", type=Path, metavar="CHARTER.toml", help="the changed charter")
    command.add_argument("--against", type=Path, metavar="CHARTER.toml", help="the charter as it is")
    running.add_street_options(command)
    command.set_defaults(run=main, resume=False)


def main(args: argparse.Namespace) -> int:
    """Run both, and print who gains and who loses."""
    options = running.options_of(args, Path())
    before = charterfile.read(args.against) if args.against else terms_of(options).charter
    after = charterfile.read(args.file)
    changed = [one.article for one in differences(before, after)]
    if not changed:
        raise BadInput(f"{args.file} changes nothing; give a charter in which some article is otherwise")
    console = Console(stderr=True)
    with console.status("living the street twice") as status:
        found = anew(
            options,
            before,
            after,
            args.workers,
            told=lambda done, of: status.update(f"{done} of {of} steps"),
        )
    Console().print(_table(found, changed))
    Console().print(NOTE)
    return 0


def anew(
    options: Options, before: Charter, after: Charter, workers: int, told: Told = lambda *_: None
) -> tuple[Share, ...]:
    """Who gains and who loses among modelled homes: the whole street first, then every kind of home."""
    run = run_of(options)
    was, would = (_paid_units(_under(run, charter), workers, told) for charter in (before, after))
    effects = {name: Effect(run.days, units, would[name]) for name, units in was.items()}
    kinds = {home.house.name: _kinds(home) for home in run.street.homes}
    every = Group("street", "", frozenset(effects))
    return tuple(share(group, effects) for group in (every, *by_kind("devices", kinds)))


def _under(run: Run, charter: Charter) -> Run:
    return replace(run, terms=replace(run.terms, charter=charter))


def _paid_units(run: Run, workers: int, told: Told) -> Mapping[str, int]:
    """Everybody's whole bill."""
    with SqliteLog(":memory:") as log, TemporaryDirectory() as folder:
        simulate(run, log, version=__version__, workers=workers, resume=False, told=told)
        bills = publish(
            run, log, Path(folder), version=__version__, seed=None, csv=False, told=lambda *_: None
        )
    return {one.member: one.total_units for one in bills}


def _kinds(home: Home) -> list[str]:
    house = home.house
    there = {
        "pv": home.pv_kw is not None,
        "battery": house.battery is not None,
        "ev": house.charger is not None,
        "heat_pump": house.heat_pump is not None,
    }
    return [name for name, has in there.items() if has]


def _table(found: tuple[Share, ...], changed: list[str]) -> Shown:
    table = Shown(title=f"who gains and who loses: {', '.join(changed)}")
    for head in ("homes", "", "gain", "lose", "same", "middle, EUR a year", "most gained", "most lost"):
        table.add_column(head, justify="left" if not head else "right")
    for one in found:
        table.add_row(
            str(one.homes),
            "everybody" if one.of == "street" else f"with {one.name}" if one.name else "without these",
            str(one.gain),
            str(one.lose),
            str(one.same),
            f"{one.median_units / UNITS_PER_EUR:+.2f}",
            str(one.most_gained_eur),
            str(one.most_lost_eur),
        )
    return table
