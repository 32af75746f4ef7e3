"""From a ledger's id to a log that can be relied on: its genesis, the steps since, and a head that its members signed."""

from __future__ import annotations

from typing import Protocol

from laag.ledger.entries import Signed, read
from laag.ledger.evidence import Placed
from laag.ledger.genesis import Genesis
from laag.ledger.heads import Head
from laag.ledger.history import History, history, not_a_step
from laag.ledger.merkle import leaf_hash
from laag.ledger.proofs import included
from laag.ledger.refused import Code, NeedsUpgrade, Refusal
from laag.ledger.rules import Verify, signed_by_writer
from laag.ledger.signers import signers


class Leads(Protocol):
    """What evidence and an anchor have in common."""

    @property
    def genesis(self) -> Genesis:
        """With which the ledger began."""
        ...

    @property
    def steps(self) -> tuple[Placed, ...]:
        """The votes and rotations since."""
        ...

    @property
    def head(self) -> Head:
        """What the members signed."""
        ...


def led(one: Leads, ledger: str, check: Verify, knows: int) -> tuple[History, tuple[str, ...]]:
    """Who the members were at each size, and who of them signed the head; a refusal where that does not hold."""
    if one.genesis.ledger != ledger:
        raise Refusal(
            Code.OTHER_LEDGER,
            f"dit bewijs begint bij grootboek {one.genesis.ledger[:12]}… en het jouwe is {ledger[:12]}…; vraag het bewijs bij je eigen buurt",
            f"this evidence begins at ledger {one.genesis.ledger[:12]}… and yours is {ledger[:12]}…; ask your own neighbourhood for it",
        )
    past = history(one.genesis, one.steps, check, knows)
    now = past.latest(one.head.size)
    if now.app > knows:
        raise NeedsUpgrade(now.app, knows)
    signed = signers(one.head, ledger, past, check)
    for step in one.steps:
        if not in_log(step, one.head):
            raise not_a_step(step.index, "het staat niet in dit grootboek", "it is not in this ledger")
    return past, signed


def in_log(placed: Placed, head: Head) -> bool:
    """Whether its path leads from its place to the head's root."""
    return included(leaf_hash(placed.data), placed.index, head.size, placed.path, head.root)


def by_writer(placed: Placed, past: History, check: Verify) -> Signed:
    """An entry that its writer signed, with the key it had when the log was so long."""
    found = read(placed.data)
    signed_by_writer(past.at(placed.index), found, check)
    return found


def entered(placed: Placed, head: Head, past: History, check: Verify) -> Signed:
    """The same, and that it stands at its place."""
    found = by_writer(placed, past, check)
    if not in_log(placed, head):
        key = found.entry.key
        raise Refusal(
            Code.ENTRY_PATH,
            f"{key} staat niet op plaats {placed.index} van dit grootboek; het pad erheen klopt niet",
            f"{key} does not stand at place {placed.index} of this ledger; the path to it does not hold",
        )
    return found
