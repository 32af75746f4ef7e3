"""When the car will be there, and what it will need: as on the days that were like this one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.forecast.quantiles import LEVELS
from laag.home.forecast.recency import DAY
from laag.home.outlook import Floats, Ints

CAR_DAYS = 56
CAR_MEMORY_DAYS = 28.0
"""A day this long ago counts for a third."""
ENOUGH_DAYS = 14
"""Two of each weekday; before that the household's own word is better."""
OTHER_DAY, OTHER_KIND = 0.5, 0.3
"""What another weekday counts beside the same one, and a weekend beside a weekday."""
OTHER_STATE = 0.2
"""What a day counts on which the car was there at this hour while now it is not."""


@dataclass(frozen=True, slots=True, eq=False)
class CarForecast:
    """The car over the PTUs of ``grid``: whether it is there, and its next stay."""

    grid: PtuGrid
    at_home: Floats
    """Probability per PTU."""
    levels: tuple[float, ...]
    arrives: Floats
    """Quantiles of the start of the next stay that has not begun, in PTUs from the start of ``grid``; ``inf``: not
    within it."""
    departs: Floats
    """Quantiles of that stay's end."""
    needs_kwh: Floats
    """Quantiles of what it must charge."""
    made_at: datetime
    days: int
    """How many past days speak here."""


def car_forecast(
    stays: Sequence[EvSession],
    calendar: Calendar,
    grid: PtuGrid,
    levels: tuple[float, ...] = LEVELS,
) -> CarForecast | None:
    """From the stays that began by the start of ``grid``, in order, in PTUs of the calendar; ``None`` if too few days.

    A stay that has begun ends when its driver said. What comes after it (or after now, when the car is away) is taken
    from earlier days at the same time on the wall: the same weekday counts most, then the same kind of day, then
    recency, and a day on which the car was at home at that hour hardly.
    """
    now = calendar.grid.index(grid.start)
    begun = [stay for stay in stays if stay.arrives <= now]
    if not begun:
        return None
    free = max(now, begun[-1].departs)
    then = _same_time(calendar, free, now)
    then = then[then >= begun[0].arrives]
    if len(then) < ENOUGH_DAYS:
        return None
    here = _presence(begun, now)
    weight = _likeness(calendar, free, then) * np.where(here[then] > 0, OTHER_STATE, 1.0)
    ahead = np.arange(max(len(grid) - (free - now), 0))
    at_home = np.ones(len(grid))
    at_home[free - now :] = _share_there(here, then, weight, ahead)
    arrives, departs, needs = _next_stays(begun, then, now, len(ahead))
    told = ~np.isnan(arrives)
    comes = told & np.isfinite(arrives)

    def quantiles(values: Floats, use: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
        return _weighted_quantiles(values[use], weight[use], levels)

    return CarForecast(
        grid,
        at_home,
        levels,
        quantiles(arrives, told) + (free - now),
        quantiles(departs, told) + (free - now),
        quantiles(needs, comes),
        grid.start,
        len(then),
    )


def _same_time(calendar: Calendar, at: int, now: int) -> Ints:
    """The PTUs before now with the same time on the wall as ``at``, the latest first."""
    back = at - DAY * np.arange(1, CAR_DAYS + 1)
    back = back[back >= 0]
    wall = calendar.quarter
    off = (wall[min(at, len(wall) - 1)] - wall[back] + DAY // 2) % DAY - DAY // 2
    found = back + off
    return np.asarray(found[(found >= 0) & (found < now)], np.int64)


def _likeness(calendar: Calendar, at: int, then: Ints) -> Floats:
    """How much each earlier day says about this one."""
    day = calendar.weekday[min(at, len(calendar.weekday) - 1)]
    days = calendar.weekday[then]
    like = np.where(days == day, 1.0, np.where((days >= 5) == (day >= 5), OTHER_DAY, OTHER_KIND))
    return np.asarray(like * np.exp((then - at) / (DAY * CAR_MEMORY_DAYS)))


def _presence(begun: Sequence[EvSession], now: int) -> Floats:
    """1 in each PTU before now in which the car was there, else 0."""
    here = np.zeros(now)
    for stay in begun:
        here[max(stay.arrives, 0) : max(stay.departs, 0)] = 1.0
    return here


def _share_there(here: Floats, then: Ints, weight: Floats, ahead: Ints) -> Floats:
    """The weighted share of those days on which the car was there, so long after that time."""
    at = then[:, None] + ahead
    known = at < len(here)
    there = here[np.minimum(at, len(here) - 1)]
    heavy = weight @ known
    total = weight @ (there * known)
    return np.asarray(total / np.where(heavy > 0, heavy, 1.0))


def _next_stays(
    begun: Sequence[EvSession], then: Ints, now: int, count: int
) -> tuple[Floats, Floats, Floats]:
    """Of each earlier time the next stay: PTUs until it began and ended, and the energy it needed.

    ``inf`` where it is certain that none began within ``count`` PTUs, ``nan`` where that cannot be known yet.
    """
    arrivals = np.array([stay.arrives for stay in begun])
    departures = np.array([stay.departs for stay in begun])
    needs = np.array([max(stay.wanted_kwh - stay.stored_kwh, 0.0) for stay in begun])
    following = np.searchsorted(arrivals, then, side="right")
    there = following < len(begun)
    following = np.minimum(following, len(begun) - 1)
    none = np.where(now - then >= count, np.inf, np.nan)
    begins = np.where(there, arrivals[following] - then, none)
    none = np.where(begins >= count, np.inf, none)
    within = there & (begins < count)
    return (
        np.where(within, begins, none),
        np.where(within, departures[following] - then, none),
        np.where(within, needs[following], np.nan),
    )


def _weighted_quantiles(values: Floats, weight: Floats, levels: tuple[float, ...]) -> Floats:
    """Quantiles of what weighs unequally, ``nan`` of nothing.

    Weights count as so many equal values as vary as much; of those the ``p (n + 1)``-th is taken, as for all quantiles.
    """
    if not len(values):
        return np.full(len(levels), np.nan)
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    count = reached[-1] ** 2 / float(weight @ weight)
    place = np.clip((np.array(levels) * (count + 1) - 0.5) / count, 0.0, 1.0)
    at = np.searchsorted(reached, place * reached[-1])
    return np.asarray(values[order][np.minimum(at, len(values) - 1)])
