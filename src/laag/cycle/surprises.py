"""How expected prices missed lately: the ways in which they may miss tomorrow, the same for every home."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints
from laag.home.calendar import Calendar

Floats = NDArray[np.float64]
Expected = Callable[[int, int], Ints]
"""(published, count) -> the day-ahead ticks expected for so many PTUs from there on, by what is published before it."""

DAYS_BACK = 7
"""Every day of the week once."""
LEAST_PAST_PTUS = 7 * 96
"""What comes before a day must hold one of each day of the week, or its surprise is only that nothing was known."""


def surprises_ticks(day_ahead_ticks: Ints, calendar: Calendar, day: slice, expected: Expected) -> Ints:
    """How much dearer each of the last days was than expected at its gate, on the clock of ``day``; latest first.

    All prices before ``day`` are published. Fewer rows where the past is short, none where there is none.
    """
    midnights = np.flatnonzero(calendar.quarter[: day.start] == 0)
    found, stop = [], day.start
    for start in midnights[::-1][:DAYS_BACK].tolist():
        if start < LEAST_PAST_PTUS:
            break
        missed = day_ahead_ticks[start:stop] - expected(start, stop - start)
        then = calendar.quarter[start:stop]
        place = np.searchsorted(then, calendar.quarter[day], side="right") - 1
        found.append(missed[np.maximum(place, 0)])
        stop = start
    return np.array(found, np.int64).reshape(len(found), day.stop - day.start)
