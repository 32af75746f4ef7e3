"""The same days again from their events: cleared, settled and posted, without solving anything.

Everything that is published about a run comes out of here, also while the run is fresh: what cannot be replayed is
never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

import numpy as np

from laag.cycle.bands import pooling
from laag.cycle.day import Run, State, apply, start
from laag.cycle.events import Readings, Step
from laag.cycle.market_day import DayMarket
from laag.foundation.contracts import Ints
from laag.gateway.exchange import NationalPrices, Position, position
from laag.settlement import day as settle
from laag.settlement.bands import Pooling
from laag.settlement.books import Accounts, Postings
from laag.settlement.delivered import Sold, delivered_wh, paid_units
from laag.settlement.flexibility import Ordered
from laag.settlement.policy import retail_ticks


@dataclass(frozen=True, slots=True, eq=False)
class DayDone:
    """One settled local day."""

    day: date
    span: slice
    """On the street's grid."""
    readings: Readings
    market: DayMarket | None
    """``None`` where everybody has a supplier of their own."""
    cleared_wh: Ints
    """Shape ``(members, ptus)``: what the market cleared, or what was announced to the supplier."""
    position: Position
    settled: settle.Settled
    postings: Postings
    flex: Flexed | None = None
    """What was sold to the grid operator; ``None`` where nothing was."""


@dataclass(frozen=True, slots=True, eq=False)
class Flexed:
    """What members sold to the grid operator for a day, and what it came to."""

    sold: Sold
    ordered: Ordered
    given_wh: Ints
    """Of what was ordered, delivered; ``(members, ptus)``."""


def accounts(run: Run) -> Accounts:
    """The chart of accounts of a street."""
    return Accounts(run.layers.members)


def days(run: Run, steps: Iterable[Step]) -> Iterator[DayDone]:
    """Every local day of the run that the steps complete, in order."""
    state = start(run)
    lived: list[Readings] = []
    for step in steps:
        state = apply(run, state, step)
        lived.append(step.readings)
        day = run.first_day + timedelta(days=state.done - 3)
        if state.done >= 3:
            span = run.day(day)
            lived = [r for r in lived if r.first + r.ptus > span.start]
            yield _settle(run, state, day, _part(lived, span))


def folded(run: Run, steps: Iterable[Step]) -> State:
    """Where a run stands after these steps."""
    state = start(run)
    for step in steps:
        state = apply(run, state, step)
    return state


def _settle(run: Run, state: State, day: date, readings: Readings) -> DayDone:
    span = run.day(day)
    prices = run.prices_of(span)
    metered = readings.offtake_wh
    market = state.markets.get(day)
    cleared = market.cleared_wh if market else state.announced_wh[day]
    place = position(cleared.sum(axis=0), metered.sum(axis=0), prices)
    first = span.start - run.day(run.first_day).start
    flex = _flexed(run, state, day, cleared, metered, prices)
    if market:
        settled, postings = settle.local(
            accounts(run),
            market.traded,
            metered,
            place.day_ahead_units,
            place.imbalance_ticks,
            first_ptu=first,
            ordered=None if flex is None else flex.ordered,
            pooling=_pooling(run, day, metered),
        )
    else:
        buy, sell = retail_ticks(run.terms.policy, run.terms.facts, prices.day_ahead_ticks)
        settled, postings = settle.retail(
            accounts(run), metered, buy, sell, place.nominated_wh, place.day_ahead_units, place.imbalance_ticks,
            first_ptu=first,
        )  # fmt: skip
    return DayDone(day, span, readings, market, cleared, place, settled, postings, flex)


def _pooling(run: Run, day: date, metered_wh: Ints) -> Pooling | None:
    """Where connections are bands."""
    if not run.terms.policy.bands:
        return None
    lends = run.terms_on(day).charter.grid.bands_pooled
    return pooling(run.layers.members, run.bands_kw, metered_wh, run.terms.facts, lends=lends)


def _flexed(
    run: Run, state: State, day: date, cleared_wh: Ints, metered_wh: Ints, prices: NationalPrices
) -> Flexed | None:
    """What was sold to the grid operator, as delivered against what was announced; sold on at the imbalance price.

    Of this day it bought when its market was cleared, and of its evening once more a day later.
    """
    parts = [*_sold_for(state, day, cleared_wh), *_sold_in_the_evening(run, state, day, cleared_wh)]
    if not parts:
        return None
    sold = Sold(*(sum(getattr(one, f.name) for one, _ in parts) for f in fields(Sold)))
    given_wh = (sold.bought_wh - sold.comes_back_wh).sum(axis=0)
    resale = np.where(given_wh > 0, prices.surplus_ticks, prices.shortage_ticks)
    penalty = run.validation.penalty_ticks
    units = np.sum([paid_units(one, announced, metered_wh, penalty) for one, announced in parts], axis=0)
    delivered = np.sum([delivered_wh(one, announced, metered_wh) for one, announced in parts], axis=0)
    return Flexed(sold, Ordered(sold.bought_wh - sold.comes_back_wh, units, resale), delivered)


def _sold_for(state: State, day: date, cleared_wh: Ints) -> list[tuple[Sold, Ints]]:
    """What was sold of a day when its market was cleared, and what was announced before that."""
    if (made := state.validated.get(day)) is None:
        return []
    made = made.last(cleared_wh.shape[1])
    return [(made.sold, cleared_wh if made.baseline_wh is None else made.baseline_wh)]


def _sold_in_the_evening(run: Run, state: State, day: date, cleared_wh: Ints) -> list[tuple[Sold, Ints]]:
    """The same of its evening, when the next day was looked at."""
    if (made := state.validated.get(day + timedelta(days=1))) is None:
        return []
    tomorrow = run.day(day + timedelta(days=1))
    made = made.evening(tomorrow.stop - tomorrow.start)
    wide = ((0, 0), (cleared_wh.shape[1] - made.limited_wh.shape[2], 0))
    sold = Sold(*(np.pad(getattr(made.sold, f.name), wide) for f in fields(Sold)))
    if not (sold.bought_wh.any() or sold.comes_back_wh.any()):
        return []
    return [(sold, cleared_wh if made.baseline_wh is None else np.pad(made.baseline_wh, wide))]


def _part(lived: list[Readings], span: slice) -> Readings:
    """The readings of one day, from the stretches that hold it."""
    first = lived[0].first
    cut = slice(span.start - first, span.stop - first)
    columns = {
        f.name: np.concatenate([getattr(r, f.name) for r in lived], axis=1)[:, cut]
        for f in fields(Readings)
        if f.name != "first"
    }
    return replace(lived[0], first=span.start, **columns)
