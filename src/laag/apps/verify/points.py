"""One thing that was looked at, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from laag.foundation.words import Said


class Weight(StrEnum):
    """What a sentence is."""

    VERIFIED = "verified"
    LIMIT = "limit"
    """How far that goes: what is not said by it, or could not be checked."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at."""

    weight: Weight
    said: Said
    about: str = ""
    """The key of the entry."""
    code: str = ""
    """Of what is wrong."""


def sentence(said: Said) -> Said:
    """A reason as a sentence of its own.

    >>> sentence(Said("dit klopt niet", "this does not hold"))
    Said(nl='Dit klopt niet.', en='This does not hold.')
    """
    return Said(*(f"{one[:1].upper()}{one[1:]}." for one in (said.nl, said.en)))
