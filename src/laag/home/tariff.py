"""What a network tariff charges besides a price per kWh. A time-weighted tariff needs nothing here: it is in the prices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """A subscribed band: what the connection takes or gives beyond it costs extra."""

    kw: float
    beyond_eur_per_kwh: float


@dataclass(frozen=True, slots=True)
class Peak:
    """A charge on the highest quarter-hour's mean kW taken; up to ``so_far_kw`` has been paid for already."""

    so_far_kw: float
    eur_per_kw: float
