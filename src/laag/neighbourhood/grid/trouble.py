"""Where it pinches: elements with their bounds, and how often and how far they are left.

An *element* is a branch with its rating, in both directions, or a low-voltage node with its voltage band. Each has one
value per PTU: a branch its loading, signed as its ``branch_kw``; a node its voltage. Trouble is a value outside the bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

from laag.neighbourhood.grid.flow import Flow
from laag.neighbourhood.grid.network import Floats, Network

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
    """Every branch, then every low-voltage node (three times, per phase)."""
    raise NotImplementedError


def values(flow: Flow, network: Network) -> Floats:
    """``(ptus, elements)``: signed loading and voltage, in the order of ``elements``."""
    raise NotImplementedError
