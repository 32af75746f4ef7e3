"""What exactly is signed: bytes that any language writes the same way from the same words."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime

from laag.adapters.neighbourhood.wire import Message, OrderReceipt

SKEW_S = 300
"""By how much the clock of who calls may differ from ours."""


def message_bytes(message: Message) -> bytes:
    r"""The bytes of a message that its member signs: everything but the signature, as sorted JSON without spaces.

    >>> from datetime import date
    >>> from laag.adapters.neighbourhood.wire import Readings
    >>> reading = Readings(member="m-1", day=date(2026, 11, 22), number=7, ptu=[0], wh=[120], signature="0" * 128)
    >>> message_bytes(reading).decode()
    'laag v1 message\n{"day":"2026-11-22","kind":"readings","member":"m-1","number":7,"ptu":[0],"wh":[120]}'
    """
    words = message.model_dump(mode="json", exclude={"signature"})
    return b"laag v1 message\n" + _plain(words)


def enrolment_bytes(code: str, public_key: str) -> bytes:
    """The bytes that a home signs when it enrols."""
    return b"laag v1 enrolment\n" + _plain({"code": code, "public_key": public_key})


def receipt_bytes(ledger: str, member: str, receipt: OrderReceipt) -> bytes:
    r"""The bytes of a receipt for an order list that the neighbourhood signs with its key of the ledger.

    >>> one = OrderReceipt(key="book/day-ahead/2026-11-22/1", leaf="0" * 64, number=7, by="street", signature="0" * 128)
    >>> receipt_bytes("1" * 64, "m-1", one).decode().splitlines()[0]
    'laag v1 receipt'
    """
    words = {"ledger": ledger, "member": member, **receipt.model_dump(mode="json", exclude={"signature"})}
    return b"laag v1 receipt\n" + _plain(words)


def call_bytes(method: str, target: str, member: str, at: datetime, body: bytes) -> bytes:
    """The bytes that a home signs to ask for what is its own; ``target`` is the path with its query.

    >>> made = call_bytes("GET", "/api/v1/members/m-1/positions", "m-1", datetime(2026, 11, 22, tzinfo=UTC), b"")
    >>> made.decode().splitlines()[1:4]
    ['GET', '/api/v1/members/m-1/positions', 'm-1']
    """
    stamp = at.astimezone(UTC).isoformat(timespec="seconds")
    lines = (method.upper(), target, member, stamp, hashlib.sha256(body).hexdigest())
    return b"laag v1 call\n" + "\n".join(lines).encode()


def _plain(words: dict[str, object]) -> bytes:
    return json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
