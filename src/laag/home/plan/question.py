"""All that a plan is made from, with every number known and every claim laid over the PTUs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import EvSession, Job
from laag.home.house import HomeState, House
from laag.home.ladder import Level, On, Rung
from laag.home.outlook import Floats, Outlook
from laag.home.plan.reach import Reach, reach
from laag.home.plan.tiers import Claimed, Cut, claimed
from laag.home.plan.weights import PlanSettings, Weights
from laag.home.stays import stays_in


@dataclass(frozen=True, eq=False)
class Question:
    """A home and what is ahead of it; ``state`` and ``outlook`` hold no missing numbers any more."""

    house: House
    state: HomeState
    outlook: Outlook
    settings: PlanSettings
    stays: tuple[EvSession, ...]
    jobs: tuple[Job, ...]
    """Those still to be started, in PTUs of the grid."""
    claimed: Claimed
    weights: Weights
    reach: Reach
    """What the devices could do if nothing else mattered."""

    @property
    def count(self) -> int:
        """PTUs."""
        return len(self.outlook.grid)

    @property
    def heats(self) -> bool:
        """Whether something keeps the house warm on purpose."""
        return self.house.building is not None and (
            self.house.heat_pump is not None or self.house.boiler is not None
        )

    @cached_property
    def arriving_kwh(self) -> tuple[float, ...]:
        """Per stay of the car: the most that it may come with; where it only follows, all that it may have left with."""
        charger = self.house.charger
        assert charger is not None
        most: list[float] = []
        left = 0.0
        for stay in self.stays:
            most.append(stay.stored_kwh if stay.used_kwh is None else max(left - stay.used_kwh, 0.0))
            left = max(most[-1], min(charger.capacity_kwh, stay.most_kwh), stay.wanted_kwh)
        return tuple(most)

    @cached_property
    def needs(self) -> tuple[tuple[float, float, float], ...]:
        """Per stay of the car: what it must leave the horizon with, what may wait beyond it, and what fits on top.

        Where its battery is known on arrival, it must have no more than can be charged.
        """
        charger = self.house.charger
        assert charger is not None
        full = charger.max_kw * charger.efficiency * PTU_HOURS
        needs = []
        for k, stay in enumerate(self.stays):
            later = full * max(stay.departs - self.count, 0)
            must = max(stay.wanted_kwh - later, 0.0)
            drives_on = stay.used_kwh is not None or (
                k + 1 < len(self.stays) and self.stays[k + 1].used_kwh is not None
            )
            full_kwh = max(min(charger.capacity_kwh, stay.most_kwh), stay.wanted_kwh)
            most = full_kwh if drives_on else max(stay.stored_kwh, stay.wanted_kwh)
            most += (
                charger.min_kw * charger.efficiency * PTU_HOURS
            )  # one step too many; it ends when the car is full
            rest, spare = stay.wanted_kwh - must, max(most, self.arriving_kwh[k]) - stay.wanted_kwh
            if stay.used_kwh is None:
                can = stay.stored_kwh + full * (min(stay.departs, self.count) - stay.arrives)
                must = min(must, max(can, 0.0))
            needs.append((must, rest, max(spare, 0.0)))
        return tuple(needs)

    def cuts(self, on: On) -> tuple[Cut, ...]:
        """The limits on a power; of the connection first its fuse, last what the tariff charges beyond a band."""
        asked = self.claimed.limits[on]
        if on not in {On.IMPORT, On.EXPORT}:
            return asked
        fuse = self.house.import_max_kw if on is On.IMPORT else self.house.export_max_kw
        cuts = (Cut(Rung.SAFETY, np.full(self.count, fuse)), *asked)
        if on is On.EXPORT:
            cuts += tuple(Cut(one.rung, np.where(one.at > 0, 0.0, np.inf)) for one in self.claimed.sun_first)
        if self.outlook.band is not None:
            cuts += (Cut(None, np.full(self.count, self.outlook.band.kw)),)
        return cuts

    @cached_property
    def ceiling_c(self) -> Floats:
        """Above this it is too warm indoors, and nobody's claim heats beyond it; higher where sun and people do."""
        low = comfort_low_c(self.house, self.outlook)
        return np.maximum(np.maximum(low, self.house.comfort.high_c), self.reach.drifting_c)

    def floors(self, on: Level) -> tuple[Cut, ...]:
        """The floors of a level, none beyond reach; indoors and in the tank comfort is among them."""
        asked = self.claimed.floors[on]
        has = {
            Level.STORED: self.house.battery,
            Level.INDOOR: self.heats or None,
            Level.TANK: self.house.tank,
        }
        if has[on] is None:
            return ()
        if on is Level.STORED:
            return tuple(Cut(one.rung, np.minimum(one.at, self.reach.stored_kwh)) for one in asked)
        if on is Level.INDOOR:
            comfort = Cut(Rung.COMFORT, comfort_low_c(self.house, self.outlook))
            most = np.minimum(self.reach.indoor_c, self.ceiling_c)
            return tuple(Cut(one.rung, np.minimum(one.at, most)) for one in (comfort, *asked))
        assert self.house.tank is not None
        warm = Cut(Rung.COMFORT, np.full(self.count, self.house.tank.low_c))
        hot = Cut(Rung.SAFETY, self.reach.legionella_c)
        most = np.minimum(self.reach.tank_c, np.maximum(self.house.tank.high_c, self.reach.tank_drifting_c))
        return tuple(Cut(one.rung, np.minimum(one.at, most)) for one in (warm, hot, *asked))


def comfort_low_c(house: House, outlook: Outlook) -> Floats:
    """The lowest temperature wished for at the end of each PTU: by this day's wishes, else by the house's comfort."""
    low = house.comfort.low_c(outlook.quarter)
    if outlook.comfort_low_c is None:
        return low
    return np.where(np.isfinite(outlook.comfort_low_c), outlook.comfort_low_c, low)


def running_kw(jobs: tuple[Job, ...], count: int) -> Floats:
    """What programmes that have begun still take."""
    power = np.zeros(count)
    for job in jobs:
        if job.started is not None:
            left = np.array(job.appliance.programme_kw[max(-job.started, 0) :][:count])
            first = max(job.started, 0)
            power[first : first + len(left)] += left[: max(count - first, 0)]
    return power


def question(house: House, state: HomeState, outlook: Outlook, settings: PlanSettings) -> Question:
    """Everything that the program of a plan asks, from an outlook without holes and a sound state."""
    count = len(outlook.grid)
    stays = stays_in(house, state, outlook.sessions, count)
    return Question(
        house,
        state,
        outlook,
        settings,
        stays,
        tuple(job for job in outlook.jobs if job.started is None and job.earliest < count),
        claimed(outlook.claims, count),
        settings.weights(outlook),
        reach(house, state, outlook, PTU_HOURS),
    )
