"""How many kW more every element bears, either way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.neighbourhood.grid.flow import Flow, at_nodes
from laag.neighbourhood.grid.network import Cable, Floats, Network
from laag.neighbourhood.grid.trouble import Element, elements, values

TIMES = 4.0
"""How far beyond the thinnest rating on the way headroom is looked for."""
CLOSE = 1e-7
"""Of a loading or a voltage (pu): closer is there."""
AT_ONCE = 20_000
LEAST = 1e-6
"""A transformer without resistance still has a slope to begin with."""


@dataclass(frozen=True, slots=True, eq=False)
class Headroom:
    """``(ptus, elements)`` in kW at the element's own node; negative where it is over already: that much must go.

    ``inf``: nothing that this grid can carry brings it there.
    """

    more_kw: Floats
    """How much more may be taken."""
    less_kw: Floats
    """How much less may be taken, or more fed in."""


def headroom(flow: Flow, network: Network, *, rounds: int = 12) -> Headroom:
    """Exact, by a secant between brackets and at most this many power flows for every element, direction and PTU.

    With ``rounds=0`` it is what the wires' resistance says of a lightly loaded grid: good to some per cent, and cheap enough
    for a year. An answer is exact for one element at a time: the others are as they were. Where the voltage collapses
    before the element is full, it ends just before that.
    """
    kinds = elements(network, per_phase=flow.per_phase)
    seen = values(flow, network)
    more = np.array([e.high if e.branch is not None else e.low for e in kinds])
    less = np.array([e.low if e.branch is not None else e.high for e in kinds])
    slope, reach = _slopes(network, kinds, per_phase=flow.per_phase), _reach_kw(network, kinds)

    def until(to: Floats) -> Floats:
        guess = (to - seen) / slope
        if not rounds:
            return np.where(np.abs(guess) >= reach, np.copysign(np.inf, guess), guess)
        way = np.sign(guess)

        def left(kw: Floats, going: Flags) -> Floats:
            """How far each still is from where it must be; negative beyond it."""
            return (_tried(flow, network, kinds, way * kw, going) - to) * np.sign(seen - to)

        return np.where(flow.unsolved[:, None], np.nan, way * _filled(left, seen - to, guess, reach, rounds))

    return Headroom(until(more), -until(less))


def _filled(
    left: Callable[[Floats, Flags], Floats], gap: Floats, guess: Floats, reach: Floats, rounds: int
) -> Floats:
    """Where ``left`` is zero, each between 0 and its reach; infinite where it is not zero by then."""
    short, short_left = np.zeros_like(gap), np.abs(gap)
    beyond, found = np.full_like(gap, np.inf), np.zeros_like(gap)
    last, last_left = short, short_left
    kw = np.minimum(np.abs(guess), reach)
    going = np.abs(gap) > CLOSE
    for _ in range(rounds):
        now = left(kw, going)
        found = np.where(going, kw, found)
        passed = going & ~(now > 0)
        going = going & ~(np.abs(now) <= CLOSE) & ~((kw >= reach) & (now > 0))
        if not going.any():
            break
        beyond = np.where(passed, kw, beyond)
        short = np.where(going & ~passed, kw, short)
        with np.errstate(divide="ignore", invalid="ignore"):
            ahead = kw - now * (kw - last) / (now - last_left)
        solved = np.isfinite(now)
        last, last_left = np.where(solved, kw, last), np.where(solved, now, last_left)
        inside = (ahead > short) & (ahead < np.minimum(beyond, reach))
        halfway = np.where(np.isfinite(beyond), (short + beyond) / 2, reach)
        kw = np.where(going, np.where(inside, ahead, halfway), kw)
    found = np.where(going, short, found)
    return np.where(~going & (found >= reach), np.inf, found)


def _tried(flow: Flow, network: Network, kinds: tuple[Element, ...], kw: Floats, going: Flags) -> Floats:
    """Each element's value with so much more at its node; ``nan`` where it need not be known, or has no solution."""
    now = np.full_like(kw, np.nan)
    ptu, at = np.nonzero(going & ~flow.unsolved[:, None])
    for first in range(0, len(ptu), AT_ONCE):
        rows, columns = ptu[first : first + AT_ONCE], at[first : first + AT_ONCE]
        node_kw = flow.node_kw[rows].copy()
        for i, (row, column) in enumerate(zip(rows, columns, strict=True)):
            element = kinds[column]
            if element.phase is None:
                node_kw[i, element.node] += kw[row, column] / (3 if flow.per_phase else 1)
            else:
                node_kw[i, element.node, element.phase - 1] += kw[row, column]
        there = values(at_nodes(network, node_kw, flow.node_kvar[rows]), network)
        now[rows, columns] = there[np.arange(len(rows)), columns]
    return now


def _slopes(network: Network, kinds: tuple[Element, ...], *, per_phase: bool) -> Floats:
    """How an element's value begins to move per kW at its own node: by its rating, or by the resistance up to there.

    On one phase alone the same kW is three times the current, and the neutral carries it back: six times the drop.
    """
    drop = np.zeros(len(network.nodes))
    for row, branch in enumerate(network.branches):
        kv = network.nodes[int(network.below[row])].rated_kv
        if isinstance(branch, Cable):
            per_kw = branch.r_ohm / (kv**2 * 1000)
        else:
            per_kw = max(branch.copper_kw, LEAST * branch.rated_kva) / branch.rated_kva**2
        drop[network.below[row]] = drop[network.above[row]] + per_kw
    return np.array(
        [
            1 / network.rated_kw[e.branch] if e.branch is not None
            else -drop[e.node] * (6 if per_phase else 1) or -LEAST / network.rated_kw.min()
            for e in kinds
        ]
    )  # fmt: skip


def _reach_kw(network: Network, kinds: tuple[Element, ...]) -> Floats:
    """Beyond this nothing is looked for: some times what the thinnest branch on the way bears."""
    bears = np.full(len(network.nodes), np.inf)
    for row in range(len(network.branches)):
        bears[network.below[row]] = min(bears[network.above[row]], network.rated_kw[row])
    rated = network.rated_kw[np.isfinite(network.rated_kw)]
    most = rated.max() if len(rated) else 1000.0
    return TIMES * np.array([min(bears[e.node], most) for e in kinds])
