"""Kinds of members, and what differs by kind: so little that a new kind is one line here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from laag.foundation.words import Said


class MemberKind(StrEnum):
    """Whose connection it is."""

    PERSON = "person"
    """A household, whether it owns or rents."""
    SMALL_FIRM = "small_firm"
    HOUSING_ASSOCIATION = "housing_association"
    MUNICIPALITY = "municipality"


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a kind, and what its bill does."""

    called: Said
    explained: Said
    usually_lived_in: bool
    """Whether a connection of this kind usually has a function to stay in, on which the energy tax reduction hangs."""
    reclaims_vat: bool
    """Whether such a member usually reclaims VAT, so that amounts without it are what it pays in the end."""


ABOUT: Mapping[MemberKind, About] = MappingProxyType(
    {
        MemberKind.PERSON: About(
            Said("een huishouden", "a household"),
            Said(
                "huurder of eigenaar, dat maakt hier niets uit",
                "tenant or owner, that makes no difference here",
            ),
            usually_lived_in=True,
            reclaims_vat=False,
        ),
        MemberKind.SMALL_FIRM: About(
            Said("een klein bedrijf", "a small firm"),
            Said(
                "een winkel, werkplaats of praktijk met een kleine aansluiting",
                "a shop, workshop or practice with a small connection",
            ),
            usually_lived_in=True,
            reclaims_vat=True,
        ),
        MemberKind.HOUSING_ASSOCIATION: About(
            Said("een woningcorporatie", "a housing association"),
            Said(
                "de lift, de hal of de zonnepanelen van een gebouw; de huurders zijn zelf lid",
                "the lift, the hall or the solar panels of a building; its tenants are members themselves",
            ),
            usually_lived_in=False,
            reclaims_vat=False,
        ),
        MemberKind.MUNICIPALITY: About(
            Said("de gemeente", "the municipality"),
            Said(
                "een buurthuis of school, of bijvoorbeeld een laadplein of gemaal",
                "a community centre or school, or for instance a charging square or pumping station",
            ),
            usually_lived_in=False,
            reclaims_vat=False,
        ),
    }
)


def kind_of(name: str) -> MemberKind | None:
    """The kind of that name; ``None`` where there is none.

    >>> kind_of("small_firm"), kind_of("tree")
    (<MemberKind.SMALL_FIRM: 'small_firm'>, None)
    """
    return next((kind for kind in MemberKind if kind.value == name), None)
