"""Whether the car will be there, when it comes and what it needs: 21 users of garages in Trondheim.

Every noon the next 36 hours are forecast, from the fifth week of a user's record on. Only the hours count of which the
driver has not already said that the car stays.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.forecasts.garages import CHARGER, OSLO, Garage, garages
from benchmarks.forecasts.score import Floats
from laag.cycle.habits import sessions_ahead
from laag.cycle.street import Habit
from laag.home.devices import EvSession
from laag.home.forecast import car_forecast

HORIZON = 144
FIRST_PTU = 35 * 96
WAYS = ("yesterday", "same day last week", "fixed habit", "learnt stays", "learnt probability")


def main() -> None:
    """Print how often each way was wrong about a quarter-hour, and how often the quantiles held."""
    every = [backtest(garage) for garage in garages()]
    print(f"{len(every)} cars; mean squared error of presence (a wrong yes or no counts 1)")
    for name, value in zip(WAYS, np.mean([off for off, _ in every], axis=0), strict=True):
        print(f"{name:>24}{value:10.3f}")
    names = ("next arrival", "energy it needs, of those that come")
    print("percent inside the 10-90 % band")
    for name, value in zip(names, np.mean([inside for _, inside in every], axis=0), strict=True):
        print(f"{name:>40}{100 * value:10.1f}")


def backtest(garage: Garage) -> tuple[list[float], list[float]]:
    """Per way the squared error of presence; the share of arrivals and needs inside the band."""
    grid, stays = garage.calendar.grid, garage.stays
    truth = _there(stays, len(grid) + HORIZON)
    off: dict[str, list[Floats]] = {name: [] for name in WAYS}
    arrived, needed = [], []
    for _, span in grid.local_days(OSLO):
        now = span.start + 48
        if now < stays[0].arrives + FIRST_PTU or now + HORIZON > stays[-1].arrives:
            continue
        begun = tuple(stay for stay in stays if stay.arrives <= now)
        told = max(begun[-1].departs - now, 0)
        found = car_forecast(begun, garage.calendar, grid.window(now, now + HORIZON))
        if found is None or told >= HORIZON:
            continue
        for name, guess in zip(WAYS, (*guesses(garage, begun, now), found.at_home), strict=True):
            off[name].append(((guess - truth[now : now + HORIZON]) ** 2)[told:])
        following = stays[len(begun)]
        comes = following.arrives - now if following.arrives < now + HORIZON else np.inf
        arrived.append(found.arrives[0] <= comes <= found.arrives[-1])
        if np.isfinite(comes):
            need = following.wanted_kwh - following.stored_kwh
            needed.append(found.needs_kwh[0] <= need <= found.needs_kwh[-1])
    errors = [float(np.concatenate(off[name]).mean()) for name in WAYS]
    return errors, [float(np.mean(arrived)), float(np.mean(needed))]


def guesses(garage: Garage, begun: tuple[EvSession, ...], now: int) -> Iterator[Floats]:
    """All ways but the last: yesterday, last week, the habit that nobody changed, and the stays a plan goes by."""
    known = _there(begun, now + HORIZON)
    at = now + np.arange(HORIZON)
    yield known[at - 96 * (1 + (at - now) // 96)]
    yield known[at - 672]
    for calendar in (None, garage.calendar):
        grid = garage.calendar.grid
        ahead = sessions_ahead(begun, Habit(), CHARGER, grid, OSLO, now, now + HORIZON, calendar)
        yield _there(ahead, now + HORIZON)[now:]


def _there(stays: tuple[EvSession, ...], count: int) -> Floats:
    """1 in each PTU in which the car is there."""
    there = np.zeros(count)
    for stay in stays:
        there[max(stay.arrives, 0) : max(stay.departs, 0)] = 1.0
    return there
