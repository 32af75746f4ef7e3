"""Heads as signed notes: how a sequencer makes one, how a member adds its line, and whose lines hold."""

from __future__ import annotations

from collections.abc import Sequence

from laag.adapters.keys import Key, verified
from laag.adapters.ledger.store.store import Signed
from laag.ledger.checkpoint import Checkpoint, Note, cosignature_line, log_line, note
from laag.ledger.heads import NoteHead, noted
from laag.ledger.members import Member, quorum
from laag.ledger.refused import Refusal


def sealed(said: Checkpoint, key: Key) -> Signed:
    """A head as its sequencer signs it."""
    line = log_line(said.ledger, key.public, key.sign(said.text))
    return Signed(said.size, said.root, Note(said.text, (line,)).data.decode())


def cosigned(said: Checkpoint, member: str, key: Key, time_s: int) -> str:
    """A member's line under a head."""
    signature = key.sign(said.cosigned(time_s))
    return cosignature_line(said.ledger, member, key.public, time_s, signature).text


def head_of(signed: Signed, ledger: str, members: Sequence[Member]) -> NoteHead:
    """A head with those lines under it that hold; a refusal where its sequencer's own does not."""
    return noted(note(signed.whole.encode()), ledger, members, verified)


def signed_of(said: Note, ledger: str, members: Sequence[Member]) -> Signed:
    """A note that came from elsewhere, without those lines that do not hold; a refusal where its sequencer's does not."""
    head = noted(said, ledger, members, verified)
    first, *others = head.note(ledger, members).lines
    lines = {one.by: line.text for one, line in zip(head.cosigned, others, strict=True)}
    return Signed(head.size, head.root, Note(said.text, (first,)).data.decode(), lines)


def holds(signed: Signed, ledger: str, members: Sequence[Member]) -> bool:
    """Whether it says what its row says, signed by one of the ledger's operators."""
    try:
        found = head_of(signed, ledger, members)
    except Refusal:
        return False
    return (found.size, found.root) == (signed.size, signed.root)


def proven(signed: Signed, ledger: str, members: Sequence[Member]) -> bool:
    """Whether more than two thirds of the members signed it, its sequencer among them."""
    return len(head_of(signed, ledger, members).signers) >= quorum(len(members))
