"""The commands `laag serve`, `check-config`, `log`, `backup` and `restore`; what they need is imported only when used."""

from __future__ import annotations

import argparse
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from laag.foundation.errors import BadInput

if TYPE_CHECKING:
    from laag.apps.street.config import Config

_Parsers = argparse._SubParsersAction  # noqa: SLF001 - argparse has no other name for it


def add_parsers(commands: _Parsers[argparse.ArgumentParser]) -> None:
    """Hang them under the main command."""
    serve = commands.add_parser(
        "serve",
        help="run a neighbourhood's server",
        description="Members, market, prices and settlement on the clock, and pages (docs/serving.md). Ctrl-C or SIGTERM ends it.",
    )
    serve.add_argument("config", nargs="?", type=Path, default=Path("street.toml"), metavar="CONFIG")
    serve.set_defaults(run=_serve)
    check = commands.add_parser(
        "check-config", help="read a configuration of a server or a home and say whether it can be meant"
    )
    check.add_argument("config", type=Path, metavar="FILE")
    check.add_argument(
        "--no-keys",
        action="store_true",
        help="do not ask for keys that only the server finds in its surroundings",
    )
    check.set_defaults(run=_check)
    erase = commands.add_parser(
        "erase",
        help="erase who a member is: accounts, notes, links, shared months, its secret of the shared record",
        description="What stays, and why, is in docs/data-commons.md. Stop the server first, or it goes on with the secret that it knows.",
    )
    erase.add_argument("config", type=Path, metavar="CONFIG")
    erase.add_argument("member", metavar="MEMBER", help="as the operator's list names it: m-3fa9c2e1")
    erase.set_defaults(run=_erase)
    log = commands.add_parser("log", help="look at a log of events, or verify it")
    steps = log.add_subparsers(metavar="STEP", required=True)
    for name, says, run in (
        ("verify", "compute every hash again", _verify),
        ("show", "one line for each event", _show),
    ):
        step = steps.add_parser(name, help=says)
        step.add_argument("log", metavar="LOG", help="a path, or postgresql://…")
        step.set_defaults(run=run)
    for name, says in (
        ("backup", "copy a log, whole and verified, to an empty place; the server may run meanwhile"),
        ("restore", "copy a log back to an empty place"),
    ):
        copy = commands.add_parser(name, help=says)
        copy.add_argument("log", metavar="FROM", help="a path, or postgresql://…")
        copy.add_argument("to", metavar="TO", help="a path or a schema that holds nothing yet")
        copy.set_defaults(run=_copy)


def _serve(args: argparse.Namespace) -> int:
    from laag.apps.street.config import read
    from laag.apps.street.serving import serve

    return serve(read(args.config))


def _erase(args: argparse.Namespace) -> int:
    from laag.adapters.stores import open_records
    from laag.apps.street.config import read
    from laag.apps.street.erasing import erase

    with open_records(read(args.config).store) as records:
        said = erase(records, args.member).say(args.member)
    print(said.en)
    print(said.nl)
    return 0


def _check(args: argparse.Namespace) -> int:
    try:
        tables = tomllib.loads(args.config.read_text("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as odd:
        raise BadInput(f"{args.config} is not TOML ({odd})") from odd
    if "home" in tables:
        from laag.apps.agent import config as homes

        homes.read(args.config)
    elif "street" in tables:
        from laag.apps.street.config import read

        config = read(args.config)
        if not args.no_keys:
            _has_keys(config)
    else:
        raise BadInput(
            f"{args.config} has neither [street] (a server, docs/serving.md) nor [home] (a home, docs/home-agent.md)"
        )
    print(f"{args.config} can be used")
    _old_rules()
    return 0


def _old_rules() -> None:
    """What is settled and shown by a rule whose source nobody read for a year may be wrong by now."""
    from laag.adapters.clocks import Wall
    from laag.apps.rulebook import to_be_read

    old = to_be_read(Wall().now().date())
    if old is not None:
        print(f"mind: {old.en}")


def _has_keys(config: Config) -> None:
    """Refuse a source of prices that would be refused when the server starts."""
    from laag.apps.street.config import ENTSOE

    if ENTSOE in config.wire.sources:
        from laag.adapters.entsoe import token_of

        token_of(os.environ)


def _verify(args: argparse.Namespace) -> int:
    from laag.adapters.stores import open_log

    with open_log(_there(args.log)) as log:
        print(f"{log.verify()} events, every hash is right; digest {log.digest()}")
    return 0


def _show(args: argparse.Namespace) -> int:
    from laag.adapters.stores import open_log

    with open_log(_there(args.log)) as log:
        for number, event in enumerate(log.events(), 1):
            facts = " ".join(f"{name}={value}" for name, value in event.facts.items() if name != "signature")
            print(f"{number}\t{event.kind}\t{event.key}\t{facts}")
    return 0


def _copy(args: argparse.Namespace) -> int:
    from laag.adapters.stores import copied, open_log

    with open_log(_there(args.log)) as log:
        digest = copied(log, args.to)
    print(f"copied and verified; both have the digest {digest}")
    return 0


def _there(place: str) -> str:
    """A log to read from; a typing error does not make an empty one."""
    path = place.removeprefix("sqlite:///")
    if "://" not in path and not Path(path).exists():
        raise BadInput(f"there is no log at {path}; give the path of one, or postgresql://user@host/database")
    return place
