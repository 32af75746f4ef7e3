"""What a window came to, in sentences and in a table, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Sequence

from laag.foundation.words import Lang, Said, pointed
from laag.settlement.words import days
from laag.study.vpp.lived import DEVICES
from laag.study.vpp.outcome import Outcome, device_shares
from laag.study.vpp.signals import Knows

MONTHS = Said(
    "januari februari maart april mei juni juli augustus september oktober november december",
    "January February March April May June July August September October November December",
)
KNOWN = {
    Knows.LAST: Said("het vorige kwartier is bekend", "the quarter-hour before is known"),
    Knows.LATER: Said("de prijs komt een kwartier later", "prices come a quarter-hour later"),
    Knows.WITHIN: Said("de prijs blijft na vijf minuten gelijk", "the price stays after five minutes"),
    Knows.CALLED: Said("geroepen op prijs, in een pool", "called by price, in a pool"),
}
SHORT = {
    Knows.LAST: Said("het vorige bekend", "last one known"),
    Knows.LATER: Said("later bekend", "known later"),
    Knows.WITHIN: Said("na vijf minuten", "after five minutes"),
    Knows.CALLED: Said("geroepen", "called"),
}
DEVICE = dict(
    zip(
        DEVICES,
        (Said("batterijen", "batteries"), Said("auto's", "cars"), Said("warmtepompen", "heat pumps")),
        strict=True,
    )
)
HEADS = (
    Said("verdiend, €", "earned, €"),
    Said("9 van 10 keer, €", "9 times in 10, €"),
    Said("op hun woord, €", "by their word, €"),
    Said("kosten thuis, €", "cost at home, €"),
    Said("over, €", "left, €"),
    Said("per huis, €", "per home, €"),
    Said("voorkennis, €", "foresight, €"),
    Said("deel", "part"),
    Said("beloofd, kWh", "promised, kWh"),
    Said("gedaan", "kept"),
    Said("verlies / gevraagd", "lost / asked"),
    Said("piek, kW", "peak, kW"),
)


def row_name(one: Outcome) -> Said:
    """The same, shorter.

    >>> SHORT[Knows.LAST].en
    'last one known'
    """
    day = Said(
        *(f"{one.first.day} {months.split()[one.first.month - 1][:3]}" for months in (MONTHS.nl, MONTHS.en))
    )
    return Said(f"{day.nl}, {SHORT[one.knows].nl}", f"{day.en}, {SHORT[one.knows].en}")


def window(one: Outcome) -> Said:
    """Which days, and what was known of prices."""
    day = Said(
        *(f"{one.first.day} {months.split()[one.first.month - 1]}" for months in (MONTHS.nl, MONTHS.en))
    )
    return Said(
        f"{days(one.days, Lang.NL)} vanaf {day.nl}, {KNOWN[one.knows].nl}",
        f"{days(one.days, Lang.EN)} from {day.en}, {KNOWN[one.knows].en}",
    )


def sentence(one: Outcome) -> Said:
    """What it earned, what was to be had, what was kept of the word given, and what it did to comfort."""
    nl, en = (_numbers(one, lang) for lang in (Lang.NL, Lang.EN))
    ease = _ease(one)
    return Said(
        f"De buurt {'verdiende' if one.net.total >= 0 else 'verloor'} {nl['net']}; met volledige voorkennis was het {nl['best']}. Dat "
        f"is {nl['home']} per huis dat iets kan sturen. Van wat huizen beloofden deden ze {nl['kept']}. {ease.nl}",
        f"The street {'earned' if one.net.total >= 0 else 'lost'} {en['net']}; with everything foreseen it had been {en['best']}. That is "
        f"{en['home']} for each home that can steer something. Of what homes promised they did {en['kept']}. {ease.en}",
    )


def columns(rows: Sequence[Outcome], lang: Lang = Lang.EN) -> list[list[str]]:
    """A head and a line for each window."""
    return [
        [Said("periode", "window").to(lang), *(head.to(lang) for head in HEADS)],
        *(_line(one, lang) for one in rows),
    ]


def share(one: Outcome) -> float:
    """Of what was left over with foresight."""
    return one.net.total / one.best.total if one.best.total > 0 else 0.0


def devices(one: Outcome, lang: Lang) -> str:
    """Who did it."""
    parts = (f"{DEVICE[name].to(lang)} {_percent(part, lang)}" for name, part in device_shares(one).items())
    return f"{Said('Gedaan door', 'Done by').to(lang)} {', '.join(parts)}."


def whole(homes: int, windows: int, length: int) -> Said:
    """Of what the study is."""
    times = Said(f"{windows} keer {days(length, Lang.NL)}", f"{windows} times {days(length, Lang.EN)}")
    return Said(f"{homes} huizen, {times.nl}", f"{homes} homes, {times.en}")


def _line(one: Outcome, lang: Lang) -> list[str]:
    low, high = one.between_eur
    word = Said("tot", "to").to(lang)
    return [
        row_name(one).to(lang),
        _number(one.net.earned, lang),
        f"{_number(low, lang)} {word} {_number(high, lang)}",
        _number(one.by_word_eur, lang),
        _number(one.net.bills + one.net.wear - one.net.left, lang),
        _number(one.net.total, lang),
        _number(one.net.total / max(one.steered, 1), lang),
        _number(one.best.total, lang),
        _percent(share(one), lang),
        _number(one.promised_kwh, lang, 0),
        _percent(one.delivered_kwh / one.promised_kwh if one.promised_kwh else 1.0, lang),
        f"{one.lost_times} / {one.asked_times}",
        f"{_number(one.peak_kw[0], lang, 0)} → {_number(one.peak_kw[1], lang, 0)}",
    ]


def _numbers(one: Outcome, lang: Lang) -> dict[str, str]:
    return {
        "net": _euros(abs(one.net.total), lang),
        "best": _euros(one.best.total, lang),
        "home": _euros(one.net.total / max(one.steered, 1), lang),
        "kept": _percent(one.delivered_kwh / one.promised_kwh if one.promised_kwh else 1.0, lang),
    }


def _ease(one: Outcome) -> Said:
    if one.missing_kwh < 0.05 and one.cold_kh < 0.05:
        return Said(
            "Niemand had het kouder en geen auto reed met minder weg.",
            "Nobody was colder, and no car left with less.",
        )
    nl, en = (
        (_number(max(one.missing_kwh, 0.0), lang, 1), _number(max(one.cold_kh, 0.0), lang, 1))
        for lang in (Lang.NL, Lang.EN)
    )
    return Said(
        f"Auto's vertrokken bij elkaar met {nl[0]} kWh minder, en het was bij elkaar {nl[1]} graad-uur kouder dan gevraagd.",
        f"Together cars left with {en[0]} kWh less, and it was {en[1]} degree hours colder than asked.",
    )


def _euros(eur: float, lang: Lang) -> str:
    sign = "-" if eur < 0 else ""
    return f"{sign}€ {_number(abs(eur), lang)}" if lang is Lang.NL else f"{sign}€{_number(abs(eur), lang)}"


def _number(value: float, lang: Lang, places: int = 2) -> str:
    return pointed(f"{value + 0.0:.{places}f}", lang)


def _percent(part: float, lang: Lang) -> str:
    return f"{100 * part:.0f} %" if lang is Lang.NL else f"{100 * part:.0f}%"
