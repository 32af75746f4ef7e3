"""Why: the reasons of a plan, found by device and quarter-hour."""

from __future__ import annotations

from laag.apps.home.day import Day
from laag.apps.home.happenings import Happening
from laag.foundation.words import Lang
from laag.home.reasons import Reason, Subject, say


def because(day: Day, one: Happening, lang: Lang) -> str:
    """Why it happens, as it is where it is strongest; empty where nobody knows."""
    reason = _reason(day, one.subject, one.middle, one.name)
    return "" if reason is None else say(reason, lang, day.called)


def _reason(day: Day, subject: Subject, ptu: int, name: str) -> Reason | None:
    for column in day.reasons.columns:
        if column.subject is subject and column.name == name:
            return day.reasons.reason(column, ptu)
    return None
