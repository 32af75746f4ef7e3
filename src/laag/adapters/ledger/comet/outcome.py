"""What became of an entry, as it travels through CometBFT to whoever handed it in, and as the port says it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from laag.adapters.ledger.comet.record import Record
from laag.foundation.ports import Became, Receipt
from laag.foundation.words import Said
from laag.ledger.apply import Known, Outcome, Taken

_NUMBERS = {Became.TAKEN: 0, Became.KNOWN: 1, Became.REFUSED: 2}


@dataclass(frozen=True, slots=True)
class Verdict:
    """As it travels: a number for CometBFT, for whom 0 is good, and a text for us."""

    number: int
    text: str


def verdict(record: Record, outcome: Outcome) -> Verdict:
    """An outcome on its way."""
    match outcome:
        case Taken(_, key):
            said: dict[str, Any] = {"became": Became.TAKEN, "key": key}
        case Known(_, key):
            said = {"became": Became.KNOWN, "key": key, "index": record.place_of(outcome)}
        case refused:
            said = {
                "became": Became.REFUSED,
                "code": refused.code,
                "nl": refused.why.nl,
                "en": refused.why.en,
            }
    return Verdict(_NUMBERS[said["became"]], json.dumps(said))


def receipt(text: str) -> Receipt:
    """An outcome that has arrived; final where it says its place.

    >>> receipt('{"became": "known", "key": "book/m/p/1", "index": 7}').final_on_log
    True
    """
    said = json.loads(text)
    became = Became(said["became"])
    index = said.get("index")
    why = Said(said["nl"], said["en"]) if became is Became.REFUSED else None
    return Receipt(became, said.get("key", ""), index, why, said.get("code", ""), index is not None)
