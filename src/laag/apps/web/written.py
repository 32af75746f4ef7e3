"""How pages write numbers, times and days: as bills and the home's own page write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

from laag.apps.home.words import day as long_day
from laag.apps.home.words import decimal
from laag.foundation.ptu import AMSTERDAM
from laag.foundation.words import Lang, Said
from laag.settlement.words import count, euros, kwh, per_kwh, percent

__all__ = [
    "NONE",
    "WRITERS",
    "centiticks",
    "count",
    "day",
    "euros",
    "kw",
    "kwh",
    "moment",
    "month",
    "per_kwh",
    "percent",
    "short_day",
    "short_moment",
]
NONE = "–"
_DAYS = Said("ma di wo do vr za zo", "Mon Tue Wed Thu Fri Sat Sun")
_MONTHS = Said(
    "jan feb mrt apr mei juni juli aug sep okt nov dec", "Jan Feb Mar Apr May June July Aug Sep Oct Nov Dec"
)


def month(first: date, lang: Lang) -> str:
    """A month with its year.

    >>> month(date(2026, 4, 1), Lang.NL)
    'april 2026'
    """
    return " ".join(long_day(datetime.combine(first, time()), lang).split()[2:])


def moment(at: datetime, lang: Lang, zone: ZoneInfo = AMSTERDAM) -> str:
    """A day and a time.

    >>> from datetime import UTC
    >>> moment(datetime(2026, 3, 29, 10, tzinfo=UTC), Lang.NL)
    'zondag 29 maart 2026, 12:00'
    """
    local = at.astimezone(zone)
    return f"{long_day(local, lang)}, {local:%H:%M}"


def day(one: date, lang: Lang) -> str:
    """A day with its name."""
    return long_day(datetime.combine(one, time()), lang)


def short_day(one: date, lang: Lang, *, year: bool = False) -> str:
    """A day where there is little room; it is never broken over two lines.

    >>> short_day(date(2026, 3, 29), Lang.EN, year=True).split("\u00a0")
    ['Sun', '29', 'Mar', '2026']
    """
    name, month = _DAYS.to(lang).split()[one.weekday()], _MONTHS.to(lang).split()[one.month - 1]
    return "\u00a0".join([name, str(one.day), month, *([str(one.year)] if year else [])])


def short_moment(at: datetime, lang: Lang, zone: ZoneInfo = AMSTERDAM) -> str:
    """A day and a time where there is little room.

    >>> from datetime import UTC
    >>> short_moment(datetime(2026, 3, 29, 10, tzinfo=UTC), Lang.NL).replace("\u00a0", " ")
    'zo 29 mrt, 12:00'
    """
    local = at.astimezone(zone)
    return f"{short_day(local.date(), lang)}, {local:%H:%M}"


def centiticks(value: int, lang: Lang, most: int = 1) -> str:
    """Cents per kWh of a price that was kept a hundred times finer.

    >>> centiticks(1_234_500, Lang.NL)
    '12,3 ct/kWh'
    """
    return per_kwh(round(value / 100), lang, most)


def kw(value: float, lang: Lang) -> str:
    """Power."""
    return f"{decimal(value, 1, lang)} kW"


def _or_none(write: Callable[..., str]) -> Callable[..., str]:
    return lambda value, lang, *more: NONE if value is None else write(value, lang, *more)


_PLAIN: dict[str, Callable[..., str]] = {
    "moment": moment,
    "day": day,
    "euros": euros,
    "kwh": kwh,
    "kw": kw,
    "ticks": per_kwh,
    "centiticks": centiticks,
    "percent": percent,
    "count": count,
}
WRITERS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {name: _or_none(write) for name, write in _PLAIN.items()}
)
"""What a template calls ``as_kwh`` and so on; each writes in the language of its page, and a dash for what is not known."""
