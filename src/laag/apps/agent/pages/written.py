"""How the pages of a home write ages, times and prices."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from laag.apps.agent.pages.words import now as words
from laag.apps.home.words import decimal
from laag.foundation.words import Lang, Said

_MINUTE_S, _HOUR_S = 60.0, 3600.0


def filled(said: Said, lang: Lang, **given: object) -> str:
    """A sentence with its blanks filled.

    >>> filled(Said("om {at}", "at {at}"), Lang.EN, at="12:00")
    'at 12:00'
    """
    return said.to(lang).format(**given)


def age(seconds: float, lang: Lang) -> str:
    """A length of time as it is said aloud.

    >>> [age(one, Lang.NL) for one in (20, 70, 1200, 4000, 90_000)]
    ['20 seconden', 'een minuut', '20 minuten', 'een uur', '25 uur']
    """
    if seconds < _MINUTE_S:
        return filled(words.SECONDS, lang, n=round(seconds))
    if seconds < _HOUR_S:
        minutes = round(seconds / _MINUTE_S)
        return words.A_MINUTE.to(lang) if minutes == 1 else filled(words.MINUTES, lang, n=minutes)
    hours = round(seconds / _HOUR_S)
    return words.AN_HOUR.to(lang) if hours == 1 else filled(words.HOURS, lang, n=hours)


def clock(at: datetime, zone: ZoneInfo) -> str:
    """The time on the wall."""
    return f"{at.astimezone(zone):%H:%M}"


def cents(eur_per_kwh: float, lang: Lang) -> str:
    """A price as people say it.

    >>> cents(0.2149, Lang.NL)
    '21,5 ct'
    """
    return f"{decimal(100 * eur_per_kwh, 1, lang)} ct"
