"""A wish that holds, whose it is, and what came of it where it met another wish or a device that is not there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from laag.foundation.words import Lang, Said
from laag.home.preferences.sentences import say
from laag.home.preferences.wishes import Wished

W_co = TypeVar("W_co", bound=Wished, covariant=True)


@dataclass(frozen=True, slots=True)
class Meant(Generic[W_co]):
    """A wish and who it comes from: the household, or the public default with this id."""

    wish: W_co
    default: str = ""

    @property
    def source(self) -> str:
        """For the record of claims.

        >>> from laag.home.preferences.sentences import parse
        >>> Meant(parse("gebruik eerst mijn eigen zon"), "nl-2026.11/family").source
        'default:nl-2026.11/family:use my own sun first'
        """
        return f"default:{self.default}:{say(self.wish)}" if self.default else f"wish:{say(self.wish)}"

    @property
    def called(self) -> Said:
        """The sentence in quotes, with the word default where it is one."""
        nl, en = (f"'{say(self.wish, lang)}'" for lang in (Lang.NL, Lang.EN))
        return Said(f"de standaard {nl}", f"the default {en}") if self.default else Said(nl, en)


class Rule(Enum):
    """Why one of two wishes that cannot both be had gives way, in the order in which the rules are asked."""

    WHAT_FIRST = Said(
        "wat je wilt hebben gaat voor hoe het tot stand komt",
        "what you want to have goes before how it is brought about",
    )
    WISH_FIRST = Said(
        "wat je zelf zegt gaat voor een publieke standaard",
        "what you say yourself goes before a public default",
    )
    LIMIT_FIRST = Said(
        "een grens gaat voor een wens die verder gaat dan die grens",
        "a limit goes before a wish that exceeds it",
    )
    LATER_FIRST = Said(
        "van twee regels over hetzelfde geldt de laatste", "of two lines about the same the later one holds"
    )


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two wishes that cannot both be had: which stands, which gave way, by which rule."""

    stands: Meant[Wished] | None
    """``None``: the comfort that the house was set to before anybody wished."""
    gave_way: Meant[Wished]
    rule: Rule

    @property
    def said(self) -> Said:
        """In a sentence."""
        stands = (
            Said("de warmte die het huis al had", "the warmth the house was set to")
            if self.stands is None
            else self.stands.called
        )
        return Said(
            f"{self.gave_way.called.nl} geeft waar nodig toe aan {stands.nl}: {self.rule.value.nl}.",
            f"{self.gave_way.called.en} gives way where needed to {stands.en}: {self.rule.value.en}.",
        )


class Why(Enum):
    """What kind of remark it is."""

    NO_DEVICE = "no_device"
    """The home has nothing that the wish could be about."""
    BEYOND_DEVICE = "beyond_device"
    """The device cannot do as much as is asked; it does what it can."""
    STAND_IN = "stand_in"
    """Something is not known, and something else stands in for it."""
    REPLACED = "replaced"
    """It leaves the car with less than was set for one stay."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a resident should know about a wish; never an error."""

    about: Meant[Wished]
    why: Why
    what: Said

    @property
    def said(self) -> Said:
        """In a sentence."""
        return Said(f"{self.about.called.nl}: {self.what.nl}.", f"{self.about.called.en}: {self.what.en}.")
