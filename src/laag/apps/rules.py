"""`laag rules`: tax, tariffs and law that hold or are on their way, for whom, and who said so."""

from __future__ import annotations

import argparse
import textwrap
from datetime import date

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang
from laag.settlement.rules import Connection, Member, Scope, Standing, Whom, about

_WIDE = 100


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang it under the main command."""
    rules = subparsers.add_parser(
        "rules",
        help="tax, tariffs and law that hold or are on their way, with their sources",
        description="The rules in force on a day for a home or a community (docs/rules-in-force.md).",
    )
    rules.add_argument("keys", nargs="*", metavar="RULE", help="only these, as they are called in front")
    scope = rules.add_mutually_exclusive_group()
    scope.add_argument("--home", action="store_const", dest="scope", const=Scope.HOME, help="about a home")
    scope.add_argument(
        "--community", action="store_const", dest="scope", const=Scope.COMMUNITY, help="about a community"
    )
    rules.add_argument("--role", choices=[one.value for one in Whom], help="that say something to this role")
    rules.add_argument("--member", choices=[one.value for one in Member], help="for this kind of member")
    rules.add_argument("--connection", choices=[one.value for one in Connection], default="any")
    rules.add_argument("--on", type=_day, metavar="DATE", help="as they stand on this day (today)")
    which = rules.add_mutually_exclusive_group()
    which.add_argument("--announced", action="store_true", help="what is on its way: decided or proposed")
    which.add_argument("--all", action="store_true", help="what has expired and what holds elsewhere as well")
    rules.add_argument("--nl", action="store_true", help="in Dutch")
    rules.set_defaults(run=_rules)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2027-01-01") from None


def _rules(args: argparse.Namespace) -> int:
    from laag.adapters import rules
    from laag.adapters.clocks import Wall
    from laag.apps.rulebook import told

    today = Wall().now().date()
    lang = Lang.NL if args.nl else Lang.EN
    table = rules.load()
    if unknown := sorted(set(args.keys) - {one.key for one in table}):
        raise BadInput(f"there is no rule {unknown[0]!r}; laag rules --all names all that there are")
    chosen = about(
        [one for one in table if not args.keys or one.key in args.keys],
        scope=args.scope,
        whom=args.role and Whom(args.role),
        connection=Connection(args.connection),
        member=args.member and Member(args.member),
    )
    wanted = _wanted(args)
    shown = [one for one in told(chosen, args.on or today, today=today) if one.standing in wanted]
    for one in shown:
        print(
            f"{one.key}: {one.title.to(lang)} [{one.stands.to(lang)}{'; ' + one.when.to(lang) if one.when else ''}]"
        )
        for text in (one.what, *one.values, one.source, *([one.overdue] if one.overdue else [])):
            print(textwrap.fill(text.to(lang), _WIDE, initial_indent="  ", subsequent_indent="    "))
        print()
    if not shown:
        print("geen regels" if args.nl else "no rules")
    return 0


def _wanted(args: argparse.Namespace) -> set[Standing]:
    if args.all or args.keys:
        return set(Standing)
    if args.announced:
        return {Standing.ANNOUNCED, Standing.PROPOSAL}
    return {Standing.IN_FORCE}
