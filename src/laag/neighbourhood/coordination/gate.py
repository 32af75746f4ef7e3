"""What the street pays together at its gateway, and what one kWh more or less would change of that.

Per quarter-hour a line with three corners: beyond the export limit, below zero, above zero, beyond the import limit. Because the
levy is only on what comes in, a kWh that stays inside is worth ``landed - export``: that is what there is to gain together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput, GridMismatch
from laag.foundation.ptu import PTU_HOURS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """One number per quarter-hour in each array; ``inf`` is no limit.

    What flows beyond a limit is not forbidden but dear: a street that cannot stay below it still has a best day.
    """

    landed_eur_per_kwh: Floats
    """What a kWh from outside costs, levy included."""
    export_eur_per_kwh: Floats
    import_max_kw: float = np.inf
    export_max_kw: float = np.inf
    beyond_eur_per_kwh: float = 1.0

    def __post_init__(self) -> None:
        if self.landed_eur_per_kwh.shape != self.export_eur_per_kwh.shape:
            raise GridMismatch(
                f"{self.landed_eur_per_kwh.shape} landed prices stand beside {self.export_eur_per_kwh.shape} export prices; "
                "give one of each per quarter-hour"
            )
        bad = np.flatnonzero(~(self.export_eur_per_kwh <= self.landed_eur_per_kwh))
        if len(bad):
            raise BadInput(
                f"in quarter-hour {bad[0]} the gateway would buy at {self.export_eur_per_kwh[bad[0]]:.4f} and sell at "
                f"{self.landed_eur_per_kwh[bad[0]]:.4f} EUR/kWh; lower the export price or raise the landed price"
            )
        if min(self.import_max_kw, self.export_max_kw, self.beyond_eur_per_kwh) < 0:
            raise BadInput("a limit in kW, and the price beyond it, is zero or more")

    def __len__(self) -> int:
        return len(self.landed_eur_per_kwh)

    @property
    def slopes(self) -> tuple[Floats, ...]:
        """EUR/kWh on each of the four pieces, rising."""
        return (
            self.export_eur_per_kwh - self.beyond_eur_per_kwh,
            self.export_eur_per_kwh,
            self.landed_eur_per_kwh,
            self.landed_eur_per_kwh + self.beyond_eur_per_kwh,
        )

    @property
    def corners_kw(self) -> tuple[float, float, float]:
        """Where one piece ends and the next begins."""
        return (-self.export_max_kw, 0.0, self.import_max_kw)

    def each_eur(self, street_kw: Floats) -> Floats:
        """What the street pays per quarter-hour; negative where it earns.

        >>> gate = Gate(np.full(3, 0.30), np.full(3, 0.05), import_max_kw=10.0)
        >>> gate.each_eur(np.array([-4.0, 4.0, 14.0])).round(2).tolist()
        [-0.05, 0.3, 2.05]
        """
        trade = np.where(street_kw > 0, self.landed_eur_per_kwh, self.export_eur_per_kwh) * street_kw
        beyond = np.maximum(street_kw - self.import_max_kw, 0.0) + np.maximum(
            -street_kw - self.export_max_kw, 0.0
        )
        return np.asarray((trade + self.beyond_eur_per_kwh * beyond) * PTU_HOURS, np.float64)

    def cost_eur(self, street_kw: Floats) -> float:
        """What the street pays over all."""
        return float(self.each_eur(street_kw).sum())

    def energy_eur(self, street_kw: Floats) -> float:
        """The same without what flowing beyond a limit weighs: that is no money."""
        price = np.where(street_kw > 0, self.landed_eur_per_kwh, self.export_eur_per_kwh)
        return float(price @ street_kw) * PTU_HOURS

    def nearest_kw(self, wished_kw: Floats, reach: float) -> Floats:
        """The sum that costs least with its distance from the wish: ``cost(z) + (z - wished)²/(2 reach)``.

        A falling wish is stopped at each corner for as long as its price lies between the two pieces there.

        >>> gate = Gate(np.full(3, 0.30), np.full(3, 0.05))
        >>> gate.nearest_kw(np.array([5.0, 2.0, -3.0]), reach=10.0).tolist()
        [2.0, 0.0, -3.5]
        """
        on_piece = [wished_kw - reach * slope for slope in self.slopes]
        at = np.minimum(on_piece[0], self.corners_kw[0])
        for corner, piece in zip(self.corners_kw, on_piece[1:], strict=True):
            at = np.where((at >= corner) & (piece > corner), piece, np.minimum(at, corner))
        return np.asarray(at, np.float64)

    def least_eur(self, price_eur_per_kwh: Floats) -> float:
        """The least of what the gateway asks less what this price would bring in: part of a bound on what any day costs.

        ``-inf`` at a price that no limit stands against.
        """
        low, *_, high = self.slopes
        if self.export_max_kw == np.inf:
            low = self.export_eur_per_kwh
        if self.import_max_kw == np.inf:
            high = self.landed_eur_per_kwh
        if np.any(price_eur_per_kwh < low - 1e-9) or np.any(price_eur_per_kwh > high + 1e-9):
            return -np.inf
        corners = [c for c in self.corners_kw if np.isfinite(c)]
        each = [self.each_eur(np.full(len(self), c)) - price_eur_per_kwh * c * PTU_HOURS for c in corners]
        return float(np.min(each, axis=0).sum())
