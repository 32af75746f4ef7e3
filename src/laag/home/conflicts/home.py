"""A home as its conflicts look at it: every number known, the car's stays as a plan goes by them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from laag.home.house import HomeState, House
from laag.home.outlook import Outlook, mended
from laag.home.physics import sound
from laag.home.plan.question import Question, question
from laag.home.plan.weights import PlanSettings
from laag.home.reasons import Moment


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """All that a plan is made from, and can be made from again without one of its requests."""

    house: House
    state: HomeState
    outlook: Outlook

    @property
    def count(self) -> int:
        """PTUs."""
        return len(self.outlook.grid)

    @property
    def step_kw(self) -> float:
        """The most by which a power jumps where a device cannot do a little: on its least power, or on a programme."""
        house, outlook = self.house, self.outlook
        least = [max(job.appliance.programme_kw) for job in outlook.jobs if job.started is None]
        if house.charger is not None and outlook.sessions:
            least.append(house.charger.min_kw)
        if house.heat_pump is not None:
            least.append(house.heat_pump.min_kw)
        return max(least, default=0.0)

    def moment(self, ptu: int) -> Moment:
        """A PTU on the wall, seen from the start of the plan; past its end the clock is taken to go on evenly."""
        quarter = self.outlook.quarter
        last = min(ptu, self.count - 1)
        # The clock falls by hours at midnight, and by one when summer ends.
        midnights = int(np.count_nonzero(np.diff(quarter[: last + 1]) < -48))
        beyond = int(quarter[last]) + ptu - last
        return Moment(ptu, beyond % 96, midnights + beyond // 96, ptu)


def known(house: House, state: HomeState, outlook: Outlook, settings: PlanSettings) -> tuple[Home, Question]:
    """The home with its holes filled, and what is asked of its plan."""
    outlook, _ = mended(outlook)
    state, _ = sound(house, state)
    asked = question(house, state, outlook, settings)
    return Home(house, state, replace(outlook, sessions=asked.stays)), asked
