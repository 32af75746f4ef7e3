"""A typical home of each shape: where the solver starts from, the same for everyone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.devices import Battery, Building, Charger, EvSession, HeatPump, Pv
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.plan.lp import Shape


@dataclass(frozen=True, slots=True)
class Question:
    """All that a plan is made from."""

    house: House
    state: HomeState
    outlook: Outlook


def typical_home(shape: Shape) -> Question:
    """A spring day in a Dutch home: evening peak, midday sun, the car away by day, two price peaks."""
    count = shape.count
    quarter = np.arange(count) % 96
    hour = quarter / 4.0
    dear = np.exp(-(((hour - 8.0) / 1.5) ** 2)) * 0.06 + np.exp(-(((hour - 19.0) / 2.0) ** 2)) * 0.10
    sun = np.maximum(np.cos((hour - 13.0) * np.pi / 14.0), 0.0)
    buy = 0.22 + dear - 0.05 * sun
    outlook = Outlook(
        grid=PtuGrid(datetime(2025, 4, 1, tzinfo=UTC), count),
        quarter=quarter,
        load_kw=0.3 + 0.5 * np.exp(-(((hour - 19.0) / 2.5) ** 2)),
        pv_kw=3.5 * sun**1.5,
        outdoor_c=7.0 + 4.0 * np.cos((hour - 15.0) * np.pi / 12.0),
        heat_gain_kw=0.3 + 0.8 * sun,
        buy_eur_per_kwh=buy,
        sell_eur_per_kwh=buy - 0.15,
        sessions=_stays(shape),
    )
    house = House(
        name="typical",
        pv=Pv(4.0) if shape.pv else None,
        battery=Battery(8.0, 4.0, 4.0, wear_eur_per_kwh=0.02) if shape.battery else None,
        charger=Charger(7.4) if shape.stays else None,
        heat_pump=HeatPump(2.5) if shape.heat_pump else None,
        building=Building(0.18, 8.0) if shape.heat_pump else None,
    )
    return Question(house, HomeState(3.0, 30.0, 20.0), outlook)


def _stays(shape: Shape) -> tuple[EvSession, ...]:
    """As many stays as the shape has, evenly spread, away for two fifths of the time."""
    each = shape.count / max(len(shape.stays), 1)
    return tuple(
        EvSession(
            round(k * each),
            max(round((k + 0.6) * each), round(k * each) + 1),
            25.0,
            36.0,
            9.0 if linked else None,
        )
        for k, linked in enumerate(shape.stays)
    )
