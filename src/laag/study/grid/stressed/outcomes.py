"""What is measured of days that were lived: on the wires, in homes and in purses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from laag.cycle.validate import Wires
from laag.foundation.contracts import Ints
from laag.neighbourhood.grid.trouble import elements, outside, values


@dataclass(frozen=True, slots=True)
class Seen:
    """Days as a power flow sees them."""

    peak_kw: float
    """Of the feeding point, whichever way."""
    overloaded_ptus: int
    overloaded_branches: int
    worst_loading: float
    low_v: float
    high_v: float
    outside_band_ptus: int

    @classmethod
    def of(cls, wires: Wires, offtake_wh: Ints) -> Seen:
        """When members take so much: ``(members, ptus)``, Wh."""
        network, found = wires.network, wires.flow(offtake_wh)
        kinds = elements(network, per_phase=found.per_phase)
        branch = np.array([one.branch is not None for one in kinds])
        low = [one.node for one in kinds if one.branch is None]
        out = outside(found, network)
        pu = values(found, network)[:, ~branch]
        volt = pu * np.array([network.nodes[n].rated_kv for n in low]) * 1000 / 3**0.5
        top = np.flatnonzero(network.branch_above < 0)
        return cls(
            peak_kw=float(np.nanmax(np.abs(found.branch_kw[:, top].sum(axis=1)))),
            overloaded_ptus=int(out[:, branch].any(axis=1).sum()),
            overloaded_branches=int(out[:, branch].any(axis=0).sum()),
            worst_loading=float(np.nanmax(found.loading)),
            low_v=float(np.nanmin(volt)),
            high_v=float(np.nanmax(volt)),
            outside_band_ptus=int(out[:, ~branch].any(axis=1).sum()),
        )


@dataclass(frozen=True, slots=True)
class Bought:
    """What the grid operator bought, and what came of it."""

    offers: int
    kwh: float
    delivered_share: float | None
    """``None``: nothing was bought."""
    paid_eur: float
    unresolved_kwh: float
    """Element by element and PTU by PTU what no offer could resolve, by the tangent."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What homes wished for and did not get, of one kind."""

    times: int
    amount: float
    unit: str


@dataclass(frozen=True, slots=True)
class Group:
    """Homes of one kind."""

    homes: int
    bill_eur: float
    """On average."""
    sold_kwh: float
    """To the grid operator, together."""
    limited_ptus: int
    """Quarter-hours of homes with a limit, together."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way of living the days leaves."""

    name: str
    planned: Seen
    """As the market cleared it, or as it was announced to suppliers; before the grid operator looked."""
    metered: Seen
    moved_ptus: int
    """Overloaded as metered, and not as agreed: nobody was asked or limited there."""
    bought: Bought
    limited_ptus: int
    """Quarter-hours of homes with a limit."""
    held_back_kwh: float
    """By how much limits lie below what had been agreed."""
    taken_kwh: float
    """By all homes together, less what they fed in."""
    held_kwh: float
    """In batteries and in cars that are at home when the last day ends: what was taken and not used yet."""
    curtailed_kwh: float
    """Sun that panels could have given."""
    lacks: Mapping[str, Lack]
    bill_eur: float
    """Of a home on average, with VAT and network."""
    groups: Mapping[str, Group]
