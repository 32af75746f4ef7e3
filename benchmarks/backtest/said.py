"""A home that is told everything beside the same home that is told nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from laag.adapters import defaults
from laag.home.plan.solver import Solver
from laag.study.backtest import Case, SaysAll, SaysNothing, Score, Worth, as_said, foreseen, score

CAR_END_QUANTILE = 0.3
"""Which of the window's prices a kWh left in the car will save: it can wait for the cheaper hours, and for spare sun."""


@dataclass(frozen=True, slots=True)
class Both:
    """One case, told all and told nothing."""

    mix: str
    home: str
    window: str
    told: Score
    untold: Score


def both(cases: Iterable[tuple[str, str, Case]], solver: Solver) -> Iterator[Both]:
    """Live every case twice; what is left at the end counts the same for both."""
    edition = defaults.load()
    for window, mix, case in cases:
        left = _worth(case)
        told, untold = (
            score(case, as_said(case, one, solver), left) for one in (SaysAll(), SaysNothing(edition))
        )
        yield Both(mix, case.house.name, window, told, untold)


def _worth(case: Case) -> Worth:
    ahead = foreseen(case).worth
    if case.house.charger is None:
        return ahead
    span = slice(case.start, case.stop)
    buy, sell = (price[span] for price in case.prices(case.day_ahead.values))
    cheapest = np.where(case.pv_kw[span] > case.load_kw[span], sell, buy)
    per_kwh = float(np.quantile(cheapest, CAR_END_QUANTILE)) / case.house.charger.efficiency
    return Worth(ahead.stored_eur_per_kwh, ahead.indoor_eur_per_k, per_kwh)


def table(rows: Sequence[Both]) -> Iterator[str]:
    """Per mix: what both cost over all its homes and windows, and what each had to do without."""
    yield (
        f"{'mix':26}{'cases':>6}{'told EUR':>11}{'untold EUR':>12}{'more':>8}   "
        "K.h outside the band; kWh the car lacked on the road: told / untold"
    )
    for mix in dict.fromkeys(row.mix for row in rows):
        group = [row for row in rows if row.mix == mix]
        yield _line(mix, group)
    yield _line("all", rows)


def _line(name: str, group: Sequence[Both]) -> str:
    told, untold = (sum(getattr(row, way).cost_eur for row in group) for way in ("told", "untold"))
    lacks = [
        " / ".join(
            f"{sum(getattr(getattr(row, way), field) for row in group):.1f}" for way in ("told", "untold")
        )
        for field in ("discomfort_kh", "missing_kwh")
    ]
    return (
        f"{name:26}{len(group):6d}{told:11.2f}{untold:12.2f}{untold / told - 1:8.2%}   {lacks[0]}; {lacks[1]}"
    )
