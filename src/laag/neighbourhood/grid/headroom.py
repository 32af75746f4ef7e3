"""How many kW more every element bears, either way."""

from __future__ import annotations

from dataclasses import dataclass

from laag.neighbourhood.grid.flow import Flow
from laag.neighbourhood.grid.network import Floats, Network


@dataclass(frozen=True, slots=True, eq=False)
class Headroom:
    """``(ptus, elements)`` in kW at the element's own node; negative where it is over already: that much must go.

    ``inf``: nothing that this grid can carry brings it there.
    """

    more_kw: Floats
    """How much more may be taken."""
    less_kw: Floats
    """How much less may be taken, or more fed in."""


def headroom(flow: Flow, network: Network, *, rounds: int = 4) -> Headroom:
    """By the sensitivities at each operating point, and then made exact by as many power flows as there are rounds."""
    raise NotImplementedError
