"""What the report adds up itself before it says that anything sums to zero."""

from __future__ import annotations

from typing import Any

import numpy as np

from laag.study.report.tables import Ints, RunFolder

DEVICES = ("load_wh", "pv_wh", "battery_wh", "ev_wh", "heat_pump_wh")


def checks(run: RunFolder) -> list[dict[str, Any]]:
    """Each claim with the largest residue found and over how many sums it was looked for."""
    return [*_entries(run), *_meters(run), *_fills(run), *_bills(run)]


def _check(name: str, residue: Ints) -> dict[str, Any]:
    worst = int(np.abs(residue).max(initial=0))
    return {"name": name, "sums": len(residue), "residue": worst, "passed": worst == 0}


def _entries(run: RunFolder) -> list[dict[str, Any]]:
    postings = run.read("postings")
    if not len(postings):
        return []
    _, entry = np.unique(postings.ints("entry"), return_inverse=True)
    return [
        _check("entries_money", _sum_by(entry, postings.ints("amount_units"))),
        _check("entries_energy", _sum_by(entry, postings.ints("energy_wh"))),
    ]


def _meters(run: RunFolder) -> list[dict[str, Any]]:
    readings = run.read("readings")
    apart = sum((readings.ints(device) for device in DEVICES), start=np.zeros(len(readings), np.int64))
    return [_check("meters", readings.ints("offtake_wh") - apart)]


def _fills(run: RunFolder) -> list[dict[str, Any]]:
    clearings, fills = run.read("clearings"), run.read("fills")
    if not len(clearings):
        return []
    grid = run.grid()
    layer, layers = clearings.codes("layer")
    book = clearings.ptus(grid) * len(layers) + layer
    paid = clearings.ints("buyers_units") - clearings.ints("sellers_units")
    total = np.zeros(len(grid) * len(layers), np.int64)
    np.add.at(total, book, paid)
    if len(fills):
        traded, names = fills.codes("layer")
        same = np.array([layers.index(name) for name in names], np.int64)
        np.subtract.at(total, fills.ptus(grid) * len(layers) + same[traded], fills.ints("units"))
    return [_check("fills", total[book])]


def _bills(run: RunFolder) -> list[dict[str, Any]]:
    bills = run.read("bills")
    if not len(bills):
        return []
    amount = bills.ints("amount_units")
    signed = np.where(np.array(bills.words("code")) == "total", -amount, amount)
    member, _ = bills.codes("member")
    return [_check("bills", _sum_by(member, signed))]


def _sum_by(group: Ints, value: Ints) -> Ints:
    total = np.zeros(int(group.max(initial=-1)) + 1, np.int64)
    np.add.at(total, group, value)
    return total
