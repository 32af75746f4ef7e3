"""A time on the wall."""

from __future__ import annotations

import re
from dataclasses import dataclass

from laag.foundation.words import Lang, Said, clock
from laag.home.preferences.blanks.blank import Blank, Control, Plain, Unfit, either

_HOURS = {
    Lang.EN: (
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    Lang.NL: (
        "een",
        "twee",
        "drie",
        "vier",
        "vijf",
        "zes",
        "zeven",
        "acht",
        "negen",
        "tien",
        "elf",
        "twaalf",
    ),
}
_PARTS_OF_DAY = {
    Lang.EN: {
        "in the morning": "morning",
        "am": "morning",
        "in the afternoon": "afternoon",
        "pm": "evening",
        "in the evening": "evening",
        "at night": "night",
    },
    Lang.NL: {
        "'s ochtends": "morning",
        "'s morgens": "morning",
        "'s middags": "afternoon",
        "'s avonds": "evening",
        "'s nachts": "night",
    },
}
_BESIDE = {
    Lang.EN: {"half past": 2, "quarter past": 1, "quarter to": -1},
    Lang.NL: {"half": -2, "kwart over": 1, "kwart voor": -1},
}
"""Quarters beside the hour that is named."""
_NAMED = {Lang.EN: {"noon": 48, "midnight": 0}, Lang.NL: {"middernacht": 0}}
_HOUR_WORD = {Lang.EN: "(?: o'clock)?", Lang.NL: "(?: ?uur| ?u)?"}


@dataclass(frozen=True, slots=True)
class Clock(Blank[int]):
    """A quarter-hour on the wall, 0 to 95; a bare hour counts on the clock of 24 hours."""

    label: Said

    def pattern(self, lang: Lang) -> str:
        """Digits, or the hour in words.

        >>> clock_ = re.compile(FROM.pattern(Lang.NL))
        >>> [bool(clock_.fullmatch(words)) for words in ("07:00", "half acht", "zes uur", "7 uur 's avonds", "zevn")]
        [True, True, True, True, False]
        """
        hour = rf"(?:\d{{1,2}}|{either(*_HOURS[lang])})"
        digits = r"\d{1,2}[:.]\d{2}(?: ?uur| ?u)?"
        part = either(*_PARTS_OF_DAY[lang])
        spoken = rf"(?:{either(*_BESIDE[lang])} )?{hour}{_HOUR_WORD[lang]}"
        return rf"(?:{either(*_NAMED[lang])}|(?:{digits}|{spoken})(?: ?{part})?)(?![\w:])"

    def read(self, words: str, lang: Lang) -> int:
        """The quarter.

        >>> FROM.read("half acht", Lang.NL), FROM.read("quarter to seven in the evening", Lang.EN)
        (30, 75)
        """
        if words in _NAMED[lang]:
            return _NAMED[lang][words]
        part = next((name for name in _PARTS_OF_DAY[lang] if words.endswith(name)), "")
        rest = words.removesuffix(part).strip()
        beside = next((name for name in _BESIDE[lang] if rest.startswith(name + " ")), "")
        rest = rest.removeprefix(beside).strip()
        digits = re.match(r"(\d{1,2})(?:[:.](\d{2}))?", rest)
        hour = int(digits[1]) if digits else _HOURS[lang].index(re.split(r"[ ]|uur", rest)[0]) + 1
        minute = int(digits[2] or 0) if digits else 0
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            raise Unfit(
                Said(
                    f"'{words}' is geen tijd; zeg bijvoorbeeld 07:00", f"'{words}' is no time; say 07:00, say"
                )
            )
        if minute % 15:
            low, high = clock(hour * 4 + minute // 15), clock((hour * 4 + minute // 15 + 1) % 96)
            raise Unfit(
                Said(
                    f"{words} valt niet op een kwartier; zeg {low} of {high}",
                    f"{words} is not on a quarter-hour; say {low} or {high}",
                )
            )
        hour = _by_part(hour, _PARTS_OF_DAY[lang].get(part, ""))
        return (hour * 4 + minute // 15 + _BESIDE[lang].get(beside, 0)) % 96

    def write(self, value: int, lang: Lang) -> str:  # noqa: ARG002
        """Hours and minutes."""
        return clock(value)

    def plain(self, value: int) -> Plain:
        """Hours and minutes."""
        return clock(value)

    def of_plain(self, sent: Plain) -> int:
        """Hours and minutes."""
        if not isinstance(sent, str) or not re.fullmatch(r"\d{2}:\d{2}", sent):
            raise Unfit(Said(f"{sent!r} is geen tijd; geef UU:MM", f"{sent!r} is no time; give HH:MM"))
        return self.read(sent, Lang.EN)

    def check(self, value: int) -> None:
        """A quarter of the day."""
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 96:
            raise Unfit(
                Said(
                    f"{value} is geen kwartier van de dag (0-95)", f"{value} is no quarter of the day (0-95)"
                )
            )

    @property
    def control(self) -> Control:
        """A clock that goes by quarter-hours."""
        return Control("clock", self.label, 0, 95, 1, "quarter")


def _by_part(hour: int, part: str) -> int:
    """The hour of 24 that this part of the day makes of it; one that is beyond twelve already stays."""
    if hour > 12:
        return hour
    by_noon = hour % 12
    if part == "morning":
        return by_noon
    if part in {"afternoon", "evening"}:
        return by_noon + 12
    if part == "night":
        return by_noon + 12 if by_noon >= 6 else by_noon
    return hour


def is_bare(words: str) -> bool:
    """Whether a time is no more than an hour: "ten", "10", "tien uur".

    >>> is_bare("ten"), is_bare("10:00"), is_bare("ten in the evening")
    (True, False, False)
    """
    said = words.removesuffix("o'clock").removesuffix("uur").removesuffix("u").strip()
    return said.isdigit() or any(said in hours for hours in _HOURS.values())


FROM = Clock(Said("Vanaf", "From"))
UNTIL = Clock(Said("Tot", "Until"))
BY = Clock(Said("Klaar om", "Ready by"))
