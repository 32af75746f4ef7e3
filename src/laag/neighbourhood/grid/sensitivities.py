"""What one kW more at a connection does to every cable and every voltage, at one operating point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.foundation.errors import BadInput
from laag.neighbourhood.grid.flow import Flow, at_nodes, shares
from laag.neighbourhood.grid.network import Floats, Network
from laag.neighbourhood.grid.trouble import elements, values

_FINE = 1e-12
"""Voltages to this, or their differences would be noise."""


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivities:
    """By central differences of one batch. A linear answer is to be checked by another power flow before it is acted on."""

    loading_per_kw: Floats
    """``(branches, connections)``: of the loading signed as ``branch_kw``, per kW of offtake more."""
    voltage_per_kw: Floats
    """``(nodes, connections)``, or ``(nodes, connections, 3)``: of the voltage (pu), per kW of offtake more."""
    relief_per_kw: Floats
    """``(elements, connections)``: kW at the element's own node that one kW at the connection is worth to it: 1 for whoever
    stands there, 0 for whom it does not feel. In the order of ``elements``."""


def sensitivities(network: Network, flow: Flow, ptu: int, *, step_kw: float = 1.0) -> Sensitivities:
    """Around the operating point of one PTU of a flow; kvar stay as they are."""
    if flow.unsolved[ptu]:
        raise BadInput(
            f"the power flow of PTU {ptu} has no solution, so nothing near it can be told; take one that has, or cut the "
            "offtake until it has"
        )
    places = (len(network.nodes), *flow.node_kw.shape[2:])
    moved = int(np.prod(places))
    steps = np.concatenate([np.eye(moved), -np.eye(moved)]).reshape(2 * moved, *places) * step_kw
    around = at_nodes(
        network,
        flow.node_kw[ptu] + steps,
        np.broadcast_to(flow.node_kvar[ptu], steps.shape),
        tolerance_pu=_FINE,
    )
    signed = np.copysign(around.loading, around.branch_kw)
    rise = (signed[:moved] - signed[moved:]) / (2 * step_kw)
    lift = (around.voltage_pu[:moved] - around.voltage_pu[moved:]) / (2 * step_kw)
    seen = values(around, network)
    slope = (seen[:moved] - seen[moved:]) / (2 * step_kw)
    own = _own(network, slope, per_phase=flow.per_phase)
    worth = np.divide(slope, own, out=np.zeros_like(slope), where=own != 0)
    mix = _mix(network, per_phase=flow.per_phase)
    return Sensitivities((mix @ rise).T, np.tensordot(mix, lift, axes=1).swapaxes(0, 1), (mix @ worth).T)


def _own(network: Network, slope: Floats, *, per_phase: bool) -> Floats:
    """By element: what one kW does to it at its own node; on its own phase, or evenly over three."""
    own = []
    for at, element in enumerate(elements(network, per_phase=per_phase)):
        if not per_phase:
            own.append(slope[element.node, at])
        elif element.phase is None:
            own.append(slope[3 * element.node : 3 * element.node + 3, at].mean())
        else:
            own.append(slope[3 * element.node + element.phase - 1, at])
    return np.array(own, np.float64)


def _mix(network: Network, *, per_phase: bool) -> Floats:
    """``(connections, moved places)``: where one kW of each connection goes."""
    standing = np.zeros((len(network.connections), len(network.nodes)))
    standing[np.arange(len(network.connections)), network.connection_node] = 1.0
    if not per_phase:
        return standing
    spread = standing[:, :, None] * shares(network)[:, None, :]
    return spread.reshape(len(network.connections), -1)
