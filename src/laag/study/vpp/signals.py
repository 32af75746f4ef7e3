"""What homes are told in each quarter-hour, by how much is known of its price: from the minute it ended to all of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from laag.cycle.street import Nation
from laag.home.outlook import Floats
from laag.neighbourhood.vpp import Published, expected, learnt, signal
from laag.neighbourhood.vpp.expected import AHEAD

DAY = 96


class Knows(StrEnum):
    """When the price of imbalance is known."""

    LAST = "last"
    """When a quarter-hour begins, that of the one before it, as the minute figures of the balance delta tell."""
    LATER = "later"
    """A quarter-hour later than that, as the settlement prices themselves are published."""
    WITHIN = "within"
    """Five minutes into the quarter-hour its own, as if the balance delta did not turn any more: too good to be true."""
    CALLED = "called"
    """As part of a pool whose bids are called for the whole quarter-hour whenever its price passes their limit."""


REACTS = {Knows.LAST: 1.0, Knows.LATER: 1.0, Knows.WITHIN: 2 / 3, Knows.CALLED: 1.0}
"""The part of the quarter-hour that is left to answer in."""
LAGS = {Knows.LAST: 1, Knows.LATER: 2, Knows.WITHIN: 1, Knows.CALLED: 1}


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Premiums in EUR/MWh, ``(quarter-hours, AHEAD)``: in each, for itself and those after it; and who was known what."""

    knows: Knows
    premium: Floats

    @property
    def reacts(self) -> float:
        """As ``REACTS``."""
        return REACTS[self.knows]


def signals(nation: Nation, span: slice, knows: Knows, margin_eur_per_mwh: float = 0.0) -> Signals:
    """For the quarter-hours of ``span``; habits are learnt anew each midnight, of what was published by then."""
    told = np.zeros((span.stop - span.start, AHEAD))
    state = np.full(len(nation.day_ahead.values), np.nan) if nation.state is None else nation.state.values
    sides = (nation.day_ahead.values, nation.shortage.values, nation.surplus.values, state)
    lag, by = LAGS[knows], None
    for row, now in enumerate(range(span.start, span.stop)):
        past = Published(*(side[: max(now + 1 - lag, 0)] for side in sides))
        if by is None or row % DAY == 0:
            by = learnt(past, lag)
        if by is None:
            continue
        told[row] = signal(expected(by, past), by, margin_eur_per_mwh)
        if knows in {Knows.WITHIN, Knows.CALLED}:
            less = sides[2][now] - sides[0][now] - by.back_short
            more = sides[1][now] - sides[0][now] + by.back_long
            told[row, 0] = less if less > 0 else min(more, 0.0)
    return Signals(knows, told)


def foresight(nation: Nation, span: slice) -> Floats:
    """The premium of each quarter-hour as it really was: what a MWh too much earned, or one too little saved."""
    day_ahead = nation.day_ahead.values[span]
    long_, short = nation.surplus.values[span] - day_ahead, nation.shortage.values[span] - day_ahead
    return np.where(long_ > 0, long_, np.where(short < 0, short, 0.0))
