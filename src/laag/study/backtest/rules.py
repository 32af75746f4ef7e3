"""Two yardsticks that plan nothing: a home without control, and a home by the usual rules of thumb."""

from __future__ import annotations

import numpy as np

from laag.home.devices import EvSession
from laag.home.outlook import Floats
from laag.home.physics import NO_LIMIT, Flow, Physics
from laag.study.backtest.case import Case
from laag.study.backtest.score import Course

NIGHT_FROM, NIGHT_UNTIL = 92, 28
"""Quarters on the wall between which a car by rule of thumb charges: 23:00 to 07:00."""
EARLY_PTUS = 12
"""A thermostat that knows its hours starts three of them before it must be warmer."""
SETBACK_K = 1.0
"""By how much it lets the night be cooler: a heat pump makes up for no more than that by morning."""
SUN_K = 1.0
"""By how much a heat pump with its "smart grid ready" contact warms the house beyond that while there is sun to spare."""


def uncontrolled(case: Case) -> Course:
    """The battery rests, the car charges at once, the panels give what they can, the thermostat holds.

    It holds the day's temperature by night too, as installers of heat pumps advise: no hour is colder than wished for.
    """
    return _Rules(case, smart=False).course()


def rule_of_thumb(case: Case) -> Course:
    """The battery stores the home's own sun and gives it back; the car waits for the night, if it has the time.

    The thermostat lets the night be a little cooler, starts in time for the day, and takes spare sun.
    """
    return _Rules(case, smart=True).course()


class _Rules:
    """A window lived by rules that need no forecast: each PTU by what is measured in it."""

    def __init__(self, case: Case, *, smart: bool) -> None:
        self.case, self.smart = case, smart
        self.physics = Physics(case.house)
        self.stays = list(case.stays()) if case.house.charger is not None else []
        self.missing: list[float] = []

    def course(self) -> Course:
        case, state = self.case, self.case.state
        span = slice(case.start, case.stop)
        quarter = case.calendar.quarter[span]
        sun = case.pv_kw[span] if case.house.pv is not None else np.zeros(len(quarter))
        columns = (case.load_kw[span], sun, case.outdoor_c[span], case.gains_kw()[span])
        low = case.house.comfort.low_c(quarter)
        target = self._targets(low)
        held = (state.stored_kwh, state.ev_stored_kwh, state.indoor_c)
        flows: list[Flow] = []
        for i, (load, sun_kw, outdoor, gains) in enumerate(
            zip(*(column.tolist() for column in columns), strict=True)
        ):
            stay, held = self._car(case.start + i, held)
            ev = self._ev_kw(stay, case.start + i, held[1], int(quarter[i]))
            spare_k = SUN_K if self.smart and sun_kw > load + ev else 0.0
            pump = self.physics.holding_kw(held[2], outdoor, gains, float(target[i]) + spare_k)
            battery = -(load - sun_kw + ev + pump) if self.smart else 0.0
            flow = self.physics.happens(
                held,
                (battery, ev, pump, NO_LIMIT),
                load,
                sun_kw,
                outdoor,
                gains,
                float(low[i]),
                car_here=stay is not None,
            )
            held = (flow.stored_kwh, flow.ev_stored_kwh, flow.indoor_c)
            flows.append(flow)
            if stay is not None and stay.departs == case.start + i + 1:
                self.missing.append(max(stay.wanted_kwh - flow.ev_stored_kwh, 0.0))
        return self._told(flows)

    def _targets(self, low: Floats) -> Floats:
        """What the thermostat is set to."""
        if not self.smart:
            return np.full(len(low), low.max())
        mild = np.maximum(low, low.max() - SETBACK_K)
        later = [np.concatenate([mild[by:], np.full(by, mild[-1])]) for by in range(EARLY_PTUS + 1)]
        return np.asarray(np.max(later, axis=0))

    def _car(
        self, ptu: int, held: tuple[float, float, float]
    ) -> tuple[EvSession | None, tuple[float, float, float]]:
        """The stay of this PTU, and what is held once the car has come."""
        while self.stays and self.stays[0].departs <= ptu:
            self.stays.pop(0)
        stay = self.stays[0] if self.stays and self.stays[0].present(ptu) else None
        if stay is not None and stay.arrives == ptu:
            held = (held[0], stay.stored_kwh, held[2])
        return stay, held

    def _ev_kw(self, stay: EvSession | None, ptu: int, in_car: float, quarter: int) -> float:
        if stay is None:
            return 0.0
        wants_kw = max(stay.wanted_kwh - in_car, 0.0) / self.physics.car_per_kw
        night = quarter >= NIGHT_FROM or quarter < NIGHT_UNTIL
        needs_ptus = wants_kw / max(self.physics.ev_max, 1e-9)
        cannot_wait = stay.departs - ptu <= needs_ptus + 1
        return wants_kw if not self.smart or night or cannot_wait else 0.0

    def _told(self, flows: list[Flow]) -> Course:
        columns: list[Floats] = list(np.array(flows, np.float64).T)
        _, battery, _, _, offtake, stored, _, indoor = columns
        return Course(offtake, battery, stored, indoor, tuple(self.missing))
