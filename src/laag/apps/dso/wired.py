"""A congestion point that is a network: prognoses are put over its wires, and what the power flow finds too much is asked for."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import tzinfo
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from laag.adapters.uftp.flexing import POINT, asked_of
from laag.adapters.uftp.isps import Ints
from laag.adapters.uftp.translate import Space
from laag.apps.dso import hanging, powers
from laag.apps.dso.hanging import OTHERS, Hanging
from laag.apps.dso.settings import PointWire
from laag.apps.dso.telling import told
from laag.cycle.validate import MARGIN, ROUNDS, need_in
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid
from laag.neighbourhood.flexibility import Need
from laag.neighbourhood.grid.flow import flow
from laag.neighbourhood.grid.network import Floats, Network
from laag.neighbourhood.grid.trouble import outside

log = logging.getLogger("laag.dso")
WORTH_ASKING = 0.1
"""Of a kW that they do together: what it relieves less than this is not asked for, or ten times as much would be."""
HALVINGS = 12
"""Power flows for the room beside what is asked: to a four-thousandth of it."""


class Wired:
    """Looks at one point's wires."""

    def __init__(
        self, point: str, network: Network, hangs: Hanging, zone: tzinfo, others: Path | None = None
    ) -> None:
        self.point, self._network, self._hangs = point, network, hangs
        self._zone, self._others = zone, others
        if others is not None and OTHERS not in hangs.key:
            raise BadInput(
                f"the point {point} has others and every connection is of an aggregator; "
                "leave the aggregator of theirs empty, or leave others out"
            )

    @classmethod
    def of(cls, wire: PointWire, folder: Path, zone: tzinfo) -> Wired:
        """As the settings name it; what is odd about the network is said once."""
        if find_spec("power_grid_model") is None:
            raise BadInput(
                f"the network of {wire.address} needs a power flow; pip install 'laag[grid]' adds it, or give capacity_kw"
            )
        from laag.apps.grid_check import read_any

        network, findings = read_any(folder / str(wire.network))
        for finding in findings:
            log.warning("%s: %s", wire.address, finding)
        if wire.connections is not None:
            hangs = hanging.read(folder / wire.connections, network, wire.aggregators)
        elif len(wire.aggregators) == 1:
            hangs = hanging.alike(network, wire.aggregators[0])
        else:
            raise BadInput(
                f"the point {wire.address} has {len(wire.aggregators)} aggregators on one network; "
                "say in a file who hangs where, and name it as connections"
            )
        return cls(wire.address, network, hangs, zone, None if wire.others is None else folder / wire.others)

    def __call__(self, grid: PtuGrid, watts: Mapping[str, Ints]) -> Space | None:
        """What is asked for; ``None`` where the wires bear it, or where nothing that these homes do would help."""
        kw, parts = self._kw(grid, watts), self._hangs.together(list(watts))
        seen = flow(self._network, kw)
        found = told(seen, self._network, grid, self._zone)
        space = self._asked(need_in(self._network, grid, seen), parts)
        if space is None:
            level = logging.INFO if found.borne else logging.WARNING
            log.log(level, "%s, %s: %s", self.point, found.day, found.said)
            return None
        space = self._held(grid, kw, parts, space)
        most = np.abs(_asked_w(space)).max() / 1000
        log.warning("%s, %s: %s; at most %.1f kW is asked for", self.point, found.day, found.said, most)
        return space

    def look(self, grid: PtuGrid, watts: Mapping[str, Ints]) -> str:
        """What the wires bear of a day with what was ordered, in words."""
        found = told(flow(self._network, self._kw(grid, watts)), self._network, grid, self._zone)
        said = f"with what was ordered {found.said}"
        log.log(logging.INFO if found.borne else logging.WARNING, "%s, %s: %s", self.point, found.day, said)
        return said

    def _kw(self, grid: PtuGrid, watts: Mapping[str, Ints]) -> Floats:
        if self._others is None:
            return self._hangs.kw(watts)
        others = powers.read(self._others, grid, self.point)
        if others is None:
            raise BadInput(f"{self._others} says nothing of {self.point} from {grid}; add that day")
        return self._hangs.kw({**watts, OTHERS: others})

    def _asked(self, need: Need | None, parts: Floats) -> Space | None:
        """Of the homes together, each doing its part."""
        if need is None:
            return None
        relief = need.relief_per_kw @ parts
        relief = np.where(need.over.any(axis=1) & (np.abs(relief) < WORTH_ASKING), 0.0, relief)
        return asked_of(Need(need.grid, need.elements, (POINT,), need.kw_over, relief[:, None]), (POINT,))

    def _held(self, grid: PtuGrid, kw: Floats, parts: Floats, space: Space) -> Space:
        """Held against the power flow: what a straight line through a bent grid missed is asked for on top."""
        for _ in range(ROUNDS):
            then = kw + np.outer(_asked_w(space) / 1000, parts)
            missed = self._asked(need_in(self._network, grid, flow(self._network, then)), parts)
            if missed is None:
                break
            more = np.rint(_asked_w(missed) * MARGIN).astype(np.int64)
            less, up = space.requested & (space.high_w <= 0), space.requested & (space.high_w > 0)
            low = space.low_w + np.where(less, np.minimum(more, 0), 0)
            high = space.high_w + np.where(up, np.maximum(more, 0), 0)
            space = Space(grid, space.requested, low, high)
        low, high = (self._bears_w(kw, parts, space, end) for end in (space.low_w, space.high_w))
        return Space(grid, space.requested, low, high)

    def _bears_w(self, kw: Floats, parts: Floats, space: Space, end: Ints) -> Ints:
        """Of the room that is named beside what is asked, what the wires bear when all of it is used: what comes back may."""
        rated = self._network.rated_kw
        most_w = 2000 * float(rated[np.isfinite(rated)].max(initial=0.0)) or np.inf
        tried = np.where(space.requested, end, np.clip(end, -most_w, most_w))
        fits, fails = np.zeros_like(tried), tried
        for _ in range(HALVINGS):
            then = flow(self._network, kw + np.outer(np.where(space.requested, 0, tried) / 1000, parts))
            over = outside(then, self._network).any(axis=1) & ~space.requested
            fits, fails = np.where(over, fits, tried), np.where(over, tried, fails)
            if not over.any() and (fits == fails).all():
                break
            tried = (fits + fails) / 2
        return np.where(space.requested, end, np.trunc(fits)).astype(np.int64)


def _asked_w(space: Space) -> Ints:
    """What must change, per PTU."""
    return np.where(space.requested, np.where(space.high_w <= 0, space.low_w, space.high_w), 0)
