"""What trading together is worth: the same quarter-hours of fewer members, each alone at its supplier's prices.

Alone a member pays ``R`` for what it takes and gets ``E`` for what it gives. Behind one gateway only the sum does. What that saves
in a quarter-hour is the gap between the two prices for as much as neighbours gave each other, so that

    v(S) = sum over quarter-hours of (R - E) x min(taken by S, given by S)

in whole units of 1e-8 EUR. No coalition is worth less with one more in it. Of a coalition's value the larger part is a sum
over its members, ``(R - E) |net|``; only ``(R - E) |sum of nets|`` has to be worked out for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput

Floats = NDArray[np.float64]

EXACT_UNITS = 2**53
"""Below it a float counts whole units exactly, so sums may be left to the fastest way of summing, in any order."""
LOW_PLAYERS = 7
"""Sums of the first of them are kept in a table of 128 rows, which stays near the processor."""


class Game(Protocol):
    """Players, and what any of them are worth together; values are whole units, as floats below ``EXACT_UNITS``."""

    @property
    def players(self) -> int:
        """How many."""
        ...

    def of_all(self) -> Floats:
        """Of every coalition; player ``i`` is in coalition ``c`` where bit ``i`` of ``c`` is set."""
        ...

    def windows(self, order: Ints, sizes: Sequence[int]) -> Floats:
        """With the players in a ring: of each window of that many neighbours, by where it begins; shape (sizes, players)."""
        ...


class Trading:
    """The game of trading behind one gateway. Rows of ``net_wh`` are players, towards the home +."""

    def __init__(self, net_wh: Ints, buy_ticks: Ints, sell_ticks: Ints) -> None:
        if (
            net_wh.ndim != 2
            or net_wh.shape[1] != len(buy_ticks)
            or len(buy_ticks) != len(sell_ticks)
            or not len(net_wh)
        ):
            raise BadInput(
                f"{net_wh.shape} quarter-hours of members meet {len(buy_ticks)} prices to buy and {len(sell_ticks)} to sell; "
                "give a row for each member and both prices for each quarter-hour"
            )
        gap = buy_ticks - sell_ticks
        if len(gap) and gap.min() < 0:
            raise BadInput(
                "outside, selling pays more than buying costs; give prices at which E is at most R"
            )
        # Where nobody gives, or nobody takes, being together is worth nothing: those quarter-hours are left out.
        counts = (gap > 0) & (net_wh > 0).any(axis=0) & (net_wh < 0).any(axis=0)
        self._net = np.ascontiguousarray(net_wh[:, counts], np.float64)
        self._gap = gap[counts].astype(np.float64)
        self._alone: Floats = np.abs(self._net) @ self._gap
        if float(self._alone.sum()) >= EXACT_UNITS:
            raise BadInput(
                "these quarter-hours are worth more than can be counted exactly; share them in parts"
            )

    @property
    def players(self) -> int:
        """How many."""
        return len(self._net)

    @property
    def net(self) -> tuple[Floats, Floats, Floats]:
        """Net Wh where it counts, the gap there, and each one's own part."""
        return self._net, self._gap, self._alone

    def of_all(self) -> Floats:
        """Of all ``2 ** players``, by doubling: sums of the first players in a table, and a row of it moved for the others."""
        low = min(self.players, LOW_PLAYERS)
        table, own = _sums(self._net[:low]), _sums(self._alone[:low, None])[:, 0]
        values = np.empty(1 << self.players)
        room = np.empty_like(table)
        for high in range(1 << (self.players - low)):
            others = [low + k for k in range(self.players - low) if high >> k & 1]
            np.add(table, self._net[others].sum(axis=0), out=room)
            together = np.abs(room, out=room) @ self._gap
            start = high << low
            values[start : start + (1 << low)] = (own + self._alone[others].sum() - together) / 2
        return values

    def windows(self, order: Ints, sizes: Sequence[int]) -> Floats:
        """Of neighbours in a ring."""
        ring = np.concatenate([order, order])
        net = _running(self._net[ring])
        own = _running(self._alone[ring, None])[:, 0]
        n = self.players
        found = np.empty((len(sizes), n))
        for row, size in enumerate(sizes):
            together = np.abs(net[size : size + n] - net[:n]) @ self._gap
            found[row] = (own[size : size + n] - own[:n] - together) / 2
        return found

    def whole(self) -> int:
        """Of everybody together."""
        return int((self._alone.sum() - np.abs(self._net.sum(axis=0)) @ self._gap) / 2)


def _sums(rows: Floats) -> Floats:
    """Of every set of rows, by its bits."""
    table = np.zeros((1, rows.shape[1]))
    for row in rows:
        table = np.concatenate([table, table + row])
    return table


def _running(rows: Floats) -> Floats:
    """Sums of the first ``k`` rows, from none."""
    total = np.zeros((len(rows) + 1, rows.shape[1]))
    np.cumsum(rows, axis=0, out=total[1:])
    return total
