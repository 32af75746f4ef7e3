"""One quarter-hour of a plan: what everything does in it, why, and what else could have been done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
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

_NOTHING_KW = 0.05
"""Written in tenths of a kW it would be none."""
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
_TAKES, _GIVES, _RESTS = (
    Said("neemt {power_kw}", "takes {power_kw}"),
    Said("geeft {power_kw}", "gives {power_kw}"),
    Said("doet niets", "rests"),
)
_PASSES_NOTHING = Said("neemt niets en geeft niets", "takes nothing and gives nothing")
"""Of the connection: it does nothing of its own accord."""
_THEN = Said("dan {level}", "then at {level}")
_DECIDED = Said("Wat hier besliste: {rung}.", "What decided here: {rung}.")
_BY_SOMEBODY = {Bound.WISH, Bound.CLAIM, Bound.POSITION, Bound.CHOICE, Bound.LIMIT}
"""Bound by more than a price, or by what is simply so."""

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


def show(day: Day, ptu: int, lang: Lang, console: Console) -> None:
    """Print it."""
    at = day.local(ptu)
    console.print(Text(day.house.name, style="bold"))
    console.print(f"{day_in_words(at, lang)} {at:%H:%M}–{day.local(ptu + 1):%H:%M}")
    line(console, "", " ".join(_prices(day, ptu, lang)))
    for reason in day.reasons.at(ptu):
        console.print()
        console.print(Text(doing(day, reason, lang), style="bold"))
        line(console, "  ", say(reason, lang, day.called))
        if reason.bound in _BY_SOMEBODY:
            line(console, "  ", said(_DECIDED, lang, rung=RUNGS[reason.rung].to(lang)), style="dim")


def _prices(day: Day, ptu: int, lang: Lang) -> tuple[str, str]:
    buy, sell = (float(day.outlook.buy_eur_per_kwh[ptu]), float(day.outlook.sell_eur_per_kwh[ptu]))
    worth = float(day.plan.connection_eur_per_kwh[ptu])
    return (
        f"{_priced(_BUYING, buy, lang)}, {_priced(_FEEDING_IN, sell, lang)}.",
        f"{_priced(_ONE_MORE, worth, lang)}.",
    )


def _priced(words: tuple[Said, Said], eur_per_kwh: float, lang: Lang) -> str:
    return said(words[round(eur_per_kwh, 3) < 0], lang, price_ct=abs(eur_per_kwh))


def doing(day: Day, reason: Reason, lang: Lang) -> str:
    """Who does what, and where that leaves it."""
    who = called(reason.name, lang) if reason.name else SUBJECTS[reason.subject].to(lang)
    power = reason.power_kw if reason.subject is not Subject.PV else -abs(reason.power_kw)
    rests = _PASSES_NOTHING if reason.subject is Subject.CONNECTION else _RESTS
    what = rests if abs(power) < _NOTHING_KW else _TAKES if power > 0 else _GIVES
    words = f"{who[:1].upper()}{who[1:]}: {said(what, lang, power_kw=abs(power))}"
    level = _level(day, reason, lang)
    return f"{words}, {said(_THEN, lang, level=level)}" if level else words


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
                "sentence": say(reason, lang, day.called),
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
