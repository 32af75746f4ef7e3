"""Which parts exclude each other: nobody is paid for less and for more at once, nor twice for the same.

In neighbouring quarter-hours a home would be paid to move a kW there and back, and what comes back of the one offer is what
the other would sell. So of one home less and more are never both bought within a quarter-hour of each other, nor is more
bought where less brings it back anyhow; and of alternatives one is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from laag.foundation.flex import Offer

NEAR_PTUS = 1
Move = tuple[int, int, float, bool]
"""A part, a PTU, what it takes less there (+) or more (-), and whether that is what comes back."""


@dataclass(slots=True)
class _Part:
    sells_less: bool = False
    sells: set[int] = field(default_factory=set)
    """In these PTUs."""
    back_less: set[int] = field(default_factory=set)
    """Less, or more, comes back in these."""
    back_more: set[int] = field(default_factory=set)


def exclusions(offers: Sequence[Offer], offer_of: Sequence[int], moves: Iterable[Move]) -> NDArray[np.int64]:
    """``(pairs, 2)``: parts of which at most one is taken."""
    parts = [_Part() for _ in offer_of]
    for at, ptu, less_wh, comes_back in moves:
        part = parts[at]
        if comes_back:
            (part.back_less if less_wh > 0 else part.back_more).add(ptu)
        else:
            part.sells_less = less_wh > 0
            part.sells.add(ptu)
    mine, together = defaultdict(list), defaultdict(list)
    for at, of in enumerate(offer_of):
        mine[of].append(at)
    for at, one in enumerate(offers):
        together[one.connection].append(at)
    found = [
        pair
        for same in together.values()
        for one, other in combinations(same, 2)
        for pair in _between(offers[one], offers[other], mine[one], mine[other], parts)
    ]
    return np.array(sorted(found), np.int64).reshape(-1, 2)


def _between(
    one: Offer, other: Offer, ours: Sequence[int], theirs: Sequence[int], parts: Sequence[_Part]
) -> Iterable[tuple[int, int]]:
    every = product(ours, theirs)
    if one.instead_of and one.instead_of == other.instead_of:
        return every
    if one.several or other.several:
        return ()
    return (pair for pair in every if _clash(parts[pair[0]], parts[pair[1]]))


def _clash(one: _Part, other: _Part) -> bool:
    if one.sells_less == other.sells_less:
        return False
    near = {ptu + by for ptu in one.sells for by in range(-NEAR_PTUS, NEAR_PTUS + 1)}
    if near & other.sells:
        return True
    less, more = (one, other) if one.sells_less else (other, one)
    return bool(less.back_more & more.sells or more.back_less & less.sells)
