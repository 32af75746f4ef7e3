"""On which days, and in which quarter-hours of them, an agreement holds."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints
from laag.neighbourhood.charter.parts import Agreement

QUARTERS = 4
"""Of an hour."""


def holds(agreement: Agreement, day: date, expected_c: float | None) -> bool:
    """Whether it holds on a local day whose mean outdoor temperature was expected to be this.

    Where it is for cold days only and nobody knows how cold it will be, it does not hold: nobody is bound by what they
    could not know the evening before.

    >>> evening = Agreement("No car at dinner", "ev", 17, 20, months=(12, 1, 2), below_c=0)
    >>> holds(evening, date(2026, 1, 14), -2.5), holds(evening, date(2026, 1, 14), None), holds(evening, date(2026, 6, 1), -2.5)
    (True, False, False)
    """
    if agreement.months and day.month not in agreement.months:
        return False
    if agreement.below_c is None:
        return True
    return expected_c is not None and expected_c < agreement.below_c


def window(agreement: Agreement, quarter_of_day: Ints) -> NDArray[np.bool_]:
    """The quarter-hours of a local day in which it holds; one past midnight has an end early and a beginning late.

    ``quarter_of_day`` is as a ``PtuGrid`` tells it, so that a clock change keeps 17:00 at 17:00.

    >>> late = Agreement("Quiet night", "heat_pump", 23, 6)
    >>> int(window(late, np.arange(96)).sum()) / 4
    7.0
    """
    first, stop = agreement.from_hour * QUARTERS, agreement.to_hour * QUARTERS
    after, before = quarter_of_day >= first, quarter_of_day < stop
    return after & before if first < stop else after | before
