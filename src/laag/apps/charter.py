"""`laag charter`: what a community agreed, as sentences and as a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from laag.apps import shadow_street


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang it under the main command."""
    charter = subparsers.add_parser(
        "charter",
        help="a community's charter: as sentences, checked, and what differs between two",
        description="Everything a community agreed on, in one file (docs/charter.md).",
    )
    what = charter.add_subparsers(metavar="WHAT", required=True)
    shown = what.add_parser("show", help="the whole charter as TOML, each article under its sentence")
    shown.add_argument("file", type=Path, nargs="?", help="a charter; left out: the usual one, to begin with")
    shown.set_defaults(run=_show)
    checked = what.add_parser("check", help="all that is wrong with a charter; 2 where anything is")
    checked.add_argument("file", type=Path)
    checked.set_defaults(run=_check)
    said = what.add_parser("sentences", help="a charter in plain sentences")
    said.add_argument("file", type=Path, nargs="?")
    said.set_defaults(run=_sentences)
    differ = what.add_parser("diff", help="what differs between two charters")
    differ.add_argument("before", type=Path)
    differ.add_argument("after", type=Path)
    differ.set_defaults(run=_diff)
    shadow_street.add_parser(what)
    for one in (shown, checked, said, differ):
        one.add_argument("--nl", action="store_true", help="in Dutch")


def _show(args: argparse.Namespace) -> int:
    from laag.adapters.charterfile import read, text
    from laag.foundation.words import Lang
    from laag.neighbourhood.charter import Charter

    charter = Charter("Our street") if args.file is None else read(args.file)
    print(text(charter, Lang.NL if args.nl else Lang.EN), end="")
    return 0


def _check(args: argparse.Namespace) -> int:
    from laag.adapters.charterfile import faults, read
    from laag.foundation.errors import BadInput
    from laag.foundation.words import Lang
    from laag.neighbourhood.charter import digest

    lang = Lang.NL if args.nl else Lang.EN
    try:
        wrong = faults(args.file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        read(args.file)  # says what is wrong with the file itself
        raise
    for one in wrong:
        print(one.to(lang))
    if wrong:
        raise BadInput(f"{args.file} is no charter yet: {len(wrong)} wrong; mend what is said above")
    charter = read(args.file)
    print(f"{charter.name}, {'versie' if args.nl else 'version'} {charter.version}, {digest(charter)}")
    return 0


def _sentences(args: argparse.Namespace) -> int:
    from laag.adapters.charterfile import read
    from laag.foundation.words import Lang
    from laag.neighbourhood.charter import Charter, sentences

    charter = Charter("Our street") if args.file is None else read(args.file)
    for one in sentences(charter):
        print(one.to(Lang.NL if args.nl else Lang.EN))
    return 0


def _diff(args: argparse.Namespace) -> int:
    from laag.adapters.charterfile import read
    from laag.foundation.words import Lang, Said
    from laag.neighbourhood.charter import differences

    lang = Lang.NL if args.nl else Lang.EN
    found = differences(read(args.before), read(args.after))
    if not found:
        print(Said("Beide zeggen hetzelfde.", "Both say the same.").to(lang))
    for one in found:
        print(f"{one.article}: {one.before or '-'} -> {one.after or '-'}")
        print(f"  - {one.said_before.to(lang)}")
        print(f"  + {one.said_after.to(lang)}")
    return 0
