"""Looking ahead and back along a day, for all quarter-hours at once."""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.outlook import Floats, Ints
from laag.home.reasons.near import NOWHEN


def next_where(flags: Flags) -> Ints:
    """For each PTU the first later one where it holds; the count where there is none.

    >>> next_where(np.array([True, False, True, False])).tolist()
    [2, 2, 4, 4]
    """
    count = len(flags)
    at = np.where(flags, np.arange(count), count)
    first = np.minimum.accumulate(at[::-1])[::-1]
    return np.append(first[1:], count)


def here_or_next(flags: Flags) -> Ints:
    """For each PTU itself where it holds, else the first later one; the count where there is none.

    >>> here_or_next(np.array([True, False, True, False])).tolist()
    [0, 2, 2, 4]
    """
    return np.where(flags, np.arange(len(flags)), next_where(flags))


def run_ends(flags: Flags) -> Ints:
    """For each PTU the end (exclusive) of the unbroken run of ``flags`` that it starts or is in.

    >>> run_ends(np.array([True, True, False, True])).tolist()
    [2, 2, 3, 4]
    """
    return np.where(flags, next_where(~flags), np.arange(len(flags)) + 1)


def lowest_in_runs(values: Floats, flags: Flags) -> Floats:
    """For each PTU in a run of ``flags``, the lowest value from there to the end of the run; ``nan`` elsewhere.

    >>> lowest_in_runs(np.array([3.0, 5.0, 4.0, 1.0]), np.array([True, True, True, False])).tolist()
    [3.0, 4.0, 4.0, nan]
    """
    lowest: list[float] = []
    running = np.inf
    for value, inside in zip(values[::-1].tolist(), flags[::-1].tolist(), strict=True):
        running = min(running, value) if inside else np.inf
        lowest.append(running if inside else np.nan)
    return np.array(lowest[::-1])


def at(values: Floats, ptu: Ints) -> Floats:
    """The value at each of these PTUs; ``nan`` outside the plan."""
    inside = (ptu >= 0) & (ptu < len(values))
    return np.where(inside, values[np.where(inside, ptu, 0)], np.nan) if len(values) else np.zeros(0)


def holds_at(flags: Flags, ptu: Ints) -> Flags:
    """Whether it holds in each of these PTUs; not outside the plan."""
    return np.append(flags, False)[np.where((ptu >= 0) & (ptu < len(flags)), ptu, len(flags))]


def whose_at(claim: Ints, ptu: Ints) -> Ints:
    """The claim at each of these PTUs; nobody's outside the plan."""
    return np.append(claim, NOWHEN)[np.where((ptu >= 0) & (ptu < len(claim)), ptu, len(claim))]


def cheapest_within(cost: Floats, no_later: Flags, no_earlier: Flags) -> tuple[Floats, Ints]:
    """For each PTU the lowest cost in another PTU that it can be exchanged with, and which that is.

    Nothing is put off past the end of a PTU where ``no_later`` holds, nor brought forward past the end of one where
    ``no_earlier`` does; of equal costs the nearest is taken, the later of two.

    >>> never = np.zeros(3, np.bool_)
    >>> cost, where = cheapest_within(np.array([2.0, 3.0, 1.0]), no_later=never, no_earlier=~never)
    >>> cost.tolist(), where.tolist()
    ([1.0, 1.0, inf], [2, 2, -1])
    """
    later, later_at = _cheapest_after(cost, no_later)
    # Before is after in a day told backwards; the border after a PTU is then the border of the one that follows it.
    earlier, earlier_at = _cheapest_after(cost[::-1], np.append(no_earlier[:-1][::-1], False))
    earlier, earlier_at = earlier[::-1], len(cost) - 1 - earlier_at[::-1]
    sooner = earlier < later
    best = np.where(sooner, earlier, later)
    return best, np.where(np.isfinite(best), np.where(sooner, earlier_at, later_at), -1)


def _cheapest_after(cost: Floats, border: Flags) -> tuple[Floats, Ints]:
    """The lowest cost after each PTU up to the first border, and where; a border lies after the PTU that has it."""
    best, where = [np.inf], [-1]
    lowest, found = np.inf, -1
    costs, borders = cost.tolist(), border.tolist()
    for ptu in range(len(costs) - 2, -1, -1):
        if costs[ptu + 1] <= lowest:
            lowest, found = costs[ptu + 1], ptu + 1
        if borders[ptu]:
            lowest, found = np.inf, -1
        best.append(lowest)
        where.append(found)
    return np.array(best[::-1][-len(costs) :]), np.array(where[::-1][-len(costs) :], np.int64)
