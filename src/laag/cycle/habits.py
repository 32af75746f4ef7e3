"""What a household's car is expected to do, until it is really there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from laag.cycle.street import Habit
from laag.foundation.ptu import PtuGrid
from laag.home.calendar import Calendar
from laag.home.devices import Charger, EvSession
from laag.home.forecast import CarForecast, car_forecast

LATE_PTUS = 4
"""A car that is later than expected is expected in an hour, again and again."""
EARLY_PTUS = 32
"""A stay that began up to eight hours before its usual time was that day's stay."""
LIKELY = 0.5
"""The car is reckoned with where it is more likely there than not."""


def sessions_ahead(
    really: Sequence[EvSession],
    habit: Habit,
    charger: Charger,
    grid: PtuGrid,
    zone: ZoneInfo,
    now: int,
    stop: int,
    calendar: Calendar | None = None,
) -> tuple[EvSession, ...]:
    """The stays that a home reckons with at PTU ``now``, up to ``stop``; all count from the start of ``grid``.

    Of the real stays only those that began are known: the car came, and the driver said when it leaves and what it
    needs. Later ones are expected as on earlier days like this one where the calendar (of ``grid``) is given and there
    are two weeks of them, and else as the household says.
    """
    known = [s for s in really if s.arrives <= now]
    last = known[-1] if known else None
    wanted_kwh = last.wanted_kwh if last else 0.8 * charger.capacity_kwh
    ahead = [last] if last and now < last.departs else []
    free_from = max(last.departs, now) if last else now
    learnt = car_forecast(known, calendar, calendar.grid.window(now, stop)) if calendar else None
    if learnt is not None:
        return (*ahead, *_likely_stays(learnt, now, free_from, wanted_kwh))
    for arrives, departs in _usual_stays(habit, grid, zone, now, stop):
        over = departs <= free_from or (
            last is not None and arrives - EARLY_PTUS < last.arrives and arrives <= now
        )
        comes = max(arrives, free_from + (LATE_PTUS if arrives <= now else 0))
        if not over and comes < min(departs, stop):
            ahead.append(EvSession(comes, departs, max(wanted_kwh - habit.used_kwh, 0.0), wanted_kwh))
            free_from = departs
    return tuple(ahead)


def _likely_stays(learnt: CarForecast, now: int, free_from: int, wanted_kwh: float) -> Iterator[EvSession]:
    """Where the car is more likely there than not, with what it usually lacks."""
    needs_kwh = float(np.interp(LIKELY, learnt.levels, learnt.needs_kwh))
    stored_kwh = wanted_kwh if np.isnan(needs_kwh) else max(wanted_kwh - needs_kwh, 0.0)
    likely = learnt.at_home > LIKELY
    likely[: free_from - now] = False
    edges = np.flatnonzero(np.diff(likely, prepend=False, append=False)) + now
    for arrives, departs in edges.reshape(-1, 2).tolist():
        yield EvSession(arrives, departs, stored_kwh, wanted_kwh)


def _usual_stays(
    habit: Habit, grid: PtuGrid, zone: ZoneInfo, now: int, stop: int
) -> Iterator[tuple[int, int]]:
    day = (grid.start + now * timedelta(minutes=15)).astimezone(zone).date() - timedelta(days=1)
    while (arrives := grid.index(_wall(day, habit.arrives_quarter, zone))) < stop:
        if day.weekday() in habit.days:
            yield arrives, grid.index(_wall(day + timedelta(days=1), habit.departs_quarter, zone))
        day += timedelta(days=1)


def _wall(day: date, quarter: int, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, quarter // 4, quarter % 4 * 15, tzinfo=zone)
