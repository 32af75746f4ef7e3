"""Shapley's shares of many players, from a sample of coalitions, with how far they may be off.

A share is the mean of what somebody adds to coalitions of each size, and those means are the strata: one for each player and each
size. A sample puts all players in a ring, in an order drawn for that size alone. Every window of that many neighbours is a
coalition, and who stands before it and behind it is who joins: two disjoint coalitions for each player, so that a rich one is
answered by a poor one. After a first round each size gets samples in proportion to how much its answers differ
(Neyman's allocation), round after round, until no share may be off by more than was asked, or the budget is spent.

The order of sample ``d`` of size ``s`` is a function of the seed, ``s`` and ``d`` alone, values are whole units and sums of
them exact or rounded once: the same seed gives the same shares on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum, sqrt

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput
from laag.neighbourhood.sharing.chance import orders
from laag.neighbourhood.sharing.trading import Floats, Game

FIRST_RINGS = 8
"""Of each size, before it is known which sizes differ."""
GROWS = 1.5
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Shares so far, in units; they sum to the value of all."""

    units: Floats
    half_width_units: Floats
    """Of a 95 % confidence interval for each player by itself."""
    values: int
    """Coalitions whose value was worked out."""
    rings: Ints
    """Samples of each size."""
    enough: bool
    """No half-width is beyond what was asked."""


def sampled(game: Game, seed: int, within_units: float, values_most: int = 4_000_000) -> Estimate:
    """The last of ``sampling``."""
    *_, last = sampling(game, seed, within_units, values_most)
    return last


def sampling(game: Game, seed: int, within_units: float, values_most: int = 4_000_000) -> Iterator[Estimate]:
    """Better and better estimates; stop listening whenever the last is good enough."""
    if game.players < 3 or within_units < 0 or not 0 <= seed < 2**64:
        raise BadInput(
            "sampling is for three players or more, and to within zero or more, by a seed of 64 bits"
        )
    strata = _Strata(game, seed)
    wanted = np.full(len(strata.sizes), FIRST_RINGS, np.int64)
    while True:
        strata.draw(wanted)
        found = strata.estimate(within_units)
        spent = found.values >= values_most
        yield found
        if found.enough or spent:
            return
        differs = strata.differs()
        total = min(GROWS * float(strata.drawn.sum()), strata.rings_of(values_most))
        wanted = np.maximum(strata.drawn, np.ceil(total * differs / differs.sum()).astype(np.int64))


class _Strata:
    """What was found of each size and player. The smallest and the largest size have one coalition each, and are exact."""

    def __init__(self, game: Game, seed: int) -> None:
        self.game, self.lot, n = game, seed, game.players
        self.sizes = np.arange(1, n - 1)
        self.drawn = np.zeros(n - 2, np.int64)
        self.sums, self.squares = np.zeros((n - 2, n)), np.zeros((n - 2, n))
        alone, all_but_one, everybody = game.windows(np.arange(n), (1, n - 1, n))
        self.whole = float(everybody[0])
        # The window of all but one that begins with player i ends before player i - 1.
        self.ends = alone + (self.whole - np.roll(all_but_one, -1))

    def draw(self, wanted: Ints) -> None:
        """Until every size has as many rings as are wanted."""
        for row, size in enumerate(self.sizes.tolist()):
            rings = range(int(self.drawn[row]), int(wanted[row]))
            for order in orders(self.lot, size, rings, self.game.players):
                adds = self._adds(size, order)
                self.sums[row] += adds
                self.squares[row] += adds * adds
            self.drawn[row] = max(self.drawn[row], wanted[row])

    def _adds(self, size: int, order: Ints) -> Floats:
        """What each player adds in one ring: to the neighbours before it and to those behind it, the mean of both."""
        before, after = self.game.windows(order, (size, size + 1))
        found = np.empty(self.game.players)
        # Behind the window that begins at a stands a + size; before the one that begins at a + 1 stands a.
        joins_last = np.roll(after - before, size)
        joins_first = after - np.roll(before, -1)
        found[order] = (joins_last + joins_first) / 2
        return found

    def _variances(self) -> Floats:
        """Of one ring, by size and player."""
        count = self.drawn[:, None].astype(np.float64)
        spread = self.squares - self.sums * self.sums / count
        return np.asarray(np.maximum(spread, 0.0) / (count - 1))

    def differs(self) -> Floats:
        """By size: how much rings differ, over all players. A size that never differed keeps a little."""
        found = np.array([sqrt(fsum(row)) for row in self._variances().tolist()])
        return found + max(float(found.max()), 1.0) / 1000

    def estimate(self, within_units: float) -> Estimate:
        n, count = self.game.players, self.drawn.astype(np.float64)
        means = self.sums / count[:, None]
        parts = self._variances() / count[:, None] / n**2
        units, width, doubt = np.empty(n), np.empty(n), np.empty(n)
        for i in range(n):
            units[i] = fsum([*means[:, i].tolist(), float(self.ends[i])]) / n
            doubt[i] = fsum(parts[:, i].tolist())
            freedom = fsum((parts[:, i] * parts[:, i] / (count - 1)).tolist())
            width[i] = (
                t95(doubt[i] * doubt[i] / freedom) * sqrt(doubt[i]) if freedom > 0 else sqrt(doubt[i]) * Z95
            )
        return Estimate(
            _summing(units, doubt, self.whole),
            width,
            int(2 * n * self.drawn.sum()) + 2 * n,
            self.drawn.copy(),
            bool(width.max() <= within_units),
        )

    def rings_of(self, values: int) -> float:
        return values / (2 * self.game.players)


def _summing(units: Floats, doubt: Floats, whole: float) -> Floats:
    """What is over or short goes to who is least sure of its share: who never adds anything is sure of nothing, and keeps it."""
    gap, doubts = whole - fsum(units.tolist()), fsum(doubt.tolist())
    return units + gap * (doubt / doubts) if doubts > 0 else units


def t95(freedom: float) -> float:
    """Student's t for a two-sided 95 %, by its expansion around the normal one; from seven degrees on within 0.001.

    >>> round(t95(7), 3), round(t95(30), 3)
    (2.365, 2.042)
    """
    z, v = Z95, max(freedom, 3.0)
    return (
        z
        + (z**3 + z) / (4 * v)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4)
    )
