"""Both languages of whatever is said to residents, and how each writes a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

N = TypeVar("N")


class Lang(StrEnum):
    """The languages spoken to residents."""

    NL = "nl"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Said:
    """The same in both languages."""

    nl: str = ""
    en: str = ""

    def to(self, lang: Lang) -> str:
        """In one of them."""
        return self.nl if lang is Lang.NL else self.en

    def filled(self, numbers: Mapping[str, N], written: Callable[[str, N, Lang], str]) -> Said:
        """With every ``{name}`` replaced by its number, as ``written`` for that language.

        >>> Said("{a} appels", "{a} apples").filled({"a": "1234.5"}, lambda _, n, lang: pointed(n, lang))
        Said(nl='1.234,5 appels', en='1,234.5 apples')
        """
        return Said(
            *(
                template.format_map({name: written(name, n, lang) for name, n in numbers.items()})
                for template, lang in ((self.nl, Lang.NL), (self.en, Lang.EN))
            )
        )


_MONTHS_NL = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def dated(day: date) -> Said:
    """A day as people write it.

    >>> dated(date(2026, 1, 14))
    Said(nl='14 januari 2026', en='14 January 2026')
    """
    month = day.month - 1
    return Said(f"{day.day} {_MONTHS_NL[month]} {day.year}", f"{day.day} {_MONTHS_EN[month]} {day.year}")


def clock(quarter: int) -> str:
    """A quarter of the day as a time.

    >>> clock(54)
    '13:30'
    """
    hour, part = divmod(quarter, 4)
    return f"{hour:02d}:{part * 15:02d}"


def pointed(number: str, lang: Lang) -> str:
    """Thousands grouped; decimals after a comma in Dutch, after a point in English.

    >>> pointed("-1234.50", Lang.NL)
    '-1.234,50'
    """
    whole, point, part = number.partition(".")
    english = f"{int(whole):,}" if whole != "-0" else whole
    if lang is Lang.EN:
        return english + point + part
    return english.replace(",", ".") + point.replace(".", ",") + part
