"""A battery goes one way at a time, also where taking a kWh earns money and losses would pay on paper.

The linear program does not know that: at a negative price it charges and discharges in the same quarter-hour to burn
energy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.ptu import PTU_HOURS
from laag.home.outlook import Floats
from laag.home.plan.layout import Layout
from laag.home.plan.question import Question

BOTH_WAYS_KW = 1e-6
Rule = Callable[[Floats, Floats, Flags], Flags]
"""(in, out, which quarter-hours go both ways) -> where the way in is kept."""


def pairs(at: Layout) -> list[tuple[Sequence[slice], Sequence[slice]]]:
    """The blocks that take and those that give, of each device that can do both."""
    found: list[tuple[Sequence[slice], Sequence[slice]]] = []
    if at.shape.battery:
        found.append((at.charge, at.discharge))
    if at.shape.gives:
        found.append((at.car, [at.giving]))
    return found


def both_ways(at: Layout, column: Floats) -> list[Flags]:
    """Per device of ``pairs``, where it goes both ways at once."""
    return [
        np.asarray((power(column, into) > BOTH_WAYS_KW) & (power(column, out) > BOTH_WAYS_KW), np.bool_)
        for into, out in pairs(at)
    ]


def power(column: Floats, blocks: Sequence[slice]) -> Floats:
    """The sum of a power's segments."""
    total = column[blocks[0]]
    for block in blocks[1:]:
        total = total + column[block]
    return total


def give_ways(at: Layout, column: Floats, upper: Floats, rule: Rule, *, last: bool) -> None:
    """Close one way in every quarter-hour that went both; in the last round in all."""
    for (into, out), both in zip(pairs(at), both_ways(at, column), strict=True):
        if not (both.any() or last):
            continue
        taken, given = power(column, into), power(column, out)
        keeps_in = as_it_nets(taken, given, both) if last else rule(taken, given, both)
        chosen = both | last
        for block in out:
            upper[block][chosen & keeps_in] = 0.0
        for block in into:
            upper[block][chosen & ~keeps_in] = 0.0


def as_it_nets(taken: Floats, given: Floats, _both: Flags) -> Flags:
    """In where more goes in than comes out: keeps what the connection sees."""
    return np.asarray(taken >= given, np.bool_)


def while_there_is_room(asked: Question) -> Rule:
    """In until the battery is full, then making room, and again: burns what it may, a quarter-hour at a time."""
    battery, start_kwh = asked.house.battery, asked.state.stored_kwh
    if battery is None:
        return as_it_nets

    def rule(taken: Floats, given: Floats, both: Flags) -> Flags:
        keeps_in = np.zeros(len(both), np.bool_)
        stored_kwh = start_kwh
        for i in range(len(both)):
            full = battery.after(stored_kwh, float(taken[i]), PTU_HOURS)
            if not both[i]:
                stored_kwh = battery.after(full, -float(given[i]), PTU_HOURS)
            elif full <= battery.capacity_kwh:
                keeps_in[i], stored_kwh = True, full
            else:
                stored_kwh = max(battery.after(stored_kwh, -float(given[i]), PTU_HOURS), 0.0)
        return keeps_in

    return rule
