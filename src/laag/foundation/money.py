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
    whole = sum_by(group, weight, len(total))
    if np.any(total[whole == 0]):
        raise OutOfBalance("there is an amount to split, but nobody in the group to take a share of it")
    whole = np.maximum(whole, 1)
    per_unit, rest = np.divmod(total, whole)
    share, remainder = _parts(rest[group], weight, whole[group])
    left = rest - sum_by(group, share, len(total))
    share += per_unit[group] * weight
    share += first_of_each(left, group, -remainder, rank)
    return share


def floor_share(total: Ints, part: Ints, whole: Ints) -> Ints:
    """``floor(total * part / whole)``, exact also where the product does not fit in 64 bits; ``whole > 0 <= part``.

    >>> floor_share(np.array([-10, 3 * 10**17]), np.array([1, 10**9]), np.array([3, 3 * 10**9])).tolist()
    [-4, 100000000000000000]
    """
    per_unit, rest = np.divmod(total, whole)
    return per_unit * part + _parts(rest, part, whole)[0]


def first_of_each(count: Ints, group: Ints, key: Ints, rank: Ints) -> NDArray[np.bool_]:
    """Mark the ``count[g]`` members of each group with the lowest ``key``, ties by lowest ``rank``.

    Sorts values, never positions, and looks at ranks only among those tied at the border: a million orders in one
    book cost one sort of int64.

    >>> first_of_each(np.array([2]), np.array([0, 0, 0]), np.array([5, 1, 5]), np.array([1, 2, 0])).tolist()
    [False, True, True]
    """
    if not np.any(count) or not len(group):
        return np.zeros(len(group), np.bool_)
    border = _border(count, group, key)
    at = border[group]
    chosen = key < at
    still = count - sum_by(group, chosen.astype(np.int64), len(count))
    tied = np.flatnonzero(key == at)
    if len(tied):
        last = _border(still, group[tied], rank[tied])
        chosen[tied] = rank[tied] <= last[group[tied]]
    return chosen


def sum_by(group: Ints, value: Ints, groups: int) -> Ints:
    """Exact integer sums per group; ``np.bincount`` with weights would go through floats."""
    total = np.zeros(groups, np.int64)
    np.add.at(total, group, value)
    return total


def _parts(rest: Ints, weight: Ints, whole: Ints) -> tuple[Ints, Ints]:
    """``divmod(rest * weight, whole)`` for numbers that are not negative.

    Unsigned division takes a third of the time of numpy's signed one, which looks at signs and zeros.
    """
    if not len(rest):
        return rest.copy(), rest.copy()
    if int(rest.max()) * int(weight.max()) < 2**63:
        product = rest * weight
        share = (product.view(np.uint64) // whole.view(np.uint64)).view(np.int64)
        return share, product - share * whole
    exact = rest.astype(object) * weight
    return (exact // whole).astype(np.int64), (exact % whole).astype(np.int64)


def _border(count: Ints, group: Ints, key: Ints) -> Ints:
    """The ``count[g]``-th lowest key of each group: below all keys where the count is zero, above all where too large."""
    size = np.bincount(group, minlength=len(count))
    border = np.where(count > size, np.iinfo(np.int64).max, np.iinfo(np.int64).min)
    found = np.flatnonzero((count > 0) & (count <= size))
    at = (np.cumsum(size) - size + count - 1)[found]
    low = int(key.min())
    span = int(key.max()) - low + 1
    if len(count) * span < 2**62:
        packed = np.sort(group * span + (key - low))
        border[found] = packed[at] - found * span + low
    else:  # too wide to pack group and key into one integer
        border[found] = key[np.lexsort((key, group))[at]]
    return border
