"""A device that runs with its least power or more, or not at all; and once started, for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.ladder import Rung
from laag.home.outlook import Floats
from laag.home.plan.layout import Layout
from laag.home.plan.program import Program
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


NOTHING = 1e-6
"""kWh in a quarter-hour."""


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


def has_steps(program: Program, asked: Question) -> bool:
    """Whether there is anything in the home that cannot be done by halves, going one way at a time aside."""
    return bool(program.layout.starts) or bool(stepped(program.layout, asked))


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
    if not (broken(device, column).any() or last):
        return
    on = _kept_energy(device, kw)
    off = ~on & ((kw > A_HAIR_KW) | last)
    room = np.full(len(kw), device.min_kw)
    for block in device.blocks:
        here = np.minimum(room, upper[block])
        room = room - here
        lower[block] = np.where(on, np.maximum(lower[block], here), lower[block])
    for block in device.blocks:
        upper[block] = np.where(off, lower[block], upper[block])


def _kept_energy(device: Stepped, kw: Floats) -> Flags:
    """Runs that are long enough, and together give what the relaxed power gives: what one owes the next makes up."""
    on = np.zeros(len(kw), np.bool_)
    least, shortest = device.min_kw, max(device.min_run_ptus, 1)
    ran = min(device.ran_ptus, shortest)
    owed = 0.0
    for i, value in enumerate(kw.tolist()):
        owed += value
        if 0 < ran < shortest:
            runs = True
        elif ran > 0:
            runs = value > A_HAIR_KW and owed >= least / 2
        else:
            runs = owed >= least * shortest / 2 or value >= least - A_HAIR_KW
        on[i] = runs
        ran = ran + 1 if runs else 0
        if runs:
            owed -= max(value, least)
    return on


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


def too_much(program: Program, asked: Question, column: Floats, spared: Sequence[Rung]) -> Floats:
    """Per PTU, what these rungs miss because too much is taken."""
    at, T = program.layout, asked.count
    total = np.zeros(T)
    blocks = [*at.up, *at.car, *at.pump]
    if at.shape.phases:
        blocks += [slice(at.phase_over.start + p * T, at.phase_over.start + (p + 1) * T) for p in range(3)]
    for rung in spared:
        for block in blocks:
            total += program.missed[rung][block] * column[block]
    return total


def turn_off(device: Stepped, where: Flags, lower: Floats, upper: Floats) -> bool:
    """Leave the device off where its least power is too much; whether it was on anywhere there."""
    was_on = np.zeros(len(where), np.bool_)
    for block in device.blocks:
        was_on |= where & (lower[block] > 0)
    for block in device.blocks:
        lower[block] = np.where(was_on, 0.0, lower[block])
        upper[block] = np.where(was_on, 0.0, upper[block])
    return bool(was_on.any())
