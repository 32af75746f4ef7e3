"""A commitment under one root: every line salted with a secret of whose it is, so that nobody else can confirm it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from laag.cycle.commit.commit import Commit
from laag.foundation.errors import BadInput
from laag.ledger.canonical import Words, encode
from laag.ledger.entries import Book, Clear, Entry, Meter, Settle
from laag.ledger.evidence import Shown
from laag.ledger.fields import FEWEST_TOLD
from laag.ledger.lines import LineTree, filler, leaf, salt

_NO_NAME = re.compile(r"[^a-z0-9.:_-]+")


@dataclass(frozen=True, slots=True, eq=False)
class Sealed:
    """A commitment and the leaves of its tree: with these kept, who erases its own line takes nobody's proof away."""

    commit: Commit
    leaves: tuple[bytes, ...]
    root: bytes

    def entry(self, ledger: str, by: str, code: str) -> Entry:
        """What goes on the ledger of it; ``code`` is the version of the program that made it."""
        made, root, leaves = self.commit, self.root.hex(), len(self.leaves)
        rule, code = named(made.rule), named(code)
        match made.kind:
            case "book":
                count = made.homes if made.homes >= FEWEST_TOLD else 0
                return Book(ledger, by, root, leaves, made.market, made.period, count)
            case "clear":
                return Clear(ledger, by, root, leaves, made.market, made.period, made.version, rule, code)
            case "meter":
                return Meter(ledger, by, root, leaves, made.period, made.version)
            case "settle":
                return Settle(ledger, by, root, leaves, made.period, made.version, rule, code, made.meter)
        raise BadInput(
            f"a commitment of kind {made.kind!r} goes on no ledger; give book, clear, meter or settle"
        )


def sealed(commit: Commit, secrets: Mapping[str, bytes], street: bytes) -> Sealed:
    """Under one root; ``secrets`` by member, ``street`` is that of what is nobody's and of the leaves that fill the tree."""
    leaves = [
        leaf(salt(secrets.get(whose, street), commit.key), encode(dict(line)))
        for whose, line in commit.lines.items()
    ]
    tree = LineTree.of(leaves, lambda number: filler(street, commit.key, number))
    return Sealed(commit, tree.leaves, tree.root)


def shown(commit: Commit, whose: str, secret: bytes, leaves: Sequence[bytes]) -> Shown:
    """One line with its way to the root, from all leaves as they were kept.

    Raises ``BadInput`` where the line is under none of them: it, or the secret, is not what it was.
    """
    says: Words = dict(commit.lines[whose])
    salted = salt(secret, commit.key)
    mine = leaf(salted, encode(says))
    if mine not in leaves:
        raise BadInput(f"what {whose} has in {commit.key} is not what was committed; have the day audited")
    return Shown(says, salted, mine, *LineTree.of(leaves, _nothing).path(mine))


def _nothing(number: int) -> bytes:
    raise BadInput(f"{number} leaves are lacking of a tree that was whole; restore the copy of what was kept")


def named(text: str) -> str:
    """As a name on the ledger.

    >>> named("Layered 1.0"), named("0.1.0+dev")
    ('layered-1.0', '0.1.0-dev')
    """
    return _NO_NAME.sub("-", text.lower()).strip("-.:_")[:64] or "none"
