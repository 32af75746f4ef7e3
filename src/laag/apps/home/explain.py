"""One quarter-hour of a plan: what everything does in it, why, and what else could have been done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from math import isfinite
from typing import Any

from rich.console import Console
from rich.text import Text

from laag.apps.home.day import Day
from laag.apps.home.lines import line
from laag.apps.home.sentences import called
from laag.apps.home.words import day as day_in_words
from laag.apps.home.words import said, written
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said, clock
from laag.home.ladder.words import RUNGS
from laag.home.outlook import Floats
from laag.home.reasons import Alternative, Bound, Reason, Subject, say
from laag.home.reasons.near import ON_KW, SAME_EUR_PER_KWH
from laag.home.reasons.stretches import day_named_once

_LITTLE_KW = 0.05
"""Less would be none in tenths of a kW, and is written in watts."""
_BUYING = (
    Said("Kopen kost {price_ct}", "Buying costs {price_ct}"),
    Said("Kopen levert {price_ct} op", "Buying earns {price_ct}"),
)
_FEEDING_IN = (
    Said("terugleveren levert {price_ct} op", "feeding in earns {price_ct}"),
    Said("terugleveren kost {price_ct}", "feeding in costs {price_ct}"),
)
_ONE_MORE = (
    Said("Een kWh meer zou dan {price_ct} kosten", "One kWh more would then cost {price_ct}"),
    Said("Een kWh meer zou dan {price_ct} opleveren", "One kWh more would then earn {price_ct}"),
)
"""Each for a price of zero or more, and for one below."""
_ANSWERED = Said(
    ": die hoeft nu niet gekocht te worden, maar komt van de zon of uit wat bewaard is",
    ": it need not be bought now, but comes from the sun or from what is stored",
)
_COUNTED = Said(
    ", met alles wat daardoor op andere momenten verandert",
    ", with all that it would change at other moments",
)
"""Why a kWh more costs another price than buying one."""
_TAKES, _GIVES, _RESTS = (
    Said("neemt {power}", "takes {power}"),
    Said("geeft {power}", "gives {power}"),
    Said("doet niets", "rests"),
)
_PANELS_GIVE, _PANELS_REST = (
    Said("geven {power}", "give {power}"),
    Said("geven niets", "give nothing"),
)
"""There are several."""
_PASSES_NOTHING = Said("neemt niets en geeft niets", "takes nothing and gives nothing")
"""Of the connection: it does nothing of its own accord."""
_THEN = Said("daarna {level}", "then at {level}")
_NOT_THE_FIRST_DAY = Said(
    "Het plan begint {day} om {begins}; dit is de eerste keer daarna dat het {at} is.",
    "The plan begins on {day} at {begins}; this is the first time after that it is {at}.",
)
_DECIDED = Said("Wat hier besliste: {rung}.", "What decided here: {rung}.")
_BY_SOMEBODY = {Bound.CLAIM, Bound.POSITION, Bound.CHOICE, Bound.LIMIT}
"""Bound by more than a price, or by what is simply so; a wish decides only where something is done for it."""

SUBJECTS: Mapping[Subject, Said] = {
    Subject.CONNECTION: Said("Aansluiting", "Connection"),
    Subject.PV: Said("Zonnepanelen", "Solar panels"),
    Subject.BATTERY: Said("Batterij", "Battery"),
    Subject.CAR: Said("Auto", "Car"),
    Subject.HEATING: Said("Warmtepomp", "Heat pump"),
    Subject.WATER: Said("Warm water", "Hot water"),
    Subject.BOILER: Said("Gasketel", "Gas boiler"),
    Subject.APPLIANCE: Said("Apparaat", "Appliance"),
}


def ptu_at(day: Day, quarter: int, on: date | None) -> int:
    """The first quarter-hour of the plan at this time on the wall, on this day if one is meant."""
    for ptu in range(len(day.plan)):
        at = day.local(ptu)
        if at.hour * 4 + at.minute // 15 == quarter and on in {None, at.date()}:
            return ptu
    begins, ends = day.local(0), day.local(len(day.plan))
    when = f"{clock(quarter)}{f' on {on}' if on else ''}"
    raise BadInput(
        f"the plan runs from {begins:%Y-%m-%d %H:%M} to {ends:%Y-%m-%d %H:%M} and has no {when}; ask for a time in it"
    )


def show(day: Day, ptu: int, lang: Lang, console: Console, *, day_asked: bool = True) -> None:
    """Print it; where no day was asked for and it is not the first, that is said."""
    at = day.local(ptu)
    console.print(Text(day.house.name, style="bold"))
    console.print(f"{day_in_words(at, lang)} {at:%H:%M}–{day.local(ptu + 1):%H:%M}")
    if not day_asked and at.date() != day.local(0).date():
        line(console, "", _which_day(day, at, lang))
    line(console, "", " ".join(_prices(day, ptu, lang)))
    for reason in day.reasons.at(ptu):
        console.print()
        tell(day, reason, lang, console)


def tell(day: Day, reason: Reason, lang: Lang, console: Console) -> None:
    """Print what one device does, why, and by whose word."""
    console.print(Text(doing(day, reason, lang), style="bold"))
    line(console, "  ", _sentence(day, reason, lang))
    if _decided(reason):
        line(console, "  ", said(_DECIDED, lang, rung=RUNGS[reason.rung].to(lang)), style="dim")


def _sentence(day: Day, reason: Reason, lang: Lang) -> str:
    return say(replace(reason, numbers=day_named_once(reason.numbers)), lang, day.called)


def _which_day(day: Day, at: datetime, lang: Lang) -> str:
    begins = day.local(0)
    return said(_NOT_THE_FIRST_DAY, lang, day=day_in_words(begins, lang), begins=begins, at=at)


def _decided(reason: Reason) -> bool:
    """Whether somebody's word, and not only how things are, made it so."""
    by_wish = reason.bound is Bound.WISH and abs(reason.power_kw) >= ON_KW
    return by_wish or reason.bound in _BY_SOMEBODY


