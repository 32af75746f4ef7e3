"""Two checkpoints of one size and two histories: who signed both has shown different people different ledgers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laag.foundation.words import Said
from laag.ledger.checkpoint import Note
from laag.ledger.heads import noted
from laag.ledger.members import Member
from laag.ledger.refused import Refusal
from laag.ledger.rules import Verify


@dataclass(frozen=True, slots=True)
class SplitView:
    """The proof: anybody can check both notes again."""

    size: int
    roots: tuple[bytes, bytes]
    by: tuple[str, ...]
    """Who signed both."""

    @property
    def said(self) -> Said:
        """In one sentence."""
        who = ", ".join(self.by)
        return Said(
            f"{who} ondertekende twee verschillende geschiedenissen van {self.size} inschrijvingen; "
            "vertrouw geen nieuwe stand voordat de leden hebben uitgezocht wie wat zag",
            f"{who} signed two different histories of {self.size} entries; "
            "trust no new head before the members have found out who saw what",
        )


def split_view(
    one: Note, other: Note, ledger: str, members: Sequence[Member], verify: Verify
) -> SplitView | None:
    """What two notes prove together; ``None`` where that is nothing."""
    try:
        here, there = (noted(note, ledger, members, verify) for note in (one, other))
    except Refusal:
        return None
    both = tuple(who for who in here.signers if who in there.signers)
    if here.size != there.size or here.root == there.root or not both:
        return None
    return SplitView(here.size, (here.root, there.root), both)
