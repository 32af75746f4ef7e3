"""What a community earned together, in the books: into the fund as it comes, and out of it as the charter shares it.

Whoever moves energy out of a supplier's portfolio owes that supplier what it bought it for: the day-ahead price of the quarter-hour.
What is earned is what imbalance pays beyond that; so a supplier is as well off as if nobody had moved, and homes pay their
own contract for what they metered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.settlement import books
from laag.settlement.books import MEMBERS, Accounts, Cause, Postings
from laag.settlement.words import Numbers

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Share:
    """One member's of a period, and why."""

    units: int
    """Received."""
    given_wh: int
    """What it took less, or more, because it was asked."""
    asked_times: int
    """In how many quarter-hours it gave something."""
    earned_units: int
    """By all together."""
    equally_units: int
    """What it had been, had everybody got the same of it; of what the grid operator paid: had each kept its own."""
    from_grid: bool = False
    """It is of what the grid operator paid members, each for itself."""
    put_units: int = 0
    """What the member put in of that."""

    @property
    def code(self) -> str:
        """Which sentence it is said in."""
        if self.from_grid:
            return "shared.grid" if self.put_units >= 0 else "shared.grid_fined"
        if self.units < 0:
            return "shared.cost"
        return "shared.gave" if self.given_wh else "shared"

    def and_also(self, other: Share) -> Share:
        """Of two days together."""
        return Share(
            self.units + other.units,
            self.given_wh + other.given_wh,
            self.asked_times + other.asked_times,
            self.earned_units + other.earned_units,
            self.equally_units + other.equally_units,
            from_grid=self.from_grid,
            put_units=self.put_units + other.put_units,
        )

    @property
    def numbers(self) -> Numbers:
        """For its sentence."""
        return {
            "own_units": abs(self.units),
            "given_wh": self.given_wh,
            "asked_count": self.asked_times,
            "earned_units": abs(self.earned_units),
            "put_units": abs(self.put_units),
            "out_units": abs(self.units + self.put_units),
        }


def earned_units(less_wh: Ints, day_ahead_ticks: Ints, shortage_ticks: Ints, surplus_ticks: Ints) -> Ints:
    """Per PTU, of a portfolio that took so much less (+) or more (-) than it bought, its supplier made whole.

    >>> earned_units(np.array([10, -10]), np.array([9_000, 9_000]), np.array([30_000, 2_000]), np.array([28_000, 1_000])).tolist()
    [190000, 70000]
    """
    price = np.where(less_wh > 0, surplus_ticks, shortage_ticks)
    return np.asarray(less_wh * (price - day_ahead_ticks), np.int64)


def pooled(
    accounts: Accounts,
    less_wh: Ints,
    day_ahead_ticks: Ints,
    shortage_ticks: Ints,
    surplus_ticks: Ints,
    first_ptu: int = 0,
) -> Postings:
    """Each quarter-hour's: the nation pays for what was not taken, the supplier gets what it paid for it, the fund the rest.

    Where more was taken it is the other way round. The supplier is the gateway, which is the balance responsible party too.
    """
    price = np.where(less_wh > 0, surplus_ticks, shortage_ticks)
    none = np.zeros_like(less_wh)
    sides = {
        "nation/imbalance": (price * less_wh, less_wh),
        "gateway": (-day_ahead_ticks * less_wh, -less_wh),
        "fund": ((day_ahead_ticks - price) * less_wh, none),
    }
    posted = books.entries(accounts, Cause.POOLED, sides, first_ptu)
    books.check(posted)
    return posted


def shared(accounts: Accounts, units: Mapping[str, int]) -> Postings:
    """A period's, at its first PTU: from the fund to each member, above zero received."""
    paid = np.array([[-units.get(name, 0)] for name in accounts.members], np.int64)
    sides = {MEMBERS: (paid, np.zeros_like(paid)), "fund": (-paid.sum(axis=0), np.zeros(1, np.int64))}
    posted = books.entries(accounts, Cause.SHARED, sides)
    books.check(posted)
    return posted
