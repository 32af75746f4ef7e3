"""From what was ordered to what is paid for it: delivered, measured against a baseline, and told in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.money import floor_share
from laag.settlement.flexibility import Ordered

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sold:
    """What members sold to the grid operator for a day: rows are members, columns PTUs."""

    bought_wh: Ints
    """A reduction is positive, an increase negative."""
    comes_back_wh: Ints
    """What each takes more (+) at another time because of it: announced, bought for it, and no part of what is paid."""
    paid_units: Ints
    """What the grid operator pays where all of it is delivered."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a member gave in one unbroken stretch of a day; quarters of the local day, ``stop_quarter`` exclusive."""

    from_quarter: int
    stop_quarter: int
    ordered_wh: int
    """A reduction is positive."""
    delivered_wh: int
    """Of it, and never more."""
    paid_units: int
    """By the grid operator; below zero: to it."""


def delivered_wh(sold: Sold, baseline_wh: Ints, metered_wh: Ints) -> Ints:
    """Of what was ordered; zero or more, whichever way. Giving more than was ordered counts as what was ordered."""
    relief = (baseline_wh - metered_wh) * np.sign(sold.bought_wh)
    return np.asarray(np.clip(relief, 0, np.abs(sold.bought_wh)), np.int64)


def paid_units(sold: Sold, baseline_wh: Ints, metered_wh: Ints, penalty_ticks: Ints | int) -> Ints:
    """The settle phase of UFTP (``uftp_units``), where what an order pays need not be a whole price per Wh.

    >>> wh, one = np.array([[7, 8, 9, 10, 11]]), np.ones((1, 5), np.int64)
    >>> paid_units(Sold(2 * one, 0 * one, 14 * one), 10 * one, wh, 11).tolist()
    [[14, 14, -4, -22, -33]]
    """
    wanted = np.abs(sold.bought_wh)
    relief = (baseline_wh - metered_wh) * np.sign(sold.bought_wh)
    paid = floor_share(sold.paid_units, np.clip(relief, 0, wanted), np.maximum(wanted, 1))
    return np.asarray(paid - penalty_ticks * np.maximum(wanted - relief, 0), np.int64)


def ordered(
    sold: Sold, baseline_wh: Ints, metered_wh: Ints, resale_ticks: Ints, penalty_ticks: Ints | int = 0
) -> Ordered:
    """For the day's books: what was agreed moves by what was sold, and by what comes back.

    So a home that does as it said has no deviation at either moment, and what comes back is bought for it when what
    it gave is sold.
    """
    units = paid_units(sold, baseline_wh, metered_wh, penalty_ticks)
    return Ordered(sold.bought_wh - sold.comes_back_wh, units, resale_ticks)


def rooms(sold: Sold, units: Ints, given_wh: Ints, row: int, quarter: Ints) -> tuple[Room, ...]:
    """One member's, for the bill: each stretch in which something was ordered.

    >>> wh = np.array([[0, 300, 300, 0, -200]])
    >>> both = rooms(Sold(wh, 0 * wh, 0 * wh), 5 * np.abs(wh), np.abs(wh), 0, np.arange(70, 75))
    >>> [(one.from_quarter, one.stop_quarter, one.ordered_wh, one.paid_units) for one in both]
    [(71, 73, 600, 3000), (74, 75, -200, 1000)]
    """
    return tuple(
        Room(
            int(quarter[span.start]),
            int(quarter[span.stop - 1]) + 1,
            int(sold.bought_wh[row, span].sum()),
            int(given_wh[row, span].sum()),
            int(units[row, span].sum()),
        )
        for span in _stretches(np.sign(sold.bought_wh[row]))
    )


def _stretches(way: Ints) -> Iterator[slice]:
    edges = np.flatnonzero(np.diff(way, prepend=0, append=0))
    for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if way[start]:
            yield slice(start, stop)
