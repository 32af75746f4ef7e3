"""What leaves a home, as the wire has it: a field that is not in these tables cannot be sent."""

from __future__ import annotations

from dataclasses import dataclass

from laag.adapters.neighbourhood.wire import Amendments, Offers, Orders, Readings, Wire
from laag.apps.agent.pages.words import data as words
from laag.foundation.words import Said


@dataclass(frozen=True, slots=True)
class Leaves:
    """One kind of message, what it is for, and every field in it."""

    what: Said
    why: Said
    fields: tuple[Said, ...]


def leaves() -> tuple[Leaves, ...]:
    """Every kind of message that a home sends.

    >>> [len(one.fields) for one in leaves()]
    [9, 9, 6, 12]
    """
    return (
        Leaves(words.ORDERS, words.ORDERS_WHY, _fields(Orders)),
        Leaves(words.AMENDMENTS, words.AMENDMENTS_WHY, _fields(Amendments)),
        Leaves(words.READINGS, words.READINGS_WHY, _fields(Readings)),
        Leaves(words.OFFERS, words.OFFERS_WHY, _fields(Offers)),
    )


def _fields(kind: type[Wire]) -> tuple[Said, ...]:
    return tuple(words.FIELDS[name] for name in kind.model_fields if name != "kind")
