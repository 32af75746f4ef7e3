"""Why an order was filled as it was, in one sentence for the one who posted it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from laag.foundation.contracts import Outcome, Side
from laag.foundation.money import shown

_ENGLISH = {
    (
        Outcome.SERVED_FIRST,
        Side.BUY,
    ): "Bought all {asked} Wh at {price} EUR/MWh: it takes any price and was served first.",
    (
        Outcome.SERVED_FIRST,
        Side.SELL,
    ): "Sold all {asked} Wh at {price} EUR/MWh: it takes any price and was served first.",
    (Outcome.ACCEPTED, Side.BUY): "Bought all {asked} Wh at {price} EUR/MWh; its limit was {limit}.",
    (Outcome.ACCEPTED, Side.SELL): "Sold all {asked} Wh at {price} EUR/MWh; its limit was {limit}.",
    (
        Outcome.SHARED,
        Side.BUY,
    ): "Bought {wh} of {asked} Wh{at_price}: at its limit of {limit} EUR/MWh there was too little, and it was shared in proportion.",
    (
        Outcome.SHARED,
        Side.SELL,
    ): "Sold {wh} of {asked} Wh{at_price}: at its limit of {limit} EUR/MWh there was too much, and demand was shared in proportion.",
    (Outcome.PRICED_OUT, Side.BUY): "Bought nothing: no supply was left for a limit of {limit} EUR/MWh.",
    (Outcome.PRICED_OUT, Side.SELL): "Sold nothing: no demand was left for a limit of {limit} EUR/MWh.",
    (
        Outcome.RATIONED,
        Side.BUY,
    ): "Bought {wh} of {asked} Wh{at_price}: it takes any price, but the gateway was full and neighbours had no more.",
    (
        Outcome.RATIONED,
        Side.SELL,
    ): "Sold {wh} of {asked} Wh{at_price}: it takes any price, but the gateway was full and neighbours took no more.",
    (
        Outcome.PARTLY,
        Side.BUY,
    ): "Bought {wh} of {asked} Wh{at_price}: nobody with more agreed to its limit of {limit} EUR/MWh.",
    (
        Outcome.PARTLY,
        Side.SELL,
    ): "Sold {wh} of {asked} Wh{at_price}: nobody who wanted more agreed to its limit of {limit} EUR/MWh.",
    (Outcome.NO_PARTNER, Side.BUY): "Bought nothing: nobody sold, inside or outside.",
    (Outcome.NO_PARTNER, Side.SELL): "Sold nothing: nobody bought, inside or outside.",
}
_DUTCH = {
    (
        Outcome.SERVED_FIRST,
        Side.BUY,
    ): "Alle {asked} Wh gekocht voor {price} EUR/MWh: neemt elke prijs en ging dus voor.",
    (
        Outcome.SERVED_FIRST,
        Side.SELL,
    ): "Alle {asked} Wh verkocht voor {price} EUR/MWh: neemt elke prijs en ging dus voor.",
    (Outcome.ACCEPTED, Side.BUY): "Alle {asked} Wh gekocht voor {price} EUR/MWh; de grens was {limit}.",
    (Outcome.ACCEPTED, Side.SELL): "Alle {asked} Wh verkocht voor {price} EUR/MWh; de grens was {limit}.",
    (
        Outcome.SHARED,
        Side.BUY,
    ): "{wh} van {asked} Wh gekocht{at_price}: bij de grens van {limit} EUR/MWh was er te weinig en is naar verhouding gedeeld.",
    (
        Outcome.SHARED,
        Side.SELL,
    ): "{wh} van {asked} Wh verkocht{at_price}: bij de grens van {limit} EUR/MWh was er te veel en is de vraag naar verhouding gedeeld.",
    (
        Outcome.PRICED_OUT,
        Side.BUY,
    ): "Niets gekocht: voor een grens van {limit} EUR/MWh was er geen aanbod meer.",
    (
        Outcome.PRICED_OUT,
        Side.SELL,
    ): "Niets verkocht: voor een grens van {limit} EUR/MWh was er geen vraag meer.",
    (
        Outcome.RATIONED,
        Side.BUY,
    ): "{wh} van {asked} Wh gekocht{at_price}: neemt elke prijs, maar de aansluiting was vol en de buren hadden niet meer.",
    (
        Outcome.RATIONED,
        Side.SELL,
    ): "{wh} van {asked} Wh verkocht{at_price}: neemt elke prijs, maar de aansluiting was vol en de buren namen niet meer af.",
    (
        Outcome.PARTLY,
        Side.BUY,
    ): "{wh} van {asked} Wh gekocht{at_price}: niemand met meer ging akkoord met de grens van {limit} EUR/MWh.",
    (
        Outcome.PARTLY,
        Side.SELL,
    ): "{wh} van {asked} Wh verkocht{at_price}: niemand die meer wilde ging akkoord met de grens van {limit} EUR/MWh.",
    (Outcome.NO_PARTNER, Side.BUY): "Niets gekocht: niemand verkocht iets, binnen noch buiten.",
    (Outcome.NO_PARTNER, Side.SELL): "Niets verkocht: niemand kocht iets, binnen noch buiten.",
}
TEXTS: Mapping[str, Mapping[tuple[Outcome, Side], str]] = MappingProxyType({"en": _ENGLISH, "nl": _DUTCH})
_AT = MappingProxyType({"en": " at {} EUR/MWh", "nl": " voor {} EUR/MWh"})


def reason(
    outcome: Outcome, side: Side, asked_wh: int, limit_ticks: int, wh: int, units: int, language: str = "en"
) -> str:
    """One sentence about one order: ``wh`` is what it traded, ``units`` what it pays (+) or receives (-).

    >>> reason(Outcome.SHARED, Side.SELL, 50, 12000, 20, -300000)
    'Sold 20 of 50 Wh at 150.00 EUR/MWh: at its limit of 120.00 EUR/MWh there was too much, and demand was shared in proportion.'
    """
    price = shown(units if side == Side.BUY else -units, wh * 100, most=2) if wh else ""
    return TEXTS[language][outcome, side].format(
        asked=asked_wh,
        wh=wh,
        price=price,
        at_price=_AT[language].format(price) if wh else "",
        limit=shown(limit_ticks, 100),
    )
