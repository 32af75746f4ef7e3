"""Numbers of a ruling as residents read them; the ending of a number's name says what it counts."""

from __future__ import annotations

from laag.foundation.words import Lang, pointed
from laag.home.reasons.reason import Number
from laag.home.reasons.words import written as written_as_reason


def written(name: str, number: Number, lang: Lang) -> str:
    """One number in words: as reasons write it, and amounts of money too.

    >>> written("cost_eur", 0.314, Lang.NL), written("cost_eur", 12.0, Lang.EN), written("a_kwh", 2.06, Lang.NL)
    ('€ 0,31', '€12.00', '2,1 kWh')
    """
    if name.endswith("_eur") and isinstance(number, float):
        amount = pointed(f"{abs(number):.2f}", lang)
        return f"€ {amount}" if lang is Lang.NL else f"€{amount}"
    return written_as_reason(name, number, lang)
