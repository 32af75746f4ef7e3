"""What is compared of each way, as plain numbers that can be written to a file and read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PTU_HOURS
from laag.study.coordination.homes import OWN_PTUS, Neighbours
from laag.study.coordination.lived import Lived, gains_eur, gini, jain, lived, moved_kw
from laag.study.coordination.ways import WAYS, Optimum

Floats = NDArray[np.float64]

LOSES_EUR = 0.05
"""Over the whole stretch; less is rounding."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way."""

    way: str
    cost_eur: float
    """Energy at the gateway with tax, wear of batteries, and what homes hold less at the end than alone."""
    energy_eur: float
    peak_import_kw: float
    peak_export_kw: float
    beyond_kwh: float
    """What flowed beyond the limit of the transformer."""
    car_short_kwh: float
    cold_kh: float
    gain_eur: float
    """Of all homes together, against each alone with a contract of its own."""
    losing_percent: float
    gini: float
    jain: float
    moved_kw: float
    """Mean kW per home away from its own plan."""
    moved_percent: float
    """Of the energy that passes connections."""
    rounds: int
    messages: int
    kilobytes: float
    seconds: float
    street_kw: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """All ways through one stretch of days."""

    season: str
    first: str
    days: int
    homes: int
    limit_kw: float
    rows: tuple[Row, ...]
    optima: tuple[Optimum, ...] = field(default=())
    """Of each day that was coordinated by prices."""

    @property
    def worst_percent(self) -> float:
        """How far the worst day of the rounds was from its optimum, as a share of what the street then pays."""
        return max(gap_percent(one) for one in self.optima)


def gap_percent(one: Optimum) -> float:
    """How far the rounds ended from the central optimum, or where nobody computed it from the bound."""
    least = one.bound_eur if np.isnan(one.central_eur) else one.central_eur
    return 100 * (one.prices_eur - least) / abs(one.paid_eur)


def study(
    homes: Neighbours,
    season: str,
    days: int,
    clock: Callable[[], float],
    tells: Callable[[str], None] = lambda _: None,
    ways: Sequence[str] = tuple(WAYS),
) -> Study:
    """Every way through the same days; the first named is what the others are compared with."""
    done: dict[str, Lived] = {}
    for name in ways:
        done[name] = lived(homes, name, WAYS[name], days, clock, tells)
    first = homes.street.grid[homes.span(0).start]
    return Study(
        season,
        f"{first:%Y-%m-%d}",
        days,
        len(homes.homes),
        homes.limit_kw,
        tuple(_row(homes, one, done, ways[0], days) for one in done.values()),
        tuple(optimum for one in done.values() for optimum in one.optima),
    )


def _row(homes: Neighbours, one: Lived, every: Mapping[str, Lived], first: str, days: int) -> Row:
    alone = every[first]
    span = slice(homes.span(0).start, homes.span(0).start + days * OWN_PTUS)
    street = one.connection_kw.sum(axis=0)
    energy = homes.gate(span).energy_eur(street)
    worth = float(homes.prices(span)[0].mean())
    held = worth * float((alone.held_kwh - one.held_kwh).sum())
    gains = gains_eur(one, alone, worth)
    passing = float(np.abs(alone.connection_kw).sum())
    beyond = np.maximum(np.abs(street) - homes.limit_kw, 0.0).sum() * PTU_HOURS
    return Row(
        one.way,
        energy + float(one.wear_eur.sum()) + held,
        energy,
        float(street.max()),
        float(max(-street.min(), 0.0)),
        float(beyond),
        float(one.car_short_kwh.sum()),
        float(one.cold_kh.sum()),
        float(gains.sum()),
        100 * float((gains < -LOSES_EUR).mean()),
        gini(gains.tolist()),
        jain(gains.tolist()),
        float(moved_kw(one, alone).mean()),
        100 * float(np.abs(one.connection_kw - alone.connection_kw).sum()) / passing,
        one.told.rounds,
        one.told.messages,
        one.told.bytes / 1000,
        one.told.seconds,
        tuple(np.round(street, 3).tolist()),
    )
