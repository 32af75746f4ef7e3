"""Imbalance settlement prices as TenneT publishes them: CSV of its site, JSON of its API, or with UTC stamps."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from laag.adapters.files.layout import Imported, Layout, quartered
from laag.adapters.files.mend import DAYS
from laag.adapters.files.numbers import numbers
from laag.adapters.files.stamps import UNREAD, YEARS, Seconds
from laag.adapters.files.table import Table, counted, plain, read_table, text_of
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PTU, PtuGrid, midnight
from laag.foundation.series import Profile, Unit

SHORTAGE = ("price_shortage_eur_per_mwh", "price_shortage", "take_from_system")
SURPLUS = ("price_surplus_eur_per_mwh", "price_surplus", "feed_into_system")
STATE = ("regulation_state", "state", "regeltoestand")
STATES = (-1.0, 0.0, 1.0, 2.0)
_LOCAL_DATES = ("timeinterval_start_loc", "timeinterval_start", "date", "datum")
_ISP = ("isp", "pte", "ptu")


def read_imbalance(path: Path, grid: PtuGrid, layout: Layout | None = None) -> tuple[Imported, Imported]:
    """What a short and what a long party pays and gets, in EUR/MWh: ``(shortage, surplus)``."""
    layout = layout or Layout()
    table = (_from_json(path) if _is_json(path) else read_table(path)).only(layout.where)
    if "absolute" in {plain(name) for name in table.columns}:
        raise BadInput(f"{table.source} holds imbalance volumes, not prices; export the settlement prices")
    shortage, read = numbers(table, table.named(*SHORTAGE))
    surplus, also = numbers(table, table.named(*SURPLUS))
    at, stamped = _instants(table, layout)
    raw, told, source = quartered(
        table, at, np.column_stack([shortage, surplus]), layout, grid, Unit.EUR_PER_MWH, "settlement prices"
    )
    findings = (*table.findings, *stamped, *read, *also, *told)
    sides = [layout.fitted(side, grid, table.source, DAYS) for side in raw]
    found = tuple(dict.fromkeys((*findings, *sides[0][1], *sides[1][1])))
    return Imported(sides[0][0], source, found), Imported(sides[1][0], source)


def read_states(path: Path, grid: PtuGrid, layout: Layout | None = None) -> Imported | None:
    """TenneT's regulation state per PTU (-1 down, 0 none, +1 up, 2 both); ``nan`` where unknown, ``None`` without a column.

    States explain prices and change no sum, so a gap stays a gap.
    """
    layout = layout or Layout()
    table = (_from_json(path) if _is_json(path) else read_table(path)).only(layout.where)
    if not any(plain(name) in STATE for name in table.columns):
        return None
    state, _ = numbers(table, table.named(*STATE))
    at, _ = _instants(table, layout)
    raw, _, source = quartered(table, at, state[:, None], layout, grid, Unit.ONE, "regulation states")
    whole = Profile.flat(grid, float("nan"), Unit.ONE)
    if layout.days is None:
        here = raw[0].grid.index(grid.start)
        kept = np.full(len(grid), np.nan)
        there = slice(max(here, 0), min(here + len(grid), len(raw[0].values)))
        kept[there.start - here : there.stop - here] = raw[0].values[there]
        whole = Profile(grid, np.where(np.isin(kept, STATES), kept, np.nan), Unit.ONE)
    return Imported(whole, source)


def _instants(table: Table, layout: Layout) -> tuple[Seconds, tuple[Finding, ...]]:
    """From UTC stamps where there are; else from the local date and the ISP number, which no clock change blurs."""
    spelt = {plain(name): name for name in table.columns}
    isp_column = next((spelt[name] for name in _ISP if name in spelt), None)
    date_column = next((spelt[name] for name in _LOCAL_DATES if name in spelt), None)
    if layout.time or "start_utc" in spelt or isp_column is None or date_column is None:
        return layout.time_of(table)
    isps, findings = numbers(table, isp_column)
    at = np.full(len(table), UNREAD, np.int64)
    days: dict[str, tuple[int, int]] = {}
    odd = []
    for i, (cell, isp) in enumerate(zip(table.columns[date_column], isps, strict=True)):
        try:
            start, count = days.get(str(cell)[:10]) or days.setdefault(
                str(cell)[:10], _day(str(cell), layout)
            )
        except ValueError:
            odd.append(i)
            continue
        if 1 <= isp <= count and isp % 1 == 0:
            at[i] = start + (int(isp) - 1) * 900
        else:
            odd.append(i)
    if odd:
        what = f"{counted(len(odd), 'row')} with an ISP that their day does not have"
        findings = (*findings, Finding(table.source, table.at(odd), what))
    return at, findings


def _day(cell: str, layout: Layout) -> tuple[int, int]:
    """When a local day begins (s) and how many quarter-hours it has."""
    parts = [int(part) for part in re.split(r"[-/.]", cell.strip()[:10])]
    if len(parts) != 3:
        raise ValueError(cell)
    year, month, of_month = parts if parts[0] > 31 else reversed(parts)
    if year not in YEARS:
        raise ValueError(cell)
    day = date(year, month, of_month)
    begin = midnight(day, layout.zone)
    return round(begin.timestamp()), (midnight(day + timedelta(days=1), layout.zone) - begin) // PTU


def _is_json(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").endswith(".json")


def _from_json(path: Path) -> Table:
    try:
        response = json.loads(text_of(path))["Response"]
        points = [point for series in response["TimeSeries"] for point in series["Period"]["Points"]]
        names = sorted({name for point in points for name in point})
    except (ValueError, KeyError, TypeError) as odd:
        raise BadInput(
            f"{path.name} is not a response of TenneT's settlement-prices publication ({odd}); save its JSON unchanged"
        ) from odd
    columns: dict[str, list[Any]] = {
        {"shortage": "price_shortage", "surplus": "price_surplus"}.get(name, name): [
            "" if point.get(name) is None else str(point[name]) for point in points
        ]
        for name in names
    }
    return Table(path.name, columns, np.arange(1, len(points) + 1), place="point")
