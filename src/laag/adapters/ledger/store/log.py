"""A store and the state that its entries come to: what a sequencer goes on from, and a witness too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from laag.adapters.keys import verified
from laag.adapters.ledger.store.store import RECOVER, Leaf, Store
from laag.foundation.errors import BadInput
from laag.foundation.ports import Found
from laag.ledger.apply import Applied, Taken, apply, overlaid
from laag.ledger.canonical import decode
from laag.ledger.genesis import Genesis, genesis
from laag.ledger.members import Member
from laag.ledger.rules import Look
from laag.ledger.state import State


@dataclass(frozen=True, slots=True)
class Tried:
    """What entries would come to; nothing is written yet."""

    state: State
    applied: tuple[Applied, ...]
    leaves: tuple[Leaf, ...]


class Log:
    """Checked from its first entry on when it is opened."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.genesis: Genesis = genesis(decode(store.genesis))
        self._members: list[tuple[int, tuple[Member, ...]]] = []
        self.state = State.begun(self.genesis)
        self.reached(self.state)
        for state in _replayed(store, self.state):
            self.reached(state)

    def reached(self, state: State) -> None:
        """Go on from here; the entries up to it are in the store."""
        if not self._members or self._members[-1][1] != state.members:
            self._members.append((state.size, state.members))
        self.state = state

    def members_at(self, size: int) -> tuple[Member, ...]:
        """Who the members were when the log was so large."""
        return next(members for since, members in reversed(self._members) if since <= size)

    def tried(self, entries: Iterable[bytes]) -> Tried:
        """Apply entries, each after the ones before it."""
        state = self.state
        written: dict[str, Found] = {}
        look = overlaid(written, self.store.find)
        applied: list[Applied] = []
        leaves: list[Leaf] = []
        for data in entries:
            one = self.one(state, data, look)
            state = one.state
            applied.append(one)
            if isinstance(one.outcome, Taken):
                written[one.outcome.key] = Found(one.outcome.index, data)
                leaves.append(Leaf(one.outcome.index, one.outcome.key, data, one.nodes))
        return Tried(state, tuple(applied), tuple(leaves))

    def one(self, state: State, data: bytes, look: Look) -> Applied:
        """What becomes of one entry."""
        return apply(state, data, look, verified)


def _before(store: Store, place: int) -> Look:
    """What had been written when the log was so long."""

    def look(key: str) -> Found | None:
        found = store.find(key)
        return found if found is not None and found.index < place else None

    return look


def _replayed(store: Store, state: State) -> Iterable[State]:
    """Every state on the way; signatures were checked when entries were taken, and the root holds them to what they were."""
    nodes = 0
    for place, data in enumerate(store.all_entries()):
        applied = apply(state, data, _before(store, place), lambda *_: True)
        state = applied.state
        outcome = applied.outcome
        if not isinstance(outcome, Taken) or any(store.node(*at) != one for *at, one in applied.nodes):
            raise _changed(store, f"entry {place}")
        found = store.find(outcome.key)
        if found is None or found.index != place:
            raise _changed(store, f"the key of entry {place}")
        head = store.head(state.size)
        if head is not None and head.root != state.root:
            raise _changed(store, f"the head at {state.size}")
        nodes += len(applied.nodes)
        yield state
    if store.counts() != (state.size, state.size, nodes):
        raise _changed(store, f"something beside its {state.size} entries")
    newest = store.newest()
    if newest is not None and newest.size != state.size:
        raise _changed(store, f"its end (entries up to {state.size}, a head at {newest.size})")


def _changed(store: Store, what: str) -> BadInput:
    return BadInput(f"{what} of {store.place} was changed after it was written; {RECOVER}")
