"""Into what an answer is split: known from the question and the period alone, so that the split says nothing of a home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.words import Lang, Said, pointed
from laag.neighbourhood.commons.questions import By, Question, Statistic

DAY = timedelta(days=1)


def days_of(first: date, last: date) -> list[date]:
    """Both ends included."""
    return [first + DAY * n for n in range((last - first).days + 1)]


def keys(question: Question, first: date, last: date, devices: Sequence[str]) -> list[str]:
    """The names of an answer's figures, in their order.

    >>> from laag.neighbourhood.commons.questions import SHIPPED
    >>> keys(SHIPPED["taken-by-week"], date(2026, 3, 4), date(2026, 3, 17), ())
    ['2026-03-02', '2026-03-09', '2026-03-16']
    """
    if question.statistic in {Statistic.COUNT, Statistic.HISTOGRAM}:
        edges = question.edges_wh
        if question.statistic is Statistic.COUNT:
            return [f">{edges[0]}"]
        return [f"<={edges[0]}", *(f"<={edge}" for edge in edges[1:]), f">{edges[-1]}"]
    match question.by:
        case By.PERIOD:
            return ["period"]
        case By.HOUR_OF_DAY:
            return [f"{hour:02d}:00" for hour in range(24)]
        case By.DEVICE:
            return list(devices)
        case split:
            return list(dict.fromkeys(_of_day(split, day) for day in days_of(first, last)))


def spoken(key: str) -> Said:
    """A figure's name as people read it.

    >>> spoken(">20000").en, spoken("period").nl
    ('more than 20 kWh a day', 'de hele periode')
    """
    if key == "period":
        return Said("de hele periode", "the whole period")
    if key.startswith(("<=", ">")):
        wh = int(key.lstrip("<=>"))
        nl, en = (pointed(f"{wh / 1000:g}", lang) for lang in Lang)
        if key.startswith(">"):
            return Said(f"meer dan {nl} kWh per dag", f"more than {en} kWh a day")
        return Said(f"tot en met {nl} kWh per dag", f"up to {en} kWh a day")
    return Said(key, key)


def positions(question: Question, first: date, last: date, quarters: Sequence[Ints]) -> list[Ints]:
    """For each day the figure to which each of its quarter-hours belongs; ``quarters`` count from 0:00 on the wall."""
    split = question.by
    known = {key: at for at, key in enumerate(keys(question, first, last, ()))}
    found = []
    for day, quarter in zip(days_of(first, last), quarters, strict=True):
        if split is By.HOUR_OF_DAY:
            found.append(quarter // 4)
        else:
            at = 0 if question.edges_wh or split in {By.PERIOD, By.DEVICE} else known[_of_day(split, day)]
            found.append(np.full(len(quarter), at, np.int64))
    return found


def _of_day(split: By, day: date) -> str:
    match split:
        case By.WEEK:
            return (day - DAY * day.weekday()).isoformat()
        case By.MONTH:
            return f"{day:%Y-%m}"
        case _:
            return day.isoformat()
