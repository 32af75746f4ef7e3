"""The steps `laag ledger sequencer | witness | compare | recover`: a ledger with one sequencer, whom other members watch."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from laag.adapters.ledger.witness.client import Node

_Steps = argparse._SubParsersAction  # noqa: SLF001 - argparse has no other name for it


def add_steps(steps: _Steps[argparse.ArgumentParser]) -> None:
    """Hang them under `laag ledger`."""
    for name, says, run in (
        (
            "sequencer",
            "put entries in order and have every head cosigned, until Ctrl-C or SIGTERM",
            _sequencer,
        ),
        (
            "witness",
            "follow a ledger and cosign what goes on from what was seen, until Ctrl-C or SIGTERM",
            _witness,
        ),
    ):
        one = steps.add_parser(name, help=says, description="docs/ledger-witness.md")
        one.add_argument("config", type=Path, metavar="CONFIG", help=f"TOML with [{name}]")
        one.set_defaults(run=run)
    recover = steps.add_parser(
        "recover",
        help="fetch a ledger from its witnesses again, after an older copy was put back or a disk was lost",
        description="The sequencer must be stopped. What was there is put aside; what only it held is handed in again.",
    )
    recover.add_argument(
        "config", type=Path, metavar="CONFIG", help="TOML with [sequencer], or a neighbourhood's settings"
    )
    recover.set_defaults(run=_recover)
    compare = steps.add_parser(
        "compare",
        help="lay what several nodes show of a ledger side by side; ends with 1 where there are two histories",
        description="Reads the longest to its last entry. The proof of two histories is kept in the folder --proofs.",
    )
    compare.add_argument("genesis", type=Path, metavar="GENESIS", help="how the ledger began")
    compare.add_argument("node", nargs="+", metavar="URL", help="as https://dso.example/api/v1/ledger")
    compare.add_argument("--proofs", type=Path, default=Path("proofs"), metavar="FOLDER")
    compare.set_defaults(run=_compare)
    disputes = steps.add_parser(
        "disputes",
        help="what members say is not right, in their words; ends with 1 where something is",
        description="Asks each address for the disputes on its ledger and for the words of them, whose hash is computed again.",
    )
    disputes.add_argument("node", nargs="+", metavar="URL", help="as https://dso.example/api/v1/ledger")
    disputes.add_argument("--lang", "--language", choices=("nl", "en"), default="en")
    disputes.set_defaults(run=_disputes)


def _sequencer(args: argparse.Namespace) -> int:
    from laag.apps.ledger.settings import Settings
    from laag.apps.ledger.standing_alone import sequencer

    return sequencer(Settings(args.config))


def _witness(args: argparse.Namespace) -> int:
    from laag.apps.ledger.settings import Settings
    from laag.apps.ledger.standing_alone import witness

    return witness(Settings(args.config))


def _recover(args: argparse.Namespace) -> int:
    from laag.adapters.clocks import Wall
    from laag.adapters.ledger.embedded.recovering import recovered
    from laag.apps.ledger.sequencing import sequencing

    here = sequencing(args.config)
    with _nodes(url for _, url in sorted(here.witnesses.items())) as nodes:
        done = recovered(here.store, here.keys, here.genesis, nodes, Wall().now())
    print(done.said.en)
    for why in done.refused:
        print(f"- {why.en}")
    return 0


def _compare(args: argparse.Namespace) -> int:
    from laag.adapters.ledger.witness.comparing import compared
    from laag.adapters.ledger.witness.splits import keep
    from laag.apps.ledger.settings import genesis_in

    with _nodes(args.node) as nodes:
        found = compared(nodes, genesis_in(args.genesis))
    with found.copy as longest:
        for one in found.views:
            signers = f", cosigned by {', '.join(one.signers)}" if one.signers else ""
            print(f"{one.url}: {one.why or f'{one.size} entries{signers}'}")
        for split in found.splits:
            why = split.proves(longest.id, longest.members_at)
            print(f"{why.en if why else ''} (kept in {keep(split, args.proofs)})")
    if not found.splits and all(not one.why for one in found.views):
        print("what they show is one history")
    return 1 if found.splits else 0


def _disputes(args: argparse.Namespace) -> int:
    from laag.apps.ledger.disputes import at_nodes, sentence
    from laag.foundation.words import Lang, Said

    with _nodes(args.node) as nodes:
        found = at_nodes(nodes)
    for one in found:
        print(sentence(one).to(Lang(args.lang)))
    if not found:
        print(Said("Niemand betwist iets.", "Nobody disputes anything.").to(Lang(args.lang)))
    return 1 if found else 0


@contextmanager
def _nodes(urls: Iterable[str]) -> Iterator[list[Node]]:
    from laag.adapters.ledger.witness.client import Node

    nodes = [Node(url) for url in urls]
    try:
        yield nodes
    finally:
        for one in nodes:
            one.close()
