"""What was measured on one machine on one day, as it is kept beside the page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

RECORDED = Path(__file__).parents[2] / "docs" / "ledger-costs.json"
HOMES = 100
"""Of the street that is measured."""
ROUNDS = 96
"""A day's quarter-hours, each traded in until shortly before: the busiest day there is."""
TREES = 4 + 2 * ROUNDS
"""Books, clearings, readings and accounts: the roots that a street's operator commits on such a day."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A validator of four, with its CometBFT and our program beside it."""

    block_s: float
    """A processor's seconds for a block with one entry in it, beyond what passes anyway."""
    idle_s_per_hour: float
    block_bytes: float
    """On disk, before old blocks are dropped."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A street's busiest day, with four members who all attest."""

    date: str
    machine: str
    signature_ms: float
    """Checking one, in C; nobody can leave that out."""
    entry_ms: float
    """At the sequencer, each entry on disk under a signed head before the next."""
    witness_ms: float
    """At each witness; what it costs the sequencer to ask it and check its signature counted here too."""
    entry_bytes: float
    stored_bytes: float
    """In the file, tree and heads and cosignatures included, for each entry."""
    leaves_bytes: float
    """Kept by the operator for a day, so that homes can be given evidence."""
    evidence_bytes: float
    heads: int
    chain: Chain

    @property
    def json(self) -> str:
        return json.dumps(asdict(self), indent=1) + "\n"


def recorded(place: Path = RECORDED) -> Measured:
    """As it was kept."""
    told = json.loads(place.read_text("utf-8"))
    return Measured(**{**told, "chain": Chain(**told["chain"])})
