"""A vote on a ledger of one sequencer: signed by who has these settings, and handed in where the ledger answers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from laag.adapters.keys import Key
from laag.adapters.ledger.witness.client import Node
from laag.adapters.ledger.witness.comparing import compared
from laag.apps.ledger.folder import read_member
from laag.apps.ledger.sequencing import is_street, sequencing
from laag.apps.ledger.settings import Settings
from laag.foundation.errors import BadInput
from laag.foundation.ports import Became
from laag.ledger.canonical import EVIDENCE_BYTES, decode
from laag.ledger.changes import Change, Join, Remove
from laag.ledger.entries import Vote, to_sign, written
from laag.ledger.genesis import genesis
from laag.ledger.members import Member


@dataclass(frozen=True, slots=True)
class Voter:
    """Who votes, and where."""

    keys: list[Key]
    genesis: bytes
    url: str


def vote(config: Path, change: str, who: str, at: str | None) -> int:
    """Sign a vote, hand it in, and say what came of it."""
    voter = _voter(config)
    what: Change = Join(read_member(Path(who))) if change == "join" else Remove(who)
    with closing(Node(at or voter.url)) as node:
        before, changes = _members(node, voter.genesis)
        me, key = _me(voter, before)
        entry = Vote(genesis(decode(voter.genesis, EVIDENCE_BYTES)).ledger, me, changes, what)
        (said,) = node.submit([written(entry, key.sign(to_sign(entry)))])
        if said["became"] == Became.REFUSED:
            raise BadInput((said["why"] or {}).get("en") or said["code"])
        after, _ = _members(node, voter.genesis)
    passed = {one.id for one in before} != {one.id for one in after}
    print(
        f"{me} votes for {entry.key.split('/', 2)[2]}"
        + (" and it passes" if passed else "; others have to vote too")
    )
    print(f"members now: {', '.join(one.id for one in after)}")
    return 0


def _voter(config: Path) -> Voter:
    if not is_street(config):
        settings = Settings(config)
        if settings.watches:
            wire = settings.witness
            if wire.follows is None:
                raise BadInput(f"{config} watches a chain; vote with the folder of your node")
            return Voter(settings.keys(wire.key), settings.genesis(wire.genesis), wire.follows)
    here = sequencing(config)
    return Voter(here.keys, here.genesis, here.url)


def _members(node: Node, begun: bytes) -> tuple[tuple[Member, ...], int]:
    """Who they are, by the ledger's own entries, each checked; and how many changes there were."""
    with compared([node], begun).copy as copy:
        return copy.state.members, copy.state.changes


def _me(voter: Voter, members: tuple[Member, ...]) -> tuple[str, Key]:
    for one in members:
        for key in voter.keys:
            if key.public == one.key:
                return one.id, key
    raise BadInput("none of the keys in these settings is a member's; only members vote")
