"""Numbers of a reason as a neighbour reads them; the ending of a number's name says what it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said, clock, pointed
from laag.home.reasons.near import WHOLE_CENTS_FROM_EUR
from laag.home.reasons.reason import Moment, Number, Span

_HALF_A_DAY = 48
_DAYS = {
    -1: Said("gisteren", "yesterday"),
    0: Said("vandaag", "today"),
    1: Said("morgen", "tomorrow"),
    2: Said("overmorgen", "the day after tomorrow"),
}
_DAYS_FROM_ANOTHER = {
    -1: Said("de dag ervoor", "the day before"),
    0: Said("die dag", "that day"),
    1: Said("de dag erna", "the day after"),
}
"""Where the line does not stand under today: tomorrow's tomorrow is no "tomorrow" to who reads it now."""


def written(name: str, number: Number, lang: Lang) -> str:
    """One number in words, by the ending of its name; words stay as they are.

    >>> written("worse_eur_per_kwh", 0.1234, Lang.EN), written("left_kwh", 44.96, Lang.NL)
    ('12 cents', '45,0 kWh')
    >>> written("price_eur_per_kwh", Span(0.18, 0.22), Lang.NL)
    '18 tot 22 cent'
    """
    if isinstance(number, str):
        return number
    ending = max((end for end in WRITTEN if name.endswith(end)), key=len, default=None)
    if ending is None:
        raise BadInput(
            f"the number {name} does not end in what it counts; end its name in one of {', '.join(WRITTEN)}"
        )
    write = WRITTEN[ending]
    if not isinstance(number, Span):
        return write(number, lang)
    if write is would_bring:
        return _would_bring_over(number, lang)
    low, high = write(number.low, lang), write(number.high, lang)
    if low == high:
        return low
    value, _, unit = low.rpartition(" ")
    return f"{value if unit == high.rpartition(' ')[2] else low} {Said('tot', 'to').to(lang)} {high}"


def cents(eur_per_kwh: Number, lang: Lang) -> str:
    """A price or a difference per kWh: whole cents from ten on, one decimal below, euros from two on.

    >>> cents(0.034, Lang.NL), cents(0.01, Lang.EN), cents(-0.2, Lang.EN), cents(2.345, Lang.NL)
    ('3,4 cent', '1 cent', '-20 cents', '€ 2,35')
    """
    amount = _float(eur_per_kwh)
    if abs(amount) >= 1.995:
        euros = pointed(f"{abs(amount):.2f}", lang)
        sign = "-" if amount < 0 else ""
        return f"{sign}€ {euros}" if lang is Lang.NL else f"{sign}€{euros}"
    return _in_cents(amount, 0 if abs(amount) >= WHOLE_CENTS_FROM_EUR else 1, lang)


def in_tenths(eur_per_kwh: Number, lang: Lang) -> str:
    """A price with one decimal, where whole cents would hide a difference.

    >>> in_tenths(0.237, Lang.NL), in_tenths(0.242, Lang.EN)
    ('23,7 cent', '24.2 cents')
    """
    return _in_cents(_float(eur_per_kwh), 1, lang)


def _in_cents(amount: float, places: int, lang: Lang) -> str:
    text = f"{amount * 100:.{places}f}".removesuffix(".0")
    text = "0" if text == "-0" else text
    unit = "cent" if lang is Lang.NL or text in {"1", "-1"} else "cents"
    return f"{pointed(text, lang)} {unit}"


def whole_cents(eur_per_kwh: Number, lang: Lang) -> str:
    """A guess or an approximation: whole cents, and no more said than that of what is less than half a cent.

    >>> whole_cents(0.0484, Lang.NL), whole_cents(0.003, Lang.EN)
    ('5 cent', '0 cents')
    """
    return cents(round(_float(eur_per_kwh), 2), lang)


