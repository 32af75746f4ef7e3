"""The few numbers at the top of the page, each a sum that anyone can repeat on the tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.study.report.tables import Ints, RunFolder, Table

USES = ("load_wh", "ev_wh", "heat_pump_wh")


def headline(run: RunFolder, grid: PtuGrid) -> dict[str, Any]:
    """Energy in Wh and money in units, summed over the run; ``None`` where the tables hold nothing to sum."""
    readings, prices, gateway, bills = (run.read(name) for name in ("readings", "prices", "gateway", "bills"))
    offtake = readings.ints("offtake_wh")
    taken = _per_ptu(np.maximum(offtake, 0), readings, grid)
    given = _per_ptu(np.maximum(-offtake, 0), readings, grid)
    metered = gateway.ints("metered_wh")
    return {
        "used_wh": sum(int(readings.ints(use).sum()) for use in USES),
        "made_wh": -int(readings.ints("pv_wh").sum()),
        "taken_wh": int(taken.sum()),
        "given_wh": int(given.sum()),
        "shared_wh": int(np.minimum(taken, given).sum()),
        "imported_wh": int(np.maximum(metered, 0).sum()),
        "exported_wh": int(np.maximum(-metered, 0).sum()),
        "negative_ptus": int((prices.ints("day_ahead_ticks") < 0).sum()),
        "ptus": len(grid),
        "estimated": readings.known("estimated"),
        **_money(bills),
    }


def _money(bills: Table) -> dict[str, int | None]:
    """What the homes pay together, and what they would have paid otherwise, where every bill says so."""
    if not len(bills):
        return {"paid_units": None, "otherwise_units": None}
    totals = bills.where("code", "total")
    otherwise = totals.cells("counterfactual_units")
    return {
        "paid_units": int(totals.ints("amount_units").sum()),
        "otherwise_units": None if None in otherwise else sum(otherwise),
    }


def _per_ptu(wh: Ints, rows: Table, grid: PtuGrid) -> Ints:
    total = np.zeros(len(grid), np.int64)
    np.add.at(total, rows.ptus(grid), wh)
    return total
