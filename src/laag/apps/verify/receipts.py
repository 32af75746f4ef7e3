"""Whether what was promised of an order list is what stands in the day's book."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from laag.adapters.keys import verified
from laag.adapters.neighbourhood.signing import receipt_bytes
from laag.adapters.neighbourhood.wire import OrderReceipt
from laag.foundation.words import Said
from laag.ledger.evidence import Evidence
from laag.ledger.history import history
from laag.ledger.state import APP


class Promise(StrEnum):
    """What became of a receipt."""

    KEPT = "kept"
    BROKEN = "broken"
    """It is signed, and in the book stands something else: with the two together anybody can see that."""
    UNSHOWN = "unshown"
    """The book is not among the evidence."""
    FALSE = "false"
    """Nobody whom it names signed it: it promises nothing."""


def newest(receipts: Iterable[OrderReceipt]) -> dict[str, OrderReceipt]:
    """The last of each book: a later list takes the place of an earlier one."""
    found: dict[str, OrderReceipt] = {}
    for one in receipts:
        if one.key not in found or found[one.key].number < one.number:
            found[one.key] = one
    return found


def promise(
    receipt: OrderReceipt, member: str, ledger: str, book: Evidence | None, any_of: Evidence
) -> Promise:
    """What became of it; ``book`` has been verified, and ``any_of`` says who the members were."""
    if not _signed(receipt, member, ledger, any_of if book is None else book):
        return Promise.FALSE
    if book is None:
        return Promise.UNSHOWN
    return Promise.KEPT if book.line.leaf.hex() == receipt.leaf else Promise.BROKEN


def said_of(receipt: OrderReceipt, became: Promise) -> Said:
    """In one sentence, with the way on."""
    by, key = receipt.by, receipt.key
    match became:
        case Promise.KEPT:
            return Said(
                f"De orderlijst waar {by} voor tekende staat in {key}; daarop volgt pas wat de markt ervan maakte.",
                f"The order list that {by} signed for stands in {key}; only on that follows what the market made of it.",
            )
        case Promise.BROKEN:
            return Said(
                f"BEWIJS VAN BEDROG: {by} tekende dat orderlijst {receipt.number} in {key} zou staan, en daar staat voor dit huis een "
                f"andere. Bewaar dit bestand en laat het aan een ander lid zien; {by} kan zich alleen verweren met een latere lijst "
                "die dit huis zelf ondertekende.",
                f"PROOF OF FRAUD: {by} signed that order list {receipt.number} would be in {key}, and another stands there for this "
                f"home. Keep this file and show it to another member; {by}'s only defence is a later list that this home signed itself.",
            )
        case Promise.UNSHOWN:
            return Said(
                f"{by} tekende dat orderlijst {receipt.number} in {key} zou staan, en het bewijs daarvan is er niet bij; vraag erom. "
                "Wie het niet kan laten zien, pleegde bedrog.",
                f"{by} signed that order list {receipt.number} would be in {key}, and the evidence of it is not here; ask for it. Who "
                "cannot show it committed fraud.",
            )
        case Promise.FALSE:
            return Said(
                f"De kwitantie voor {key} is niet door {by} ondertekend: zij belooft niets.",
                f"The receipt for {key} was not signed by {by}: it promises nothing.",
            )


def _signed(receipt: OrderReceipt, member: str, ledger: str, evidence: Evidence) -> bool:
    """By a key that its member has or had."""
    past = history(evidence.genesis, evidence.steps, verified, APP)
    keys = {one.key for state in past.states for one in state.members if one.id == receipt.by}
    said = receipt_bytes(ledger, member, receipt)
    return any(verified(key, receipt.signature, said) for key in sorted(keys))