def would_bring(eur_per_kwh: Number, lang: Lang) -> str:
    """What selling would do: bring, or cost where its price is negative.

    >>> would_bring(0.096, Lang.NL), would_bring(-0.06, Lang.EN)
    ('9,6 cent per kWh opbrengen', 'cost 6 cents per kWh')
    """
    amount = _float(eur_per_kwh)
    price = cents(abs(amount), lang)
    if amount < 0 and price != cents(0.0, lang):
        return Said(f"{price} per kWh kosten", f"cost {price} per kWh").to(lang)
    return Said(f"{price} per kWh opbrengen", f"bring {price} per kWh").to(lang)


def _would_bring_over(span: Span, lang: Lang) -> str:
    if span.low * span.high < 0:
        cost, bring = cents(-span.low, lang), cents(span.high, lang)
        return Said(
            f"tot {bring} per kWh opbrengen of tot {cost} kosten",
            f"bring up to {bring} per kWh or cost up to {cost}",
        ).to(lang)
    low, high = sorted((abs(span.low), abs(span.high)))
    price = written("price_eur_per_kwh", Span(low, high), lang)
    if span.low < 0:
        return Said(f"{price} per kWh kosten", f"cost {price} per kWh").to(lang)
    return Said(f"{price} per kWh opbrengen", f"bring {price} per kWh").to(lang)


def moment(when: Number, lang: Lang) -> str:
    """A time of day, with the day where the clock alone could be misread: ``02:15``, ``tomorrow 14:00``."""
    day, time = _day_and_time(when, lang)
    return f"{day} {time}" if day else time


def at_moment(when: Number, lang: Lang) -> str:
    """The same as an answer to "when?".

    >>> at_moment(Moment(40, 9, 1, 12), Lang.NL), at_moment(Moment(90, 60, 1, 62), Lang.EN)
    ('om 02:15', 'tomorrow at 15:00')
    >>> at_moment(Moment(150, 15, 1, 62, from_today=False), Lang.NL)
    'de dag erna om 03:45'
    """
    day, time = _day_and_time(when, lang)
    at = f"{Said('om', 'at').to(lang)} {time}"
    return f"{day} {at}" if day else at


def _day_and_time(when: Number, lang: Lang) -> tuple[str, str]:
    if not isinstance(when, Moment):
        raise BadInput(f"{when} is no moment; give a number that ends in _at or _by as a quarter-hour")
    plain = when.days == 0 or (when.days == 1 and when.ptus < _HALF_A_DAY)
    if plain:
        return "", clock(when.quarter)
    return _day(when).to(lang), clock(when.quarter)


def _day(when: Moment) -> Said:
    if when.from_today:
        return _DAYS.get(when.days, Said(f"over {when.days} dagen", f"in {when.days} days"))
    later = Said(f"{when.days} dagen later", f"{when.days} days later")
    return _DAYS_FROM_ANOTHER.get(when.days, later)


def cheapest(count: Number, lang: Lang) -> str:
    """One of the so many cheapest quarter-hours."""
    number = round(_float(count))
    if number == 1:
        return Said("het goedkoopste kwartier", "the cheapest quarter-hour").to(lang)
    return Said(
        f"een van de {number} goedkoopste kwartieren", f"one of the {number} cheapest quarter-hours"
    ).to(lang)


def _with(unit: str) -> Callable[[Number, Lang], str]:
    def write(number: Number, lang: Lang) -> str:
        text = f"{_float(number):.1f}"
        return f"{pointed('0.0' if text == '-0.0' else text, lang)} {unit}"

    return write


def _float(number: Number) -> float:
    if not isinstance(number, int | float):
        raise BadInput(f"{number} is not a number; name it by what it is")
    return float(number)


WRITTEN: Mapping[str, Callable[[Number, Lang], str]] = {
    "_eur_per_kwh": cents,
    "_roughly_eur_per_kwh": whole_cents,
    "_kwh": _with("kWh"),
    "_kw": _with("kW"),
    "_c": _with("°C"),
    "_at": at_moment,
    "_by": moment,
    "_cheapest": cheapest,
    "_would_bring": would_bring,
    "days": lambda number, _: f"{_float(number):.0f}",
    "_minutes": lambda number, lang: f"{_float(number):.0f} {Said('minuten', 'minutes').to(lang)}",
}
