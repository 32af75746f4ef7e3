"""What flows and which voltage is left, by quarter-hour: the power flow.

The mathematics is power-grid-model's (`pip install 'laag[grid]'`); signs, units and shapes are ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.contracts import Flags
from laag.neighbourhood.grid.network import Floats, Network


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
    raise NotImplementedError
