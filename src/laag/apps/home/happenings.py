"""What a plan does, as stretches of time in which one device does one thing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from laag.apps.home.day import Day
from laag.foundation.ptu import PTU_HOURS
from laag.home.outlook import Floats
from laag.home.reasons import Subject

ORDER = tuple(Subject)
RESTS_KW = 0.03
_PAUSE_PTUS = 2
"""A pause this short does not end a stretch."""
_WORTH_SAYING_KWH = 0.1


@dataclass(frozen=True, slots=True)
class Happening:
    """From PTU ``first`` until ``stop`` one device takes (+) or gives (-) energy (a boiler: gas)."""

    subject: Subject
    first: int
    stop: int
    each_kwh: tuple[float, ...]
    """In each of its PTUs."""
    energy_kwh: float
    """All it takes less all it gives."""
    turned_kwh: float
    """What it gives in between where it mostly takes, or takes where it mostly gives."""
    own_sun_kwh: float
    """Its share of the own sun at that moment, where it takes."""
    from_battery_kwh: float
    """Its share of what the battery gives then."""
    from_car_kwh: float
    bought_kwh: float
    """The rest of what it takes; of a boiler all."""
    to_grid_kwh: float
    """Its share of what leaves the house at that moment, where it gives."""
    eur_per_kwh: float
    """What a kWh of it that is bought costs on average, or one that leaves the house earns."""
    name: str = ""
    """Of the appliance."""
    run: int | None = None
    """Its place among the runs of the plan."""

    @property
    def moved_kwh(self) -> float:
        """What it takes, or gives if that is more."""
        return abs(self.energy_kwh) + self.turned_kwh


def happenings(day: Day) -> tuple[Happening, ...]:
    """All that is worth a sentence, in order of time."""
    plan = day.plan
    powers = {
        Subject.PV: plan.pv_kw - plan.sun_kw,
        Subject.BATTERY: plan.battery_kw,
        Subject.CAR: plan.ev_kw,
        Subject.HEATING: plan.heat_pump_kw,
        Subject.WATER: plan.water_kw,
        Subject.BOILER: plan.gas_kw,
    }
    found = [
        _happening(day, subject, kw, first, stop)
        for subject, kw in powers.items()
        for first, stop in _busy(kw)
    ]
    found += [_of_run(day, i) for i, run in enumerate(plan.runs) if run.start is not None]
    worth = [one for one in found if one.moved_kwh >= _WORTH_SAYING_KWH]
    return tuple(sorted(worth, key=lambda one: (one.first, ORDER.index(one.subject), one.stop)))


def _busy(kw: Floats) -> list[tuple[int, int]]:
    """Where something takes or gives; one stretch where it does so in turns."""
    spans: list[tuple[int, int]] = []
    for first, stop in sorted((*_stretches(kw > RESTS_KW), *_stretches(kw < -RESTS_KW))):
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
        else:
            spans.append((first, stop))
    return spans


def _stretches(busy: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """Where it is busy, short pauses included."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], busy, [False]]).astype(np.int64)))
    spans: list[tuple[int, int]] = []
    for first, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if spans and first - spans[-1][1] <= _PAUSE_PTUS:
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((first, stop))
    return spans


def _of_run(day: Day, i: int) -> Happening:
    run = day.plan.runs[i]
    assert run.start is not None
    machine, count = run.job.appliance, len(day.plan)
    stop = run.start + len(machine.programme_kw)
    kw = np.zeros(count)
    first = max(run.start, 0)
    kw[first:stop] = machine.programme_kw[first - run.start : count - run.start]
    happening = _happening(day, Subject.APPLIANCE, kw, first, min(stop, count))
    return replace(happening, name=machine.name, run=i)


def _happening(day: Day, subject: Subject, kw: Floats, first: int, stop: int) -> Happening:
    here = slice(first, stop)
    kwh = kw[here] * PTU_HOURS
    taken, given = np.maximum(kwh, 0.0), np.maximum(-kwh, 0.0)
    shares, leaving = day.shares, given * day.leaving_share[here]
    buy, sell = day.outlook.buy_eur_per_kwh[here], day.outlook.sell_eur_per_kwh[here]
    sun, battery, car, bought = (
        taken * share[here] for share in (shares.sun, shares.battery, shares.car, shares.bought)
    )
    if subject is Subject.PV:
        leaving = given
    elif subject is Subject.BOILER:
        sun = battery = car = np.zeros_like(kwh)
        bought, buy = taken, np.full_like(kwh, day.outlook.gas_eur_per_kwh)
    mostly_gives = float(kwh.sum()) < 0
    priced, price = (leaving, sell) if mostly_gives else (bought, buy)
    amount = float(priced.sum())
    return Happening(
        subject,
        first,
        stop,
        tuple(kwh.tolist()),
        energy_kwh=float(kwh.sum()),
        turned_kwh=float((taken if mostly_gives else given).sum()),
        own_sun_kwh=float(sun.sum()),
        from_battery_kwh=float(battery.sum()),
        from_car_kwh=float(car.sum()),
        bought_kwh=float(bought.sum()),
        to_grid_kwh=float(leaving.sum()),
        eur_per_kwh=float((priced * price).sum()) / amount if amount > 0 else 0.0,
    )
