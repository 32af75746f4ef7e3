"""The commands `laag upgrade`, `laag backups` and `laag devices`; what they need is imported only when they are used."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from laag.foundation.words import Lang

_Parsers = argparse._SubParsersAction  # noqa: SLF001 - argparse has no other name for it


def add_parsers(commands: _Parsers[argparse.ArgumentParser]) -> None:
    """Hang them under the main command."""
    upgrade = commands.add_parser(
        "upgrade",
        help="try a new version on a copy of the log, and find the way back",
        description="An upgrade of a neighbourhood's server, and of its homes by shares (docs/upgrading.md).",
    )
    steps = upgrade.add_subparsers(metavar="STEP", required=True)
    _prepare(steps)
    _check(steps)
    _rollback(steps)
    _homes(steps)
    _turn(steps)
    backups = commands.add_parser(
        "backups",
        help="copy a neighbourhood's log under today's date, and keep so many copies",
        description="A whole, verified copy while the server runs, with the accounts and the shared record beside it; the oldest make room.",
    )
    _config(backups)
    backups.add_argument("folder", type=Path, metavar="FOLDER", help="where the copies are kept")
    backups.add_argument("--keep", type=int, default=30, metavar="COPIES", help="so many (30)")
    backups.set_defaults(run=_backups)
    back = commands.add_parser(
        "put-back",
        help="put a copy of a neighbourhood back where its files are lost: log, accounts and shared record",
        description="The server must be stopped. Nothing is written over. Everybody reads that it happened (docs/running.md).",
    )
    _config(back)
    back.add_argument("copy", type=Path, metavar="COPY", help="as 'laag backups' made it: street-….sqlite")
    _lang(back)
    back.set_defaults(run=_put_back)
    devices = commands.add_parser(
        "devices",
        help="say what is known of a home's devices, and what is not",
        description="Support that ends, clouds, and what nobody looked up (docs/device-inventory.md); ends with 1 where something is a danger.",
    )
    devices.add_argument("file", type=Path, metavar="FILE", help="TOML with a [[device]] for each")
    _lang(devices)
    devices.set_defaults(run=_devices)


def _config(command: argparse.ArgumentParser) -> None:
    command.add_argument("config", type=Path, metavar="CONFIG", help="the neighbourhood's settings")


def _lang(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", "--language", choices=[one.value for one in Lang], default="en")


def _prepare(steps: _Parsers[argparse.ArgumentParser]) -> None:
    prepare = steps.add_parser(
        "prepare",
        help="with the version that runs: verify the log, copy it, and note what it comes to",
        description="Touches nothing; the server may go on meanwhile.",
    )
    _config(prepare)
    prepare.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="FOLDER",
        help="where the copies and the note go; not there yet",
    )
    _lang(prepare)
    prepare.set_defaults(run=_run_prepare)


def _check(steps: _Parsers[argparse.ArgumentParser]) -> None:
    check = steps.add_parser(
        "check",
        help="with the new version: open a copy of the copy, and say what comes out otherwise",
        description="Touches nothing; ends with 1 where something comes out otherwise.",
    )
    check.add_argument("folder", type=Path, metavar="FOLDER", help="as prepare made it")
    _lang(check)
    check.set_defaults(run=_run_check)


def _rollback(steps: _Parsers[argparse.ArgumentParser]) -> None:
    rollback = steps.add_parser(
        "rollback",
        help="put the log back to where the version before can open it",
        description="The server must be stopped. Ends with 1, and touches nothing, where something would be lost.",
    )
    rollback.add_argument("folder", type=Path, metavar="FOLDER", help="as prepare made it")
    rollback.add_argument(
        "--losing", type=int, default=0, metavar="EVENTS", help="go back although so many events came since"
    )
    _lang(rollback)
    rollback.set_defaults(run=_run_rollback)


def _homes(steps: _Parsers[argparse.ArgumentParser]) -> None:
    homes = steps.add_parser(
        "homes",
        help="which homes get a new version first, and how those that have it are doing",
        description="Ends with 1 where homes with the new version are heard less than before and than the others.",
    )
    _config(homes)
    homes.add_argument(
        "--version", dest="to_version", required=True, metavar="VERSION", help="the new version"
    )
    homes.add_argument("--percent", type=float, required=True, help="so many per cent of the homes")
    homes.add_argument(
        "--since",
        type=datetime.fromisoformat,
        metavar="INSTANT",
        help="since when they have it: 2026-11-22T09:00Z",
    )
    _lang(homes)
    homes.set_defaults(run=_run_homes)


def _turn(steps: _Parsers[argparse.ArgumentParser]) -> None:
    turn = steps.add_parser(
        "turn",
        help="whether it is a home's turn to get a new version: ends with 0 or 1",
        description="The same answer on every machine, and another order for every version.",
    )
    turn.add_argument("member", metavar="MEMBER", help="the home's name in the neighbourhood")
    turn.add_argument("--version", dest="to_version", required=True, metavar="VERSION")
    turn.add_argument("--percent", type=float, required=True, help="so many per cent of the homes")
    turn.set_defaults(run=_run_turn)


def _run_prepare(args: argparse.Namespace) -> int:
    from laag.apps.upkeep import steps

    return steps.prepare(args.config, args.to, Lang(args.lang))


def _run_check(args: argparse.Namespace) -> int:
    from laag.apps.upkeep import steps

    return steps.check(args.folder, Lang(args.lang))


def _run_rollback(args: argparse.Namespace) -> int:
    from laag.apps.upkeep import steps

    return steps.rollback(args.folder, args.losing, Lang(args.lang))


def _run_homes(args: argparse.Namespace) -> int:
    from laag.apps.upkeep import steps

    return steps.homes(args.config, args.to_version, args.percent, args.since, Lang(args.lang))


def _run_turn(args: argparse.Namespace) -> int:
    from laag.apps.upkeep.stages import turn_percent

    percent = turn_percent(args.member, args.to_version)
    print(f"{percent:.1f}")
    return 0 if percent < args.percent else 1


def _backups(args: argparse.Namespace) -> int:
    from laag.apps.upkeep import steps

    return steps.backups(args.config, args.folder, args.keep)


def _put_back(args: argparse.Namespace) -> int:
    from laag.apps.upkeep import steps

    return steps.put_back(args.config, args.copy, Lang(args.lang))


def _devices(args: argparse.Namespace) -> int:
    from laag.apps.upkeep import steps

    return steps.devices(args.file, Lang(args.lang))
