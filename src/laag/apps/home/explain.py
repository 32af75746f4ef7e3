"""One quarter-hour of a plan: what everything does in it, why, and what else could have been done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from laag.apps.home.day import Day
from laag.apps.home.doing import doing
from laag.apps.home.lines import line
from laag.apps.home.prices import prices
from laag.apps.home.words import day as day_in_words
from laag.apps.home.words import said
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang, Said, clock
from laag.home.ladder.words import RUNGS
from laag.home.reasons import Alternative, Bound, Reason, say
from laag.home.reasons.near import ON_KW
from laag.home.reasons.stretches import day_named_once

_NOT_THE_FIRST_DAY = Said(
    "Het plan begint {day} om {begins}; dit is de eerste keer daarna dat het {at} is.",
    "The plan begins on {day} at {begins}; this is the first time after that it is {at}.",
)
_DECIDED = Said("Wat hier besliste: {rung}.", "What decided here: {rung}.")
_BY_WORD = {
    "wish": Said("je eigen wens", "your own wish"),
    "default": Said("de standaard, want jij zei er niets over", "the default, since you said nothing of it"),
}
"""A wish stands on a rung too, but what a resident knows is the wish."""
_BY_SOMEBODY = {Bound.CLAIM, Bound.POSITION, Bound.CHOICE, Bound.LIMIT}
"""Bound by more than a price, or by what is simply so; a wish decides only where something is done for it."""


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
    line(console, "", " ".join(prices(day, ptu, lang)))
    for reason in day.reasons.at(ptu):
        console.print()
        tell(day, reason, lang, console)


def tell(day: Day, reason: Reason, lang: Lang, console: Console) -> None:
    """Print what one device does, why, and by whose word."""
    console.print(Text(doing(day, reason, lang), style="bold"))
    line(console, "  ", _sentence(day, reason, lang))
    if _decided(reason):
        line(console, "  ", said(_DECIDED, lang, rung=_who_decided(reason).to(lang)), style="dim")


def _who_decided(reason: Reason) -> Said:
    return _BY_WORD.get(reason.source.partition(":")[0], RUNGS[reason.rung])


def _sentence(day: Day, reason: Reason, lang: Lang) -> str:
    return say(replace(reason, numbers=day_named_once(reason.numbers)), lang, day.called)


def _which_day(day: Day, at: datetime, lang: Lang) -> str:
    begins = day.local(0)
    return said(_NOT_THE_FIRST_DAY, lang, day=day_in_words(begins, lang), begins=begins, at=at)


def _decided(reason: Reason) -> bool:
    """Whether somebody's word, and not only how things are, made it so."""
    by_wish = reason.bound is Bound.WISH and abs(reason.power_kw) >= ON_KW
    return by_wish or reason.bound in _BY_SOMEBODY


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
