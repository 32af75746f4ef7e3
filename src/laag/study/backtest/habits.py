"""What a household's car usually does, learnt from the stays of the past weeks."""

from __future__ import annotations

from statistics import mean, median
from zoneinfo import ZoneInfo

from laag.cycle.street import Habit
from laag.foundation.ptu import PtuGrid
from laag.home.devices import EvSession


def habit_of(stays: tuple[EvSession, ...], grid: PtuGrid, zone: ZoneInfo) -> Habit:
    """The middle arrival and departure of stays over night, their mean use, and the weekdays that usually have one.

    Usually is at least half as often as the past has weeks.
    """
    if not stays:
        return Habit()
    weeks = max((stays[-1].departs - stays[0].arrives) / 672, 1.0)
    comes = [grid[stay.arrives].astimezone(zone) for stay in stays]
    goes = [grid[stay.departs - 1].astimezone(zone) for stay in stays]
    night = [k for k in range(len(stays)) if comes[k].date() < goes[k].date()] or list(range(len(stays)))
    count = [sum(comes[k].weekday() == day for k in night) for day in range(7)]
    days = tuple(day for day in range(7) if count[day] >= weeks / 2)
    return Habit(
        round(median(comes[k].hour * 4 + comes[k].minute // 15 for k in night)),
        round(median(goes[k].hour * 4 + goes[k].minute // 15 + 1 for k in night)),
        mean(stays[k].wanted_kwh - stays[k].stored_kwh for k in night),
        days,
    )
