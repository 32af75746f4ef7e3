"""Where it pinches: elements with their bounds, and how often and how far they are left.

An *element* is a branch with its rating, in both directions, or a low-voltage node with its voltage band. Each has one
value per PTU: a branch its loading, signed as its ``branch_kw``; a node its voltage. Trouble is a value outside the bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.neighbourhood.grid.flow import Flow
from laag.neighbourhood.grid.network import LOW_VOLTAGE_KV, PHASES, Floats, Network, Node

BAND_V = (207.0, 253.0)
"""EN 50160: 230 V, ten per cent up and down."""


@dataclass(frozen=True, slots=True)
class Element:
    """Something with bounds. ``node`` is where its kW are counted: a branch's lower end, or the node itself."""

    name: str
    branch: int | None
    """Its place among the branches; ``None``: it is a node."""
    node: int
    low: float
    high: float
    """-1 and 1 for a branch; for a node its band, of its rated voltage."""
    phase: int | None = None
    """1, 2 or 3: a node's voltage in that phase; ``None``: all alike, or a branch."""


def elements(network: Network, *, per_phase: bool = False) -> tuple[Element, ...]:
    """Every branch with a rating, then every low-voltage node (three times, per phase)."""
    branches = [
        Element(branch.name, row, int(network.below[row]), -1.0, 1.0)
        for row, branch in enumerate(network.branches)
        if np.isfinite(network.rated_kw[row])
    ]
    nodes = [
        Element(node.name, None, at, *_band(node), phase)
        for at, node in enumerate(network.nodes)
        if node.rated_kv <= LOW_VOLTAGE_KV
        for phase in (PHASES if per_phase else (None,))
    ]
    return (*branches, *nodes)


def _band(node: Node) -> tuple[float, float]:
    low, high = (volt * 3**0.5 / (1000 * node.rated_kv) for volt in BAND_V)
    return low, high


def values(flow: Flow, network: Network) -> Floats:
    """``(ptus, elements)``: signed loading and voltage, in the order of ``elements``."""
    kinds = elements(network, per_phase=flow.per_phase)
    loading = np.copysign(flow.loading, flow.branch_kw)[:, [e.branch for e in kinds if e.branch is not None]]
    at = [e.node for e in kinds if e.branch is None]
    if not flow.per_phase:
        return np.hstack([loading, flow.voltage_pu[:, at]])
    return np.hstack(
        [loading, flow.voltage_pu[:, at, [(e.phase or 1) - 1 for e in kinds if e.branch is None]]]
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """One element that leaves its bounds: in how many PTUs, and where furthest."""

    element: Element
    ptus: int
    worst: float
    """Its value there: signed loading, or voltage (pu)."""
    worst_ptu: int


def outside(flow: Flow, network: Network) -> Flags:
    """``(ptus, elements)``: whether the element is out of its bounds. Where the flow has no solution, every one is."""
    kinds = elements(network, per_phase=flow.per_phase)
    seen = values(flow, network)
    low, high = np.array([e.low for e in kinds]), np.array([e.high for e in kinds])
    return np.asarray((seen < low) | (seen > high) | flow.unsolved[:, None], np.bool_)


def troubles(flow: Flow, network: Network) -> tuple[Trouble, ...]:
    """The elements that ever leave their bounds, the most often first."""
    kinds = elements(network, per_phase=flow.per_phase)
    seen, out = values(flow, network), outside(flow, network)
    found = []
    for at, element in enumerate(kinds):
        if not (out[:, at] & ~flow.unsolved).any():
            continue
        beyond = np.maximum(element.low - seen[:, at], seen[:, at] - element.high)
        worst = int(np.nanargmax(beyond))
        found.append(Trouble(element, int(out[:, at].sum()), float(seen[worst, at]), worst))
    return tuple(sorted(found, key=lambda trouble: -trouble.ptus))
