"""The rules under which the same homes and days are settled, by name, and the prices each implies.

A policy names the day whose figures it takes, so that the homes and prices of one year can be settled under the law
of another. Everything here excludes energy tax and VAT unless it says "felt".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput
from laag.settlement.levy import levy_ticks
from laag.settlement.tariff import Facts

Ints = NDArray[np.int64]


class Supply(Enum):
    """Whom a home buys from."""

    LOCAL_MARKET = "the neighbourhood's market, and outside through its gateway"
    FIXED = "a supplier, at one price for the whole period"
    DAY_AHEAD = "a supplier, at the day-ahead price of the quarter-hour and a mark-up"


class FeedIn(Enum):
    """What a supplier gives for what is fed in (and, under netting, is left over)."""

    COMPENSATION = "the agreed compensation"
    FLOOR = "the legal minimum: a share of the bare price"
    DAY_AHEAD = "the day-ahead price of the quarter-hour"


@dataclass(frozen=True, slots=True)
class Policy:
    """One set of rules. ``facts_day`` is the day whose tax and tariffs hold."""

    name: str
    facts_day: date
    supply: Supply
    feed_in: FeedIn | None = None
    netting: bool = False
    cost_per_fed_in_kwh: bool = False
    """The supplier charges feed-in per kWh."""
    cost_per_year_of_feed_in: bool = False
    """The supplier charges feed-in in a yearly step; the only figure known is an example, so it is off by default."""
    bands: bool | None = field(default=None, metadata={"later": True})
    """Connections are subscribed bands, which the neighbourhood pools; what goes beyond the pool is charged per kWh."""

    def __post_init__(self) -> None:
        if self.netting and self.supply is not Supply.FIXED:
            raise BadInput(
                f"policy {self.name} nets kWh of different prices; netting needs one price for the period"
            )
        if self.has_market != (self.feed_in is None):
            raise BadInput(
                f"policy {self.name}: a supplier says what it gives for feed-in; a local market finds it"
            )
        if self.bands and not self.has_market:
            raise BadInput(f"policy {self.name} pools bands; only neighbours with a market of their own do")

    @property
    def has_market(self) -> bool:
        """Whether neighbours trade, behind one gateway that carries the energy tax."""
        return self.supply is Supply.LOCAL_MARKET


POLICIES = {
    policy.name: policy
    for policy in (
        Policy("layered", date(2026, 1, 1), Supply.LOCAL_MARKET),
        Policy("netting-2026", date(2026, 1, 1), Supply.FIXED, FeedIn.COMPENSATION, netting=True),
        Policy("law-2027", date(2027, 1, 1), Supply.FIXED, FeedIn.FLOOR, cost_per_fed_in_kwh=True),
        Policy("dynamic-2027", date(2027, 1, 1), Supply.DAY_AHEAD, FeedIn.DAY_AHEAD),
        Policy("layered-bandwidth", date(2026, 1, 1), Supply.LOCAL_MARKET, bands=True),
    )
}


def named(name: str) -> Policy:
    """The policy of this name."""
    try:
        return POLICIES[name]
    except KeyError:
        raise BadInput(f"there is no policy {name!r}; choose one of {', '.join(POLICIES)}") from None


def without_vat(amount: int, facts: Facts) -> int:
    """What an amount that includes VAT is without it, half to even.

    This is the one place where a figure quoted to consumers is turned into the net figure that books need.
    """
    return half_even(amount * 100, 100 + facts["vat"].value)


def half_even(numerator: int, denominator: int) -> int:
    """The nearest whole number, half to even.

    >>> [half_even(n, 2) for n in (1, 3, -1, -3)]
    [0, 2, 0, -2]
    """
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))


def net_value(facts: Facts, name: str) -> int:
    """A figure without VAT, whichever way it was quoted."""
    figure = facts[name]
    return without_vat(figure.value, facts) if figure.includes_vat else figure.value


def retail_ticks(policy: Policy, facts: Facts, day_ahead_ticks: Ints) -> tuple[Ints, Ints]:
    """What the supplier asks and gives per Wh in each PTU."""
    bare = facts["bare_price"].value
    match policy.supply:
        case Supply.DAY_AHEAD:
            buy = day_ahead_ticks + net_value(facts, "dynamic_mark_up")
        case Supply.FIXED:
            buy = np.full_like(day_ahead_ticks, bare)
        case Supply.LOCAL_MARKET:
            raise BadInput(f"policy {policy.name} has no supplier's price; clear the local market instead")
    match policy.feed_in:
        case FeedIn.DAY_AHEAD:
            return buy, day_ahead_ticks
        case FeedIn.FLOOR:
            return buy, np.full_like(day_ahead_ticks, bare * facts["feed_in_floor"].value // 100)
        case _:
            return buy, np.full_like(day_ahead_ticks, facts["feed_in_compensation"].value)


def felt_centiticks(
    policy: Policy, facts: Facts, buy_centiticks: Ints, sell_centiticks: Ints
) -> tuple[Ints, Ints]:
    """What one more Wh taken costs a household, and one more given earns it: with energy tax, VAT and feed-in cost.

    Given are prices before tax and VAT; under a local market the buyer's price holds its share of the levy already.
    Under netting these are the prices of what is *not* netted: what netting does depends on the whole period.
    """
    tax = 0 if policy.has_market else 100 * levy_ticks(facts)
    cost = 100 * facts["feed_in_cost"].value if policy.cost_per_fed_in_kwh else 0
    return (buy_centiticks + tax) * (100 + facts["vat"].value) // 100, sell_centiticks - cost


def pool_centiticks(units: Ints, wh: Ints, otherwise_centiticks: Ints) -> Ints:
    """The price of a pool: ``u`` from the buyers' total, ``s`` from the sellers'; where nobody traded, another price.

    >>> pool_centiticks(np.array([1_560_000, 0]), np.array([100, 0]), np.array([1_800_000, 1_700_000])).tolist()
    [1560000, 1700000]
    """
    return np.where(wh > 0, units * 100 // np.maximum(wh, 1), otherwise_centiticks)
