"""The few lines at the top: whose day it is, what it costs, and what planning saves."""

from __future__ import annotations

from laag.apps.home.day import Day
from laag.apps.home.words import day as day_in_words
from laag.apps.home.words import euros, said
from laag.foundation.words import Lang, Said

_COST = Said("Deze {span} kost", "This {span} costs")
_DAY, _PLAN = Said("dag", "day"), Said("planning", "plan")
_WITHOUT = Said("Zonder plan", "Without a plan")
_MORE_LEFT = Said(
    "Dan is er meer over in batterij, auto en huis", "More is then left in battery, car and house"
)
_LESS_LEFT = Said(
    "Dan is er minder over in batterij, auto en huis", "Less is then left in battery, car and house"
)
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
        lines.append(((_MORE_LEFT if day.left_eur > 0 else _LESS_LEFT).to(lang), day.left_eur))
    lines.append((_GAIN.to(lang), day.gain_eur))
    return [(name, euros(amount, lang)) for name, amount in lines]
