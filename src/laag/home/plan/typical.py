"""A typical home of any shape: where every solve of that shape starts, so that its basis is the same for everyone."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.home.devices import (
    Appliance,
    Battery,
    Boiler,
    Building,
    Charger,
    EvSession,
    HeatPump,
    Job,
    Pv,
    Tank,
    Wiring,
)
from laag.home.house import HomeState, House
from laag.home.ladder import Level, On, Rung
from laag.home.outlook import Outlook
from laag.home.plan.layout import Shape
from laag.home.plan.question import Question
from laag.home.plan.reach import reach
from laag.home.plan.tiers import Claimed, Cut
from laag.home.plan.weights import PlanSettings
from laag.home.stays import stays_in
from laag.home.tariff import Peak

_OF_THE_HOUSE = {On.IMPORT: 1, On.EXPORT: 1}
_OF_COMFORT = {Level.INDOOR: 1, Level.TANK: 2}


def typical_home(shape: Shape) -> Question:
    """A spring day in a Dutch home: evening peak, midday sun, the car away by day, two price peaks; no claim binds."""
    house, state = _house(shape), HomeState(3.0, 30.0, 20.0)
    outlook = _outlook(shape)
    settings = PlanSettings()
    none = np.full(shape.count, np.inf)
    limits = {
        on: tuple(Cut(Rung.AGREEMENT, none) for _ in range(shape.limits[on] - _OF_THE_HOUSE.get(on, 0)))
        for on in On
    }
    floors = {
        on: tuple(Cut(Rung.AGREEMENT, -none) for _ in range(shape.floors[on] - _OF_COMFORT.get(on, 0)))
        for on in Level
    }
    return Question(
        house=house,
        state=state,
        outlook=outlook,
        settings=settings,
        stays=stays_in(house, state, outlook.sessions, shape.count),
        jobs=outlook.jobs,
        claimed=Claimed(limits, floors, ()),
        weights=settings.weights(outlook),
        reach=reach(house, state, outlook, PTU_HOURS),
    )


def _house(shape: Shape) -> House:
    box = Battery(
        8.0,
        4.0,
        4.0,
        wear_eur_per_kwh=0.02,
        charge_taper_from=0.9 if shape.tapers[0] else 1.0,
        discharge_taper_below=0.1 if shape.tapers[1] else 0.0,
    )
    return House(
        name="typical",
        pv=Pv(4.0) if shape.pv else None,
        battery=box if shape.battery else None,
        charger=Charger(7.4, discharge_max_kw=7.4 if shape.gives else 0.0) if shape.stays else None,
        heat_pump=HeatPump(2.5) if shape.pump else None,
        boiler=Boiler() if shape.boiler else None,
        building=Building(0.18, 8.0) if shape.pump or shape.boiler else None,
        tank=Tank() if shape.tank else None,
        wiring=Wiring() if shape.phases else None,
    )


def _outlook(shape: Shape) -> Outlook:
    count = shape.count
    quarter = np.arange(count) % 96
    hour = quarter / 4.0
    dear = np.exp(-(((hour - 8.0) / 1.5) ** 2)) * 0.06 + np.exp(-(((hour - 19.0) / 2.0) ** 2)) * 0.10
    sun = np.maximum(np.cos((hour - 13.0) * np.pi / 14.0), 0.0)
    buy = 0.22 + dear - 0.05 * sun
    return Outlook(
        grid=PtuGrid(datetime(2025, 4, 1, tzinfo=UTC), count),
        quarter=quarter,
        load_kw=0.3 + 0.5 * np.exp(-(((hour - 19.0) / 2.5) ** 2)),
        pv_kw=3.5 * sun**1.5,
        outdoor_c=7.0 + 4.0 * np.cos((hour - 15.0) * np.pi / 12.0),
        heat_gain_kw=0.3 + 0.8 * sun,
        buy_eur_per_kwh=buy,
        sell_eur_per_kwh=buy - 0.15,
        sessions=_stays(shape),
        jobs=tuple(
            Job(Appliance(f"programme {k}", tuple([0.5] * length)), 0, count)
            for k, length in enumerate(shape.programmes)
        ),
        hot_water_kw=0.2 + 0.5 * np.exp(-(((hour - 7.5) / 1.0) ** 2)) if shape.tank else None,
        peak=Peak(4.0, 5.0) if shape.peak else None,
    )


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
