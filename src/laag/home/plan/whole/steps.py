"""A device that runs with its least power or more, or not at all; and once started, for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.outlook import Floats
from laag.home.plan.layout import Layout
from laag.home.plan.question import Question
from laag.home.plan.whole.ways import power

A_HAIR_KW = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Stepped:
    """A device with a least power."""

    blocks: Sequence[slice]
    min_kw: float
    min_run_ptus: int = 0
    ran_ptus: int = 0
    """How long it has been running when the plan begins."""


def stepped(at: Layout, asked: Question) -> list[Stepped]:
    """The devices of a home that cannot run at any power they like."""
    found = []
    charger, pump = asked.house.charger, asked.house.heat_pump
    if at.car and charger is not None and charger.min_kw > 0:
        found.append(Stepped(at.car, min(charger.min_kw, charger.max_kw)))
    if at.pump and pump is not None and (pump.min_kw > 0 or pump.min_run_ptus > 1):
        least = max(pump.min_kw, 10 * A_HAIR_KW)
        found.append(Stepped(at.pump, least, pump.min_run_ptus, asked.state.pump_ran_ptus))
    return found


def broken(device: Stepped, column: Floats) -> Flags:
    """Where it would run at less than its least, or stop too soon."""
    kw = power(column, device.blocks)
    between = (kw > A_HAIR_KW) & (kw < device.min_kw - A_HAIR_KW)
    if device.min_run_ptus > 1:
        on = kw > A_HAIR_KW
        between |= on != _long_enough(device, on)
    return np.asarray(between, np.bool_)


def give_steps(device: Stepped, column: Floats, lower: Floats, upper: Floats, *, last: bool) -> None:
    """Decide on or off where the rule is broken, keeping the energy; in the last round decide everywhere."""
    kw = power(column, device.blocks)
    fix = broken(device, column)
    on = _kept_energy(kw, device.min_kw)
    if device.min_run_ptus > 1:
        on = _long_enough(device, on)
        fix = np.ones(len(kw), np.bool_)
    fix |= last
    room = np.full(len(kw), device.min_kw)
    for block in device.blocks:
        here = np.minimum(room, upper[block])
        room = room - here
        lower[block] = np.where(fix & on, np.maximum(lower[block], here), lower[block])
    for block in device.blocks:
        upper[block] = np.where(fix & ~on, lower[block], upper[block])


def _kept_energy(kw: Floats, min_kw: float) -> Flags:
    """On where it runs well, and often enough between that no energy is lost on the way."""
    on = kw >= min_kw - A_HAIR_KW
    owed = 0.0
    for i, value in enumerate(kw.tolist()):
        if A_HAIR_KW < value < min_kw - A_HAIR_KW:
            owed += value
            if owed >= min_kw / 2:
                on[i] = True
                owed -= min_kw
    return np.asarray(on, np.bool_)


def _long_enough(device: Stepped, on: Flags) -> Flags:
    """Every run, also the one under way, at least as long as it must be."""
    longer = on.copy()
    left = max(device.min_run_ptus - device.ran_ptus, 0) if device.ran_ptus > 0 else 0
    was_on = device.ran_ptus > 0
    for i in range(len(on)):
        if on[i] and not was_on and left == 0:
            left = device.min_run_ptus
        was_on = bool(on[i]) or left > 0
        longer[i] = was_on
        left = max(left - 1, 0)
    return longer
