"""Why somebody leaves, and what the law says of another supplier."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from laag.foundation.words import Said


class Leaving(StrEnum):
    """Why a connection takes part no longer, or another member takes it over."""

    MOVED = "moved"
    """The household moves, or sells its home: the connection stays."""
    SUPPLIER = "supplier"
    """Its electricity comes from another supplier than the community's."""
    OTHER = "other"


LEAVING: Mapping[Leaving, Said] = MappingProxyType(
    {
        Leaving.MOVED: Said("verhuizing of verkoop van het huis", "a move, or the home was sold"),
        Leaving.SUPPLIER: Said("een andere stroomleverancier", "another electricity supplier"),
        Leaving.OTHER: Said("een andere reden", "another reason"),
    }
)
SUPPLIER_LAW = Said(
    "Stroom delen kan volgens de Energiewet (in werking sinds 1 januari 2026) via dezelfde leverancier; het voorstel om dat "
    "over leveranciers heen te regelen is verworpen. Wie een andere leverancier kiest, rekent hier eerst af en kan later "
    "terugkomen. De vrije keuze van leverancier blijft van jou. Nagelezen bij nlvow.nl, nog niet in de wettekst zelf.",
    "By the Energy Act (in force since 1 January 2026) electricity is shared through one and the same supplier; the proposal "
    "to arrange it across suppliers was rejected. Whoever chooses another supplier settles here first and may come back "
    "later. Which supplier you choose stays yours to decide. Read at nlvow.nl, not yet in the law itself.",
)
"""``facts.md`` section 5, read in a secondary source."""
