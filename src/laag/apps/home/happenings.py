"""What a plan does, as stretches of time in which one device does one thing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.apps.home.day import Day
from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Device
from laag.home.outlook import Floats

_RESTS_KW = 0.03
_PAUSE_PTUS = 2
"""A pause this short does not end a stretch."""
_WORTH_SAYING_KWH = 0.1


@dataclass(frozen=True, slots=True)
class Happening:
    """From PTU ``first`` until ``stop`` one device takes (+) or gives (-) energy, most of it around ``middle``."""

    device: Device
    first: int
    stop: int
    energy_kwh: float
    own_sun_kwh: float
    """Its share of the own sun at that moment, where it takes."""
    to_grid_kwh: float
    """Its share of what leaves the house at that moment, where it gives."""
    eur_per_kwh: float
    """What a kWh of it that is bought costs on average, or one that leaves the house earns."""
    middle: int
    name: str = ""
    """Of the appliance."""


def happenings(day: Day) -> tuple[Happening, ...]:
    """All that is worth a sentence, in order of time."""
    plan = day.plan
    powers = {
        Device.BATTERY: plan.battery_kw,
        Device.EV: plan.ev_kw,
        Device.HEAT_PUMP: plan.heat_pump_kw,
        Device.WATER: plan.water_kw,
        Device.PV: plan.pv_kw - plan.sun_kw,
    }
    found = [
        _happening(day, device, kw, first, stop)
        for device, kw in powers.items()
        for sign in (1.0, -1.0)
        for first, stop in _stretches(sign * kw > _RESTS_KW)
    ]
    found += [_of_run(day, i) for i, run in enumerate(plan.runs) if run.start is not None]
    worth = [one for one in found if abs(one.energy_kwh) >= _WORTH_SAYING_KWH]
    return tuple(sorted(worth, key=lambda one: (one.first, one.device, one.stop)))


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
    return _happening(day, Device.APPLIANCE, kw, first, min(stop, count), machine.name)


def _happening(day: Day, device: Device, kw: Floats, first: int, stop: int, name: str = "") -> Happening:
    here = slice(first, stop)
    kwh = kw[here] * PTU_HOURS
    sun, leaving = np.maximum(kwh, 0.0) * day.sun_share[here], np.maximum(-kwh, 0.0) * day.leaving_share[here]
    if device is Device.PV:
        leaving = -kwh
    buy, sell = day.outlook.buy_eur_per_kwh[here], day.outlook.sell_eur_per_kwh[here]
    gives = float(kwh.sum()) < 0
    priced, price = (leaving, sell) if gives else (np.maximum(kwh, 0.0) - sun, buy)
    amount = float(priced.sum())
    return Happening(
        device,
        first,
        stop,
        float(kwh.sum()),
        float(sun.sum()),
        float(leaving.sum()),
        float((priced * price).sum()) / amount if amount > 0 else 0.0,
        first + int(np.argmax(np.abs(kwh))),
        name,
    )
