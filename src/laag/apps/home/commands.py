"""The commands under `laag home`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, time
from pathlib import Path
from typing import Any

from rich.console import Console

from laag.adapters import homefile
from laag.adapters.defaults import NEWEST, load
from laag.adapters.homefile import Asked
from laag.apps.agent import commands as agent
from laag.apps.home import conflicts, defaults, explain, machine, page, picture, what_if
from laag.apps.home.day import holding_of, planned
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang
from laag.home.plan.solver import Solver
from laag.home.preferences import Wished, parse


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `home` and what it can do under the main command."""
    home = subparsers.add_parser(
        "home",
        help="plan one home's day from a file, explain it, and run a home",
        description="One home in one JSON file (docs/home-file.md): its devices, what is expected and what is wished.",
    )
    commands = home.add_subparsers(required=True, metavar="WHAT")
    _add_plan(commands)
    _add_file(commands)
    agent.add_parsers(commands)


def _add_plan(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    plan = commands.add_parser(
        "plan", help="the cheapest day that does what is wished", description="Plan the day of one home."
    )
    _takes_a_home(plan)
    plan.add_argument("--json", action="store_true", help="everything, for a program to read")
    plan.add_argument("--out", type=Path, metavar="DAY.svg", help="draw the day in this file too")
    changed = plan.add_mutually_exclusive_group()
    changed.add_argument("--what-if", metavar="WISH", help="and what one wish more would change")
    changed.add_argument("--without", metavar="WISH", help="and what one of its wishes less would change")
    plan.set_defaults(run=_plan)
    why = commands.add_parser(
        "explain",
        help="what everything does in a quarter-hour, and why",
        description="Explain one quarter-hour.",
    )
    _takes_a_home(why)
    why.add_argument("--at", required=True, type=_quarter, metavar="HH:MM", help="a time on the wall")
    why.add_argument(
        "--day",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="which day of the plan (the first that has that time)",
    )
    why.add_argument("--json", action="store_true", help="for a program to read")
    why.set_defaults(run=_explain)
    met = commands.add_parser(
        "conflicts",
        help="which signals and wishes met, what went first and what it cost",
        description="Everything that is asked of the home and cannot all be had, rung by rung of the ladder.",
    )
    _takes_a_home(met)
    met.add_argument("--json", action="store_true", help="every ruling, for a program to read")
    met.set_defaults(run=_conflicts)
    usual = commands.add_parser(
        "defaults",
        help="what holds for a household that wishes nothing",
        description="The public defaults, by whom and why; with a home, which of them hold there.",
    )
    _takes_a_home(usual, optional=True)
    usual.add_argument("--edition", default=NEWEST, help=f"which edition ({NEWEST})")
    usual.add_argument("--json", action="store_true", help="for a program to read")
    usual.set_defaults(run=_defaults)


def _add_file(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    schema = commands.add_parser("schema", help="the JSON Schema of a home file")
    schema.set_defaults(run=lambda _: _print(json.dumps(homefile.schema(), ensure_ascii=False, indent=2)))
    example = commands.add_parser("example", help="a home file with everything in it, to begin from")
    example.set_defaults(run=lambda _: _print(homefile.example().rstrip()))
    convert = commands.add_parser("convert", help="a benchmark case as a home file")
    convert.add_argument("case", type=Path, metavar="CASE.json", help="a file like cases/home-b.json")
    convert.add_argument("--hours", type=int, default=24, help="which of its cases (24)")
    convert.set_defaults(run=_convert)


def _takes_a_home(command: argparse.ArgumentParser, *, optional: bool = False) -> None:
    command.add_argument(
        "home",
        metavar="HOME.json",
        nargs="?" if optional else None,
        help="the home file; - is standard input",
    )
    command.add_argument(
        "--language", "--lang", choices=[lang.value for lang in Lang], default="en", help="of the sentences"
    )


def _quarter(text: str) -> int:
    """The quarter of the day that holds a time."""
    try:
        at = time.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 18:15") from None
    return at.hour * 4 + at.minute // 15


def _plan(args: argparse.Namespace) -> int:
    solver, lang = Solver(), Lang(args.language)
    asked = _asked(args)
    changed = _changed(args, asked, lang)
    day = planned(asked, solver)
    if args.out is not None:
        args.out.write_text(picture.svg(day, lang), "utf-8")
    if args.json:
        return _print_json(machine.as_words(day, lang))
    console = _console()
    page.show(day, lang, console)
    if changed is not None:
        wish, then = changed
        what_if.show(day, planned(then, solver), wish, lang, console)
    return 0


def _changed(args: argparse.Namespace, asked: Asked, lang: Lang) -> tuple[Wished, Asked] | None:
    """The wish that comes or goes and what is then asked; refused before anything is printed."""
    if args.what_if is not None:
        wish = parse(args.what_if)
        return wish, what_if.with_wish(asked, wish)
    if args.without is not None:
        wish = parse(args.without)
        return wish, what_if.without_wish(asked, wish, lang)
    return None


def _explain(args: argparse.Namespace) -> int:
    day, lang = planned(_asked(args), Solver()), Lang(args.language)
    ptu = explain.ptu_at(day, args.at, args.day)
    if args.json:
        return _print_json(explain.as_words(day, ptu, lang))
    explain.show(day, ptu, lang, _console(), day_asked=args.day is not None)
    return 0


def _conflicts(args: argparse.Namespace) -> int:
    solver, lang = Solver(), Lang(args.language)
    day = planned(_asked(args), solver)
    found = conflicts.rulings(day, solver)
    if args.json:
        return _print_json(conflicts.as_words(day, found, lang))
    conflicts.show(day, found, lang, _console())
    return 0


def _defaults(args: argparse.Namespace) -> int:
    lang = Lang(args.language)
    if args.home is not None:
        asked = _asked(args)
        held, edition = holding_of(asked), asked.edition
        if held is None or edition is None:
            raise BadInput(
                f"{_called(args.home)} says that no defaults hold; leave its defaults field out to see them"
            )
        defaults.show_for(held, edition, lang, _console())
        return 0
    edition = load(args.edition)
    if args.json:
        return _print_json(defaults.as_words(edition, lang))
    defaults.show(edition, lang, _console())
    return 0


def _convert(args: argparse.Namespace) -> int:
    return _print_json(homefile.benchmark(_text(str(args.case)), args.hours))


def _asked(args: argparse.Namespace) -> Asked:
    """What the file that was named asks; what is wrong with it is said with its name."""
    try:
        return homefile.asked(homefile.parse(_text(args.home), Lang(args.language)))
    except BadInput as wrong:
        raise BadInput(f"{_called(args.home)}: {wrong}") from None


def _text(path: str) -> str:
    raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as odd:
        raise BadInput(f"{_called(path)} is not UTF-8 at byte {odd.start}; save it as UTF-8") from None


def _called(path: str) -> str:
    return "standard input" if path == "-" else path


def _console() -> Console:
    return Console(highlight=False, markup=False, emoji=False)


def _print_json(words: dict[str, Any]) -> int:
    return _print(json.dumps(words, ensure_ascii=False))


def _print(text: str) -> int:
    print(text)
    return 0
