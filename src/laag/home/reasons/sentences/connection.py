"""What is said of the connection."""

from __future__ import annotations

from laag.foundation.words import Said
from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound, Code
from laag.home.reasons.sentences.kind import Kind

KINDS: dict[Code, Kind] = {
    Code.BEYOND_IMPORT_LIMIT: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Je huis vraagt {taken_kw}, meer dan de {import_kw} van je aansluiting; er valt niets meer te verschuiven",
            "Your home asks for {taken_kw}, more than the {import_kw} of your connection; nothing more can be shifted",
        ),
        Said(
            "Je huis neemt {taken_kw}, meer dan de {import_kw} van {who}; er valt niets meer te verschuiven",
            "Your home takes {taken_kw}, more than the {import_kw} of {who}; nothing more can be shifted",
        ),
    ),
    Code.BEYOND_EXPORT_LIMIT: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Je huis geeft {given_kw}, meer dan de {export_kw} van je aansluiting; er valt niets meer te verschuiven",
            "Your home gives {given_kw}, more than the {export_kw} of your connection; nothing more can be shifted",
        ),
        Said(
            "Je huis geeft {given_kw}, meer dan de {export_kw} van {who}; er valt niets meer te verschuiven",
            "Your home gives {given_kw}, more than the {export_kw} of {who}; nothing more can be shifted",
        ),
    ),
    Code.AT_IMPORT_LIMIT: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Je neemt {taken_kw}: zo veel als je aansluiting kan",
            "You take {taken_kw}: all that your connection can",
        ),
        Said(
            "Je neemt {taken_kw}: zo veel als mag van {who}",
            "You take {taken_kw}: all that you may, by word of {who}",
        ),
    ),
    Code.AT_EXPORT_LIMIT: Kind(
        Rung.SAFETY,
        Bound.LIMIT,
        Said(
            "Je levert {given_kw} terug: zo veel als je aansluiting kan",
            "You feed in {given_kw}: all that your connection can",
        ),
        Said(
            "Je levert {given_kw} terug: zo veel als mag van {who}",
            "You feed in {given_kw}: all that you may, by word of {who}",
        ),
    ),
    Code.TAKES_AS_SOLD: Kind(
        Rung.GRID_MARGIN,
        Bound.CLAIM,
        Said(
            "Je neemt {taken_kw} en niet meer: de rest heb je verkocht",
            "You take {taken_kw} and no more: the rest you sold",
        ),
        Said(
            "Je neemt {taken_kw}, naar de afspraak met {who}",
            "You take {taken_kw}, as agreed with {who}",
        ),
    ),
    Code.GIVES_AS_SOLD: Kind(
        Rung.GRID_MARGIN,
        Bound.CLAIM,
        Said(
            "Je levert {given_kw} terug: dat heb je verkocht",
            "You feed in {given_kw}: that you sold",
        ),
        Said(
            "Je levert {given_kw} terug, naar de afspraak met {who}",
            "You feed in {given_kw}, as agreed with {who}",
        ),
    ),
    Code.AT_POSITION: Kind(
        Rung.MARKET,
        Bound.POSITION,
        Said(
            "Je houdt je aan wat op de markt is afgesproken: een kWh meer kost {more_eur_per_kwh}, een minder brengt "
            "{less_eur_per_kwh}",
            "You keep to what the market agreed: a kWh more costs {more_eur_per_kwh}, one less brings "
            "{less_eur_per_kwh}",
        ),
    ),
    Code.AT_PEAK: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Je neemt {taken_kw}, je hoogste kwartier: voor elke kW daarboven betaal je",
            "You take {taken_kw}, your highest quarter-hour: each kW above it is charged for",
        ),
    ),
    Code.AT_BAND: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Je blijft op de rand van je bandbreedte van {band_kw}; daarboven kost elke kWh {beyond_eur_per_kwh} extra (voorbeeldprijs)",
            "You stay at the edge of your band of {band_kw}; beyond it each kWh costs {beyond_eur_per_kwh} extra (example price)",
        ),
    ),
    Code.IN_BALANCE: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Je huis redt zich zelf: kopen kost {price_eur_per_kwh} per kWh, terugleveren zou {sold_would_bring}",
            "Your home gets by on its own: buying costs {price_eur_per_kwh} per kWh, feeding in would {sold_would_bring}",
        ),
    ),
    Code.TAKES_WHAT_IS_USED: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Je neemt {taken_kw}, wat je huis en apparaten nodig hebben, voor {price_eur_per_kwh} per kWh",
            "You take {taken_kw}, what your home and devices need, at {price_eur_per_kwh} per kWh",
        ),
    ),
    Code.TAKES_MORE_FOR_CHEAP: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Je neemt {taken_kw}, waarvan {moved_kw} voor wat ook later kon, want een kWh is {under_eur_per_kwh} "
            "goedkoper dan de middelste prijs van dit plan",
            "You take {taken_kw}, of which {moved_kw} could have waited, because a kWh is {under_eur_per_kwh} "
            "cheaper than the middle price of this plan",
        ),
    ),
    Code.TAKES_LESS_FOR_DEAR: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Je neemt maar {taken_kw}, {moved_kw} minder dan je gebruikt, want een kWh is {under_eur_per_kwh} duurder "
            "dan de middelste prijs van dit plan",
            "You take only {taken_kw}, {moved_kw} less than you use, because a kWh is {under_eur_per_kwh} dearer "
            "than the middle price of this plan",
        ),
    ),
    Code.GIVES_SUN: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Je levert {given_kw} zon terug voor {sold_eur_per_kwh} per kWh",
            "You feed in {given_kw} of sun at {sold_eur_per_kwh} per kWh",
        ),
    ),
    Code.GIVES_STORED: Kind(
        Rung.MARKET,
        Bound.PRICE,
        Said(
            "Je levert {given_kw} terug, ook uit voorraad, want een kWh brengt {sold_eur_per_kwh} op",
            "You feed in {given_kw}, from storage too, because a kWh brings {sold_eur_per_kwh}",
        ),
    ),
}
STREET_TAKES = Said(
    "een huis in de straat neemt gemiddeld {street_kw}", "a home in the street takes {street_kw} on average"
)
STREET_GIVES = Said(
    "een huis in de straat geeft gemiddeld {street_kw}", "a home in the street gives {street_kw} on average"
)
