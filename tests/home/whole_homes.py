"""Homes with anything in them, made from a number: devices, wishes, signals, prices and readings, sane or not."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.devices import (
    Appliance,
    Battery,
    Boiler,
    Building,
    Charger,
    Comfort,
    EvSession,
    HeatingCurve,
    HeatPump,
    Job,
    Pv,
    Tank,
    Wiring,
)
from laag.home.house import HomeState, House
from laag.home.ladder import Floor, Guarantee, Level, Limit, On, Rung, SunFirst
from laag.home.outlook import Outlook
from laag.home.tariff import Band, Peak

COUNT = 48
START = datetime(2025, 1, 6, tzinfo=UTC)
PHASES = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1 / 3, 1 / 3, 1 / 3), (0.5, 0.5, 0.0))


def whole_home(seed, count=COUNT, *, broken=True):
    """(house, state, outlook); with ``broken`` some of what devices and forecasts say cannot be."""
    rng = np.random.default_rng(seed)
    house = _house(rng, count)
    outlook = _outlook(rng, count)
    state = HomeState(
        stored_kwh=rng.uniform(0, 12),
        ev_stored_kwh=rng.uniform(0, 80),
        indoor_c=rng.uniform(14, 24),
        tank_c=rng.uniform(20, 70),
        hot_ago_ptus=int(rng.integers(0, 800)),
        pump_ran_ptus=int(rng.choice([0, 0, 1, 3, 50])),
    )
    if broken and rng.random() < 0.3:
        state, outlook = _broken(rng, state, outlook)
    return house, state, outlook


def _maybe(rng, share, make):
    return make() if rng.random() < share else None


def _house(rng, count):
    building = _maybe(rng, 0.6, lambda: Building(rng.uniform(0.02, 0.4), rng.uniform(1, 25)))
    pump_kw = rng.choice([0.0, 1.0, 2.5, 5.0])
    least = float(rng.choice([0.0, 0.3])) * pump_kw
    return House(
        f"home {rng.integers(1000)}",
        import_max_kw=float(rng.choice([0.5, 2.3, 5.75, 17.25, np.inf])),
        export_max_kw=float(rng.choice([0.0, 2.3, 17.25, np.inf])),
        battery=_maybe(rng, 0.5, lambda: _battery(rng)),
        charger=_maybe(rng, 0.5, lambda: _charger(rng)),
        heat_pump=HeatPump(
            pump_kw,
            curve=HeatingCurve(rng.uniform(30, 55), 28.0),
            min_kw=least,
            min_run_ptus=int(rng.choice([0, 0, 3])),
        )
        if building is not None and rng.random() < 0.7
        else None,
        building=building,
        comfort=Comfort(hours=((int(rng.integers(96)), int(rng.integers(96)), rng.uniform(10, 24)),)),
        pv=_maybe(rng, 0.5, lambda: Pv(4.0, bool(rng.random() < 0.7))),
        boiler=_maybe(rng, 0.15, Boiler),
        tank=_maybe(
            rng, 0.3, lambda: Tank(litres=rng.uniform(50, 300), element_max_kw=float(rng.choice([0, 1.5, 3])))
        ),
        wiring=_maybe(
            rng,
            0.25,
            lambda: Wiring(
                float(rng.choice([2.3, 5.75])), car=PHASES[rng.integers(4)], battery=PHASES[rng.integers(4)]
            ),
        ),
    )


def _battery(rng):
    return Battery(
        rng.uniform(0, 15),
        float(rng.choice([0, 2.5, 5])),
        float(rng.choice([0, 2.5, 5])),
        rng.uniform(0.8, 1),
        rng.uniform(0.8, 1),
        float(rng.choice([0, 0.03])),
        standby_kw=float(rng.choice([0, 0.02])),
        charge_taper_from=float(rng.choice([1.0, 0.85, 0.0])),
        discharge_taper_below=float(rng.choice([0.0, 0.1, 1.0])),
    )


def _charger(rng):
    phases = int(rng.choice([1, 3]))
    return Charger(
        float(rng.choice([0.0, 3.7, 7.4, 11.0])),
        rng.uniform(0.8, 1),
        rng.uniform(10, 90),
        min_kw=float(rng.choice([0.0, 1.38 * phases])),
        phases=phases,
        discharge_max_kw=float(rng.choice([0, 0, 5.0])),
        wear_eur_per_kwh=float(rng.choice([0, 0.05])),
    )


def _outlook(rng, count):
    low, swing = rng.choice([(0.05, 0.3), (-0.3, 0.4), (-0.5, 4.5), (0.2, 0.0), (-0.05, 0.1)])
    buy = np.round(low + swing * rng.random(count), 5)
    agreed = rng.random() < 0.25
    return Outlook(
        PtuGrid(START, count),
        (np.arange(count) + int(rng.integers(96))) % 96,
        rng.exponential(0.5, count),
        rng.exponential(1.5, count) * (rng.random(count) < 0.5),
        rng.normal(8, 6) + rng.normal(0, 1, count),
        rng.exponential(0.5, count),
        buy,
        buy - float(rng.choice([0.0, 0.15])),
        sessions=tuple(_stay(rng, count) for _ in range(rng.integers(0, 4))),
        position_kw=np.where(rng.random(count) < 0.5, rng.normal(0, 2, count), np.nan) if agreed else None,
        more_eur_per_kwh=buy + 0.05 if agreed else None,
        less_eur_per_kwh=buy - 0.05 if agreed else None,
        jobs=tuple(_job(rng, count) for _ in range(rng.choice([0, 0, 1, 2]))),
        claims=tuple(claim(rng, count) for _ in range(rng.choice([0, 0, 1, 2, 5]))),
        hot_water_kw=rng.exponential(0.3, count) if rng.random() < 0.8 else None,
        nudge_eur_per_kwh=rng.normal(0, 0.05, count) if rng.random() < 0.2 else None,
        band=Band(float(rng.choice([1.0, 4.0])), 0.3) if rng.random() < 0.15 else None,
        peak=Peak(float(rng.choice([0.0, 3.0])), 4.0) if rng.random() < 0.15 else None,
    )


def _stay(rng, count):
    arrives = int(rng.integers(-30, count))
    return EvSession(
        arrives,
        arrives + int(rng.integers(-5, 60)),
        rng.uniform(-5, 100),
        rng.uniform(-5, 100),
        float(rng.uniform(0, 30)) if rng.random() < 0.3 else None,
        most_kwh=float(rng.choice([np.inf, 20.0, 60.0])),
        least_kwh=float(rng.choice([0.0, 10.0])),
    )


def _job(rng, count):
    earliest = int(rng.integers(-5, count))
    programme = tuple(float(kw) for kw in np.round(rng.uniform(0, 2.2, rng.integers(1, 9)), 2))
    started = int(rng.integers(-4, 1)) if rng.random() < 0.2 else None
    return Job(
        Appliance(f"machine {rng.integers(9)}", programme),
        earliest,
        earliest + int(rng.integers(0, 70)),
        started,
    )


def claim(rng, count, rungs=tuple(Rung)):
    """A signal or wish about anything."""
    first = int(rng.integers(-5, count))
    stop = first + int(rng.integers(0, count))
    rung, kind = Rung(int(rng.choice([int(r) for r in rungs]))), rng.random()
    source = f"signal:{rng.integers(1000)}"
    if kind < 0.55:
        return Limit(
            rung, On(int(rng.integers(6))), first, stop, float(rng.choice([0.0, 1.0, 4.0, 20.0])), source
        )
    if kind < 0.85:
        on = Level(int(rng.integers(3)))
        least = {
            Level.STORED: rng.uniform(0, 12),
            Level.INDOOR: rng.uniform(5, 24),
            Level.TANK: rng.uniform(30, 65),
        }
        return Floor(rung, on, first, stop, float(least[on]), source)
    if kind < 0.95 or Rung.MINIMUM not in rungs:
        return SunFirst(rung, first, stop, source)
    return Guarantee(float(rng.choice([0.5, 1.5])), float(rng.choice([0.0, 1.0])), source)


def _broken(rng, state, outlook):
    odd = [np.nan, np.inf, -np.inf, 1e9, -1.0]
    names = ("stored_kwh", "ev_stored_kwh", "indoor_c", "tank_c")
    state = replace(state, **{str(rng.choice(names)): float(rng.choice(odd))})
    series = ("load_kw", "pv_kw", "outdoor_c", "heat_gain_kw", "buy_eur_per_kwh", "sell_eur_per_kwh")
    holes = {
        str(name): np.where(
            rng.random(len(outlook.grid)) < rng.choice([0.1, 1.0]), np.nan, getattr(outlook, str(name))
        )
        for name in rng.choice(series, rng.integers(1, 4))
    }
    return state, replace(outlook, **holes)
