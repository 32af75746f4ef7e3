"""The commands `laag dso …`; what they need is imported only when used."""

from __future__ import annotations

import argparse
from pathlib import Path

_Parsers = argparse._SubParsersAction  # noqa: SLF001 - argparse has no other name for it


def add_parser(commands: _Parsers[argparse.ArgumentParser]) -> None:
    """Hang them under the main command."""
    dso = commands.add_parser("dso", help="a grid operator that buys flexibility by UFTP messages")
    steps = dso.add_subparsers(metavar="STEP", required=True)
    init = steps.add_parser("init", help="make a folder with a key and settings")
    init.add_argument("folder", type=Path, metavar="FOLDER")
    init.add_argument(
        "--domain", required=True, metavar="DOMAIN", help="under which others know it, as net.example"
    )
    init.set_defaults(run=_init)
    for name, does, help_ in (
        ("run", _run, "receive prognoses, check them, ask, order and settle, until Ctrl-C or SIGTERM"),
        ("aggregate", _aggregate, "the other side, made of files: to try a grid operator with"),
        ("key", _key, "the public key that others are told"),
    ):
        step = steps.add_parser(name, help=help_)
        step.add_argument("file", type=Path, metavar="FILE", help="settings, such as dso.toml")
        step.set_defaults(run=does)
    messages = steps.add_parser("messages", help="what was said and heard, and what became of it")
    messages.add_argument("store", metavar="STORE", help="of messages, such as uftp.sqlite")
    messages.add_argument("--raw", metavar="ID", help="one message as it was signed")
    messages.set_defaults(run=_messages)
    verify = steps.add_parser("verify", help="check the log, and the signature under every kept message")
    verify.add_argument("store", metavar="STORE")
    verify.set_defaults(run=_verify)


def _init(args: argparse.Namespace) -> int:
    from laag.apps.dso.founding import init

    return init(args.folder, args.domain)


def _run(args: argparse.Namespace) -> int:
    from laag.apps.dso.operating import run
    from laag.apps.street.logs import to_stderr

    to_stderr()
    return run(args.file)


def _aggregate(args: argparse.Namespace) -> int:
    from laag.apps.dso.from_files import run
    from laag.apps.street.logs import to_stderr

    to_stderr()
    return run(args.file)


def _key(args: argparse.Namespace) -> int:
    from laag.apps.dso.founding import show_key

    return show_key(args.file)


def _messages(args: argparse.Namespace) -> int:
    from laag.apps.dso.looking import messages

    return messages(args.store, args.raw)


def _verify(args: argparse.Namespace) -> int:
    from laag.apps.dso.looking import verify

    return verify(args.store)
