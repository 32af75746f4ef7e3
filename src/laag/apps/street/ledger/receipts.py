"""The neighbourhood's word for a list of orders, so that a book without it is proof of fraud."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from laag.adapters.keys import Key
from laag.adapters.neighbourhood.signing import receipt_bytes
from laag.adapters.neighbourhood.wire import OrderReceipt, Orders
from laag.apps.street.ledger.kept import Secrets
from laag.apps.street.taking import Ask, Known, Outcome, Signed, Taken
from laag.cycle.commit import line_of
from laag.cycle.live import Live, Rows
from laag.ledger.canonical import encode
from laag.ledger.lines import leaf, salt


def receipts(
    state: Live,
    asks: Sequence[Ask],
    outcomes: Sequence[Outcome],
    ledger: str,
    by: str,
    key: Key,
    secrets: Secrets,
) -> Mapping[int, OrderReceipt]:
    """By their place in the call: for each list that stands as it was sent.

    Of a list that was sent again under another's number, or that another took the place of, nothing is promised.
    """
    found = {}
    for at, (ask, outcome) in enumerate(zip(asks, outcomes, strict=True)):
        if isinstance(ask, Signed) and isinstance(ask.wire, Orders) and isinstance(outcome, Taken | Known):
            rows = state.day(ask.wire.day).orders.get(ask.wire.member)
            secret = secrets.of(ask.wire.member)
            if rows is not None and secret is not None and _same(rows, ask.wire):
                found[at] = receipt(ask.wire, rows, ledger, by, key, secret)
    return found


def receipt(wire: Orders, rows: Rows, ledger: str, by: str, key: Key, secret: bytes) -> OrderReceipt:
    """For one list."""
    book, line = line_of(wire.day, wire.member, rows)
    mine = leaf(salt(secret, book), encode(dict(line)))
    one = OrderReceipt(key=book, leaf=mine.hex(), number=wire.number, by=by, signature="0" * 128)
    return one.model_copy(update={"signature": key.sign(receipt_bytes(ledger, wire.member, one))})


def _same(rows: Rows, wire: Orders) -> bool:
    return all(
        np.array_equal(getattr(rows, name), np.array(getattr(wire, name), np.int64))
        for name in ("device", "ptu", "side", "quantity_wh", "limit_ticks")
    )
