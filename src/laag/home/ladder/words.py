"""The rungs as residents call them."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.words import Said
from laag.home.ladder.rungs import Rung

RUNGS: Mapping[Rung, Said] = {
    Rung.MINIMUM: Said("wat elk huis altijd mag gebruiken", "what every home may always use"),
    Rung.SAFETY: Said("veiligheid", "safety"),
    Rung.EMERGENCY: Said("nood op het net", "grid emergency"),
    Rung.COMFORT: Said("comfort", "comfort"),
    Rung.OWN_SUN: Said("eigen zon eerst", "own sun first"),
    Rung.GRID_MARGIN: Said("ruimte op het net", "room on the grid"),
    Rung.AGREEMENT: Said("afspraken met de buren", "agreements between neighbours"),
    Rung.MARKET: Said("de prijs", "the price"),
}
