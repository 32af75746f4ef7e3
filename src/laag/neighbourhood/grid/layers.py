"""The tree without its voltages: what each branch carries in active power, and branches as gateways of nested layers.

Needs no power flow. What it leaves out (reactive power, losses, voltage) stands measured in docs/grid.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Ints
from laag.neighbourhood.grid.network import Cable, Floats, Network, Transformer


def carried_kw(network: Network, offtake_kw: Floats) -> Floats:
    """``(ptus, branches)``: what hangs behind each branch, away from the feeding point +."""
    return network.at_nodes(np.asarray(offtake_kw, np.float64)) @ network.feeds.T


def room_kw(network: Network, offtake_kw: Floats) -> tuple[Floats, Floats]:
    """``(ptus, branches)`` twice: how much more, and how much less, may be taken behind each branch."""
    carried = carried_kw(network, offtake_kw)
    return network.rated_kw - carried, network.rated_kw + carried


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """Layer 0 is the whole street. Parents come before children, as the market's tree clears them."""

    names: tuple[str, ...]
    parent: Ints
    """By layer; the root's own means nothing."""
    capacity_kw: Floats
    """By layer, of its gateway, in both directions."""
    of_connection: Ints
    """By connection: the innermost layer in which it stands."""


def layers(network: Network, gateways: Iterable[str] | None = None) -> Layers:
    """The layers that stand behind these branches; by default behind the transformers and the first cable of each feeder.

    One transformer that carries everything is the gateway of the whole street; without it the street's own is unlimited.
    """
    top = np.flatnonzero(network.branch_above < 0)
    alone = len(top) == 1 and isinstance(network.branches[int(top[0])], Transformer)
    rows = {network.branch(name) for name in gateways} if gateways is not None else _first(network)
    inner = sorted(rows - ({int(top[0])} if alone else set()))
    layer_of = {row: layer for layer, row in enumerate(inner, 1)}
    within = np.zeros(len(network.branches), np.int64)
    for row in range(len(network.branches)):
        above = int(network.branch_above[row])
        within[row] = layer_of.get(row, 0 if above < 0 else within[above])
    parents = [int(network.branch_above[row]) for row in inner]
    of_node = np.zeros(len(network.nodes), np.int64)
    of_node[network.below] = within
    return Layers(
        (
            network.branches[int(top[0])].name if alone else network.source,
            *(network.branches[r].name for r in inner),
        ),
        np.array([0, *(0 if above < 0 else within[above] for above in parents)], np.int64),
        np.array([network.rated_kw[top[0]] if alone else np.inf, *network.rated_kw[inner]], np.float64),
        of_node[network.connection_node],
    )


def _first(network: Network) -> set[int]:
    """Transformers, and cables that a transformer or the feeding point feeds."""
    return {
        row
        for row, branch in enumerate(network.branches)
        if isinstance(branch, Transformer)
        or (above := int(network.branch_above[row])) < 0
        or not isinstance(network.branches[above], Cable)
    }
