"""Whole numbers as a neighbour reads them, in Dutch and in English.

The ending of a number's name says what it counts, so a sentence only names the number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from laag.foundation.errors import BadInput
from laag.foundation.money import UNITS_PER_EUR, shown
from laag.foundation.words import Lang, Said, clock, pointed

Numbers = Mapping[str, int | str]


def filled(said: Said, numbers: Numbers) -> Said:
    """The sentence with every ``{name}`` replaced by its number.

    >>> filled(Said("{a_wh} kostte {b_units}", "{a_wh} cost {b_units}"), {"a_wh": 1234500, "b_units": -41000000})
    Said(nl='1.234,5 kWh kostte -€ 0,41', en='1,234.5 kWh cost -€0.41')
    """
    return said.filled(numbers, written)


def written(name: str, number: int | str, lang: Lang) -> str:
    """One number in words, by the ending of its name; words stay as they are.

    >>> written("price_ticks", 12140, Lang.NL), written("from_quarter", 54, Lang.EN), written("days", 1, Lang.NL)
    ('12,1 ct/kWh', '13:30', '1 dag')
    """
    if isinstance(number, str):
        return number
    ending = name.rpartition("_")[2]
    if ending not in WRITTEN:
        raise BadInput(
            f"the number {name} does not end in what it counts; end its name in one of {', '.join(WRITTEN)}"
        )
    return WRITTEN[ending](number, lang)


def euros(units: int, lang: Lang) -> str:
    """Euros and cents.

    >>> euros(123_456_000_000, Lang.NL), euros(-41_000_000, Lang.EN)
    ('€ 1.234,56', '-€0.41')
    """
    amount = shown(abs(units), UNITS_PER_EUR, most=2)
    sign = "-" if units < 0 and amount != "0.00" else ""
    return f"{sign}€ {pointed(amount, lang)}" if lang is Lang.NL else f"{sign}€{pointed(amount, lang)}"


def per_kwh(ticks: int, lang: Lang, most: int = 1) -> str:
    """Cents per kWh; a tick is the third decimal."""
    return f"{pointed(shown(ticks, 1000, most, least=1), lang)} ct/kWh"


def kwh(wh: int, lang: Lang) -> str:
    """kWh with one decimal."""
    return f"{pointed(shown(wh, 1000, most=1, least=1), lang)} kWh"


def days(count: int, lang: Lang) -> str:
    """A number of days."""
    word = {Lang.NL: ("dag", "dagen"), Lang.EN: ("day", "days")}[lang][count != 1]
    return f"{count} {word}"


def percent(number: int, lang: Lang) -> str:
    """A share."""
    return f"{number} %" if lang is Lang.NL else f"{number}%"


def count(number: int, lang: Lang) -> str:
    """How many."""
    return pointed(str(number), lang)


WRITTEN: Mapping[str, Callable[[int, Lang], str]] = {
    "units": euros,
    "ticks": per_kwh,
    "wh": kwh,
    "quarter": lambda quarter, _: clock(quarter),
    "days": days,
    "percent": percent,
    "count": count,
}
