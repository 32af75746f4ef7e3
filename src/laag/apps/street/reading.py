"""Messages as they come in: read at once where all is well, one by one where something is not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from laag.adapters.neighbourhood.wire import (
    MOST_AT_ONCE,
    Answer,
    Answers,
    Both,
    Consents,
    Message,
    Messages,
    Offers,
    OrderReceipt,
    Status,
    Tellings,
)
from laag.apps.street.checking import Signature
from laag.apps.street.taking import Ask, Known, NotTaken, Outcome, Signed, Taken, Unread
from laag.apps.street.trouble import repeated, unread
from laag.foundation.words import Said

_ONE: TypeAdapter[Any] = TypeAdapter(Message)
_SHAPE = Said(
    f'geef {{"messages": [...]}} met 1 tot {MOST_AT_ONCE} berichten', f'give {{"messages": [...]}} with 1 to {MOST_AT_ONCE} messages'
)  # fmt: skip
_OURS = Said(
    "dit bericht kon door een fout aan onze kant niet worden aangenomen; de beheerder ziet het",
    "this message could not be taken through a fault of ours; the operator sees it",
)
_MOST_NUMBER = 2**52


@dataclass(frozen=True, slots=True)
class Parted:
    """What is asked, and the number that each answer carries."""

    asks: Sequence[Ask]
    numbers: Sequence[int]

    @property
    def members(self) -> frozenset[str]:
        """Who speaks, by what the messages say."""
        return frozenset(
            ask.wire.member if isinstance(ask, Signed) else ask.member
            for ask in self.asks
            if isinstance(ask, Signed | Unread)
        )


def weight(wire: Signature) -> int:
    """For how many messages one counts: a list of fifty thousand orders takes the room of hundreds."""
    if isinstance(wire, Consents | Tellings):
        return 1
    rows = sum(map(len, wire.less_wh)) if isinstance(wire, Offers) else len(wire.ptu)
    return 1 + rows // 100


def parted(body: bytes) -> Parted | Said:
    """The messages in a body; a sentence where it holds none.

    >>> parted(b"{}").en
    'This cannot be read; give {"messages": [...]} with 1 to 500 messages.'
    """
    try:
        given = Messages.model_validate_json(body)
    except ValidationError:
        return _one_by_one(body)
    return Parted([Signed(one) for one in given.messages], [one.number for one in given.messages])


def _one_by_one(body: bytes) -> Parted | Said:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        given = None
    messages = given.get("messages") if isinstance(given, dict) and len(given) == 1 else None
    if not isinstance(messages, list) or not 1 <= len(messages) <= MOST_AT_ONCE:
        return Said(f"Dit is niet te lezen; {_SHAPE.nl}.", f"This cannot be read; {_SHAPE.en}.")
    asks = [_read(one) for one in messages]
    return Parted(asks, [ask.wire.number if isinstance(ask, Signed) else ask.number for ask in asks])


def _read(one: object) -> Signed | Unread:
    try:
        # As JSON again: what is strict about dates and whole numbers there is so here.
        return Signed(_ONE.validate_json(json.dumps(one)))
    except ValidationError as odd:
        why = unread(odd.errors(include_url=False, include_input=False))
    except (ValueError, RecursionError):
        why = unread([])
    said = one if isinstance(one, dict) else {}
    number = said.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < _MOST_NUMBER:
        number = 0
    return Unread(_text(said.get("member"), 40), _text(said.get("day"), 10), number, why)


def _text(value: object, most: int) -> str:
    """What it says it is, as far as a log can hold it."""
    text = value if isinstance(value, str) else ""
    return repeated(text.encode("ascii", "replace").decode()[:most])


def answered(
    numbers: Sequence[int],
    outcomes: Sequence[Outcome],
    now: datetime,
    receipts: Mapping[int, OrderReceipt] = MappingProxyType({}),
) -> bytes:
    """One answer for each, as it is sent.

    >>> answered([7], [Taken(None)], datetime(2026, 3, 28, tzinfo=UTC))
    b'{"answers":[{"number":7,"status":"taken"}],"now":"2026-03-28T00:00:00Z"}'
    """
    if len(outcomes) == 1 and isinstance(outcomes[0], Taken) and not receipts:
        # Nearly every call is this one; by way of the words it takes 6 µs longer.
        stamp = now.astimezone(UTC).isoformat().removesuffix("+00:00")
        return f'{{"answers":[{{"number":{numbers[0]},"status":"taken"}}],"now":"{stamp}Z"}}'.encode()
    answers = [_answer(number, one) for number, one in zip(numbers, outcomes, strict=True)]
    for at, receipt in receipts.items():
        answers[at] = answers[at].model_copy(update={"receipt": receipt})
    return Answers(answers=answers, now=now).model_dump_json(exclude_none=True).encode()


def _answer(number: int, outcome: Outcome) -> Answer:
    match outcome:
        case Taken():
            return Answer(number=number, status=Status.TAKEN)
        case Known():
            return Answer(number=number, status=Status.KNOWN)
        case NotTaken(why=why):
            return Answer(number=number, status=Status.REFUSED, why=Both(nl=why.nl, en=why.en))
        case _:
            return Answer(number=number, status=Status.REFUSED, why=Both(nl=_OURS.nl, en=_OURS.en))
