"""What the report adds up itself before it says that anything sums to zero."""

from __future__ import annotations

from typing import Any

import numpy as np

from laag.study.report.series import members
from laag.study.report.tables import Ints, RunFolder

DEVICES = ("load_wh", "pv_wh", "battery_wh", "ev_wh", "heat_pump_wh")


def checks(run: RunFolder) -> list[dict[str, Any]]:
    """Each claim with the largest residue found and over how many sums it was looked for."""
    return [*_entries(run), *_meters(run), *_fills(run), *_bills(run)]


def accounts(run: RunFolder) -> list[dict[str, Any]]:
    """What every account paid (+) or received (-) over the run, the members as one; together they are nothing."""
    postings = run.read("postings")
    if not len(postings):
        return []
    account, names = postings.codes("account")
    units, wh = _sum_by(account, postings.ints("amount_units")), _sum_by(account, postings.ints("energy_wh"))
    shown = {name: [i for i, each in enumerate(names) if _party(each) == name] for name in map(_party, names)}
    return [
        {"name": name, "units": int(units[at].sum()), "wh": int(wh[at].sum())} for name, at in shown.items()
    ]


def _party(account: str) -> str:
    return "members" if account.startswith("member/") else account


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
    said = members(clearings, grid)
    total = np.array(said["members_buyers_units"]) - np.array(said["members_sellers_units"])
    if len(fills):
        np.subtract.at(total, fills.ptus(grid), fills.ints("units"))
    return [_check("fills", total)]


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
