"""Series to whole ticks on the quarter-hours of a local day; a day that is not complete is not there yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np

from laag.adapters.entsoe.wire import REPEATED, Period, Series
from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU, PtuGrid

_DAY_AHEAD = {"", "A01"}
_LONG, _SHORT, _ONE_PRICE = "A04", "A05", ""
_Amounts = list[Decimal | None]


def day_ahead_ticks(series: Sequence[Series], area: str, grid: PtuGrid) -> Ints | None:
    """The first auction's prices; ``None`` until all of them are there."""
    ours = _of_area([one for one in series if one.agreement in _DAY_AHEAD], area)
    first = min((one.sequence for one in ours), default=1)
    return _ticks([one for one in ours if one.sequence == first], grid)


def imbalance_ticks(series: Sequence[Series], area: str, grid: PtuGrid) -> tuple[Ints, Ints] | None:
    """What being short costs and what being long earns; a country with one price has it twice."""
    ours = _of_area(series, area)
    both = [one for one in ours if one.category == _ONE_PRICE]
    sides = [
        _ticks([*(one for one in ours if one.category == side), *both], grid) for side in (_SHORT, _LONG)
    ]
    shortage, surplus = sides
    if shortage is None or surplus is None:
        return None
    # In all of 2025 TenneT never did so: it would pay those who err. Sooner are the two sides mixed up.
    if (surplus > shortage).any():
        ptu = int(np.argmax(surplus > shortage))
        raise BadInput(
            f"at {grid[ptu]:%Y-%m-%dT%H:%MZ} it would pay more for being long than being short costs"
        )
    return shortage, surplus


def _of_area(series: Sequence[Series], area: str) -> list[Series]:
    for one in series:
        if one.areas and one.areas != {area}:
            other = ", ".join(sorted(one.areas))[:60]
            raise BadInput(f"prices of {area} were asked for, and these are of {other}")
    return list(series)


def _ticks(series: Sequence[Series], grid: PtuGrid) -> Ints | None:
    """The finest of what there is for each quarter-hour, in 0.01 EUR/MWh."""
    finest: dict[timedelta, _Amounts] = {}
    for one in series:
        for period in one.periods:
            amounts = finest.setdefault(period.step, [None] * len(grid))
            _put(amounts, period, one.curve, grid)
    whole: _Amounts = [None] * len(grid)
    for step in sorted(finest, reverse=True):
        whole = [old if new is None else new for old, new in zip(whole, finest[step], strict=True)]
    known = [amount for amount in whole if amount is not None]
    if len(known) < len(grid):
        return None
    return np.array([int((100 * amount).to_integral_value(ROUND_HALF_EVEN)) for amount in known], np.int64)


def _put(amounts: _Amounts, period: Period, curve: str, grid: PtuGrid) -> None:
    """A period's amounts where they belong; what is outside the day is of another."""
    each, first = period.step // PTU, grid.index(period.start)
    last: Decimal | None = None
    for position in range((period.end - period.start) // period.step):
        said = period.amounts.get(position + 1)
        last = last if said is None and curve == REPEATED else said
        at = first + position * each
        for ptu in range(max(at, 0), min(at + each, len(grid))):
            if amounts[ptu] is not None and last is not None and amounts[ptu] != last:
                raise BadInput(
                    f"it gives two prices for {grid[ptu]:%Y-%m-%dT%H:%MZ}: {amounts[ptu]} and {last} EUR/MWh"
                )
            amounts[ptu] = last if last is not None else amounts[ptu]
