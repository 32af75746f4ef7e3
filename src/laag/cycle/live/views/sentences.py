"""How views put numbers into sentences: as bills do, with kWh to two decimals where a quarter-hour is spoken of."""

from __future__ import annotations

from laag.foundation.money import shown
from laag.foundation.words import Lang, Said, pointed
from laag.settlement.words import Numbers, written

HALF_A_CENT = 500_000


def tell(said: Said, numbers: Numbers) -> Said:
    """The sentence with its numbers; a name that ends in ``_small_wh`` gets two decimals.

    >>> tell(Said("{a_small_wh} kostte {b_units}", "{a_small_wh} cost {b_units}"), {"a_small_wh": 940, "b_units": 14_000_000})
    Said(nl='0,94 kWh kostte € 0,14', en='0.94 kWh cost €0.14')
    """
    return said.filled(numbers, _written)


def _written(name: str, number: int | str, lang: Lang) -> str:
    if name.endswith("small_wh") and isinstance(number, int):
        return f"{pointed(shown(number, 1000, most=2, least=1), lang)} kWh"
    return written(name, number, lang)


def both(*parts: Said) -> Said:
    """Sentences after each other."""
    return Said(" ".join(one.nl for one in parts if one.nl), " ".join(one.en for one in parts if one.en))


def costs(units: int) -> Said:
    """What something did to a bill."""
    if abs(units) < HALF_A_CENT:
        return Said("Dat scheelde minder dan een cent.", "That made less than a cent of difference.")
    if units > 0:
        return tell(Said("Dat kostte {units}.", "That cost {units}."), {"units": units})
    return tell(Said("Dat leverde {units} op.", "That earned {units}."), {"units": -units})
