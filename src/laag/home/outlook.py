"""What a plan goes by: the quarter-hours ahead as they are expected, and what is already agreed for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import GridMismatch
from laag.foundation.ptu import PtuGrid
from laag.home.devices import EvSession, Job
from laag.home.ladder.claims import Claim
from laag.home.tariff import Band, Peak

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SERIES = ("quarter", "load_kw", "pv_kw", "outdoor_c", "heat_gain_kw", "buy_eur_per_kwh", "sell_eur_per_kwh")
_OPTIONAL = ("comfort_low_c", "hot_water_kw", "nudge_eur_per_kwh")
_AGREED = ("position_kw", "more_eur_per_kwh", "less_eur_per_kwh")


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """One number per PTU of ``grid`` in every array; sessions count PTUs from its start.

    A plan starts at the start of its grid, with the state of that instant. Stays that began before it have a negative
    ``arrives``.
    """

    grid: PtuGrid
    quarter: Ints
    """Local wall-clock quarter of the day, 0 to 95: comfort is a matter of the clock on the wall."""
    load_kw: Floats
    """Inflexible load."""
    pv_kw: Floats
    """What the panels could give."""
    outdoor_c: Floats
    heat_gain_kw: Floats
    """Heat from sun and people."""
    buy_eur_per_kwh: Floats
    """What a kWh bought is expected to cost."""
    sell_eur_per_kwh: Floats
    """What a kWh sold is expected to earn."""
    sessions: tuple[EvSession, ...] = ()
    position_kw: Floats | None = None
    """Net purchase the market has cleared, as mean kW; ``nan`` where it has not."""
    more_eur_per_kwh: Floats | None = None
    """Where there is a position: what taking one kWh more than it is expected to cost."""
    less_eur_per_kwh: Floats | None = None
    """Where there is a position: what taking one kWh less than it is expected to earn; at most ``more``."""
    made_at: datetime | None = None
    """The instant of the knowledge in it; ``None``: the start of the grid."""
    jobs: tuple[Job, ...] = ()
    """Programmes that somebody wants run."""
    claims: tuple[Claim, ...] = ()
    """What signals and wishes ask, each on its rung."""
    comfort_low_c: Floats | None = None
    """Where wishes for this very day overrule the house's comfort: at least this, at the end of each PTU."""
    hot_water_kw: Floats | None = None
    """Heat drawn from the tank; ``None``: nobody showers."""
    gas_eur_per_kwh: float = 0.13
    """Gas for a hybrid's boiler, tax and VAT included; about 1.30 EUR/m³ (2026, C2)."""
    nudge_eur_per_kwh: Floats | None = None
    """What a kWh taken weighs besides its price, and a kWh given earns: a choice for the grid or for green, not money."""
    band: Band | None = None
    peak: Peak | None = None

    def __post_init__(self) -> None:
        for name in (*_SERIES, *_AGREED, *_OPTIONAL):
            values = getattr(self, name)
            if values is not None and values.shape != (len(self.grid),):
                raise GridMismatch(
                    f"{name} has {values.shape} values for {self.grid}; give one number per PTU of the outlook's grid"
                )

    def prices_of_a_change(self) -> tuple[Floats, Floats, Floats]:
        """Position (0 where there is none), and what one kWh above and below it costs and earns.

        A meter cannot take and give in the same PTU, so a sale never earns more than a purchase costs.
        """
        if self.position_kw is None or self.more_eur_per_kwh is None or self.less_eur_per_kwh is None:
            return (
                np.zeros(len(self.grid)),
                self.buy_eur_per_kwh,
                np.minimum(self.sell_eur_per_kwh, self.buy_eur_per_kwh),
            )
        agreed = np.isfinite(self.position_kw)
        above = np.where(agreed, self.more_eur_per_kwh, self.buy_eur_per_kwh)
        below = np.where(agreed, self.less_eur_per_kwh, self.sell_eur_per_kwh)
        return np.where(agreed, self.position_kw, 0.0), above, np.minimum(above, below)

    def cost_eur(self, connection_kw: Floats, hours: float) -> float:
        """What this net offtake is expected to cost; what is agreed counts at the buy and sell price."""
        position, above, below = self.prices_of_a_change()
        change = connection_kw - position
        agreed = np.where(position >= 0, self.buy_eur_per_kwh, self.sell_eur_per_kwh) * position
        return float(np.sum(np.where(change >= 0, above, below) * change + agreed)) * hours

    def paid_eur(self, connection_kw: Floats, gas_kw: Floats, hours: float) -> float:
        """All that this net offtake and this gas are expected to cost: energy, gas, band and peak."""
        cost = self.cost_eur(connection_kw, hours) + float(gas_kw.sum()) * hours * self.gas_eur_per_kwh
        if self.band is not None:
            beyond = np.maximum(np.abs(connection_kw) - self.band.kw, 0.0)
            cost += float(beyond.sum()) * hours * self.band.beyond_eur_per_kwh
        if self.peak is not None:
            highest = float(np.max(connection_kw, initial=0.0))
            cost += max(highest - self.peak.so_far_kw, 0.0) * self.peak.eur_per_kw
        return cost


@dataclass(frozen=True, slots=True)
class Gap:
    """A number that was missing from an outlook, and what stood in for it."""

    series: str
    ptus: int
    """How many of them."""
    first: int
    stand_in: str


def mended(outlook: Outlook) -> tuple[Outlook, tuple[Gap, ...]]:
    """The outlook with every missing or infinite number replaced, and what was replaced by what.

    >>> from datetime import UTC
    >>> one = np.ones(4)
    >>> hole = np.array([1.0, np.nan, 3.0, 2.0])
    >>> grid = PtuGrid(datetime(2025, 1, 1, tzinfo=UTC), 4)
    >>> plain, gaps = mended(Outlook(grid, np.arange(4), hole, one, one, one, one, one))
    >>> plain.load_kw.tolist(), gaps[0].stand_in
    ([1.0, 2.0, 3.0, 2.0], 'the mean of the others')
    """
    whole: dict[str, Any] = {}
    gaps: list[Gap] = []
    for name in (*_SERIES[1:], *_AGREED[1:]):
        values = getattr(outlook, name)
        if values is None:
            continue
        bad = ~np.isfinite(values)
        if outlook.position_kw is not None and name in _AGREED:
            bad &= np.isfinite(outlook.position_kw)
        if not bad.any():
            continue
        whole[name], stand_in = _filled(name, values, bad)
        gaps.append(Gap(name, int(bad.sum()), int(np.argmax(bad)), stand_in))
    return (replace(outlook, **whole), tuple(gaps)) if gaps else (outlook, ())


_WHEN_NOTHING_IS_KNOWN = {
    "load_kw": 0.35,
    "pv_kw": 0.0,
    "outdoor_c": 10.0,
    "heat_gain_kw": 0.3,
    "buy_eur_per_kwh": 0.25,
    "sell_eur_per_kwh": 0.05,
    "more_eur_per_kwh": 0.25,
    "less_eur_per_kwh": 0.05,
}


def _filled(name: str, values: Floats, bad: NDArray[np.bool_]) -> tuple[Floats, str]:
    known = values[np.isfinite(values)]
    if len(known):
        return np.where(bad, known.mean(), values), "the mean of the others"
    return np.where(
        bad, _WHEN_NOTHING_IS_KNOWN[name], values
    ), f"{_WHEN_NOTHING_IS_KNOWN[name]}, for want of any"
