"""The same homes for every way of coordinating them: what they know of a day, and what is left when it is over.

Everybody knows the day as it will be. What is compared is how plans are made to fit each other, not how well a day is foreseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from laag.cycle.street import Home, Street
from laag.cycle.terms import Terms
from laag.foundation.contracts import Ints
from laag.foundation.ptu import PTU_HOURS
from laag.foundation.series import ticks
from laag.home.calendar import Calendar
from laag.home.house import HomeState
from laag.home.outlook import Outlook
from laag.home.plan import Plan
from laag.neighbourhood.coordination import Connection, Gate
from laag.study.population import street

Floats = NDArray[np.float64]

NOON = 48
"""Days run from noon to noon, so that a night is not cut in two."""
OWN_PTUS, HORIZON_PTUS = 96, 144
"""A plan looks 36 hours ahead and is lived for 24."""
LIMIT_KW_PER_HOME = 2.0
"""What the transformer of the comparison carries, the same for all ways: the built-in street's own is a fifth to a quarter larger."""


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """A street, and what a kWh costs at its gateway before VAT: day-ahead price, fee and energy tax."""

    street: Street
    calendar: Calendar
    landed_ticks: Ints
    export_ticks: Ints
    levy_ticks: int
    limit_kw: float

    @classmethod
    def of(
        cls,
        first: date,
        days: int,
        homes: int,
        terms: Terms,
        limit_kw_per_home: float = LIMIT_KW_PER_HOME,
        seed: int = 1,
    ) -> Neighbours:
        """Built-in homes for so many days from noon of the first."""
        made = street(first, days + 2, homes=homes, seed=seed, warmup_days=0)
        landed, export = terms.steps_ticks(ticks(made.nation.day_ahead.values / 1000))
        return cls(
            made,
            Calendar.of(made.grid, made.zone),
            landed,
            export,
            terms.levy_ticks,
            limit_kw_per_home * homes,
        )

    @property
    def homes(self) -> Sequence[Home]:
        """In the order of every table."""
        return self.street.homes

    def span(self, day: int) -> slice:
        """What a plan made at noon of that day looks at."""
        first = NOON + day * OWN_PTUS
        return slice(first, first + HORIZON_PTUS)

    def prices(self, span: slice) -> tuple[Floats, Floats]:
        """EUR/kWh: landed, and for export."""
        return self.landed_ticks[span] / 100_000, self.export_ticks[span] / 100_000

    def gate(self, span: slice) -> Gate:
        """What the street pays together."""
        return Gate(*self.prices(span), self.limit_kw, self.limit_kw)

    def connections(self) -> tuple[Connection, ...]:
        """Who may be asked."""
        return tuple(
            Connection(
                home.house.name,
                int(home.house.import_max_kw * 1000 * PTU_HOURS),
                int(home.house.export_max_kw * 1000 * PTU_HOURS),
            )
            for home in self.homes
        )

    def outlook(self, at: int, span: slice, buy: Floats, sell: Floats) -> Outlook:
        """What a home knows of these quarter-hours."""
        home, house = self.homes[at], self.homes[at].house
        none = np.zeros(span.stop - span.start)
        sun = self.street.sun_w_m2.values[span]
        return Outlook(
            self.street.grid.window(span.start, span.stop),
            self.calendar.quarter[span],
            home.load_kw.values[span],
            none if home.pv_kw is None else home.pv_kw.values[span],
            self.street.outdoor_c.values[span],
            none if house.building is None else house.building.gains_kw(sun),
            buy,
            sell,
            tuple(
                stay.shifted(-span.start)
                for stay in home.sessions
                if stay.departs > span.start and stay.arrives < span.stop
            ),
        )

    def flexible(self, at: int, export: Floats) -> bool:
        """Whether it has something to move; panels have where feeding in may cost money."""
        house = self.homes[at].house
        moves = any(one is not None for one in (house.battery, house.charger, house.heat_pump))
        return moves or (house.pv is not None and house.pv.curtailable and bool((export < 0).any()))


def then(made: Plan, held: HomeState, own: int = OWN_PTUS) -> HomeState:
    """What a home holds when it plans again."""
    stored, car, indoor = (
        float(level[own - 1]) for level in (made.stored_kwh, made.ev_stored_kwh, made.indoor_c)
    )
    return replace(
        held,
        stored_kwh=held.stored_kwh if np.isnan(stored) else round(stored, 6),
        ev_stored_kwh=0.0 if np.isnan(car) else round(car, 6),
        indoor_c=held.indoor_c if np.isnan(indoor) else round(indoor, 6),
    )
