"""What is said of the panels."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound, Code
from laag.home.reasons.sentences.kind import Kind

KINDS: dict[Code, Kind] = {
    Code.DARK: Kind(Rung.SAFETY, Bound.LEVEL, Said("Er is geen zon", "There is no sun")),
    Code.SUN_USED: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Alle zon gebruik je zelf, waar een kWh {price_eur_per_kwh} waard is; terugleveren zou {sold_would_bring}",
            "You use all the sun yourself, where a kWh is worth {price_eur_per_kwh}; feeding it in would {sold_would_bring}",
        ),
    ),
    Code.SUN_SOLD: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Wat je zelf niet gebruikt lever je terug voor {sold_eur_per_kwh} per kWh",
            "What you do not use yourself you feed in at {sold_eur_per_kwh} per kWh",
        ),
    ),
    Code.SUN_FIXED: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Terugleveren kost {costs_eur_per_kwh} per kWh, maar deze panelen kun je niet terugregelen",
            "Feeding in costs {costs_eur_per_kwh} per kWh, but these panels cannot be turned down",
        ),
    ),
    Code.TURNED_DOWN_FOR_PRICE: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "De panelen zijn {unused_kw} teruggeregeld, want terugleveren kost geld",
            "The panels are turned down by {unused_kw}, because feeding in costs money",
        ),
    ),
    Code.TURNED_DOWN_FOR_LIMIT: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "De panelen zijn {unused_kw} teruggeregeld, want je aansluiting geeft hooguit {giving_kw}",
            "The panels are turned down by {unused_kw}, because your connection gives {giving_kw} at most",
        ),
        Said(
            "De panelen zijn {unused_kw} teruggeregeld, want je mag hooguit {giving_kw} terugleveren, van {who}",
            "The panels are turned down by {unused_kw}, because you may feed in {giving_kw} at most, by word of {who}",
        ),
    ),
    Code.TURNED_DOWN_EVENLY: Kind(
        Rung.MARKET,
        Bound.NOTHING,
        Said(
            "De panelen zijn {unused_kw} teruggeregeld; meer zon zou niets opleveren en niets kosten",
            "The panels are turned down by {unused_kw}; more sun would bring and cost nothing",
        ),
    ),
}
