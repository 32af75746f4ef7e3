"""Subscribed bands, pooled: who stays within its own band never notices, who goes beyond borrows what others leave.

Minute by minute and in whole W: each member has its own band first. What members leave of theirs is lent to those who want more, all
up to the same height; what then is still wanted is beyond, and only who wants it pays for it. So a member of a pool is never worse
off than with its own band alone, and nobody's excess costs a neighbour anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput

BANDS_KW = (2, 4, 8, 17)
"""As grid operators announced them in 2022; they were never introduced, and no price was ever set."""
ENOUGH_REQUESTS = 12
"""In a year, before anything is earned by them."""
EARNS_FROM_PERCENT = 75
"""Of what was asked, that must have been delivered before anything is earned; all of it earns the whole step."""


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """What became of what everybody wanted; rows are minutes, columns members, mean W (positive: taken, or all given)."""

    own_w: Ints
    """Within one's own band."""
    borrowed_w: Ints
    beyond_w: Ints
    """Above one's own band and what could be borrowed; this is what costs extra."""
    lent_w: Ints
    """Of one's own band, used by others."""

    @property
    def within_w(self) -> Ints:
        """Own and borrowed."""
        return self.own_w + self.borrowed_w


def pooled(wanted_w: Ints, band_w: Ints) -> Pooled:
    """Every minute by itself.

    >>> minute = pooled(np.array([[1000, 6000, 9000]]), np.array([4000, 4000, 4000]))
    >>> minute.borrowed_w.tolist(), minute.beyond_w.tolist(), minute.lent_w.tolist()
    ([[0, 1500, 1500]], [[0, 500, 3500]], [[3000, 0, 0]])
    """
    if (wanted_w < 0).any() or (band_w < 0).any():
        raise BadInput("what is wanted and the bands are zero or more; give each direction apart")
    band = np.broadcast_to(band_w, wanted_w.shape)
    own = np.minimum(wanted_w, band)
    spare, more = band - own, wanted_w - own
    borrowed = levelled(spare.sum(axis=1), more)
    lent = levelled(borrowed.sum(axis=1), spare)
    return Pooled(own, borrowed, more - borrowed, lent)


def levelled(total: Ints, wanted: Ints) -> Ints:
    """Per row, the total given out so that all stand equally high, nobody above what it wants; the last units by column.

    >>> levelled(np.array([7]), np.array([[1, 9, 9]])).tolist()
    [[1, 3, 3]]
    >>> levelled(np.array([8]), np.array([[1, 9, 9]])).tolist()
    [[1, 4, 3]]
    """
    rising = np.sort(wanted, axis=1)
    before = np.cumsum(rising, axis=1) - rising
    members = wanted.shape[1]
    behind = np.arange(members, 0, -1)
    # With everybody from this one on at its height, so much is given out: the first that is too high finds the level.
    at_height = before + rising * behind
    reached = (at_height <= total[:, None]).sum(axis=1)
    last = np.minimum(reached, members - 1)
    row = np.arange(len(wanted))
    level = np.maximum(total - before[row, last], 0) // behind[last]
    given = np.minimum(wanted, np.where(reached == members, rising[:, -1], level)[:, None])
    left = np.minimum(total, wanted.sum(axis=1)) - given.sum(axis=1)
    open_ = wanted > given
    turn = np.cumsum(open_, axis=1)
    result: Ints = given + (open_ & (turn <= left[:, None]))
    return result


@dataclass(frozen=True, slots=True)
class Answered:
    """What a member was asked of its flexibility in a year, and what it delivered of it, each request up to what was asked."""

    requests: int
    asked_wh: int
    delivered_wh: int

    def __post_init__(self) -> None:
        if not (0 <= self.delivered_wh <= self.asked_wh and self.requests >= 0):
            raise BadInput(
                f"delivered {self.delivered_wh} of {self.asked_wh} Wh in {self.requests} requests; count no request for more "
                "than it asked"
            )

    @property
    def earned_permille(self) -> int:
        """How much of one step down is earned: nothing up to 75 % delivered, everything at 100 %, even between.

        >>> Answered(20, 10_000, 9_000).earned_permille
        600
        """
        if self.requests < ENOUGH_REQUESTS or not self.asked_wh:
            return 0
        above = 100 * self.delivered_wh - EARNS_FROM_PERCENT * self.asked_wh
        return max(1000 * above // ((100 - EARNS_FROM_PERCENT) * self.asked_wh), 0)


def smaller_kw(band_kw: int) -> int:
    """The next band down; the smallest has none below it.

    >>> smaller_kw(8), smaller_kw(2)
    (4, 2)
    """
    if band_kw not in BANDS_KW:
        raise BadInput(f"there is no band of {band_kw} kW; choose one of {', '.join(map(str, BANDS_KW))}")
    return BANDS_KW[max(BANDS_KW.index(band_kw) - 1, 0)]


def firm_w(band_kw: int, answered: Answered) -> int:
    """What a connection counts for when a cable is full, in W: its band, less the part of the step down that it earned.

    While there is room it keeps its whole band. When there is not it counts as the smaller one that it pays for.

    >>> firm_w(8, Answered(20, 10_000, 9_000))
    5600
    """
    step_w = 1000 * (band_kw - smaller_kw(band_kw))
    return 1000 * band_kw - step_w * answered.earned_permille // 1000
