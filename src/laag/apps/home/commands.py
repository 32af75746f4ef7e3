"""The commands under `laag home`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console

from laag.adapters import homefile
from laag.apps.home import machine, page, picture
from laag.apps.home.day import Day, planned
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang
from laag.home.plan.solver import Solver


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `home` and what it can do under the main command."""
    home = subparsers.add_parser(
        "home",
        help="plan one home's day from a file, and explain it",
        description="One home in one JSON file (docs/home-file.md): its devices, what is expected and what is wished.",
    )
    commands = home.add_subparsers(required=True, metavar="WHAT")
    _add_plan(commands)
    _add_file(commands)


def _add_plan(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    plan = commands.add_parser(
        "plan", help="the cheapest day that does what is wished", description="Plan the day."
    )
    _takes_a_home(plan)
    plan.add_argument("--json", action="store_true", help="everything, for a program to read")
    plan.add_argument("--out", type=Path, metavar="DAY.svg", help="draw the day in this file too")
    plan.set_defaults(run=_plan)


def _add_file(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    schema = commands.add_parser("schema", help="the JSON Schema of a home file")
    schema.set_defaults(run=lambda _: _print(json.dumps(homefile.schema(), ensure_ascii=False, indent=2)))
    example = commands.add_parser("example", help="a home file with everything in it, to begin from")
    example.set_defaults(run=lambda _: _print(homefile.example().rstrip()))
    convert = commands.add_parser("convert", help="a benchmark case as a home file")
    convert.add_argument("case", type=Path, metavar="CASE.json", help="a file like cases/home-b.json")
    convert.add_argument("--hours", type=int, default=24, help="which of its cases (24)")
    convert.set_defaults(run=_convert)


def _takes_a_home(command: argparse.ArgumentParser) -> None:
    command.add_argument("home", metavar="HOME.json", help="the home file; - is standard input")
    command.add_argument(
        "--language", "--lang", choices=[lang.value for lang in Lang], default="en", help="of the sentences"
    )


def _plan(args: argparse.Namespace) -> int:
    day, lang = _day(args), Lang(args.language)
    if args.out is not None:
        args.out.write_text(picture.svg(day, lang), "utf-8")
    if args.json:
        return _print(json.dumps(machine.as_words(day, lang), ensure_ascii=False))
    page.show(day, lang, Console(highlight=False, markup=False, emoji=False))
    return 0


def _convert(args: argparse.Namespace) -> int:
    return _print(json.dumps(homefile.benchmark(_text(str(args.case)), args.hours), ensure_ascii=False))


def _day(args: argparse.Namespace) -> Day:
    """The planned day of the file that was named; what is wrong with it is said with its name."""
    try:
        return planned(homefile.asked(homefile.parse(_text(args.home))), Solver())
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


def _print(text: str) -> int:
    print(text)
    return 0
