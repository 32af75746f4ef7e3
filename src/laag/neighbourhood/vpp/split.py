"""Who gets what a quarter-hour, a day or a month of it earned: first what homes asked, then the rest by the charter.

A home does not know the price at which it is going to be paid, and should not have to. What it asked for what it gave is its
own, however the prices turned out; the fund bears what is missing, and gets its part of what is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from laag.foundation.errors import BadInput
from laag.foundation.money import allot

PERMILLE = 1000


@dataclass(frozen=True, slots=True)
class Split:
    """Units of 1e-8 EUR; above zero is received. All of it is exactly what there was to split."""

    members: Mapping[str, int]
    fund: int
    """Below zero: what the fund had to add."""

    @property
    def total(self) -> int:
        """What there was."""
        return sum(self.members.values()) + self.fund


def split(
    pot_units: int, asked_units: Mapping[str, int], weights: Mapping[str, int], fund_permille: int = 100
) -> Split:
    """The pot over members and fund.

    ``asked_units`` is what each asked for what it gave; ``weights`` share what is over, as the charter's key says: where it
    says pro rata, the value of what each gave. Where nobody has a weight, what is over is the fund's.

    >>> split(1_000, {"ann": 100}, {"ann": 2, "bob": 1}, fund_permille=100)
    Split(members={'ann': 640, 'bob': 270}, fund=90)
    >>> split(-50, {"ann": 100}, {"ann": 2, "bob": 1})
    Split(members={'ann': 100, 'bob': 0}, fund=-150)
    """
    if not 0 <= fund_permille <= PERMILLE:
        raise BadInput(f"the fund is to get {fund_permille} permille of what is earned; give 0 to {PERMILLE}")
    if min([*asked_units.values(), *weights.values()], default=0) < 0:
        raise BadInput("what a home asks and how much it weighs are zero or more; leave out who gave nothing")
    names = sorted({*asked_units, *weights}, key=str.encode)
    paid = {name: asked_units.get(name, 0) for name in names}
    over = pot_units - sum(paid.values())
    weight = np.array([weights.get(name, 0) for name in names], np.int64)
    if over <= 0 or not weight.any():
        return Split(paid, over)
    fund = over * fund_permille // PERMILLE
    parts = allot(np.array([over - fund]), weight, np.zeros_like(weight), np.arange(len(names)))
    return Split({name: paid[name] + part for name, part in zip(names, parts.tolist(), strict=True)}, fund)
