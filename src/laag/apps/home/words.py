"""How the home's page writes numbers, times and days, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from laag.foundation.words import Lang, Said, pointed

_MONTHS = Said(
    "januari februari maart april mei juni juli augustus september oktober november december",
    "January February March April May June July August September October November December",
)
_DAYS = Said(
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
)
_UNITS = {"kwh": "kWh", "kw": "kW", "w": "W", "c": "°C", "percent": "%"}
_WHOLE = {"w", "percent"}


def said(sentence: Said, lang: Lang, **numbers: Any) -> str:
    """One sentence in one language, each number written by the ending of its name.

    >>> said(Said("{a_kwh} voor {b_eur}", "{a_kwh} for {b_eur}"), Lang.NL, a_kwh=12.34, b_eur=-0.5)
    '12,3 kWh voor -€ 0,50'
    """
    return sentence.to(lang).format_map(_Written(numbers, lang))


class _Written(dict[str, str]):
    """Numbers become words when a sentence asks for them."""

    def __init__(self, numbers: Mapping[str, Any], lang: Lang) -> None:
        super().__init__({name: written(name, number, lang) for name, number in numbers.items()})


def written(name: str, number: Any, lang: Lang) -> str:
    """One number, by the ending of its name; words stay as they are."""
    if isinstance(number, str):
        return number
    if isinstance(number, datetime):
        return f"{number:%H:%M}"
    match name.rpartition("_")[2]:
        case "eur":
            return euros(number, lang)
        case "ct":
            return f"{decimal(100 * number, 1, lang)} ct/kWh"
        case "h":
            return hours(number, lang)
        case "k":
            return f"{decimal(max(number, 0.1), 1, lang)} °C"
        case unit if unit in _UNITS:
            return f"{decimal(number, 0 if unit in _WHOLE else 1, lang)} {_UNITS[unit]}"
        case _:
            return decimal(number, 0, lang)


def euros(amount: float, lang: Lang) -> str:
    """Euros and cents.

    >>> euros(-0.004, Lang.EN), euros(1234.5, Lang.NL)
    ('€0.00', '€ 1.234,50')
    """
    cents = round(amount * 100)
    text = decimal(abs(cents) / 100, 2, lang)
    return ("-" if cents < 0 else "") + (f"€ {text}" if lang is Lang.NL else f"€{text}")


def hours(number: float, lang: Lang) -> str:
    """A length of time; less than an hour in minutes.

    >>> hours(0.25, Lang.EN), hours(2.5, Lang.NL), hours(1, Lang.EN)
    ('15 minutes', '2,5 uur', '1 hour')
    """
    if number < 1:
        return f"{round(60 * number)} {Said('minuten', 'minutes').to(lang)}"
    text = decimal(number, 2, lang).rstrip("0").rstrip(".,")
    return f"{text} {Said('uur', 'hour' if number == 1 else 'hours').to(lang)}"


def decimal(number: float, places: int, lang: Lang) -> str:
    """A number with so many decimals, never a negative zero."""
    return pointed(f"{round(number, places) + 0.0:.{places}f}", lang)


def day(moment: datetime, lang: Lang) -> str:
    """A day with its name.

    >>> day(datetime(2026, 4, 14), Lang.NL)
    'dinsdag 14 april 2026'
    """
    name = _DAYS.to(lang).split()[moment.weekday()]
    return f"{name} {moment.day} {_MONTHS.to(lang).split()[moment.month - 1]} {moment.year}"
