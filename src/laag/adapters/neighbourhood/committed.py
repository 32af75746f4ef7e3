"""What a neighbourhood tells a home of the shared record: its secret, its own lines with their evidence, and how it stands.

Evidence is as ``laag.ledger.evidence`` writes it: ``read_evidence(encode(proof.evidence))`` reads it, ``laag.ledger.verify``
checks it. A receipt for an order list stands in ``wire.Answer``.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from laag.adapters.neighbourhood.wire import Both, Hex32, Member, Wire


class OwnSecret(Wire):
    """With what a home's lines are salted; who has it can tell a guess from the truth, so that only the home is told."""

    member: Member
    secret: Hex32
    ledger: Hex32
    """The ledger's id."""
    server: str
    """The member of the ledger that signs receipts."""
    server_key: Hex32
    """Its public key now."""


class Stands(StrEnum):
    """How far an entry is on its way."""

    PROVEN = "proven"
    """It is on the ledger, under a head that more than two thirds of the members signed: here is the evidence."""
    WRITTEN = "written"
    """It is on the ledger, and members enough have still to sign."""
    WAITING = "waiting"
    """It is to be handed in; the ledger is away, or was just now not asked yet."""
    ERASED = "erased"
    """The secret of this home was erased at its wish, and with it the way to show its line."""
    WRONG = "wrong"
    """What stands on the ledger is not what comes out here: ``why`` says what, and the operator has to look into it."""
    BEFORE = "before"
    """Of a day from before the record began: a home says so itself, by ``OwnRecord.began``; no neighbourhood sends it."""


class OwnProof(Wire):
    """One line of a home, and what proves it."""

    key: str
    """Of the entry: ``settle/2026-11-22/1``."""
    kind: str
    day: date
    version: int
    stands: Stands
    evidence: dict[str, Any] | None = None
    since: datetime | None = None
    """Since when it waits."""
    late: bool = False
    """A book that came onto the ledger only when the prices were known."""
    why: Both | None = None
    """In words, wherever there is no evidence or a book came late."""


class OwnEvidence(Wire):
    """The newest version of each entry of a kind that this home has a line in, by day."""

    member: Member
    ledger: Hex32
    proofs: list[OwnProof]


class Restored(Wire):
    """A neighbourhood was put back from a copy, which its operator tells everybody."""

    at: datetime
    copied: datetime
    """When the copy was made: what came between the two is lost, or was entered anew."""
    size: int
    """Entries that the record had in the copy."""


class OwnRecord(Wire):
    """What the neighbourhood holds this home to be, and what a home has to know to judge its record fairly."""

    member: Member
    ledger: Hex32
    public_key: Hex32
    """With which the log says that this home joined: who has the other half speaks for it."""
    began: date | None
    """The first day that the record is about; ``None`` where it is as old as the neighbourhood."""
    restored: list[Restored]
    """The oldest first."""


class RecordMember(Wire):
    """A party that keeps the ledger."""

    id: str
    group: str
    roles: list[str]
    signed: int
    """How many entries the newest head had that it signed; 0 where none is known here."""
    why: Both | None = None
    """Why it does not sign, or that its clock is off."""


class RecordDispute(Wire):
    """What a member says is not right."""

    key: str
    """Of the entry."""
    by: str
    reason: Hex32
    """The hash of its words, as it stands on the ledger."""
    found: list[Both]
    """Its words, a sentence each; empty where that member did not show them."""


class Record(Wire):
    """How the shared record stands, to everybody."""

    ledger: Hex32
    name: str
    driver: str
    """``embedded`` or ``comet``."""
    size: int
    """Entries."""
    proven: int
    """Of them, under a head that more than two thirds of the members signed."""
    members: list[RecordMember]
    waiting: int
    """Entries that are still to be handed in."""
    since: datetime | None
    """Since when the first of them waits."""
    late: list[str]
    """Books of the last weeks that came onto the ledger only when the prices were known."""
    disputed: list[str]
    """Entries of the last weeks that a member disputes."""
    disputes: list[RecordDispute]
    """The same with who disputes it, and why."""
    well: bool
    notes: list[Both]
    """All of it in words: what is less than it should be, and what it means."""
