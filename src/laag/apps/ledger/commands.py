"""The commands `laag ledger …`; what they need is imported only when used."""

from __future__ import annotations

import argparse
from pathlib import Path

from laag.apps.ledger import watching
from laag.ledger.members import Role

_Parsers = argparse._SubParsersAction  # noqa: SLF001 - argparse has no other name for it


def add_parser(commands: _Parsers[argparse.ArgumentParser]) -> None:
    """Hang them under the main command."""
    ledger = commands.add_parser("ledger", help="keep the shared record together with other members")
    steps = ledger.add_subparsers(metavar="STEP", required=True)
    watching.add_steps(steps)
    _add_init(steps)
    _add_found(steps)
    _add_join(steps)
    _add_anchoring(steps)
    vote = steps.add_parser("vote", help="vote for a member to join, or to be removed")
    vote.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER|CONFIG",
        help="a node's folder; without a chain the settings of a neighbourhood, a sequencer or a witness",
    )
    vote.add_argument("change", choices=("join", "remove"))
    vote.add_argument("who", metavar="WHO", help="the member.json of who joins, or the id of who leaves")
    vote.add_argument(
        "--at",
        metavar="URL",
        help="where the ledger answers (https://kade.example/api/v1/ledger), unless as in CONFIG",
    )
    vote.set_defaults(run=_vote)
    node = steps.add_parser(
        "node", help="run a member's node until Ctrl-C or SIGTERM: CometBFT with our application beside it"
    )
    node.add_argument("folder", type=Path, metavar="FOLDER")
    node.set_defaults(run=_node)
    refetch = steps.add_parser(
        "refetch", help="put aside what a node has, so that it fetches the ledger again from the others"
    )
    refetch.add_argument("folder", type=Path, metavar="FOLDER")
    refetch.set_defaults(run=_refetch)
    status = steps.add_parser("status", help="how a node stands; 0 where it runs")
    status.add_argument("folder", type=Path, metavar="FOLDER")
    status.add_argument("--json", action="store_true", help="for programs")
    status.set_defaults(run=_status)


def _add_init(steps: _Parsers[argparse.ArgumentParser]) -> None:
    init = steps.add_parser("init", help="make a folder with the keys and settings of a member's node")
    init.add_argument("folder", type=Path, metavar="FOLDER")
    init.add_argument("--member", required=True, metavar="ID", help="a name of small letters, such as dso")
    init.add_argument(
        "--group", default="", metavar="ID", help="with whom it belongs together; itself unless told"
    )
    init.add_argument(
        "--role", action="append", default=[], choices=[*Role], help="may be given more than once"
    )
    init.add_argument(
        "--listen", metavar="HOST:PORT", help="where the other members reach it (0.0.0.0:26656)"
    )
    init.add_argument("--rpc", metavar="HOST:PORT", help="where its own programs ask it (127.0.0.1:26657)")
    init.add_argument("--cometbft", metavar="PATH", help="CometBFT 0.38, where it is not on the path")
    init.set_defaults(run=_init)


def _add_found(steps: _Parsers[argparse.ArgumentParser]) -> None:
    found = steps.add_parser("found", help="write how a ledger begins, from its first members")
    found.add_argument("name", metavar="NAME")
    found.add_argument("to", type=Path, metavar="TO", help="a file that is not there yet")
    found.add_argument("member", type=Path, nargs="+", metavar="MEMBER.JSON")
    found.set_defaults(run=_found)


def _add_join(steps: _Parsers[argparse.ArgumentParser]) -> None:
    join = steps.add_parser("join", help="let a node take part in a ledger, from its beginning or later")
    join.add_argument("folder", type=Path, metavar="FOLDER")
    join.add_argument("--genesis", type=Path, required=True, metavar="FILE", help="how the ledger began")
    join.add_argument("--ledger", required=True, metavar="ID", help="its id, from whom you trust")
    join.add_argument(
        "--peer", action="append", default=[], metavar="ID@HOST:PORT", help="another member's node"
    )
    join.add_argument(
        "--snapshot-from",
        action="append",
        default=[],
        metavar="HOST:PORT",
        help="take a snapshot after a block that these show (twice or more), and not every block",
    )
    join.set_defaults(run=_join)


def _add_anchoring(steps: _Parsers[argparse.ArgumentParser]) -> None:
    anchor = steps.add_parser(
        "anchor", help="put the newest signed head of another ledger, a street's, on this chain"
    )
    anchor.add_argument(
        "folder", type=Path, metavar="FOLDER", help="of a member's node with the role operator"
    )
    anchor.add_argument(
        "--of",
        required=True,
        metavar="URL",
        help="the street's ledger, as https://kade.example/api/v1/ledger",
    )
    anchor.add_argument("--ledger", metavar="ID", help="the id that it has to have")
    anchor.set_defaults(run=_anchor)
    anchored = steps.add_parser("anchored", help="write a bill again with the anchors of its evidence")
    anchored.add_argument("bill", type=Path, metavar="BILL.json")
    anchored.add_argument("to", type=Path, metavar="TO.json")
    anchored.add_argument(
        "--node", required=True, metavar="HOST:PORT", help="of the chain: where a node answers"
    )
    anchored.add_argument("--genesis", type=Path, required=True, metavar="FILE", help="how the chain began")
    anchored.add_argument("--of", required=True, metavar="URL", help="the street's ledger")
    anchored.set_defaults(run=_anchored)


def _anchor(args: argparse.Namespace) -> int:
    from laag.apps.ledger.anchoring import anchor
    from laag.apps.ledger.folder import Folder

    return anchor(Folder(args.folder), args.of, args.ledger)


def _anchored(args: argparse.Namespace) -> int:
    from laag.apps.ledger.anchoring import complete

    return complete(args.bill, args.node, args.genesis, args.of, args.to)


def _init(args: argparse.Namespace) -> int:
    from laag.apps.ledger.founding import init

    return init(args)


def _found(args: argparse.Namespace) -> int:
    from laag.apps.ledger.founding import found

    return found(args)


def _join(args: argparse.Namespace) -> int:
    from laag.apps.ledger.founding import join

    return join(args)


def _vote(args: argparse.Namespace) -> int:
    if args.folder.is_file():
        from laag.apps.ledger.voting import vote as vote_without_a_chain

        return vote_without_a_chain(args.folder, args.change, args.who, args.at)
    from laag.apps.ledger.founding import vote

    return vote(args)


def _node(args: argparse.Namespace) -> int:
    from laag.apps.ledger.folder import Folder
    from laag.apps.ledger.noding import run
    from laag.apps.street.logs import to_stderr

    to_stderr()
    return run(Folder(args.folder))


def _refetch(args: argparse.Namespace) -> int:
    from laag.apps.ledger.folder import Folder
    from laag.apps.ledger.noding import refetch

    return refetch(Folder(args.folder))


def _status(args: argparse.Namespace) -> int:
    from laag.apps.ledger.folder import Folder
    from laag.apps.ledger.status import show

    return show(Folder(args.folder), as_json=args.json)
