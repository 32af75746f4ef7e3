"""What a power flow found, in words for whoever reads a log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.neighbourhood.grid.flow import Flow
from laag.neighbourhood.grid.network import Network
from laag.neighbourhood.grid.trouble import Trouble, troubles

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A day on the wires."""

    day: date
    borne: bool
    said: str


def told(seen: Flow, network: Network, grid: PtuGrid, zone: tzinfo) -> Told:
    """The worst of what is out of its bounds, or how full the fullest is."""

    def clock(ptu: int) -> str:
        return f"{grid[ptu].astimezone(zone):%H:%M}"

    day, found = grid.start.astimezone(zone).date(), []
    if seen.unsolved.any():
        at = int(np.argmax(seen.unsolved))
        found.append(f"the voltage collapses at {clock(at)}{_times(int(seen.unsolved.sum()))}")
    trouble = troubles(seen, network)
    found += [f"{_much(one, network)} at {clock(one.worst_ptu)}{_times(one.ptus)}" for one in trouble[:SHOWN]]
    if len(trouble) > SHOWN:
        found.append(f"{len(trouble) - SHOWN} more are out of their bounds")
    if found:
        return Told(day, borne=False, said=", ".join(found))
    if not seen.loading.size:
        return Told(day, borne=True, said="the wires bear it")
    ptu, branch = divmod(int(np.argmax(seen.loading)), len(network.branches))
    full = f"{network.branches[branch].name} is {seen.loading[ptu, branch]:.1%} full at {clock(ptu)}"
    return Told(day, borne=True, said=f"the wires bear it, {full} and nothing more")


def _much(one: Trouble, network: Network) -> str:
    if one.element.branch is not None:
        return f"{one.element.name} is {abs(one.worst):.1%} full"
    volts = one.worst * network.nodes[one.element.node].rated_kv * 1000 / 3**0.5
    return f"{one.element.name} is at {volts:.0f} V"


def _times(ptus: int) -> str:
    return "" if ptus == 1 else f" ({ptus} quarter-hours in all)"
