"""What the neighbourhood says, as a home thinks in it."""

from __future__ import annotations

from datetime import tzinfo

import numpy as np
from numpy.typing import NDArray

from laag.adapters.neighbourhood.wire import Board, Positions
from laag.cycle.bulletin import Bulletin
from laag.foundation.ptu import PTU, PTU_HOURS, PtuGrid

Floats = NDArray[np.float64]
DAY_PTUS = 96


def bulletin_of(
    board: Board, positions: Positions | None, grid: PtuGrid, first: int, zone: tzinfo
) -> Bulletin:
    """The board on these quarter-hours, whose first counts as ``first``; beyond its end its last day comes again.

    So an old board serves as long as it must: prices by the hour are habits, and there are no positions in it.
    """
    at = np.arange(len(grid)) + (grid.start - board.start.astimezone(grid.start.tzinfo)) // PTU

    def on(values: list[float]) -> Floats:
        there = np.array(values, np.float64)
        day = min(DAY_PTUS, len(there))
        beyond = len(there) - day + (at - len(there)) % day
        return np.asarray(there[np.where(at < len(there), np.maximum(at, 0), beyond)])

    return Bulletin(
        first,
        on(board.buy_eur_per_kwh),
        on(board.sell_eur_per_kwh),
        on(board.above_eur_per_kwh),
        on(board.below_eur_per_kwh),
        _positions_kw(positions, grid)[None],
        on(board.margin_eur_per_kwh),
        _surprises(board, len(PtuGrid.day(board.bid_day, zone))),
        board.spread_eur_per_kwh,
        board.vat,
        band_kw=None if positions is None or positions.band_kw is None else np.array([positions.band_kw]),
        beyond_eur_per_kwh=board.beyond_eur_per_kwh,
    )


def contract(buy_eur_per_kwh: float, sell_eur_per_kwh: float, grid: PtuGrid, first: int) -> Bulletin:
    """A home on its own: what its contract says, at every hour the same.

    >>> from datetime import UTC, datetime
    >>> alone = contract(0.25, 0.05, PtuGrid(datetime(2026, 6, 1, tzinfo=UTC), 4), 0)
    >>> alone.buy_eur_per_kwh.tolist(), alone.position_kw.tolist()
    ([0.25, 0.25, 0.25, 0.25], [[nan, nan, nan, nan]])
    """
    buy, sell = np.full(len(grid), buy_eur_per_kwh), np.full(len(grid), sell_eur_per_kwh)
    nothing = np.full((1, len(grid)), np.nan)
    return Bulletin(first, buy, sell, buy, buy, nothing, buy, np.zeros((0, 0)), 0.0, 1.0)


def _surprises(board: Board, ptus: int) -> Floats:
    """A row for each course; none where none fits the day that is bid for."""
    rows = [row for row in board.surprise_eur_per_kwh if len(row) == ptus]
    return np.array(rows, np.float64).reshape(len(rows), ptus)


def _positions_kw(positions: Positions | None, grid: PtuGrid) -> Floats:
    kw = np.full(len(grid), np.nan)
    if positions is None:
        return kw
    offset = (positions.start - grid.start) // PTU
    for i, wh in enumerate(positions.wh):
        if wh is not None and 0 <= i + offset < len(grid):
            kw[i + offset] = wh / (1000 * PTU_HOURS)
    return kw
