"""What quarter-hours come to, member by member: all that a bill is made of, and what other rules would have asked.

They add up over days, so that one member's bill of a month is made of a row for each of its days.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from laag.foundation.money import floor_share
from laag.settlement.policy import Policy, retail_ticks
from laag.settlement.tariff import Facts

if TYPE_CHECKING:  # a draft is made of these
    from laag.settlement.billing.draft import Outside
    from laag.settlement.day import Settled

Ints = NDArray[np.int64]


class Own(NamedTuple):
    """One member's, over any number of days; money as seen by who pays."""

    metered_wh: int
    bought_wh: int
    bought_units: int
    bought_outside_units: int
    """What the same purchase had cost without neighbours; zero where there is no market."""
    sold_wh: int
    sold_units: int
    sold_outside_units: int
    tax_units: int
    more_wh: int
    """Taken beyond what was agreed, in quarter-hours in which more was taken."""
    less_wh: int
    deviation_units: int
    beyond_units: int
    """What deviations add to the price of what was taken from the grid, or take off it.

    The part of a deviation by which a home fed in more or less than agreed is its own delivery, and carries no VAT.
    """
    flexibility_units: int
    intraday_bought_wh: int
    intraday_bought_units: int
    intraday_bought_outside_units: int
    intraday_sold_wh: int
    intraday_sold_units: int
    intraday_sold_outside_units: int
    intraday_supplied_units: int
    """The same part of what the rounds cost."""
    band_borrowed_wmin: int = 0
    band_lent_wmin: int = 0
    band_beyond_wmin: int = 0
    band_units: int = 0

    @property
    def charged_units(self) -> int:
        """All that the quarter-hours cost (+) or earned (-)."""
        agreed = self.bought_units + self.sold_units + self.intraday_bought_units + self.intraday_sold_units
        return agreed + self.deviation_units + self.flexibility_units + self.band_units


class Used(NamedTuple):
    """What a member took and gave, and what that comes to at the day-ahead price of each quarter-hour."""

    taken_wh: int
    given_wh: int
    taken_units: int
    given_units: int


def owns(settled: Settled, outside: Outside | None = None) -> Ints:
    """A row for each member, with the columns of ``Own``."""
    found = {part.name: getattr(settled, part.name).sum(axis=1) for part in fields(settled)}
    off, agreed = settled.deviation_wh, settled.bought_wh - settled.sold_wh
    found["more_wh"] = np.maximum(off, 0).sum(axis=1)
    found["less_wh"] = np.maximum(-off, 0).sum(axis=1)
    found["beyond_units"] = _supplied(settled.deviation_units, settled.metered_wh - off, off)
    found["intraday_supplied_units"] = _supplied(settled.intraday_units, agreed, settled.intraday_wh)
    none = np.zeros(len(agreed), np.int64)
    found["bought_outside_units"] = none if outside is None else settled.bought_wh @ outside.landed_ticks
    found["sold_outside_units"] = none if outside is None else -(settled.sold_wh @ outside.export_ticks)
    return np.stack([found[name] for name in Own._fields], axis=1)


def own(settled: Settled, row: int, outside: Outside | None = None) -> Own:
    """One member's."""
    alone = type(settled)(*(getattr(settled, part.name)[row : row + 1] for part in fields(settled)))
    return Own(*owns(alone, outside)[0].tolist())


def used(metered_wh: Ints, day_ahead_ticks: Ints) -> Ints:
    """A row for each member, with the columns of ``Used``.

    >>> used(np.array([[30, -10]]), np.array([20, 5])).tolist()
    [[30, 10, 600, 50]]
    """
    taken, given = np.maximum(metered_wh, 0), np.maximum(-metered_wh, 0)
    columns = taken.sum(axis=1), given.sum(axis=1), taken @ day_ahead_ticks, given @ day_ahead_ticks
    return np.stack(columns, axis=1)


def at_a_supplier(one: Used, policy: Policy, facts: Facts) -> Own:
    """What the same use would have come to under a contract.

    A supplier asks and gives so much per Wh, and on top of that the day-ahead price or nothing of it.
    """
    (buy, buy_dearer), (sell, sell_dearer) = (
        ticks.tolist() for ticks in retail_ticks(policy, facts, np.array([0, 1]))
    )
    nothing = Own(*(0,) * len(Own._fields))
    return nothing._replace(
        metered_wh=one.taken_wh - one.given_wh,
        bought_wh=one.taken_wh,
        bought_units=one.taken_wh * buy + one.taken_units * (buy_dearer - buy),
        sold_wh=one.given_wh,
        sold_units=-one.given_wh * sell - one.given_units * (sell_dearer - sell),
    )


def _supplied(units: Ints, before_wh: Ints, more_wh: Ints) -> Ints:
    """Of what ``more_wh`` cost, the part by which more or less was taken from the grid."""
    supplied = np.maximum(before_wh + more_wh, 0) - np.maximum(before_wh, 0)
    share = floor_share(units, np.abs(supplied), np.maximum(np.abs(more_wh), 1))
    return np.asarray(share.sum(axis=1), np.int64)
