"""When a programme starts: in one quarter-hour, whole."""

from __future__ import annotations

import numpy as np

from laag.home.outlook import Floats
from laag.home.plan.layout import Layout

A_SHARE = 1e-6
TRIED = 3
"""How many of the likeliest starts are tried for each programme."""
SPREAD = 24
"""How many of all starts are tried where the likeliest would take something from a rung."""


def undecided(at: Layout, column: Floats) -> list[int]:
    """Programmes of which only a share starts somewhere."""
    found = []
    for k, starts in enumerate(at.starts):
        shares = (*column[starts], column[at.later.start + k], column[at.undone.start + k])
        if any(A_SHARE < share < 1 - A_SHARE for share in shares):
            found.append(k)
    return found


def likely(at: Layout, column: Floats, k: int) -> list[int]:
    """The columns of programme ``k`` with the largest shares, the earliest first where they are equal."""
    every = np.array([*range(at.starts[k].start, at.starts[k].stop), at.later.start + k, at.undone.start + k])
    shares = column[every]
    best = every[np.lexsort((every, -shares))][:TRIED]
    return [int(one) for one in best if column[one] > A_SHARE]


def spread(at: Layout, upper: Floats, k: int) -> list[int]:
    """Columns in which programme ``k`` may start, spread over its window, and those in which it waits or stays undone."""
    window = np.arange(at.starts[k].start, at.starts[k].stop)
    window = window[upper[window] > 0]
    every = window[:: max(-(-len(window) // SPREAD), 1)]
    others = [at.later.start + k, at.undone.start + k]
    return [*every.tolist(), *(column for column in others if upper[column] > 0)]


def decide(at: Layout, k: int, start: int, lower: Floats, upper: Floats) -> None:
    """Let programme ``k`` start in this column and in no other."""
    upper[at.starts[k]] = 0.0
    upper[at.later.start + k] = upper[at.undone.start + k] = 0.0
    lower[start] = upper[start] = 1.0
