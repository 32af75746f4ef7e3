"""Who gains: how unequally, by group without giving anybody away, and what one is worth to the others.

Nothing here says what is fair. It shows who gains, so that a community can say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints

Floats = NDArray[np.float64]

FLOOR = 10
"""No figure is shown of fewer homes."""


def gini(values: Sequence[int]) -> float | None:
    """How unequally something is divided: 0 is equally, 1 is all with one. ``None`` where somebody has less than nothing.

    >>> gini([1, 1, 1]), gini([0, 0, 4])
    (0.0, 0.6666666666666666)
    """
    if min(values) < 0 or not sum(values):
        return None
    rising = np.sort(np.array(values, np.float64))
    place = np.arange(1, len(rising) + 1)
    return float((2 * place - len(rising) - 1) @ rising / (len(rising) * rising.sum()))


def lorenz(values: Sequence[int]) -> list[tuple[float, float]]:
    """From who gets least to who gets most: which share of all so many of them have together.

    >>> lorenz([3, 1])
    [(0.0, 0.0), (0.5, 0.25), (1.0, 1.0)]
    """
    rising, whole = sorted(values), sum(values)
    found, total = [(0.0, 0.0)], 0
    for place, value in enumerate(rising, 1):
        total += value
        found.append((place / len(rising), total / whole if whole else place / len(rising)))
    return found


def lowest_third(values: Sequence[int]) -> float | None:
    """Which share of all the third has that gets least; ``None`` of nothing.

    >>> lowest_third([1, 2, 3, 4, 5, 15])
    0.1
    """
    whole = sum(values)
    return sum(sorted(values)[: -(-len(values) // 3)]) / whole if whole > 0 else None


@dataclass(frozen=True, slots=True)
class Group:
    """Members of whom a figure may be shown."""

    names: tuple[str, ...]
    """More than one where some were too few to be shown by themselves."""
    rows: tuple[int, ...]


def grouped(labels: Sequence[str], floor: int = FLOOR) -> tuple[Group, ...]:
    """By label. Labels of too few are taken together, and with the next smallest, so that nothing can be had by taking away.

    >>> [(one.names, len(one.rows)) for one in grouped(["a"] * 3 + ["b"] * 12 + ["c"] * 20)]
    [(('c',), 20), (('a', 'b'), 15)]
    >>> grouped(["a"] * 9)
    ()
    """
    rows: dict[str, list[int]] = {}
    for row, label in enumerate(labels):
        rows.setdefault(label, []).append(row)
    by_size = sorted(rows, key=lambda label: (len(rows[label]), label))
    few: list[str] = []
    while by_size and (len(rows[by_size[0]]) < floor or 0 < sum(len(rows[one]) for one in few) < floor):
        few.append(by_size.pop(0))
    shown = [
        Group((label,), tuple(rows[label]))
        for label in sorted(by_size, key=lambda one: (-len(rows[one]), one))
    ]
    together = tuple(sorted(row for label in few for row in rows[label]))
    return (*shown, Group(tuple(sorted(few)), together)) if len(together) >= floor else tuple(shown)


def alone_units(net_wh: Ints, buy_ticks: Ints, sell_ticks: Ints) -> Ints:
    """What each pays by itself at its supplier's prices.

    >>> alone_units(np.array([[10, -5]]), np.array([30, 30]), np.array([10, 10])).tolist()
    [250]
    """
    return np.asarray(np.maximum(net_wh, 0) @ buy_ticks - np.maximum(-net_wh, 0) @ sell_ticks, np.int64)


def for_others(net_wh: Ints, buy_ticks: Ints, sell_ticks: Ints) -> Ints:
    """What all together would save less if this one were not there, being the last to join."""
    gap = buy_ticks - sell_ticks
    taken, given = np.maximum(net_wh, 0), np.maximum(-net_wh, 0)
    all_taken, all_given = taken.sum(axis=0), given.sum(axis=0)
    whole = np.minimum(all_taken, all_given) @ gap
    without = np.minimum(all_taken - taken, all_given - given) @ gap
    return np.asarray(whole - without, np.int64)


def summed(values: Mapping[str, int], members: Sequence[str], group: Group) -> int:
    """Of a group."""
    return sum(values[members[row]] for row in group.rows)