def _prices(day: Day, ptu: int, lang: Lang) -> tuple[str, str]:
    buy, sell = (float(day.outlook.buy_eur_per_kwh[ptu]), float(day.outlook.sell_eur_per_kwh[ptu]))
    worth = float(day.plan.connection_eur_per_kwh[ptu])
    return (
        f"{_priced(_BUYING, buy, lang)}, {_priced(_FEEDING_IN, sell, lang)}.",
        f"{_priced(_ONE_MORE, worth, lang)}{_why(day, ptu, worth - buy).to(lang)}.",
    )


def _why(day: Day, ptu: int, more_than_buying: float) -> Said:
    if abs(more_than_buying) < SAME_EUR_PER_KWH:
        return Said()
    return _ANSWERED if more_than_buying < 0 and day.plan.connection_kw[ptu] <= ON_KW else _COUNTED


def _priced(words: tuple[Said, Said], eur_per_kwh: float, lang: Lang) -> str:
    return said(words[round(eur_per_kwh, 3) < 0], lang, price_ct=abs(eur_per_kwh))


def doing(day: Day, reason: Reason, lang: Lang) -> str:
    """Who does what, and where that leaves it."""
    who = called(reason.name, lang) if reason.name else SUBJECTS[reason.subject].to(lang)
    words = (
        f"{who[:1].upper()}{who[1:]}: {said(_what(reason), lang, power=_power(abs(reason.power_kw), lang))}"
    )
    level = _level(day, reason, lang)
    return f"{words}, {said(_THEN, lang, level=level)}" if level else words


def _what(reason: Reason) -> Said:
    rests = abs(reason.power_kw) < ON_KW
    if reason.subject is Subject.PV:
        return _PANELS_REST if rests else _PANELS_GIVE
    if rests:
        return _PASSES_NOTHING if reason.subject is Subject.CONNECTION else _RESTS
    return _TAKES if reason.power_kw > 0 else _GIVES


def _power(kw: float, lang: Lang) -> str:
    return written("power_w", 1000 * kw, lang) if kw < _LITTLE_KW else written("power_kw", kw, lang)


def _level(day: Day, reason: Reason, lang: Lang) -> str:
    """What it holds when the quarter-hour is over."""
    plan = day.plan
    levels: Mapping[Subject, tuple[Floats, str]] = {
        Subject.BATTERY: (plan.stored_kwh, "kwh"),
        Subject.CAR: (plan.ev_stored_kwh, "kwh"),
        Subject.HEATING: (plan.indoor_c, "c"),
        Subject.WATER: (plan.tank_c, "c"),
    }
    if reason.subject not in levels:
        return ""
    values, unit = levels[reason.subject]
    held = float(values[reason.ptu])
    return written(f"held_{unit}", held, lang) if isfinite(held) else ""


def as_words(day: Day, ptu: int, lang: Lang) -> dict[str, Any]:
    """For a program."""
    return {
        "at": day.local(ptu).isoformat(),
        "buy_eur_per_kwh": float(day.outlook.buy_eur_per_kwh[ptu]),
        "sell_eur_per_kwh": float(day.outlook.sell_eur_per_kwh[ptu]),
        "connection_eur_per_kwh": float(day.plan.connection_eur_per_kwh[ptu]),
        "reasons": [
            {
                "subject": reason.subject.value,
                "name": reason.name,
                "power_kw": round(reason.power_kw, 6),
                "code": reason.code.value,
                "rung": reason.rung.name.lower(),
                "bound": reason.bound.value,
                "source": reason.source,
                "next_best": _other(day, reason.next_best),
                "without_plan": _other(day, reason.unplanned),
                "sentence": _sentence(day, reason, lang),
            }
            for reason in day.reasons.at(ptu)
        ],
    }


def _other(day: Day, other: Alternative | None) -> dict[str, Any] | None:
    if other is None:
        return None
    return {
        "doing": other.doing.value,
        "at": None if other.at is None else day.local(other.at.ptu).isoformat(),
        "worse_eur_per_kwh": other.worse_eur_per_kwh,
    }
