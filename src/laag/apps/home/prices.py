"""What a kWh costs and earns in one quarter-hour, and what one more would."""

from __future__ import annotations

from laag.apps.home.day import Day
from laag.apps.home.words import said
from laag.foundation.words import Lang, Said
from laag.home.reasons.near import ON_KW, SAME_EUR_PER_KWH

_BUYING = (
    Said("Kopen kost {price_ct}", "Buying costs {price_ct}"),
    Said("Kopen levert {price_ct} op", "Buying earns {price_ct}"),
)
_FEEDING_IN = (
    Said("terugleveren levert {price_ct} op", "feeding in earns {price_ct}"),
    Said("terugleveren kost {price_ct}", "feeding in costs {price_ct}"),
)
_ONE_MORE = (
    Said("Een kWh meer zou dan {price_ct} kosten", "One kWh more would then cost {price_ct}"),
    Said("Een kWh meer zou dan {price_ct} opleveren", "One kWh more would then earn {price_ct}"),
)
"""Each for a price of zero or more, and for one below."""
_ANSWERED = Said(
    ": die hoeft nu niet gekocht te worden, maar komt van de zon of uit wat bewaard is",
    ": it need not be bought now, but comes from the sun or from what is stored",
)
_COUNTED = Said(
    ", met alles wat daardoor op andere momenten verandert",
    ", with all that it would change at other moments",
)
"""Why a kWh more costs another price than buying one."""


def prices(day: Day, ptu: int, lang: Lang) -> tuple[str, str]:
    """A sentence each."""
    buy, sell = (float(day.outlook.buy_eur_per_kwh[ptu]), float(day.outlook.sell_eur_per_kwh[ptu]))
    worth = float(day.plan.connection_eur_per_kwh[ptu])
    if abs(worth - buy) < SAME_EUR_PER_KWH:
        worth = buy  # or a difference that nobody explains could be read
    return (
        f"{_priced(_BUYING, buy, lang)}, {_priced(_FEEDING_IN, sell, lang)}.",
        f"{_priced(_ONE_MORE, worth, lang)}{_why(day, ptu, worth - buy).to(lang)}.",
    )


def _why(day: Day, ptu: int, more_than_buying: float) -> Said:
    if not more_than_buying:
        return Said()
    return _ANSWERED if more_than_buying < 0 and day.plan.connection_kw[ptu] <= ON_KW else _COUNTED


def _priced(words: tuple[Said, Said], eur_per_kwh: float, lang: Lang) -> str:
    return said(words[round(eur_per_kwh, 3) < 0], lang, price_ct=abs(eur_per_kwh))
