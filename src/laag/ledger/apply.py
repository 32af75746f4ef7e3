"""What becomes of an entry: the same entries in the same order give the same state, wherever that is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from laag.foundation.ports import Found
from laag.ledger.entries import read
from laag.ledger.merkle import Made, leaf_hash
from laag.ledger.refused import NeedsUpgrade, Refusal, Refused
from laag.ledger.rules import Look, Verify, changed, judged
from laag.ledger.state import APP, State


@dataclass(frozen=True, slots=True)
class Taken:
    """It is on the log now."""

    index: int
    key: str


@dataclass(frozen=True, slots=True)
class Known:
    """It was on the log already, here; nothing changed."""

    index: int
    key: str


Outcome: TypeAlias = Taken | Known | Refused


@dataclass(frozen=True, slots=True)
class Applied:
    """The state after an entry; ``leaf`` is its hash and ``nodes`` what became whole, both empty where nothing changed."""

    state: State
    outcome: Outcome
    leaf: bytes = b""
    nodes: tuple[Made, ...] = ()


def apply(state: State, data: bytes, look: Look, verify: Verify, knows: int = APP) -> Applied:
    """One signed entry, as it was submitted.

    ``look`` finds what was written under a key; ``verify`` says whether a key (hex) signed (hex) these bytes; ``knows``
    is the newest version of the rules that the program knows. Raises ``NeedsUpgrade`` where the members went on to a
    newer one, and nothing else.
    """
    if state.app > knows:
        raise NeedsUpgrade(state.app, knows)
    try:
        signed = read(data)
        there = judged(state, signed, look, verify)
    except Refusal as no:
        return Applied(state, no.refused)
    if there is not None:
        return Applied(state, Known(there, signed.entry.key))
    leaf = leaf_hash(data)
    after, made = changed(state, signed.entry, look).logged(leaf)
    return Applied(after, Taken(state.size, signed.entry.key), leaf, made)


def apply_block(
    state: State, block: Iterable[bytes], look: Look, verify: Verify, knows: int = APP
) -> tuple[State, list[Applied]]:
    """Several entries in order; each sees what the ones before it wrote."""
    written: dict[str, Found] = {}
    done: list[Applied] = []
    over = overlaid(written, look)
    for data in block:
        applied = apply(state, data, over, verify, knows)
        state = applied.state
        if isinstance(applied.outcome, Taken):
            written[applied.outcome.key] = Found(applied.outcome.index, data)
        done.append(applied)
    return state, done


def overlaid(written: dict[str, Found], look: Look) -> Look:
    """Look first at what was written just now."""

    def both(key: str) -> Found | None:
        return written.get(key) or look(key)

    return both
