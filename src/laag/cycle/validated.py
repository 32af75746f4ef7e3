"""The grid operator's part of a run's day: looked at when its market is cleared, bought, and limited where that is not enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from laag.cycle.day import Run, State, cleared_last
from laag.cycle.events import Validated
from laag.cycle.validate import asked_of, buy, limits, need_of
from laag.foundation.contracts import NO_LIMIT_WH
from laag.foundation.flex import Offer
from laag.home.flex import Asked
from laag.settlement.delivered import Sold

Offers = Callable[[Mapping[int, tuple[Asked, ...]]], Sequence[Offer]]
"""Asks homes, by their place in the street, and gathers what they offer."""


def validated(run: Run, state: State, offers_of: Offers) -> Validated | None:
    """Of the day that was cleared last; ``None`` where the wires bear it, or the grid operator takes no part."""
    day = cleared_last(run, state)
    market = state.markets.get(day)
    if run.wires is None or market is None or not (run.validation.flexibility or run.validation.limits):
        return None
    grid = run.street.grid.window(run.day(day).start, run.day(day).stop)
    planned_wh = market.cleared_wh
    need = need_of(run.wires, grid, planned_wh)
    if need is None:
        return None
    nothing = np.zeros_like(planned_wh)
    sold, asked_units, count, unresolved = Sold(nothing, nothing, nothing), 0, 0, 0.0
    if run.validation.flexibility:
        row = {name: i for i, name in enumerate(run.wires.members)}
        asked = {row[name]: one for name, one in asked_of(need, day.isoformat()).items() if name in row}
        offers = offers_of(asked)
        count = len(offers)
        bought = buy(run.wires, need, planned_wh, offers, run.validation)
        sold, asked_units = bought.sold, int(bought.chosen.asked_units.sum())
        unresolved = bought.chosen.unresolved_kwh
    limited = np.full((2, *planned_wh.shape), NO_LIMIT_WH, np.int64)
    if run.validation.limits:
        limited = limits(run.wires, grid, planned_wh - sold.bought_wh + sold.comes_back_wh, run.validation)
    return Validated(sold, limited, asked_units, count, unresolved)
