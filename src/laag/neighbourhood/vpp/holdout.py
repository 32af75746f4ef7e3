"""What of a home's word was worth something: now and then it is asked and then not called, and nobody knows beforehand when.

A home says what it is going to take just before it is asked, and is paid for what it takes less. That is easily leaned on: say
more than you will use, do nothing, and be paid. Where it announced and promised but was not called it ought to take what it
announced. What it takes less there it would have taken less anyway, and that much is taken off all the rest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LEAST = 8
"""Quarter-hours promised and not called: of fewer nothing is concluded, and nothing is taken off."""


def credited_wh(announced_wh: Ints, metered_wh: Ints, promised_wh: Ints, called: Flags) -> tuple[int, int]:
    """Of one home's month: what counts as given, and what was taken off. Promised: less (+) or more (-), as it was asked.

    >>> announced, metered = np.full(20, 900), np.full(20, 400)
    >>> called = np.arange(20) % 2 == 0
    >>> credited_wh(announced, metered, np.full(20, 500), called)
    (0, 5000)
    >>> credited_wh(announced, np.where(called, 400, 900), np.full(20, 500), called)
    (5000, 0)
    """
    if not len(announced_wh) == len(metered_wh) == len(promised_wh) == len(called):
        raise BadInput(
            "announced, metered, promised and called differ in length; cut all to the same quarter-hours"
        )
    wanted, differs = np.abs(promised_wh), (announced_wh - metered_wh) * np.sign(promised_wh)
    seems = np.clip(differs, 0, wanted)
    there, not_called = (wanted > 0) & called, (wanted > 0) & ~called
    given = int(seems[there].sum())
    if int(not_called.sum()) < LEAST:
        return given, 0
    # Not clipped: a day is never quite as announced, and what is above it by chance makes up for what is below.
    anyway, could = max(int(differs[not_called].sum()), 0), int(wanted[not_called].sum())
    off = min(int(wanted[there].sum()) * anyway // could, given)
    return given - off, off
