"""Receipts for order lists: kept when they come, and held against the book when that is there."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from pydantic import ValidationError

from laag.adapters.neighbourhood.wire import Answer, OrderReceipt, Orders, Status
from laag.apps.agent.ledger.kept import Kept, Receipt, Verdict
from laag.apps.agent.ledger.odd import Odd
from laag.apps.agent.ledger.own_lines import ROWS
from laag.apps.verify.checking import sentence
from laag.apps.verify.receipts import Promise, promise, said_of
from laag.cycle.commit import line_of
from laag.cycle.live import Rows
from laag.foundation.words import Said
from laag.ledger.canonical import encode
from laag.ledger.evidence import Evidence, read_evidence
from laag.ledger.lines import leaf, salt

_OTHER = Said(
    "De kwitantie is van een andere orderlijst dan dit huis stuurde",
    "The receipt is of another order list than this home sent",
)


def may_be_list(body: str) -> bool:
    """Whether a message may be an order list: for one of readings no receipt has to be asked."""
    return '"orders"' in body


def heard(kept: Kept, body: str, answer: Answer, now: datetime | None = None) -> None:
    """The answer to a message: if that was an order list, what was promised of it."""
    if answer.status is Status.REFUSED or not may_be_list(body):
        return
    try:
        orders = Orders.model_validate_json(body)
    except ValidationError:  # readings, or amendments
        return
    rows = Rows(*(np.array(getattr(orders, name), np.int64) for name in ROWS))
    key, line = line_of(orders.day, orders.member, rows)
    known, said = kept.ledger, answer.receipt
    agrees = True
    if said is not None and known is not None:
        mine = leaf(salt(bytes.fromhex(known.secret), key), encode(dict(line)))
        agrees = (said.key, said.leaf, said.number) == (key, mine.hex(), orders.number)
    kept.keep_receipt(key, Receipt(number=orders.number, receipt=said, agrees=agrees, at=now))


def broken(
    kept: Kept, member: str, ledger: str, book: Verdict | None, other: Verdict
) -> tuple[str, Said] | None:
    """Why a promise was not kept, of the day that ``other`` is of; ``None`` where it was, or none was made."""
    day = other.key.split("/")[1]
    made = kept.receipt(f"book/day-ahead/{day}/1")
    if made is None or made.receipt is None:
        return None
    if not made.agrees:
        return Odd.OTHER_LIST, sentence(_OTHER)
    shown = _evidence(book) if book is not None and book.holds else None
    anything = shown or _evidence(other)
    if anything is None:
        return None
    became = promise(made.receipt, member, ledger, shown, anything)
    if became is Promise.BROKEN:
        return Odd.FRAUD, said_of(made.receipt, became)
    if became is Promise.UNSHOWN and (book is None or book.code):
        return Odd.UNSHOWN, said_of(made.receipt, became)
    return None


def receipts_of(kept: Kept, day: str) -> list[OrderReceipt]:
    """Those of a day, for its bundle."""
    made = kept.receipt(f"book/day-ahead/{day}/1")
    return [] if made is None or made.receipt is None else [made.receipt]


def _evidence(verdict: Verdict) -> Evidence | None:
    return None if verdict.evidence is None else read_evidence(encode(verdict.evidence))
