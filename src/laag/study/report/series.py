"""What the time chart shows: one column per quantity, one number per quarter-hour."""

from __future__ import annotations

from typing import Any

import numpy as np

from laag.foundation.contracts import NO_LIMIT_WH
from laag.foundation.ptu import PtuGrid
from laag.study.report.tables import Ints, RunFolder, Table

STREET = "street"
CLEARING = [
    "low_ticks",
    "high_ticks",
    "price_centiticks",
    "import_ticks",
    "export_ticks",
    "levy_ticks",
    "import_max_wh",
    "export_max_wh",
    "bought_wh",
    "sold_wh",
    "imported_wh",
    "exported_wh",
    "buyers_units",
    "sellers_units",
    "levy_units",
    "gateway_units",
    "fund_units",
    "rent_units",
    "rationed",
]


def columns(run: RunFolder, grid: PtuGrid) -> dict[str, list[Any]]:
    """Prices, gateway and the street's clearing, on the grid; ``None`` where there is none."""
    found: dict[str, list[Any]] = {}
    for table, wanted in (
        (run.read("prices"), ("day_ahead_ticks", "outdoor_c", "sun_w_m2")),
        (run.read("gateway"), ("nominated_wh", "metered_wh", "imbalance_units")),
    ):
        found |= {name: on_grid(table, name, grid) for name in wanted if name in table}
    clearings = run.read("clearings")
    if len(clearings):
        found |= clearing_columns(clearings.where("layer", STREET), grid)
        found |= members(clearings, grid)
    return found


def members(clearings: Table, grid: PtuGrid) -> dict[str, list[int]]:
    """What members bought and sold in all layers together, per quarter-hour.

    A layer inside another is a buyer or a seller there, with what passes its own gateway: that is not a member's
    order and is taken off again.
    """
    ptu, inner = clearings.ptus(grid), np.array(clearings.words("layer")) != STREET
    imported, exported = clearings.ints("imported_wh"), clearings.ints("exported_wh")
    passed = clearings.ints("gateway_units")
    sums = {
        "members_bought_wh": clearings.ints("bought_wh") - np.where(inner, imported, 0),
        "members_sold_wh": clearings.ints("sold_wh") - np.where(inner, exported, 0),
        "members_buyers_units": clearings.ints("buyers_units") + np.where(inner & (imported > 0), passed, 0),
        "members_sellers_units": clearings.ints("sellers_units")
        - np.where(inner & (exported > 0), passed, 0),
    }
    return {name: _per_ptu(values, ptu, len(grid)) for name, values in sums.items()}


def _per_ptu(values: Ints, ptu: Ints, count: int) -> list[int]:
    total = np.zeros(count, np.int64)
    np.add.at(total, ptu, values)
    return [int(each) for each in total]


def clearing_columns(layer: Table, grid: PtuGrid) -> dict[str, list[Any]]:
    """One layer's clearings; a capacity that is no limit is ``None``."""
    made = {name: on_grid(layer, name, grid) for name in CLEARING if name in layer}
    for name in ("import_max_wh", "export_max_wh"):
        made[name] = [None if cell is None or cell >= NO_LIMIT_WH else cell for cell in made.get(name, [])]
    return made


def on_grid(table: Table, column: str, grid: PtuGrid) -> list[Any]:
    """A column placed on the grid, floats to two decimals."""
    placed: list[Any] = [None] * len(grid)
    for ptu, cell in zip(table.ptus(grid).tolist(), table.cells(column), strict=True):
        if 0 <= ptu < len(placed):
            placed[ptu] = round(cell, 2) if isinstance(cell, float) else cell
    return placed


def as_array(cells: list[Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Cells as floats, ``nan`` where there is none: for looking up extremes only."""
    return np.array([np.nan if cell is None else float(cell) for cell in cells], np.float64)
