"""What a connection would have done without a request: three named ways to say it, and how each can be gamed.

Nobody can measure what did not happen. Every baseline is therefore somebody's word or somebody's past, and whoever is
paid by it may lean on either. ``gamed`` counts what that earns; docs/flexibility.md has the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput

Ints = NDArray[np.int64]

WEEK = 7
LIKE = 10
HIGHEST = 5
ADJUSTED_BY = slice(-12, -4)
"""The two hours that end one hour before what is asked: late enough to know the day, before anybody was asked."""
ADJUSTED_AT_MOST_PERCENT = 20
"""Of the baseline itself, either way. Our choice: such caps differ from place to place."""


class Baseline(StrEnum):
    """By name, as a charter or a grid operator's terms choose it."""

    NOMINATED = "nominated"
    """What was announced for it in the last D-prognosis before the request. Needs no past, and says in advance."""
    LAST_WEEK = "last_week"
    """What was metered in the same quarter-hours a week before."""
    LIKE_DAYS = "like_days"
    """The mean of the five highest of the last ten days like it, moved by how the day began."""


DEFAULT = Baseline.NOMINATED


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What is known of one connection; Wh, towards it +."""

    nominated_wh: Ints
    """Of the day, as announced last before the request."""
    past_wh: Ints
    """``(days, ptus)``: metered on the days before, the latest last, cut to the quarter-hours of the day."""
    today_wh: Ints
    """Metered on the day; only what lies before the request is looked at."""
    like: Sequence[int] = ()
    """Which of the days before are like it (a working day, a weekend); none: all."""

    def __post_init__(self) -> None:
        ptus = len(self.nominated_wh)
        if self.today_wh.shape != (ptus,) or self.past_wh.ndim != 2 or self.past_wh.shape[1] != ptus:
            raise BadInput(
                f"a baseline for {ptus} PTUs has {self.today_wh.shape} of the day and {self.past_wh.shape} of the days "
                "before; cut all to the same quarter-hours"
            )


def baseline_wh(method: Baseline, seen: Seen, at: slice) -> Ints:
    """What it would have taken in these quarter-hours.

    >>> past = np.array([[10], [50], [40], [30], [20], [60], [70]])
    >>> seen = Seen(np.array([45]), past, np.array([0]))
    >>> [baseline_wh(method, seen, slice(0, 1)).tolist() for method in Baseline]
    [[45], [10], [50]]
    """
    match method:
        case Baseline.NOMINATED:
            return seen.nominated_wh[at].copy()
        case Baseline.LAST_WEEK:
            if len(seen.past_wh) < WEEK:
                raise BadInput(
                    f"only {len(seen.past_wh)} days are known before the request; last_week needs {WEEK}, nominated none"
                )
            return seen.past_wh[-WEEK, at].copy()
        case Baseline.LIKE_DAYS:
            return _like_days(seen, at)


def _like_days(seen: Seen, at: slice) -> Ints:
    days = np.array(seen.like or range(len(seen.past_wh)), np.int64)[-LIKE:]
    if not len(days):
        raise BadInput("no day before the request is known; like_days needs one, nominated none")
    taken = seen.past_wh[days][:, at].sum(axis=1)
    highest = seen.past_wh[days[np.lexsort((-days, -taken))[:HIGHEST]]]
    before = slice(max(at.start + ADJUSTED_BY.start, 0), max(at.start + ADJUSTED_BY.stop, 0))
    count, width = len(highest), max(before.stop - before.start, 1)
    total = highest[:, at].sum(axis=0)
    began = int((count * seen.today_wh[before] - highest[:, before].sum(axis=0)).sum())
    # All in hundredths of a Wh, times the days and the quarter-hours before, so that nothing but the end is rounded.
    most = np.abs(total) * ADJUSTED_AT_MOST_PERCENT * width
    moved = 100 * width * total + np.clip(100 * began, -most, most)
    each = 100 * width * count
    wh: Ints = (2 * moved + each) // (2 * each)
    return wh


class Trick(StrEnum):
    """What a home can do to be paid without giving anything."""

    ANNOUNCE_MORE = "announce_more"
    """It announces, and so buys, more than it will use; the day itself is as ever."""
    USE_MORE_BEFORE = "use_more_before"
    """On the days that will count it moves use into the hours that will be asked about."""
    USE_MORE_JUST_BEFORE = "use_more_just_before"
    """It moves use into the hours by which the baseline is adjusted."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Ticks of 0.01 EUR/MWh."""

    flexibility: int
    """What the grid operator pays."""
    bought: int
    """For what is announced and so bought."""
    sold_back: int
    """For what was bought and is not used: at the intraday or the imbalance price."""
    moved: int
    """What it costs, or bothers, to use a Wh at another hour than one would."""


@dataclass(frozen=True, slots=True)
class Gamed:
    """In units of 1e-8 EUR."""

    paid_units: int
    cost_units: int

    @property
    def gain_units(self) -> int:
        """What is left of it."""
        return self.paid_units - self.cost_units


def gamed(method: Baseline, trick: Trick, usual_wh: Ints, at: slice, extra_wh: int, prices: Prices) -> Gamed:
    """What one request earns a home that does on the day exactly what it does every day, and only plays this trick.

    It offers no more than the trick makes it seem to give, so it is never short. ``extra_wh`` is in each PTU that the
    trick touches. On a day on which nobody asks, announcing more costs as much and earns nothing.
    """
    count = at.stop - at.start
    past, today = np.tile(usual_wh, (LIKE, 1)), usual_wh.copy()
    nominated = usual_wh.copy()
    before = slice(max(at.start + ADJUSTED_BY.start, 0), max(at.start + ADJUSTED_BY.stop, 0))
    moved_wh = 0
    match trick:
        case Trick.ANNOUNCE_MORE:
            nominated[at] += extra_wh
        case Trick.USE_MORE_BEFORE:
            days = range(-HIGHEST, 0) if method is Baseline.LIKE_DAYS else [-WEEK]
            for day in days:
                past[day, at] += extra_wh
            moved_wh = len(days) * count * extra_wh
        case Trick.USE_MORE_JUST_BEFORE:
            today[before] += extra_wh
            moved_wh = (before.stop - before.start) * extra_wh
    honest = baseline_wh(method, Seen(usual_wh, np.tile(usual_wh, (LIKE, 1)), usual_wh), at)
    seems = baseline_wh(method, Seen(nominated, past, today), at) - honest
    announced_wh = int((nominated - usual_wh).sum())
    cost = announced_wh * (prices.bought - prices.sold_back) + moved_wh * prices.moved
    return Gamed(int(np.maximum(seems, 0).sum()) * prices.flexibility, cost)
