"""Whether a grid bears a day: by a capacity, a file, or the power flow of a network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from laag.adapters.uftp.dso import Look
from laag.adapters.uftp.isps import Ints
from laag.adapters.uftp.translate import Space, room
from laag.apps.dso import powers
from laag.apps.dso.settings import OperatorWire, PointWire
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid

if TYPE_CHECKING:
    from laag.apps.dso.wired import Wired


class FromFiles:
    """Checks each point by what its table says."""

    def __init__(self, wire: OperatorWire, folder: Path) -> None:
        self._points = {one.address: one for one in wire.point}
        self._folder = folder
        for one in wire.point:
            if sum(told is not None for told in (one.capacity_kw, one.needs, one.network)) != 1:
                raise BadInput(
                    f"the point {one.address} has none or several of capacity_kw, needs and network; give one of them"
                )
            if one.connections is not None and one.network is None:
                raise BadInput(
                    f"the point {one.address} has connections and no network; name both, or neither"
                )
        zone = wire.agreed().zone
        self._wired = {
            one.address: _wired(one, folder, zone) for one in wire.point if one.network is not None
        }

    @property
    def looks(self) -> dict[str, Look]:
        """By point that has a network: how it is looked at again once something was ordered."""
        return {point: wired.look for point, wired in self._wired.items()}

    def __call__(self, point: str, grid: PtuGrid, watts: Mapping[str, Ints]) -> Space | None:
        """What is asked for; ``None`` where the grid bears it."""
        if point in self._wired:
            return self._wired[point](grid, watts)
        wire = self._points[point]
        total: Ints = np.sum([watts[who] for who in sorted(watts)], axis=0, dtype=np.int64)
        if wire.needs is not None:
            return self._needed(wire, grid)
        assert wire.capacity_kw is not None
        if wire.others is not None:
            others = powers.read(self._folder / wire.others, grid, point)
            if others is None:
                raise BadInput(f"{wire.others} says nothing of {point} from {grid}; add that day")
            total = total + others
        return room(total, round(wire.capacity_kw * 1000), grid)

    def _needed(self, wire: PointWire, grid: PtuGrid) -> Space | None:
        change = powers.read(self._folder / str(wire.needs), grid, wire.address)
        if change is None or not change.any():
            return None
        most = int(np.abs(change).max())  # elsewhere as much may come back as is asked for at the worst
        asked = change != 0
        return Space(
            grid,
            asked,
            np.where(asked, np.minimum(change, 0), -most),
            np.where(asked, np.maximum(change, 0), most),
        )


def _wired(wire: PointWire, folder: Path, zone: tzinfo) -> Wired:
    from laag.apps.dso.wired import Wired  # only who has a network loads a power flow

    return Wired.of(wire, folder, zone)


class Measured:
    """What was, from a folder with a file for each day."""

    def __init__(self, folder: Path, zone: tzinfo) -> None:
        self._folder, self._zone = folder, zone

    def __call__(self, point: str, aggregator: str, grid: PtuGrid) -> Ints | None:
        """Watts per PTU; ``None`` where they are not there yet."""
        day = grid.start.astimezone(self._zone).date()
        return powers.read(powers.of_day(self._folder, day), grid, point, aggregator)
