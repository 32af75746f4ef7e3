"""What flows and which voltage is left, by quarter-hour: the power flow.

The mathematics is power-grid-model's (`pip install 'laag[grid]'`); signs, units and shapes are ours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Flags
from laag.foundation.errors import BadInput
from laag.neighbourhood.grid.model import solve
from laag.neighbourhood.grid.network import PHASES, Branch, Cable, Floats, Network


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """The outcome, PTU by PTU. Where the flow has no solution, ``unsolved`` is true and every number is ``nan``."""

    voltage_pu: Floats
    """``(ptus, nodes)``, or ``(ptus, nodes, 3)`` phase to neutral; of the node's rated voltage."""
    loading: Floats
    """``(ptus, branches)``: current as a share of the rated, never negative; per phase, that of the fullest phase."""
    branch_kw: Floats
    """``(ptus, branches)``: into the branch at its upper end, away from the feeding point +; all phases together."""
    losses_kw: Floats
    """``(ptus,)``: in all cables and transformers."""
    unsolved: Flags
    """``(ptus,)``"""
    node_kw: Floats
    """``(ptus, nodes)`` or ``(ptus, nodes, 3)``: the offtake of which this is the flow."""
    node_kvar: Floats

    @property
    def per_phase(self) -> bool:
        """Whether phases were told apart."""
        return self.voltage_pu.ndim == 3


def flow(
    network: Network, offtake_kw: Floats, offtake_kvar: Floats | None = None, *, per_phase: bool = False
) -> Flow:
    """The power flow of each PTU.

    ``offtake_kw`` is ``(ptus, connections)``, or ``(ptus, connections, 3)`` by phase; towards the connection +. Without
    phases of its own, a connection's offtake is shared evenly over those on which it hangs.
    """
    kw = _at_nodes(network, offtake_kw, per_phase=per_phase)
    kvar = (
        np.zeros_like(kw) if offtake_kvar is None else _at_nodes(network, offtake_kvar, per_phase=per_phase)
    )
    return at_nodes(network, kw, kvar)


def at_nodes(network: Network, node_kw: Floats, node_kvar: Floats, tolerance_pu: float = 1e-9) -> Flow:
    """The same, of offtake that is summed per node already: ``(ptus, nodes)`` or ``(ptus, nodes, 3)``."""
    solved = solve(network, node_kw, node_kvar, tolerance_pu)
    rated = np.array([_rated_a(*one) for one in zip(network.branches, network.upright, strict=True)])
    shaped = rated.reshape(1, -1, 2, *(1,) * (node_kw.ndim - 2))
    loading = np.maximum(solved.upper_a / shaped[:, :, 0], solved.lower_a / shaped[:, :, 1])
    return Flow(
        solved.voltage_pu,
        loading.max(axis=2) if loading.ndim == 3 else loading,
        solved.upper_kw,
        (solved.upper_kw + solved.lower_kw).sum(axis=1),
        solved.unsolved,
        node_kw,
        node_kvar,
    )


def _rated_a(branch: Branch, upright: bool) -> tuple[float, float]:  # noqa: FBT001 - a row of a network
    """At the upper and at the lower end."""
    if isinstance(branch, Cable):
        return branch.rated_a, branch.rated_a
    high, low = (branch.rated_kva / (3**0.5 * kv) for kv in (branch.high_kv, branch.low_kv))
    return (high, low) if upright else (low, high)


def _at_nodes(network: Network, offtake: Floats, *, per_phase: bool) -> Floats:
    """Connections summed where they stand, on the phases on which they hang."""
    offtake = np.asarray(offtake, np.float64)
    if (
        offtake.ndim not in {2, 3}
        or offtake.shape[1] != len(network.connections)
        or offtake.shape[2:] not in {(), (3,)}
    ):
        raise BadInput(
            f"offtake has the shape {offtake.shape}; {network.source} has {len(network.connections)} connections: give one "
            "column for each, and three phases or none"
        )
    if not per_phase:
        return network.at_nodes(offtake.sum(axis=2) if offtake.ndim == 3 else offtake)
    if offtake.ndim == 2:
        offtake = offtake[:, :, None] * shares(network)
    return np.stack([network.at_nodes(offtake[:, :, phase]) for phase in range(3)], axis=2)


def shares(network: Network) -> Floats:
    """``(connections, 3)``: evenly over the phases on which each hangs."""
    hangs = np.array(
        [[phase in one.phases for phase in PHASES] for one in network.connections], np.float64
    ).reshape(-1, 3)
    return np.asarray(hangs / hangs.sum(axis=1, keepdims=True), np.float64)
