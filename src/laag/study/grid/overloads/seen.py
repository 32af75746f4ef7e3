"""What the wires see of a year: all its quarter-hours in one power flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from laag.foundation.contracts import Flags
from laag.neighbourhood.grid.flow import flow
from laag.neighbourhood.grid.network import Floats, Network
from laag.neighbourhood.grid.trouble import elements, outside

VOLTS = 1000 / 3**0.5
"""From kV between phases to V."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """How full, how often and where; a quarter-hour without a solution counts as overloaded."""

    overloaded: Flags
    """``(ptus,)``: whether a cable or transformer is over its rating."""
    out_of_band: Flags
    """``(ptus,)``: whether a voltage is outside 207-253 V."""
    fullest: Floats
    """``(ptus,)``: the loading of the fullest branch, signed: below zero where it carries feed-in."""
    overloaded_branches: int
    worst_branch: str
    low_v: float
    high_v: float
    unsolved_ptus: int
    taken_kwh: float
    """All that is taken less all that is fed in."""

    @classmethod
    def of(cls, network: Network, kw: Floats, kvar: Floats) -> Self:
        """One batch."""
        found = flow(network, kw, kvar)
        kinds = elements(network)
        branch = np.array([one.branch is not None for one in kinds])
        out = outside(found, network)
        rated = np.where(np.isfinite(network.rated_kw), np.nan_to_num(found.loading), 0.0)
        at = rated.argmax(axis=1)
        signed = np.copysign(rated, np.nan_to_num(found.branch_kw))
        fullest = np.where(found.unsolved, np.nan, signed[np.arange(len(kw)), at])
        volts = found.voltage_pu * np.array([one.rated_kv for one in network.nodes]) * VOLTS
        low = [one.node for one in kinds if one.branch is None]
        over = out & ~found.unsolved[:, None]
        return cls(
            np.asarray(out[:, branch].any(axis=1), np.bool_),
            np.asarray(out[:, ~branch].any(axis=1), np.bool_),
            fullest,
            int(over[:, branch].any(axis=0).sum()),
            network.branches[int(at[int(np.nanargmax(np.abs(fullest)))])].name,
            float(np.nanmin(volts[:, low])),
            float(np.nanmax(volts[:, low])),
            int(found.unsolved.sum()),
            float(kw.sum()) / 4,
        )

    @property
    def overloaded_ptus(self) -> int:
        """In how many quarter-hours something is over its rating."""
        return int(self.overloaded.sum())

    @property
    def of_sun_ptus(self) -> int:
        """In how many of them what is fed in is too much."""
        return int((self.overloaded & (self.fullest < 0)).sum())

    @property
    def of_load_ptus(self) -> int:
        """In how many of them what is taken is too much."""
        return self.overloaded_ptus - self.of_sun_ptus

    @property
    def out_of_band_ptus(self) -> int:
        """In how many quarter-hours a voltage is outside its band."""
        return int(self.out_of_band.sum())

    @property
    def worst(self) -> float:
        """The loading of the fullest branch, at its fullest."""
        return float(np.nanmax(np.abs(self.fullest)))

    @property
    def calm(self) -> bool:
        """Whether the wires bear all of it."""
        return not (self.overloaded.any() or self.out_of_band.any())
