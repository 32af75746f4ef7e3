"""Help with the energy bill out of the common fund: who asked, by which rule, and never more than there is.

A household sends a yes for some months; why stays at home. The charter says how much there is a month and how much a
home gets at most; what is asked for is shared equally below that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from laag.foundation.errors import BadInput

LEAST_TOLD: Final = 10
"""Of fewer homes nothing is told to others: not how many, not how much."""
MOST_MONTHS: Final = 12
"""A yes lasts at most so long; then the household may send another."""


@dataclass(frozen=True, slots=True)
class SupportRule:
    """What the charter says of support; units of 1e-8 EUR."""

    most_per_home_units: int = 25 * 10**8
    """A month. An example until a community has voted on it."""
    share_percent: int = 50
    """Of what is in the fund at the start of a month, the part that may go to support."""

    def __post_init__(self) -> None:
        if self.most_per_home_units < 0 or not 0 <= self.share_percent <= 100:
            raise BadInput(
                f"support of at most {self.most_per_home_units} units and {self.share_percent} % of the fund cannot be; "
                "give an amount from 0 on and 0 to 100 %"
            )


@dataclass(frozen=True, slots=True)
class Supported:
    """What each home that asked gets of a month, in whole cents."""

    each: tuple[tuple[str, int], ...]
    """By member, in the order of their names."""

    @property
    def total_units(self) -> int:
        """All of it."""
        return sum(units for _, units in self.each)

    @property
    def told(self) -> tuple[int, int] | None:
        """How many homes and how much, as others may read it; ``None`` of fewer than ten."""
        return None if len(self.each) < LEAST_TOLD else (len(self.each), self.total_units)


_CENT: Final = 10**6


def supported(rule: SupportRule, fund_units: int, asked: Sequence[str]) -> Supported:
    """A month's support; equal for everybody who asked, whole cents, never more than the rule or the fund allows.

    >>> euro = 10**8
    >>> one = supported(SupportRule(25 * euro, 50), 90 * euro, ["b", "a"])
    >>> one.each
    (('a', 2250000000), ('b', 2250000000))
    """
    names = sorted(set(asked), key=str.encode)
    if not names or fund_units <= 0:
        return Supported(tuple((name, 0) for name in names))
    there = fund_units * rule.share_percent // 100
    units = min(there // len(names), rule.most_per_home_units)
    return Supported(tuple((name, units - units % _CENT) for name in names))
