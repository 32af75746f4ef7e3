"""Which use takes most of what the home battery holds."""

from __future__ import annotations

import numpy as np

from laag.foundation.contracts import Flags
from laag.home.outlook import Floats, Ints
from laag.home.reasons.near import LEVEL_KWH
from laag.home.reasons.scan import run_ends


def largest_use(gives: Flags, before: Floats, after: Floats, floor: Floats) -> tuple[Ints, Flags]:
    """For each PTU that starts a run of giving: the run that takes most of what is held then, and whether more is left.

    What is held is followed until no more is left than ``floor``; what comes in later is taken to go out first. One
    more than there are PTUs is told, for where none gives.

    >>> level = np.array([9.0, 8.8, 8.8, 3.0, 3.0])
    >>> start = np.append(9.0, level[:-1])
    >>> run, left = largest_use(level < start, start, level, np.zeros(5))
    >>> run.tolist(), left.tolist()
    ([0, 3, 2, 3, 4, 5], [False, False, False, False, False, False])
    """
    count = len(gives)
    run, left = np.arange(count + 1), np.zeros(count + 1, np.bool_)
    starts = np.flatnonzero(gives & ~np.append(False, gives[:-1])).tolist()
    ends = run_ends(gives)
    for place, first in enumerate(starts):
        held, most_kwh = float(before[first]), -1.0
        for start in starts[place:]:
            lowest = float(after[start : ends[start]].min())
            if held - lowest > most_kwh + LEVEL_KWH:
                run[first], most_kwh = start, held - lowest
            held = min(held, lowest)
            if after[ends[start] - 1] <= floor[ends[start] - 1] + LEVEL_KWH:
                break
        else:
            left[first] = held - floor[-1] > most_kwh + LEVEL_KWH
    return run, left
