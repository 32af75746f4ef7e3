"""The command `laag audit`; what it needs is imported only when used."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said

if TYPE_CHECKING:
    from laag.apps.audit.bundle import Bundle
    from laag.apps.audit.findings import Audit
    from laag.cycle.live import Neighbourhood

_Parsers = argparse._SubParsersAction  # noqa: SLF001 - argparse has no other name for it


def add_parser(commands: _Parsers[argparse.ArgumentParser]) -> None:
    """Hang it under the main command."""
    audit = commands.add_parser(
        "audit",
        help="compute a street's day again, and compare every root with the ledger's",
        description="Every clearing, round and settlement of a day from its events (docs/audit.md). Ends with 0 where all comes "
        "out the same, 1 where something differs, 2 where something could not be checked.",
    )
    audit.add_argument("day", metavar="DAY", help="as 2026-06-01")
    audit.add_argument(
        "config", nargs="?", type=Path, metavar="STREET.toml", help="a street whose files are here"
    )
    audit.add_argument(
        "--url", metavar="URL", help="a street that is asked over its API, as https://kade.example"
    )
    audit.add_argument(
        "--key-file", type=Path, metavar="FILE", help="with the key that the operator made for a regulator"
    )
    audit.add_argument(
        "--purpose", metavar="TEXT", help="for what; every member of the street can read it (supervision)"
    )
    audit.add_argument(
        "--facts", type=Path, metavar="FILE", help="a facts file of the street's own, beside --url"
    )
    audit.add_argument("--ledger", metavar="ID", help="the id of the ledger, from whom you trust")
    audit.add_argument(
        "--ledger-url",
        metavar="URL",
        help="a node of the ledger that you trust, as https://dso.example/api/v1/ledger",
    )
    audit.add_argument(
        "--attest", type=Path, metavar="KEY.pem", help="say on the ledger what came out, with this key"
    )
    audit.add_argument("--as", dest="member", metavar="MEMBER", help="as this member")
    audit.add_argument(
        "--reasons", type=Path, default=Path("disputes"), metavar="FOLDER", help="for the words of disputes"
    )
    audit.add_argument("--json", action="store_true", help="for programs")
    audit.add_argument("--lang", "--language", choices=("nl", "en"), default="en")
    audit.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    from laag.apps.audit.asking import keys_at
    from laag.apps.audit.auditing import audited
    from laag.apps.audit.beside import beside
    from laag.apps.audit.table import as_json, written

    day, lang = _day(args.day), Lang(args.lang)
    _meant(args)
    # Before the street is asked: what comes onto the ledger meanwhile it has not hidden.
    there = keys_at(args.ledger_url, day) if args.ledger_url else set[str]()
    with _given(args, day) as (bundle, place, own):
        found = beside(audited(place, bundle, args.ledger or own), there)
    print(as_json(found) if args.json else "\n".join(written(found, lang)))
    if not args.ledger and args.url and not args.json:
        print(_TRUSTED.to(lang))
    if args.attest:
        _attest(args, found, lang)
    return found.code


_TRUSTED = Said(
    "Welk grootboek van deze straat is, zei de straat zelf; geef --ledger met het nummer dat je van een ander lid kreeg.",
    "Which ledger is this street's, the street itself said; give --ledger with the id that you had from another member.",
)


def _meant(args: argparse.Namespace) -> None:
    if (args.config is None) == (args.url is None):
        raise BadInput(
            "give a STREET.toml whose files are here, or --url of a street that is elsewhere, and not both"
        )
    if args.url and not (args.key_file and args.purpose):
        raise BadInput(
            "--url needs --key-file with a regulator's key, and --purpose: every member of the street can read it"
        )
    if args.attest and not (args.member and args.ledger_url):
        raise BadInput("--attest needs --as MEMBER and --ledger-url, where the entries are handed in")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is no day; write it as 2026-06-01") from None


@contextmanager
def _given(args: argparse.Namespace, day: date) -> Iterator[tuple[Bundle, Neighbourhood, str]]:
    """The day, the street, and the id of the ledger that it says is its own."""
    from laag.apps.audit.places import place_of

    if args.url:
        from laag.apps.audit.asking import asked, key_in

        with asked(args.url, day, key_in(args.key_file), args.purpose) as bundle:
            yield bundle, place_of(bundle.opened, args.facts), bundle.record.genesis.ledger
    else:
        from laag.apps.audit.disk import on_disk
        from laag.apps.street.config import read
        from laag.apps.street.opening import begun

        config = read(args.config)
        with on_disk(config, day) as (bundle, own):
            yield bundle, begun(config.place, bundle.opened), own


def _attest(args: argparse.Namespace, audit: Audit, lang: Lang) -> None:
    from contextlib import closing

    from laag.adapters.keys import Key
    from laag.adapters.ledger.witness.client import Node
    from laag.apps.audit.attesting import keep, opinion
    from laag.apps.audit.saying import said

    mine = opinion(audit, args.member)
    kept = keep(mine, args.reasons)
    with closing(Node(args.ledger_url)) as node:
        for line in said(mine, kept, Key.load(args.attest), node):
            print(line.to(lang))
