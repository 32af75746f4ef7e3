"""The few lines at the top: whose day it is, what it costs, and what planning saves."""

from __future__ import annotations

from laag.apps.home.day import Day
from laag.apps.home.words import day as day_in_words
from laag.apps.home.words import euros, said
from laag.foundation.words import Lang, Said

_COST = Said("Deze {span} kost", "This {span} costs")
_DAY, _PLAN = Said("dag", "day"), Said("planning", "plan")
_WITHOUT = Said("Zonder plan", "Without a plan")
_MORE_LEFT = Said("Dan is er meer over in {what}", "More is then left in {what}")
_LESS_LEFT = Said("Dan is er minder over in {what}", "Less is then left in {what}")
_BATTERY, _CAR, _HOUSE, _TANK = (
    Said("de batterij", "the battery"),
    Said("de auto", "the car"),
    Said("het huis", "the house"),
    Said("het boilervat", "the tank"),
)
_AND = Said(" en ", " and ")
_GAIN = Said("Plannen scheelt", "Planning saves")
_DAY_HOURS = 24
_CENT = 0.005


def period(day: Day, lang: Lang) -> str:
    """From when until when."""
    begins, ends = day.local(0), day.local(len(day.plan))
    if begins.date() == ends.date():
        return f"{day_in_words(begins, lang)} {begins:%H:%M}–{ends:%H:%M}"
    return f"{day_in_words(begins, lang)} {begins:%H:%M} – {day_in_words(ends, lang)} {ends:%H:%M}"


def amounts(day: Day, lang: Lang) -> list[tuple[str, str]]:
    """What it costs, what it would have cost, what is left of it, and the gain, which comes last."""
    hours = (day.local(len(day.plan)) - day.local(0)).total_seconds() / 3600
    span = _DAY if abs(hours - _DAY_HOURS) <= 1 else _PLAN
    lines = [
        (said(_COST, lang, span=span.to(lang)), day.plan.cost_eur),
        (_WITHOUT.to(lang), day.unplanned.cost_eur),
    ]
    if abs(day.left_eur) >= _CENT:
        more = _MORE_LEFT if day.left_eur > 0 else _LESS_LEFT
        lines.append((said(more, lang, what=left_in(day, lang)), abs(day.left_eur)))
    lines.append((_GAIN.to(lang), day.gain_eur))
    return [(name, euros(amount, lang)) for name, amount in lines]


def left_in(day: Day, lang: Lang) -> str:
    """What holds something at the end that can be worth money."""
    house = day.house
    there = (
        (_BATTERY, house.battery is not None),
        (_CAR, house.charger is not None and day.unplanned.car_here),
        (_HOUSE, house.building is not None),
        (_TANK, house.tank is not None),
    )
    names = [name.to(lang) for name, holds in there if holds]
    return _AND.to(lang).join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
