"""What a home that lives gives on what the grid operator asks: offered, promised, kept, and counted as agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from laag.cycle.grid_says import ORDER, WAYS, GridSays, as_kw
from laag.cycle.living.mind import Thought
from laag.foundation.contracts import Ints
from laag.foundation.flex import Offer
from laag.foundation.ptu import PtuGrid
from laag.home import flex
from laag.home.ladder import Limit
from laag.home.plan.solver import Solver

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """What was ordered of this home on one request, per PTU of ``grid``."""

    request: str
    grid: PtuGrid
    less_wh: Ints
    """Less than agreed (+), or more (-)."""
    comes_back_wh: Ints
    """More at another time because of it (+): it is bought for the home."""

    @property
    def moved_wh(self) -> Ints:
        """By how much less the home has agreed to now."""
        return self.less_wh - self.comes_back_wh


@dataclass(frozen=True, slots=True, eq=False)
class Promise:
    """An order, and to what the home holds itself for it: ``(2, ptus)`` as in ``GridSays``, ``inf`` is nothing."""

    ordered: Ordered
    most_kw: Floats
    let_go: bool = False
    """The household would rather not: nothing is held any more, and what that costs it pays."""


def offered(thought: Thought, asked: flex.Asked, consent: flex.Consent, *, solver: Solver) -> Offer | None:
    """What the home gives, by its newest thought and beside what it has agreed to."""
    return flex.offer(
        thought.house,
        thought.state,
        thought.outlook,
        asked,
        solver=solver,
        consent=consent,
        ladder=thought.known.ladder,
        announced_kw=thought.outlook.position_kw,
    )


def promised(thought: Thought, ordered: Ordered, *, solver: Solver) -> Promise:
    """To what the home holds itself, by a thought that does not know of the order yet."""
    _, claims = flex.kept(
        thought.house,
        thought.state,
        thought.outlook,
        ordered.grid,
        ordered.less_wh,
        solver=solver,
        ladder=thought.known.ladder,
        source=ORDER,
        announced_kw=thought.outlook.position_kw,
    )
    shift = ordered.grid.index(thought.outlook.grid.start)
    own = [replace(one, first=one.first + shift, stop=one.stop + shift) for one in claims]
    return Promise(ordered, as_kw(own, len(ordered.grid)))


def says(promises: Sequence[Promise], limits: Sequence[Limit], ahead: PtuGrid, first: int) -> GridSays:
    """All that holds for this home on ``ahead``, whose first PTU counts as ``first``; limits count from its start."""
    kw = np.full((len(WAYS), len(ahead)), np.inf)
    for one in promises:
        if not one.let_go:
            here, there = _meet(ahead, one.ordered.grid)
            np.minimum(kw[:, here], one.most_kw[:, there], out=kw[:, here])
    limited = as_kw(limits, len(ahead))
    return GridSays(first, np.zeros((1, len(ahead)), np.int64), kw[:, None], limited[:, None])


def moved_wh(promises: Sequence[Promise], on: PtuGrid) -> Ints:
    """By how much less the home has agreed to on these quarter-hours than the market cleared."""
    wh = np.zeros(len(on), np.int64)
    for one in promises:
        here, there = _meet(on, one.ordered.grid)
        wh[here] += one.ordered.moved_wh[there]
    return wh


def _meet(one: PtuGrid, other: PtuGrid) -> tuple[slice, slice]:
    """Where two grids overlap, on each of them."""
    shift = one.index(other.start)
    first, stop = max(shift, 0), min(shift + len(other), len(one))
    stop = max(stop, first)
    return slice(first, stop), slice(first - shift, stop - shift)
