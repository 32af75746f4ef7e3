"""Exact euros: integers of 1e-8 EUR, one rounding rule.

One tick (0.01 EUR/MWh) times one Wh is exactly 1e-8 EUR, so nothing in market, settlement or ledger is ever rounded
by accident. Where a total is split over many, the largest remainders get the last units, then the lowest rank.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput, OutOfBalance

Ints = NDArray[np.int64]

UNITS_PER_EUR = 100_000_000
UNITS_PER_CENT = 1_000_000


def as_euros(units: int) -> Decimal:
    """Units of 1e-8 EUR as a decimal with all eight places.

    >>> as_euros(-160000)
    Decimal('-0.00160000')
    """
    return Decimal(int(units)).scaleb(-8)


def from_euros(euros: Decimal | str) -> int:
    """Exact units of 1e-8 EUR; refuses what does not fit.

    >>> from_euros("0.015")
    1500000
    """
    units = Decimal(euros).scaleb(8)
    if units != units.to_integral_value():
        raise BadInput(f"EUR {euros} has more than eight decimals; the ledger counts in 1e-8 EUR")
    return int(units)


def shown(numerator: int, denominator: int, most: int = 8, least: int = 2) -> str:
    """A fraction as a decimal string, half-even at ``most`` places, trailing zeros kept down to ``least``.

    >>> shown(27697, 100), shown(2, 3), shown(15000, 100)
    ('276.97', '0.66666667', '150.00')
    """
    scaled, rest = divmod(abs(numerator) * 10**most, abs(denominator))
    if 2 * rest > abs(denominator) or (2 * rest == abs(denominator) and scaled % 2):
        scaled += 1
    negative = scaled and (numerator < 0) != (denominator < 0)
    whole, part = divmod(scaled, 10**most)
    places = f"{part:0{most}d}".rstrip("0").ljust(least, "0")
    return f"{'-' if negative else ''}{whole}.{places}"


def cents(units: int) -> int:
    """Whole cents, half to even.

    >>> cents(from_euros("0.125")), cents(from_euros("-0.135"))
    (12, -14)
    """
    return int(Decimal(int(units)).scaleb(-6).to_integral_value(ROUND_HALF_EVEN))


def allot(total: Ints, weight: Ints, group: Ints, rank: Ints) -> Ints:
    """Split ``total[g]`` over the members of each group in proportion to ``weight``, in whole units.

    Every member gets the floor of its share; the units left over go to the largest remainders, then to the lowest
    ``rank`` (unique within a group). The shares of a group sum to its total exactly, whatever the total's sign.
    A group whose weights are all zero gets nothing and must have a total of zero.

    Shapes: ``total`` one per group; the others one per member. ``weight >= 0``.

    >>> allot(np.array([100]), np.array([1, 1, 1]), np.array([0, 0, 0]), np.array([2, 0, 1])).tolist()
    [33, 34, 33]
    """
    whole = _sum_by(group, weight, len(total))
    empty = whole == 0
    if np.any(total[empty]):
        raise OutOfBalance("there is an amount to split, but nobody in the group to take a share of it")
    per_unit, rest = np.divmod(total, np.where(empty, 1, whole))
    share, remainder = np.divmod(rest[group] * weight, np.where(empty, 1, whole)[group])
    share += per_unit[group] * weight
    left = total - _sum_by(group, share, len(total))
    share += first_of_each(left, group, -remainder, rank)
    return share


def first_of_each(count: Ints, group: Ints, key: Ints, rank: Ints) -> NDArray[np.bool_]:
    """Mark the ``count[g]`` members of each group with the lowest ``key``, ties by lowest ``rank``.

    Sorts values, never positions, and looks at ranks only among those tied at the border: a million orders in one
    book cost one sort of int64.

    >>> first_of_each(np.array([2]), np.array([0, 0, 0]), np.array([5, 1, 5]), np.array([1, 2, 0])).tolist()
    [False, True, True]
    """
    chosen = np.zeros(len(group), np.bool_)
    if not np.any(count) or not len(group):
        return chosen
    inside = np.flatnonzero(count[group] > 0)
    border = _border(count, group[inside], key[inside])
    at = border[group[inside]]
    below = key[inside] < at
    chosen[inside[below]] = True
    tied = inside[key[inside] == at]
    still = count - _sum_by(group[inside[below]], np.ones(int(below.sum()), np.int64), len(count))
    last = _border(still, group[tied], rank[tied])
    chosen[tied[(rank[tied] <= last[group[tied]]) & (still[group[tied]] > 0)]] = True
    return chosen


def _border(count: Ints, group: Ints, key: Ints) -> Ints:
    """The ``count[g]``-th lowest key of each group; where a count is zero or too large, a key nobody has."""
    border = np.full(len(count), np.iinfo(np.int64).min, np.int64)
    if not len(group):
        return border
    low = int(key.min())
    span = int(key.max()) - low + 1
    if len(count) * span < 2**62:
        packed = np.sort(group * span + (key - low))
        sorted_key = packed % span + low
    else:  # too wide to pack in one integer
        sorted_key = key[np.lexsort((key, group))]
    size = np.bincount(group, minlength=len(count)).astype(np.int64)
    start = np.cumsum(size) - size
    wanted = (count > 0) & (count <= size)
    border[wanted] = sorted_key[(start + count - 1)[wanted]]
    border[count > size] = np.iinfo(np.int64).max
    return border


def _sum_by(group: Ints, value: Ints, groups: int) -> Ints:
    """Exact integer sums per group; ``np.bincount`` with weights would go through floats."""
    total = np.zeros(groups, np.int64)
    np.add.at(total, group, value)
    return total
