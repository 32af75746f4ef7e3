"""Why: the reasons of a plan, found by device and quarter-hour."""

from __future__ import annotations

from laag.apps.home.day import Day
from laag.apps.home.happenings import Happening
from laag.foundation.words import Lang
from laag.home.reasons import Reason, say


def because(day: Day, one: Happening, lang: Lang) -> str:
    """Why it happens, as it is where it is strongest; empty where nobody knows."""
    reason = _reason(day, one)
    return "" if reason is None else say(reason, lang, day.called)


def _reason(day: Day, one: Happening) -> Reason | None:
    """By the place of its run where one machine runs more than once."""
    columns = [column for column in day.reasons.columns if column.subject is one.subject]
    column = next(iter(columns[one.run or 0 :]), None)
    return None if column is None else day.reasons.reason(column, one.middle)
