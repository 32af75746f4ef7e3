"""Cars charged at home: trips by habit and by chance, and the stays at the wall box between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from laag.cycle.street import Habit
from laag.home.devices import Charger, EvSession
from laag.study.population.days import Days
from laag.study.population.households import Household

KWH_PER_KM = 0.175
"""At the battery: 17-18 kWh per 100 km."""
MEAN_KM_PER_YEAR = 13_500.0
LONGEST_LOOK = 21
"""Days to look back or ahead for the trip at the other end of a stay; no household leaves its car for longer."""

_DRAWS = 8
"""Numbers on the tape of trips for each day."""


@dataclass(frozen=True, slots=True)
class Life:
    """A way of using a car: on which weekdays it goes to work, and how often it goes elsewhere on the others."""

    share: float
    work_days: tuple[int, ...]
    work_share: float
    """Of the year's distance."""
    other_chance: float


LIVES = (
    Life(0.5, (0, 1, 2, 3, 4), 0.65, 0.5),
    Life(0.3, (0, 1, 3), 0.45, 0.5),
    Life(0.2, (), 0.0, 0.65),
)


@dataclass(frozen=True, slots=True)
class Car:
    """One household's car, wall box and ways."""

    charger: Charger
    wanted_kwh: float
    """What it holds when it leaves, if all goes well: 80 %, or all of a small battery."""
    work_days: tuple[int, ...]
    leaves_quarter: int
    returns_quarter: int
    work_kwh: float
    """Used on a working day."""
    other_chance: float
    """Of a trip on another day."""
    other_kwh: float
    plugs_in: float
    """How often it is plugged in on return."""

    @property
    def habit(self) -> Habit:
        """What the household would say when asked."""
        return Habit(
            arrives_quarter=self.returns_quarter if self.work_days else 64,
            departs_quarter=self.leaves_quarter if self.work_days else 40,
            used_kwh=round(self._yearly_kwh / (365 * self._trips_per_day * self.plugs_in), 1),
        )

    @property
    def _trips_per_day(self) -> float:
        return (len(self.work_days) + (7 - len(self.work_days)) * self.other_chance) / 7

    @property
    def _yearly_kwh(self) -> float:
        other = (7 - len(self.work_days)) * self.other_chance * self.other_kwh
        return (len(self.work_days) * self.work_kwh + other) * 365 / 7


def car_of(home: Household) -> Car:
    """This household's car, with a yearly distance spread around the Dutch mean for electric cars."""
    pick = home.tape("car").pick()
    life = LIVES[int(pick.choice(len(LIVES), p=[life.share for life in LIVES]))]
    yearly_kwh = MEAN_KM_PER_YEAR * float(np.exp(pick.normal(-0.045, 0.3))) * KWH_PER_KM
    weekly_kwh = yearly_kwh * 7 / 365
    other_trips = (7 - len(life.work_days)) * life.other_chance
    capacity = float(pick.choice((42.0, 52.0, 60.0, 77.0)))
    return Car(
        charger=Charger(
            max_kw=float(pick.choice((3.7, 7.4, 11.0), p=(0.2, 0.25, 0.55))), capacity_kwh=capacity
        ),
        wanted_kwh=capacity if capacity < 50 else 0.8 * capacity,
        work_days=life.work_days,
        leaves_quarter=int(np.rint(pick.normal(31, 3))),
        returns_quarter=int(np.rint(pick.normal(71, 4))),
        work_kwh=weekly_kwh * life.work_share / max(len(life.work_days), 1),
        other_chance=life.other_chance,
        other_kwh=weekly_kwh * (1 - life.work_share) / other_trips,
        plugs_in=float(pick.choice((1.0, 0.85, 0.6))),
    )


@dataclass(frozen=True, slots=True)
class _Trip:
    """One day's absence: PTUs from the start of the grid, which may be negative or beyond its end."""

    leaves: int
    returns: int
    used_kwh: float
    plugs_in: bool


def stays(home: Household, car: Car, days: Days, away: frozenset[int]) -> tuple[EvSession, ...]:
    """The car's stays at the wall box on a grid, in order.

    A stay that began before the grid is cut to its start and holds then what it held on arrival; the last one may end
    after the grid. What was used on trips without plugging in adds up; below a tenth of the battery it was charged
    on the road.
    """
    sessions: list[EvSession] = []
    used_kwh = 0.0
    for trip, following in pairwise(_trips(home, car, days, away)):
        used_kwh += trip.used_kwh
        if not trip.plugs_in:
            continue
        stored = max(car.wanted_kwh - used_kwh, 0.1 * car.charger.capacity_kwh)
        used_kwh = 0.0
        if following.leaves > max(trip.returns, 0) and trip.returns < len(days.grid):
            sessions.append(
                EvSession(max(trip.returns, 0), following.leaves, round(stored, 2), car.wanted_kwh)
            )
    return tuple(sessions)


def _trips(home: Household, car: Car, days: Days, away: frozenset[int]) -> Iterator[_Trip]:
    """Trips from well before the grid, so that what is used does not depend on where it starts, to well after."""
    first = days.locals[0][0] - timedelta(days=2 * LONGEST_LOOK)
    count = len(days.locals) + 3 * LONGEST_LOOK
    draws = home.tape("trips").uniform(first.toordinal() * _DRAWS, count * _DRAWS).reshape(count, _DRAWS)
    last_return = -(10**9)
    for offset, u in enumerate(draws):
        trip = _trip(car, days, first + timedelta(days=offset), u, away)
        if trip is not None and trip.leaves > last_return:
            last_return = trip.returns
            yield trip


def _trip(car: Car, days: Days, day: date, u: NDArray[np.float64], away: frozenset[int]) -> _Trip | None:
    """What the car does on one day; ``None`` is a day at home. On holiday it is away with its household."""
    today = day.toordinal()
    if today in away:
        if today - 1 in away:
            return None
        back = next(d for d in range(today, today + 60) if d not in away)
        returns = days.ptu_of(date.fromordinal(back), 40 + int(u[1] * 40))
        return _Trip(days.ptu_of(day, 30), returns, 10 * car.other_kwh, plugs_in=True)
    if today - 1 in away:
        return None
    swing = 0.6 + 0.8 * u[4]
    plugs_in = bool(u[5] < car.plugs_in)
    if day.weekday() in car.work_days and day not in days.holidays and u[0] < 0.92:
        leaves = car.leaves_quarter + round((u[1] - 0.5) * 4)
        returns = car.returns_quarter + round((u[2] - 0.5) * 8) + (round(u[3] * 12) if u[3] > 0.85 else 0)
        used = car.work_kwh * (0.85 + 0.3 * u[4])
    elif day.weekday() not in car.work_days and u[0] < car.other_chance:
        leaves = 36 + int(u[1] * 24)
        returns = leaves + 6 + int(u[2] * 28)
        used = car.other_kwh * swing
    else:
        return None
    return _Trip(days.ptu_of(day, leaves), days.ptu_of(day, min(returns, 95)), used, plugs_in)
