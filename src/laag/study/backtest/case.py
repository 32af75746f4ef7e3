"""One measured home in one window of days, with the devices of a mix: all that any way of running it is scored on."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from laag.cycle.street import Habit
from laag.cycle.terms import Terms
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, ticks
from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.forecast import Place
from laag.home.house import HomeState, House
from laag.home.operate import Actual
from laag.home.outlook import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What really happens on ``grid``, of which PTUs ``start`` to ``stop`` are scored.

    What lies before ``start`` is the home's past, to learn from; what lies after ``stop`` only says what the energy left
    at the end is worth. Stays of the car count PTUs from the start of ``grid``.
    """

    house: House
    grid: PtuGrid
    calendar: Calendar
    """Reaches beyond ``grid`` by as far as any plan looks."""
    start: int
    stop: int
    load_kw: Floats
    pv_kw: Floats
    outdoor_c: Floats
    sun_w_m2: Floats
    day_ahead: Profile
    """EUR/MWh."""
    terms: Terms
    state: HomeState
    sessions: tuple[EvSession, ...] = ()
    """Those of the past, and those that begin and end in the window."""
    habit: Habit = Habit()
    pv_forecast_kw: Floats | None = None
    """What somebody had forecast of the panels the day before; ``nan`` where nobody did."""
    place: Place | None = None
    """Where the sun is reckoned from; ``None`` where days were moved too far for that."""
    zone: ZoneInfo = AMSTERDAM

    @property
    def days(self) -> float:
        """How long the window is."""
        return (self.stop - self.start) / 96

    def prices(self, day_ahead_eur_per_mwh: Floats) -> tuple[Floats, Floats]:
        """What a household pays and gets per kWh at these day-ahead prices."""
        return self.terms.retail(ticks(day_ahead_eur_per_mwh / 1000))

    def stays(self) -> tuple[EvSession, ...]:
        """The stays that are scored."""
        return tuple(s for s in self.sessions if self.start <= s.arrives and s.departs <= self.stop)

    def actual(self) -> Actual:
        """What is measured as time goes by."""
        return Actual(
            self.grid,
            self.calendar.quarter[: len(self.grid)],
            self.load_kw,
            self.pv_kw,
            self.outdoor_c,
            self.sun_w_m2,
            self.sessions if self.house.charger is not None else (),
        )

    def gains_kw(self) -> Floats:
        """Heat from sun and people, all along."""
        building = self.house.building
        return building.gains_kw(self.sun_w_m2) if building is not None else np.zeros(len(self.grid))
