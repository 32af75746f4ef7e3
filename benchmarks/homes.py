"""Made-up homes of many mixes, each from its seed alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.devices import (
    Appliance,
    Battery,
    Boiler,
    Building,
    Charger,
    EvSession,
    HeatingCurve,
    HeatPump,
    Job,
    Pv,
    Tank,
    Wiring,
)
from laag.home.house import HomeState, House
from laag.home.ladder import Claim, Floor, Guarantee, Level, Limit, On, Rung, SunFirst
from laag.home.outlook import Outlook
from laag.home.tariff import Band, Peak

Rng = np.random.Generator
DISHWASHER = Appliance("dishwasher", (0.2, 2.0, 0.4, 0.2, 1.6, 0.2))
WASHING_MACHINE = Appliance("washing machine", (1.8, 0.6, 0.3, 0.3, 0.5))


class Home(NamedTuple):
    """What a plan is made from."""

    house: House
    state: HomeState
    outlook: Outlook


def plain_home(seed: int, count: int, *, whole: bool = False) -> Home:
    """A Dutch home on a spring day; ``whole`` has PV, battery and car, as the benchmark home of the literature."""
    rng = np.random.default_rng(seed)
    quarter = np.arange(count) % 96
    hour = quarter / 4
    day_ahead = 0.09 + 0.05 * np.cos((hour - 19.5) / 12 * 2 * np.pi) + rng.normal(0, 0.01, count)
    sun = np.maximum(np.sin((hour - 6.5) / 13 * np.pi), 0.0) * rng.uniform(1, 5)
    stays = tuple(
        EvSession(
            72 + 96 * day, 126 + 96 * day, rng.uniform(15, 35), rng.uniform(35, 55), 8.0 if day >= 0 else None
        )
        for day in range(-1, count // 96)
    )
    house = House(
        f"home {seed}",
        battery=Battery(rng.uniform(4, 14), 5.0, 5.0, wear_eur_per_kwh=0.02) if whole or seed % 3 else None,
        charger=Charger(7.4) if whole or seed % 2 else None,
        heat_pump=HeatPump(rng.uniform(1.5, 3)) if not whole and seed % 5 < 2 else None,
        building=Building(rng.uniform(0.1, 0.25), rng.uniform(5, 12)),
        pv=Pv(5.0) if whole or seed % 4 else None,
    )
    outlook = Outlook(
        grid=PtuGrid(datetime(2025, 4, 7, tzinfo=UTC), count),
        quarter=quarter,
        load_kw=0.3 + rng.exponential(0.3, count),
        pv_kw=sun * rng.uniform(0.5, 1, count),
        outdoor_c=rng.uniform(0, 10) + 4 * np.cos((hour - 15) / 12 * np.pi),
        heat_gain_kw=0.3 + 0.2 * sun,
        buy_eur_per_kwh=day_ahead + 0.13,
        sell_eur_per_kwh=day_ahead,
        sessions=stays,
    )
    return Home(house, HomeState(rng.uniform(0, 4), 25.0, rng.uniform(18, 21)), outlook)


def _negative_prices(home: Home, rng: Rng) -> Home:
    """A sunny noon at which also buying earns."""
    expected = home.outlook
    dip = rng.uniform(0.2, 0.45) * ((expected.quarter >= 44) & (expected.quarter < 60))
    buy, sell = expected.buy_eur_per_kwh - dip, expected.sell_eur_per_kwh - dip
    return home._replace(outlook=replace(expected, buy_eur_per_kwh=buy, sell_eur_per_kwh=sell))


def _tank(home: Home, rng: Rng) -> Home:
    """Hot water by the heat pump, morning and evening showers."""
    house = replace(
        home.house,
        tank=Tank(litres=rng.uniform(120, 300)),
        heat_pump=HeatPump(rng.uniform(1.5, 3), curve=HeatingCurve(45.0, 28.0)),
    )
    quarter = home.outlook.quarter
    showers = np.where(np.isin(quarter, (28, 29, 30, 88)), rng.uniform(2, 6), 0.0)
    state = replace(home.state, tank_c=rng.uniform(46, 55), hot_ago_ptus=int(rng.integers(600)))
    return Home(house, state, replace(home.outlook, hot_water_kw=showers))


def _hybrid(home: Home, rng: Rng) -> Home:
    """A small heat pump and a gas boiler in a frosty week."""
    house = replace(home.house, heat_pump=HeatPump(rng.uniform(0.8, 1.4)), boiler=Boiler())
    cold = replace(
        home.outlook, outdoor_c=home.outlook.outdoor_c - 10, gas_eur_per_kwh=rng.uniform(0.10, 0.16)
    )
    return home._replace(house=house, outlook=cold)


def _gives_back(home: Home, rng: Rng) -> Home:
    """A car that gives back to the house, and keeps enough for a drive."""
    box = Charger(7.4, discharge_max_kw=rng.uniform(3, 7.4), wear_eur_per_kwh=rng.uniform(0.02, 0.06))
    stays = tuple(replace(stay, least_kwh=12.0) for stay in home.outlook.sessions)
    return home._replace(
        house=replace(home.house, charger=box), outlook=replace(home.outlook, sessions=stays)
    )


def _least_current(home: Home, rng: Rng) -> Home:
    """A car that takes 6 A or nothing, and is spared above four fifths."""
    box = Charger.of_current(16, phases=int(rng.choice([1, 3])))
    stays = tuple(replace(stay, most_kwh=48.0) for stay in home.outlook.sessions)
    return home._replace(
        house=replace(home.house, charger=box), outlook=replace(home.outlook, sessions=stays)
    )


def _least_run(home: Home, rng: Rng) -> Home:
    """A heat pump that runs at a third of its power or not at all, and for half an hour."""
    most_kw = rng.uniform(1.5, 3)
    return home._replace(
        house=replace(home.house, heat_pump=HeatPump(most_kw, min_kw=most_kw / 3, min_run_ptus=2))
    )


def _appliances(home: Home, rng: Rng) -> Home:
    """A dishwasher for tonight and the wash of tomorrow."""
    evening = int(rng.integers(68, 80))
    jobs = (
        Job(DISHWASHER, evening, evening + 44),
        Job(WASHING_MACHINE, int(rng.integers(28, 40)), int(rng.integers(64, 80))),
    )
    return home._replace(
        house=replace(home.house, appliances=(DISHWASHER, WASHING_MACHINE)),
        outlook=replace(home.outlook, jobs=jobs),
    )


def _claims(home: Home, rng: Rng) -> Home:
    """A day on which grid operator, neighbours and household all want something."""
    noon, evening = int(rng.integers(40, 48)), int(rng.integers(64, 72))
    claims: tuple[Claim, ...] = (
        Guarantee(3.7, 3.7, "law:minimum"),
        Limit(Rung.EMERGENCY, On.IMPORT, evening, evening + 8, rng.uniform(1, 4), "dso:emergency 1"),
        Limit(Rung.GRID_MARGIN, On.EXPORT, noon, noon + 12, rng.uniform(0.5, 2), "dso:margin 1"),
        Limit(Rung.AGREEMENT, On.CAR, evening, evening + 16, 3.7, "street:cars 1"),
        Floor(Rung.COMFORT, Level.STORED, 0, len(home.outlook.grid), 1.0, "wish:power cut"),
        SunFirst(Rung.OWN_SUN, noon, noon + 16, "wish:own sun"),
    )
    return home._replace(outlook=replace(home.outlook, claims=claims))


def _phases(home: Home, rng: Rng) -> Home:
    """Three phases of 25 A, the car on one of them."""
    house = replace(home.house, charger=Charger(5.75), wiring=Wiring(rng.uniform(4, 5.75)))
    return home._replace(house=house)


def _peaks(home: Home, rng: Rng) -> Home:
    """A subscribed band and a charge on the month's highest quarter-hour."""
    band = Band(rng.uniform(2, 6), rng.uniform(0.1, 0.4))
    peak = Peak(rng.uniform(2, 4), rng.uniform(0.5, 3)) if rng.random() < 0.5 else None
    return home._replace(outlook=replace(home.outlook, band=band, peak=peak))


