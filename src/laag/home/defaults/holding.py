"""What holds in a home: its own wishes, and the public defaults where it says nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from laag.foundation.words import Lang, Said
from laag.home.defaults.edition import Edition
from laag.home.defaults.household import Feature, Household, Measured, Recognised, features, recognised
from laag.home.house import House
from laag.home.preferences import Meant, Wished, say
from laag.home.preferences.wishes import Aspect

_CONCERNS = {
    Aspect.CAR_READY: Feature.CAR,
    Aspect.CAR_MOST: Feature.CAR,
    Aspect.CAR_KEEPS: Feature.TWO_WAY_CAR,
    Aspect.CAR_RESTS: Feature.CAR,
    Aspect.WARMTH: Feature.HEATING,
    Aspect.HEAT_PUMP: Feature.HEAT_PUMP,
    Aspect.HOT_WATER: Feature.TANK,
    Aspect.OWN_SUN: Feature.PV,
    Aspect.FEED_IN: Feature.PV,
    Aspect.RESERVE: Feature.BATTERY,
}
"""What a home that has the device should be told even where nobody says anything about it."""


class By(StrEnum):
    """Who said it."""

    HOUSEHOLD = "household"
    DEFAULT = "default"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Applies:
    """One thing that wishes can be about: who says what of it, and why."""

    about: tuple[Aspect, str]
    by: By
    wish: Wished | None
    why: Said
    whose: Said = Said()
    """Of a default: which edition it is from, and who proposed or adopted that."""

    @property
    def said(self) -> Said:
        """In a sentence."""
        return Said(*(self._in(lang) for lang in (Lang.NL, Lang.EN)))

    def _in(self, lang: Lang) -> str:
        called = self.about[0].called.to(lang)
        what = f"{called[0].upper()}{called[1:]}: "
        says = f"'{say(self.wish, lang)}'. " if self.wish is not None else ""
        whose = self.whose.to(lang)
        return what + says + (f"{whose} " if whose else "") + self.why.to(lang)


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds in a home, and how that came about."""

    meant: tuple[Meant[Wished], ...]
    """For ``preferences.applied``: wishes in the order of their lines, then defaults in that of the edition."""
    household: Recognised
    rows: tuple[Applies, ...]

    @property
    def said(self) -> tuple[Said, ...]:
        """All of it, a sentence each: which household, then what applies."""
        kind = self.household
        first = Said(
            f"Dit huis telt als {kind.household.called.nl}: {kind.why.nl}.",
            f"This home counts as {kind.household.called.en}: {kind.why.en}.",
        )
        return first, *(row.said for row in self.rows)


def holding(
    wishes: Iterable[Wished],
    edition: Edition,
    house: House,
    *,
    household: Household | None = None,
    measured: Measured | None = None,
) -> Holding:
    """A household's wishes, and of the public defaults what they leave open.

    About the same thing a wish overrules a default, on the days that it is for; on other days the default stays.
    """
    own = tuple(wishes)
    kind = recognised(house, measured) if household is None else Recognised(household, _TOLD)
    there = features(house)
    name = f"{edition.provenance.edition}/{kind.household}"
    left = [
        (line, wish) for line in edition.holding_for(kind.household, there) if (wish := _left(line.wish, own))
    ]
    meant = (*(Meant(wish) for wish in own), *(Meant(wish, name) for _, wish in left))
    rows = [Applies(wish.about, By.HOUSEHOLD, wish, _OWN) for wish in own]
    rows += [Applies(wish.about, By.DEFAULT, wish, line.why, edition.provenance.said) for line, wish in left]
    spoken = {row.about[0] for row in rows}
    rows += [
        Applies((aspect, ""), By.NOBODY, None, _NOBODY)
        for aspect, feature in _CONCERNS.items()
        if feature in there and aspect not in spoken
    ]
    order = list(Aspect)
    return Holding(meant, kind, tuple(sorted(rows, key=lambda row: order.index(row.about[0]))))


def which_applies(held: Holding, aspect: Aspect) -> tuple[Applies, ...]:
    """What holds about one thing: by whom, and why."""
    return tuple(row for row in held.rows if row.about[0] is aspect)


_TOLD = Said("dat is zo ingesteld", "that is what was set")
_OWN = Said("Dat heb je zelf gezegd.", "You said so yourself.")
_NOBODY = Said(
    "Hierover is niets gezegd; het plan kiest wat het minst kost.",
    "Nothing is said about this; the plan chooses what costs least.",
)


def _left(default: Wished, own: tuple[Wished, ...]) -> Wished | None:
    """What of a default is left beside wishes about the same thing."""
    overruled = {day for wish in own if wish.about == default.about for day in wish.on}
    if not overruled:
        return default
    return default.only_on(tuple(day for day in default.on if day not in overruled))
