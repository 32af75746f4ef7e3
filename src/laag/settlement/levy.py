"""Energy tax: per imported Wh at the gateway, or per connection and year in brackets.

Under a local market every imported Wh carries the first-bracket rate. The retail policies tax each connection by
itself; its rate falls as the year's use passes a bracket.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.settlement.tariff import Facts, Figure

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bracket:
    """The rate above this many Wh in a year, and the figures it is the sum of (tax, and until 2022 ODE)."""

    above_wh: int
    rate_ticks: int
    figures: tuple[Figure, ...]


def brackets(facts: Facts) -> tuple[Bracket, ...]:
    """Rising; the last one is open."""
    names = [name for name in facts.figures if name.startswith("energy_tax.")]
    rising = sorted(int(name.removeprefix("energy_tax.")) for name in names)
    return tuple(_bracket(facts, above_kwh) for above_kwh in rising)


def _bracket(facts: Facts, above_kwh: int) -> Bracket:
    surcharge = facts.figures.get(f"ode.{above_kwh}")
    figures = (facts[f"energy_tax.{above_kwh}"],) + ((surcharge,) if surcharge else ())
    return Bracket(above_kwh * 1000, sum(figure.value for figure in figures), figures)


def levy_ticks(facts: Facts) -> int:
    """What an imported Wh carries: the first-bracket rate."""
    return _bracket(facts, 0).rate_ticks


def levy_units(taken_wh: Ints, rate_ticks: Ints | int) -> Ints:
    """The levy on what a layer takes; what it gives away carries none.

    >>> levy_units(np.array([100, -100]), 9161).tolist()
    [916100, 0]
    """
    return rate_ticks * np.maximum(taken_wh, 0)


def bracket_units(used_wh: int, rates: tuple[Bracket, ...], before_wh: int = 0) -> int:
    """The tax on ``used_wh`` by a connection that had already used ``before_wh`` this year.

    >>> rates = (Bracket(0, 9161, ()), Bracket(10_000_000, 6671, ()))
    >>> bracket_units(2_000_000, rates, before_wh=9_000_000) == 1_000_000 * (9161 + 6671)
    True
    """
    return _from_zero(before_wh + used_wh, rates) - _from_zero(before_wh, rates)


def _from_zero(used_wh: int, rates: tuple[Bracket, ...]) -> int:
    tops = [bracket.above_wh for bracket in rates[1:]]
    units = 0
    for bracket, top_wh in zip(rates, [*tops, used_wh], strict=True):
        units += bracket.rate_ticks * max(min(used_wh, top_wh) - bracket.above_wh, 0)
    return units