def _tapers(home: Home, rng: Rng) -> Home:
    """A battery that slows down near full and near empty, and draws a little always."""
    battery = Battery(
        rng.uniform(5, 14),
        5.0,
        5.0,
        wear_eur_per_kwh=0.02,
        standby_kw=0.012,
        charge_taper_from=rng.uniform(0.75, 0.9),
        discharge_taper_below=rng.uniform(0.08, 0.2),
    )
    return home._replace(house=replace(home.house, battery=battery))


def _everything(home: Home, rng: Rng) -> Home:
    """As much of the above as one home can have."""
    for mix in (_tank, _phases, _gives_back, _tapers, _appliances, _claims, _peaks):
        home = mix(home, rng)
    return home


MIXES: dict[str, Callable[[Home, Rng], Home]] = {
    "plain": lambda home, _: home,
    "negative prices": _negative_prices,
    "hot-water tank": _tank,
    "hybrid": _hybrid,
    "car gives back": _gives_back,
    "car from 6 A": _least_current,
    "pump's least run": _least_run,
    "appliances": _appliances,
    "claims": _claims,
    "phases": _phases,
    "band and peak": _peaks,
    "tapered battery": _tapers,
    "everything": _everything,
}


def mixed_home(seed: int, mix: str, count: int) -> Home:
    """The home of a seed, in a mix."""
    return MIXES[mix](plain_home(seed, count), np.random.default_rng([seed, count]))
