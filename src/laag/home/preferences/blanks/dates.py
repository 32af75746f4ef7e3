"""A day of the calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from laag.foundation.words import Lang, Said
from laag.home.preferences.blanks.blank import Blank, Control, Plain, Unfit, either

_MONTH = {
    Lang.EN: ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
    Lang.NL: ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnDate(Blank[date]):
    """One day of the calendar."""

    label: Said

    def pattern(self, lang: Lang) -> str:
        """With the month in words, or as ISO 8601 writes it."""
        return rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}} {either(*(m.lower() for m in _MONTH[lang]))} \d{{4}})(?!\w)"

    def read(self, words: str, lang: Lang) -> date:
        """The day.

        >>> FIRST.read("12 juli 2025", Lang.NL), FIRST.read("2025-07-12", Lang.EN)
        (datetime.date(2025, 7, 12), datetime.date(2025, 7, 12))
        """
        if re.fullmatch(r"\d{4}-.*", words):
            return self.of_plain(words)
        day, month, year = words.split()
        number = [name.lower() for name in _MONTH[lang]].index(month) + 1
        return self.of_plain(f"{year}-{number:02d}-{int(day):02d}")

    def write(self, value: date, lang: Lang) -> str:
        """With the month in words.

        >>> FIRST.write(date(2025, 7, 12), Lang.EN)
        '12 July 2025'
        """
        return f"{value.day} {_MONTH[lang][value.month - 1]} {value.year}"

    def plain(self, value: date) -> Plain:
        """As ISO 8601 writes it."""
        return value.isoformat()

    def of_plain(self, sent: Plain) -> date:
        """As ISO 8601 writes it."""
        try:
            day = date.fromisoformat(sent) if isinstance(sent, str) else None
        except ValueError:
            day = None
        if day is None:
            raise Unfit(
                Said(f"{sent} is geen datum; zeg 12 juli 2027", f"{sent} is no date; say 12 July 2027")
            )
        self.check(day)
        return day

    def check(self, value: date) -> None:
        """In this century, so that a slip of the pen is noticed."""
        if not 2000 <= value.year < 2100:
            raise Unfit(
                Said(f"{value} ligt niet tussen 2000 en 2100", f"{value} is not between 2000 and 2100")
            )

    @property
    def control(self) -> Control:
        """A calendar."""
        return Control("date", self.label)


FIRST = OnDate(Said("Van", "From"))
LAST = OnDate(Said("Tot en met", "Until the end of"))
