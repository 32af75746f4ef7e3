"""The report of a study: several runs of the same homes and days, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid
from laag.study.report import page
from laag.study.report.figures import headline
from laag.study.report.tables import RunFolder, read_json

QUARTERS = 96


def write_study(folder: Path) -> Path:
    """Write ``report.html`` beside a ``study.json``, reading the run folders that it names, and say where it is."""
    study = read_json(folder / "study.json")
    policies = study.get("policies")
    if not policies:
        raise BadInput(f"{folder / 'study.json'} names no policies; a study compares at least one")
    summary = {
        "kind": "study",
        "about": {key: value for key, value in study.items() if key != "policies"},
        "policies": [_policy(folder, policy) for policy in policies],
    }
    return page.write(folder / "report.html", summary, {})


def _policy(folder: Path, policy: dict[str, Any]) -> dict[str, Any]:
    """What the study says of a policy, and what its run's tables say; the study's own figures go first."""
    for key in ("name", "run"):
        if key not in policy:
            raise BadInput(
                f"{folder / 'study.json'}: a policy has no {key!r}; name every policy and its run folder"
            )
    run = RunFolder.at(folder / policy["run"])
    grid = run.grid()
    report = run.folder / "report.html"
    return {
        **from_tables(run, grid),
        **policy,
        "about": {
            key: run.about.get(key)
            for key in ("first_day", "last_day", "rule", "seed", "version", "sources", "members")
        },
        "mean_day_w": _mean_day_w(run, grid),
        "report": f"{policy['run']}/report.html" if report.exists() else None,
    }


def from_tables(run: RunFolder, grid: PtuGrid) -> dict[str, Any]:
    """What a run's tables say of its street: peak, import, export, use of its own sun, and the mean bill."""
    figures = headline(run, grid)
    made, metered = figures["made_wh"], run.read("gateway").ints("metered_wh")
    found: dict[str, Any] = {
        "peak_kw": float(np.abs(metered).max(initial=0)) * 4 / 1000,
        "import_kwh": figures["imported_wh"] / 1000,
        "export_kwh": figures["exported_wh"] / 1000,
    }
    if made:
        found["self_consumption_percent"] = 100 * (1 - figures["exported_wh"] / made)
    if figures["paid_units"] is not None:
        found["bill_eur_per_home"] = figures["paid_units"] / 1e8 / max(len(run.read("homes")), 1)
    return found


def _mean_day_w(run: RunFolder, grid: PtuGrid) -> list[int | None]:
    """The mean power at the gateway at every quarter of the local day, towards the street positive."""
    quarter = grid.quarter_of_day(ZoneInfo(run.about.get("zone", "Europe/Amsterdam")))
    gateway = run.read("gateway")
    at = quarter[gateway.ptus(grid)]
    total, count = np.zeros(QUARTERS), np.zeros(QUARTERS)
    np.add.at(total, at, gateway.ints("metered_wh") * 4)
    np.add.at(count, at, 1)
    return [round(t / n) if n else None for t, n in zip(total.tolist(), count.tolist(), strict=True)]
