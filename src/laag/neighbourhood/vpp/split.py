"""Of what a month of it earned: first what homes asked, then what stays with who gave it, and what is left for all.

A home does not know the price at which it is going to be paid, and should not have to. What it asked for what it gave is its
own, however the prices turned out; where that is more than was earned, the community's fund bears it.
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
    """Units of 1e-8 EUR, received. All of it is exactly what there was."""

    members: Mapping[str, int]
    left: int
    """For the pot, to be shared by the charter's key; below zero: what the fund has to add."""

    @property
    def total(self) -> int:
        """What there was."""
        return sum(self.members.values()) + self.left


def split(
    earned_units: int,
    asked_units: Mapping[str, int],
    given_units: Mapping[str, int],
    kept_permille: int,
) -> Split:
    """``asked_units`` is what each asked for what it gave, ``given_units`` what that was worth at the prices as they became.

    ``kept_permille`` of what is over stays with those who gave, by what it was worth.

    >>> split(1_100, {"ann": 100}, {"ann": 300, "bob": 100}, kept_permille=500)
    Split(members={'ann': 475, 'bob': 125}, left=500)
    >>> split(-50, {"ann": 100}, {"ann": 2}, kept_permille=500)
    Split(members={'ann': 100}, left=-150)
    """
    if not 0 <= kept_permille <= PERMILLE:
        raise BadInput(
            f"{kept_permille} permille is to stay with the homes that earned it; give 0 to {PERMILLE}"
        )
    if min([*asked_units.values(), *given_units.values()], default=0) < 0:
        raise BadInput(
            "what a home asks, and what it gave is worth, are zero or more; leave out who gave nothing"
        )
    names = sorted({*asked_units, *given_units}, key=str.encode)
    paid = {name: asked_units.get(name, 0) for name in names}
    over = earned_units - sum(paid.values())
    worth = np.array([given_units.get(name, 0) for name in names], np.int64)
    if over <= 0 or not worth.any():
        return Split(paid, over)
    stays = over * kept_permille // PERMILLE
    parts = allot(np.array([stays]), worth, np.zeros_like(worth), np.arange(len(names)))
    return Split(
        {name: paid[name] + part for name, part in zip(names, parts.tolist(), strict=True)}, over - stays
    )
