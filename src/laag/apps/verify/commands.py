"""`laag verify BILL.json`."""

from __future__ import annotations

import argparse
from pathlib import Path

MARKS = {"verified": "+", "limit": "-", "wrong": "!"}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang it under the main command."""
    one = commands.add_parser(
        "verify",
        help="check a bill against the shared record, without a network",
        description="Says, a sentence a line, what was verified (+), how far that goes (-) and what is wrong (!). Nothing is asked of "
        "any server. Ends with 0 where nothing is wrong, 1 where something is, 2 where it could not be checked.",
    )
    one.add_argument("bill", type=Path, metavar="BILL.json", help="evidence, as a home's page gives it")
    one.add_argument("--ledger-id", metavar="HEX", help="the ledger's id as you were given it: 64 signs")
    one.add_argument(
        "--pin",
        type=Path,
        metavar="FILE",
        help="where the ledger and its heads that were seen are remembered (one for all bills; with --ledger-id none unless given)",
    )
    one.add_argument(
        "--anchor-id",
        metavar="HEX",
        help="the id of the ledger that many share and this street is anchored in, where the evidence has that too",
    )
    one.add_argument("--language", choices=("nl", "en"), default="en", help="of the sentences (en)")
    one.add_argument("--json", action="store_true", help="for programs")
    one.set_defaults(run=_run)


def _run(args: argparse.Namespace) -> int:
    import json

    from laag.apps.verify import seen as remembered
    from laag.apps.verify.anchors import anchors
    from laag.apps.verify.bundle import read
    from laag.apps.verify.checking import checked, first_sight, other_ledger
    from laag.apps.verify.points import Weight
    from laag.foundation.errors import BadInput
    from laag.foundation.words import Lang

    given, chain = _id(args.ledger_id, "--ledger-id"), _id(args.anchor_id, "--anchor-id")
    bundle = read(args.bill.read_bytes(), str(args.bill))
    if not bundle.proofs:
        raise BadInput(
            f"{args.bill} holds receipts alone; ask for the evidence of the book that they are about"
        )
    place = args.pin or (None if given else remembered.usual())
    seen = remembered.Seen() if place is None else remembered.load(place)
    there = bundle.proofs[0].genesis.ledger
    ledger = given or seen.ledger or there
    if given and seen.ledger and given != seen.ledger:
        raise BadInput(
            f"--ledger-id is {given[:12]}… and {place} remembers {seen.ledger[:12]}…; give the --pin of that ledger"
        )
    if there != ledger:
        points = [other_ledger(ledger, there)]
    else:
        points = [] if given or seen.ledger else [first_sight(ledger)]
        points += checked(bundle, ledger, seen)
        points += anchors(bundle, ledger, chain)
    wrong = any(one.weight is Weight.WRONG for one in points)
    if place is not None and seen.heads and not wrong:
        remembered.save(seen, place)
    lang = Lang(args.language)
    if args.json:
        said = [
            {"weight": one.weight, "key": one.about, "code": one.code, "says": one.said.to(lang)}
            for one in points
        ]
        print(
            json.dumps(
                {"ledger": ledger, "verified": not wrong, "points": said}, ensure_ascii=False, indent=1
            )
        )
    else:
        print("\n".join(f"{MARKS[one.weight]} {one.said.to(lang)}" for one in points))
    return int(wrong)


def _id(given: str | None, option: str) -> str | None:
    from laag.foundation.errors import BadInput

    if given is None:
        return None
    text = given.strip().lower()
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise BadInput(
            f"{option} is {given!r}, and a ledger's id is 64 signs of 0-9 and a-f; copy it whole from your home's page"
        )
    return text
