"""The day of a home file: planned, and lived without a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from laag.adapters.homefile import Asked
from laag.foundation.ptu import PTU_HOURS
from laag.home.house import HomeState
from laag.home.outlook import Floats, Outlook, mended
from laag.home.physics import sound
from laag.home.plan import Plan, cheapest
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings
from laag.home.simple import SimpleDay, simple_day
from laag.home.stays import stays_in


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What was asked, the plan that answers it, and the day of the same home without a plan."""

    asked: Asked
    outlook: Outlook
    """With every hole filled."""
    state: HomeState
    plan: Plan
    simple: SimpleDay
    settings: PlanSettings

    @property
    def without_plan_eur(self) -> float:
        """What the connection would have paid."""
        return self.outlook.cost_eur(self.simple.connection_kw, PTU_HOURS)

    @property
    def left_eur(self) -> float:
        """What the plan leaves in battery, car and walls, beyond what the day without a plan does; in what it will save."""
        house, settings, worth = self.asked.house, self.settings, 0.0
        if house.battery is not None:
            more = _end(self.plan.stored_kwh) - _end(self.simple.stored_kwh)
            worth += more * settings.stored_at_end_eur_per_kwh(house.battery, self.outlook)
        if house.charger is not None:
            more = _end(self.plan.ev_stored_kwh) - _end(self.simple.ev_stored_kwh)
            worth += more * settings.charged_at_end_eur_per_kwh(house.charger, self.outlook)
        if house.heat_pump is not None and house.building is not None:
            low = house.comfort.low_c(self.outlook.quarter)
            more = _end(self.plan.indoor_c) - _end(self.simple.indoor_c)
            worth += more * settings.warmth_at_end_eur_per_k(
                house.heat_pump, house.building, self.outlook, low
            )
        return worth

    @property
    def gain_eur(self) -> float:
        """What planning is worth: what is not paid, and what is left."""
        return self.without_plan_eur - self.plan.cost_eur + self.left_eur

    def local(self, ptu: int) -> datetime:
        """When this PTU begins, by the clock on the wall; also the end of the last."""
        return self.outlook.grid.window(ptu, ptu).start.astimezone(self.asked.zone)

    @property
    def sun_share(self) -> Floats:
        """Which share of all that is used in the house comes from the roof at that moment."""
        return np.minimum(_share(self.plan.pv_kw, self._taken_kw), 1.0)

    @property
    def leaving_share(self) -> Floats:
        """Which share of all that roof, battery and car give leaves the house at that moment."""
        given = self.plan.pv_kw + np.maximum(-self.plan.battery_kw, 0.0) + np.maximum(-self.plan.ev_kw, 0.0)
        return np.minimum(_share(np.maximum(-self.plan.connection_kw, 0.0), given), 1.0)

    @property
    def _taken_kw(self) -> Floats:
        plan = self.plan
        return (
            plan.load_kw
            + np.maximum(plan.battery_kw, 0.0)
            + np.maximum(plan.ev_kw, 0.0)
            + plan.heat_pump_kw
            + plan.water_kw
            + plan.appliance_kw
        )


def _share(part: Floats, whole: Floats) -> Floats:
    return np.asarray(part / np.where(whole > 0, whole, 1.0))


def planned(asked: Asked, solver: Solver) -> Day:
    """Plan the day that a file asks for."""
    settings = PlanSettings(keep_stored=asked.keep_stored)
    plan = cheapest(asked.house, asked.state, asked.outlook, solver=solver, settings=settings)
    outlook, _ = mended(asked.outlook)
    state, _ = sound(asked.house, asked.state)
    stays = stays_in(asked.house, state, outlook.sessions, len(outlook.grid))
    simple = simple_day(asked.house, state, outlook, stays)
    return Day(asked, outlook, state, plan, simple, settings)


def _end(level: Floats) -> float:
    """What is held at the end; nothing where there is no device, or a car that is away."""
    return float(level[-1]) if len(level) and np.isfinite(level[-1]) else 0.0
