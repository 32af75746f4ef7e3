"""Days of the week."""

from __future__ import annotations

import re
from dataclasses import dataclass

from laag.foundation.words import Lang, Said
from laag.home.preferences.blanks.blank import Blank, Control, Plain, Unfit, either

Days = tuple[int, ...]
"""Days of the week, Monday is 0, rising."""
EVERY_DAY: Days = (0, 1, 2, 3, 4, 5, 6)
_WEEKDAYS, _WEEKEND = EVERY_DAY[:5], EVERY_DAY[5:]
_DAY = {
    Lang.EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    Lang.NL: ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
}
_GROUPS: dict[Lang, dict[str, Days]] = {
    Lang.EN: {
        "on weekdays": _WEEKDAYS,
        "at weekends": _WEEKEND,
        "every day": EVERY_DAY,
        "weekdays": _WEEKDAYS,
        "on workdays": _WEEKDAYS,
        "every weekday": _WEEKDAYS,
        "on weekends": _WEEKEND,
        "in the weekend": _WEEKEND,
        "daily": EVERY_DAY,
    },
    Lang.NL: {
        "op werkdagen": _WEEKDAYS,
        "in het weekend": _WEEKEND,
        "elke dag": EVERY_DAY,
        "doordeweeks": _WEEKDAYS,
        "door de week": _WEEKDAYS,
        "in de weekenden": _WEEKEND,
        "iedere dag": EVERY_DAY,
        "dagelijks": EVERY_DAY,
    },
}
_ON = {Lang.EN: "on", Lang.NL: "op"}
_AND = {Lang.EN: "and", Lang.NL: "en"}
_THROUGH = {Lang.EN: "(?:to|through)", Lang.NL: "(?:tot en met|t/m)"}
_SHORT = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class OnDays(Blank[Days]):
    """Days of the week."""

    label: Said

    def pattern(self, lang: Lang) -> str:
        """A group of days, a list of them, or from one to another."""
        day = either(*(name.lower() for name in _DAY[lang])) + ("s?" if lang is Lang.EN else "")
        listed = rf"{day}(?:(?:, {_AND[lang]} | {_AND[lang]} |, ){day})*"
        return rf"(?:{either(*_GROUPS[lang])}|(?:{_ON[lang]} |from |van )?{day} {_THROUGH[lang]} {day}|(?:{_ON[lang]} )?{listed})(?!\w)"

    def read(self, words: str, lang: Lang) -> Days:
        """The days.

        >>> ON_DAYS.read("op maandag en vrijdag", Lang.NL), ON_DAYS.read("friday to monday", Lang.EN)
        ((0, 4), (0, 4, 5, 6))
        """
        if words in _GROUPS[lang]:
            return _GROUPS[lang][words]
        named = [
            i
            for word in re.findall(r"\w+", words)
            for i, day in enumerate(_DAY[lang])
            if word.startswith(day.lower())
        ]
        if re.search(rf" {_THROUGH[lang]} ", words):
            first, last = named
            named = [(first + i) % 7 for i in range((last - first) % 7 + 1)]
        return tuple(sorted(set(named)))

    def write(self, value: Days, lang: Lang) -> str:
        """The group they are, or their names.

        >>> ON_DAYS.write((0, 2, 4), Lang.EN), ON_DAYS.write((5, 6), Lang.NL)
        ('on Monday, Wednesday and Friday', 'in het weekend')
        """
        for words, days in _GROUPS[lang].items():
            if days == value:
                return words
        *most, last = [_DAY[lang][i] for i in value]
        return f"{_ON[lang]} {', '.join(most)} {_AND[lang]} {last}" if most else f"{_ON[lang]} {last}"

    def plain(self, value: Days) -> Plain:
        """Their short English names."""
        return [_SHORT[i] for i in value]

    def of_plain(self, sent: Plain) -> Days:
        """Short English names, in any order."""
        if not isinstance(sent, list) or not sent or not set(sent) <= set(_SHORT):
            raise Unfit(
                Said(
                    f"{sent!r} zijn geen dagen; kies uit {', '.join(_SHORT)}",
                    f"{sent!r} are no days; choose from {', '.join(_SHORT)}",
                )
            )
        return tuple(sorted({_SHORT.index(day) for day in sent}))

    def check(self, value: Days) -> None:
        """Days from Monday (0) to Sunday (6), each once, rising, at least one."""
        if not value or tuple(sorted(set(value))) != value or not set(value) <= set(EVERY_DAY):
            raise Unfit(
                Said(f"{value} zijn geen dagen van de week (0-6)", f"{value} are no days of the week (0-6)")
            )

    @property
    def control(self) -> Control:
        """Seven boxes to tick."""
        named = zip(_SHORT, _DAY[Lang.NL], _DAY[Lang.EN], strict=True)
        return Control("days", self.label, options=tuple((short, Said(nl, en)) for short, nl, en in named))


ON_DAYS = OnDays(Said("Op welke dagen", "On which days"))
