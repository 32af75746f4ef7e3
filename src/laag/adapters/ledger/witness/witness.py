"""A member that signs a checkpoint only where it goes on from the last one it signed, and holds nothing but valid entries.

The first is what C2SP's ``tlog-witness`` asks. The second is this ledger's own: a witness fetches the entries and applies
the same rules, so that its signature says that as well, and its copy can restore a sequencer.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock

from laag.adapters.keys import Key
from laag.adapters.ledger.store import Signed, Store
from laag.adapters.ledger.store.copy import Copy
from laag.adapters.ledger.store.log import Log, Tried
from laag.adapters.ledger.store.notes import cosigned, signed_of
from laag.adapters.ledger.witness.client import SIZE, Away, Node
from laag.adapters.ledger.witness.following import Invalid, between, fetched, valid
from laag.adapters.ledger.witness.splits import keep
from laag.adapters.ledger.witness.wire import Asked, read
from laag.foundation.errors import BadInput, Unfinished
from laag.foundation.ports import Clock
from laag.ledger import merkle
from laag.ledger.checkpoint import Checkpoint, Note, checkpoint, note
from laag.ledger.members import Member
from laag.ledger.proofs import consistent
from laag.ledger.refused import Refusal

log = logging.getLogger("laag.ledger.witness")
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call is answered, as HTTP says it."""

    status: int
    body: str
    kind: str = TEXT


class _No(Exception):
    def __init__(self, status: int, body: str, kind: str = TEXT) -> None:
        super().__init__(body)
        self.answer = Answer(status, f"{body}\n", kind)


class Witness(Copy):
    """One member's copy of a ledger, and its key; any thread may call it.

    ``keys`` are the member's: its present one, and beside it the next where it is about to change. Proofs of two
    histories go to the folder ``proofs``.
    """

    def __init__(
        self, store: Store, member: str, keys: Sequence[Key], clock: Clock, follows: Node, proofs: Path
    ) -> None:
        super().__init__(store, Log(store))
        self._member, self._keys = member, {one.public: one for one in keys}
        self._clock, self._follows, self._proofs = clock, follows, proofs
        self._turn = RLock()
        self._looked_into: set[str] = set()

    def add_checkpoint(self, body: bytes) -> Answer:
        """Cosign a checkpoint, or say why not."""
        try:
            asked, said, signed = self._read(body)
            with self._turn:  # or another call could cosign between the look back and the signature
                self._goes_on(asked, said, signed)
                return Answer(200, self._signs(said, signed, self._followed(said)))
        except _No as no:
            return no.answer

    def _read(self, body: bytes) -> tuple[Asked, Checkpoint, Note]:
        try:
            asked = read(body)
            signed = note(asked.note.encode())
            said = checkpoint(signed.text)
        except BadInput as odd:
            raise _No(400, str(odd)) from odd
        if said.ledger != self.id:
            raise _No(404, f"this witness follows the ledger {self.id} and no other")
        # A key that changed meanwhile is known once the entries are read; of others nothing is fetched.
        if said.size <= self.state.size and self._by_an_operator(signed, self.members_at(said.size)) is None:
            raise _No(403, "no operator of this ledger signed this checkpoint")
        if asked.old > said.size:
            raise _No(400, f"the checkpoint is of {said.size} entries, and the old size is {asked.old}")
        return asked, said, signed

    def _goes_on(self, asked: Asked, said: Checkpoint, signed: Note) -> None:
        """What the specification asks, in its order."""
        last = self.signed()
        size, root = (0, merkle.EMPTY) if last is None else (last.size, last.root)
        if asked.old != size:
            raise _No(409, str(size), SIZE)
        if last is not None and size == said.size and root != said.root:
            self._look_into(last, signed)
            raise _No(409, f"this witness signed another root for {size} entries")
        if not consistent(size, said.size, root, said.root, asked.proof):
            if last is not None:
                self._look_into(last, signed)
            raise _No(422, f"the proof does not lead from {size} entries to {said.size}")

    def _followed(self, said: Checkpoint) -> Tried:
        """What the entries up to a checkpoint come to, if each of them may stand there."""
        try:
            return valid(self._log, fetched(self._follows, self.state.size, said.size), said)
        except Away as gone:
            raise _No(503, f"the entries cannot be read: {gone}") from gone
        except Unfinished as stale:
            raise _No(503, str(stale)) from stale
        except Invalid as wrong:
            log.error("the sequencer signed what may not stand there", extra={"why": str(wrong)})  # noqa: TRY400 - the reason is all there is to know
            raise _No(422, str(wrong)) from wrong

    def _signs(self, said: Checkpoint, signed: Note, tried: Tried) -> str:
        members = tried.state.members
        new = self._by_an_operator(signed, members)
        if new is None:
            raise _No(403, "no operator of this ledger signed this checkpoint")
        key = next((self._keys.get(one.key) for one in members if one.id == self._member), None)
        if key is None:
            raise _No(503, f"the ledger knows {self._member} by no key that this witness has")
        line = cosigned(said, self._member, key, int(self._clock.now().timestamp()))
        new = replace(new, lines={**new.lines, self._member: line})
        if tried.leaves:
            self._store.append(tried.leaves, new)
        else:
            self._store.put_head(new)
        self._log.reached(tried.state)
        return line

    def _by_an_operator(self, signed: Note, members: Sequence[Member]) -> Signed | None:
        try:
            return signed_of(signed, self.id, members)
        except Refusal:
            return None

    def _look_into(self, last: Signed, signed: Note) -> None:
        """Keep the proof where the sequencer signed another history than it showed before."""
        other = self._by_an_operator(signed, self.state.members)
        if other is None or other.note in self._looked_into:
            return
        self._looked_into.add(other.note)
        try:
            split = between(last, other, self._follows)
        except Away as gone:
            self._looked_into.discard(other.note)
            log.warning("what may be a second history cannot be read", extra={"why": str(gone)})
            return
        if split is not None and (why := split.proves(self.id, self.members_at)):
            log.error("two histories", extra={"why": why.en, "proof": str(keep(split, self._proofs))})
