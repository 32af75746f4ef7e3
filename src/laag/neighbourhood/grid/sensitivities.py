"""What one kW more at a connection does to every cable and every voltage, at one operating point."""

from __future__ import annotations

from dataclasses import dataclass

from laag.neighbourhood.grid.flow import Flow
from laag.neighbourhood.grid.network import Floats, Network


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
    """Around the operating point of one PTU of a flow."""
    raise NotImplementedError
