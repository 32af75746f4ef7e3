"""Whether energy weighs heavily on a household: worked out at home, from what it chose to say, and told to nobody.

After the Dutch monitor of CBS and TNO, which calls a household energy-poor that has a low income and either a high
energy bill or a home that is hard to heat (LIHE, LILEQ). Their lines move every year and were not read at the source:
all figures here are examples (unverified) that a household can change. It is a sign for the household itself, no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said, pointed

LOW_INCOME_EUR: Final = (1_600.0, 2_250.0, 2_450.0, 2_700.0, 2_900.0)
"""Net a month for one to five people, about 130 % of the social minimum. Examples, unverified."""
HIGH_COST_EUR: Final = 190.0
"""A month: about what half of all households pay more than. An example, unverified."""
HEAVY_SHARE: Final = 0.10
"""A tenth of what comes in: the older measure (energy quote), beside 8 % that TNO has used as well. Unverified."""


class Band(StrEnum):
    """What comes in a month, net, for who would rather not write down an amount."""

    TO_1500 = "to_1500"
    TO_2000 = "to_2000"
    TO_2500 = "to_2500"
    TO_3500 = "to_3500"
    MORE = "more"


BANDS: Mapping[Band, tuple[Said, float]] = MappingProxyType(
    {
        Band.TO_1500: (Said("tot € 1.500", "up to €1,500"), 1_300.0),
        Band.TO_2000: (Said("€ 1.500 tot € 2.000", "€1,500 to €2,000"), 1_750.0),
        Band.TO_2500: (Said("€ 2.000 tot € 2.500", "€2,000 to €2,500"), 2_250.0),
        Band.TO_3500: (Said("€ 2.500 tot € 3.500", "€2,500 to €3,500"), 3_000.0),
        Band.MORE: (Said("meer dan € 3.500", "more than €3,500"), 4_500.0),
    }
)
"""Each with the amount that it is counted as."""


class Weight(StrEnum):
    """How heavily it weighs."""

    LIGHT = "light"
    HEAVY = "heavy"
    """A large share of what comes in, or a high bill with a low income, but not both."""
    VERY_HEAVY = "very_heavy"


@dataclass(frozen=True, slots=True)
class Means:
    """What a household says of itself, at home."""

    band: Band
    people: int = 1
    high_cost_eur: float = HIGH_COST_EUR

    def __post_init__(self) -> None:
        if not 1 <= self.people <= 30:
            raise BadInput(f"a household of {self.people} cannot be; give 1 to 30 people")

    @property
    def income_eur(self) -> float:
        """As it is counted."""
        return BANDS[self.band][1]

    @property
    def has_low_income(self) -> bool:
        """Below the line for as many people; more than five count as five."""
        return self.income_eur < LOW_INCOME_EUR[min(self.people, len(LOW_INCOME_EUR)) - 1]


@dataclass(frozen=True, slots=True)
class Sign:
    """What the household reads; nothing of it leaves the home."""

    weight: Weight
    share: float
    """Of what comes in, the part that goes to energy."""
    said: Said


def sign(means: Means, cost_eur: float) -> Sign:
    """How heavily this many euros of energy a month weigh.

    >>> sign(Means(Band.TO_1500), 240.0).weight, sign(Means(Band.MORE), 240.0).weight
    (<Weight.VERY_HEAVY: 'very_heavy'>, <Weight.LIGHT: 'light'>)
    """
    share = max(cost_eur, 0.0) / means.income_eur
    high = cost_eur > means.high_cost_eur
    heavy = share >= HEAVY_SHARE
    if means.has_low_income and high:
        weight = Weight.VERY_HEAVY
    elif heavy or (means.has_low_income and share >= 0.8 * HEAVY_SHARE):
        weight = Weight.HEAVY
    else:
        weight = Weight.LIGHT
    return Sign(weight, share, Said(*(_sentence(weight, share, cost_eur, lang) for lang in Lang)))


_SENTENCES: Mapping[Weight, Said] = MappingProxyType(
    {
        Weight.LIGHT: Said(
            "Energie kost je ongeveer {eur} per maand, zo’n {percent} procent van wat er binnenkomt. Dat is minder dan waar "
            "onderzoekers van ‘zwaar’ spreken.",
            "Energy costs you about {eur} a month, some {percent} percent of what comes in. That is less than what researchers "
            "call heavy.",
        ),
        Weight.HEAVY: Said(
            "Energie kost je ongeveer {eur} per maand, zo’n {percent} procent van wat er binnenkomt. Dat weegt zwaar, en je "
            "bent daarin niet de enige.",
            "Energy costs you about {eur} a month, some {percent} percent of what comes in. That weighs heavily, and you are "
            "not the only one.",
        ),
        Weight.VERY_HEAVY: Said(
            "Energie kost je ongeveer {eur} per maand, zo’n {percent} procent van wat er binnenkomt. Onderzoekers noemen dat "
            "energiearmoede: dat ligt bijna altijd aan het huis en de prijzen, niet aan jou. Je kunt om steun uit de buurt "
            "vragen, en om een energiecoach.",
            "Energy costs you about {eur} a month, some {percent} percent of what comes in. Researchers call that energy "
            "poverty: nearly always it is the home and the prices, not you. You can ask for support from the neighbourhood, "
            "and for an energy coach.",
        ),
    }
)


def _sentence(weight: Weight, share: float, cost_eur: float, lang: Lang) -> str:
    amount = pointed(str(round(cost_eur)), lang)
    euros = f"€ {amount}" if lang is Lang.NL else f"€{amount}"
    return _SENTENCES[weight].to(lang).format(eur=euros, percent=round(100 * share))
