"""What the car's past stays teach about its usual day."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.preferences import UsualDay

LEAST_TRIPS = 5
USED_SHARE = 0.9
"""Nine days in ten need no more."""
EARLY_SHARE = 0.2
"""One departure in five is earlier."""
LEAST_DEPARTURES = 3


def usual_day(stays: Sequence[EvSession], calendar: Calendar) -> UsualDay | None:
    """From stays that have ended, in order, in PTUs of the calendar; ``None`` from fewer than five trips.

    What a trip used is what the stay before it was to leave with, less what it came back with. A day of the week goes
    by its own departures, else by those of its kind (weekday or weekend).

    >>> from datetime import date
    >>> from laag.foundation.ptu import AMSTERDAM, PtuGrid
    >>> calendar = Calendar.of(PtuGrid.days(date(2025, 1, 6), 14, AMSTERDAM), AMSTERDAM)
    >>> usual = usual_day([EvSession(96 * d + 72, 96 * d + 126, 30.0, 38.0) for d in range(12)], calendar)
    >>> usual.used_kwh, usual.departs_quarter[2]
    (8.0, 30)
    """
    used = sorted(_used_kwh(before, after) for before, after in pairwise(stays))
    if len(used) < LEAST_TRIPS:
        return None
    left = [stay.departs for stay in stays if 0 <= stay.departs < len(calendar.grid)]
    per_day = [[at for at in left if calendar.weekday[at] == day] for day in range(7)]
    kinds = [[at for at in left if (calendar.weekday[at] >= 5) == weekend] for weekend in (False, True)]
    quarters = tuple(_early(calendar, per_day[day]) or _early(calendar, kinds[day >= 5]) for day in range(7))
    return UsualDay(used[int(USED_SHARE * (len(used) - 1))], quarters)


def _used_kwh(before: EvSession, after: EvSession) -> float:
    return max(before.wanted_kwh - after.stored_kwh, 0.0) if after.used_kwh is None else after.used_kwh


def _early(calendar: Calendar, departures: list[int]) -> int | None:
    if len(departures) < LEAST_DEPARTURES:
        return None
    quarters = sorted(int(calendar.quarter[at]) for at in departures)
    return quarters[int(EARLY_SHARE * (len(quarters) - 1))]
