"""The command `laag meter`."""

from __future__ import annotations

import argparse
from pathlib import Path

from laag.foundation.words import Lang


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang `meter` under the main command; what it needs is imported only when it is used."""
    meter = subparsers.add_parser(
        "meter",
        help="read a smart meter live, and show what it says",
        description="What the home takes and gives: now, this quarter-hour, today (docs/dsmr.md). Ctrl-C ends it.",
    )
    meter.add_argument(
        "source",
        metavar="SOURCE",
        help="/dev/ttyUSB0, tcp://HOST:PORT, homewizard://HOST, mqtt://HOST/TOPIC, a file of telegrams, or - for standard input",
    )
    meter.add_argument("--baud", type=int, help="of a cable: 115200 unless told, 9600 for DSMR 2.2 and 3")
    meter.add_argument(
        "--speed", type=float, help="of a file: 60 is a minute per second, 0 as fast as it goes (0)"
    )
    meter.add_argument(
        "--language", "--lang", choices=[lang.value for lang in Lang], default="en", help="of the sentences"
    )
    meter.add_argument(
        "--json", action="store_true", help="one line per quarter-hour and per notice, for a program to read"
    )
    meter.add_argument(
        "--csv", type=Path, metavar="FILE", help="append the registers at the end of each quarter-hour"
    )
    meter.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from laag.apps.meter.listening import run
    from laag.apps.meter.register_file import RegisterFile
    from laag.apps.meter.source import source_of

    lang = Lang(args.language)
    source = source_of(args.source, args.baud, args.speed)
    if args.csv is None:
        return run(source, lang, as_json=args.json)
    with RegisterFile(args.csv) as file:
        return run(source, lang, as_json=args.json, file=file)
