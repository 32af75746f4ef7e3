"""The report of one run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid
from laag.study.report import added, chosen, detail, page, series
from laag.study.report.dutch import with_dutch
from laag.study.report.figures import headline
from laag.study.report.tables import RunFolder, Table

DETAIL_BYTES = 3_600_000
"""How much of the page the days in full may take; what does not fit is left out, and the page says which days it holds."""
HOME = (
    "member",
    "group",
    "connection",
    "feeder",
    "pv_kw",
    "battery_kwh",
    "charger_kw",
    "heat_pump_kw",
    "source",
)
FINDING = ("source", "where", "what", "repair")
BILL = [
    "member",
    "line",
    "code",
    "energy_wh",
    "amount_units",
    "text_nl",
    "text_en",
    "because_nl",
    "because_en",
    "counterfactual_units",
    "counterfactual_nl",
    "counterfactual_en",
]


def write(run_folder: Path) -> Path:
    """Write ``report.html`` into a run folder, from its tables and ``run.json`` alone, and say where it is."""
    run = RunFolder.at(run_folder)
    grid = run.grid()
    days = grid.local_days(_zone(run))
    homes = run.read("homes")
    shown = series.columns(run, grid)
    details = _details(run, grid, days, shown, homes.words("member"))
    summary = {
        "kind": "run",
        "about": _about(run),
        "start": int(grid.start.timestamp()),
        "figures": headline(run, grid),
        "homes": [with_dutch(row, "source") for row in _rows(homes, HOME)],
        "days": [_day(day, span, full=f"day-{i}" in details) for i, (day, span) in enumerate(days)],
        "picks": chosen.picks(shown),
        "checks": run.about.get("checks", []),
        "added": added.checks(run),
        "accounts": added.accounts(run),
        "findings": [with_dutch(one, *FINDING) for one in run.about.get("findings", [])],
    }
    packed = {"series": page.pack(shown), "bills": page.pack(_rows(run.read("bills"), BILL)), **details}
    return page.write(run_folder / "report.html", summary, packed)


def _about(run: RunFolder) -> dict[str, Any]:
    about = {key: value for key, value in run.about.items() if key not in {"checks", "findings"}}
    sources = about.get("sources")
    return {**about, "sources": with_dutch(sources, *sources)} if isinstance(sources, dict) else about


def _details(
    run: RunFolder,
    grid: PtuGrid,
    days: list[tuple[date, slice]],
    shown: dict[str, list[Any]],
    members: list[str],
) -> dict[str, str]:
    """The most telling days in full until the room for them is used; of a short run that is every day."""
    zone = _zone(run)
    odd = [i for i, (_, span) in enumerate(days) if _clock_changes(grid, span, zone)]
    kept: dict[str, str] = {}
    room = DETAIL_BYTES
    for i in chosen.ranked_days(shown, [span.start for _, span in days], odd):
        span = days[i][1]
        packed = page.pack(detail.day(run, grid.window(span.start, span.stop), members))
        room -= len(packed)
        if kept and room < 0:
            break
        kept[f"day-{i}"] = packed
    return dict(sorted(kept.items()))


def _clock_changes(grid: PtuGrid, span: slice, zone: ZoneInfo) -> bool:
    first, last = (grid[i].astimezone(zone).utcoffset() for i in (span.start, span.stop - 1))
    return first != last


def _day(day: date, span: slice, *, full: bool) -> dict[str, Any]:
    return {"date": day.isoformat(), "first": span.start, "count": span.stop - span.start, "full": full}


def _rows(table: Table, columns: tuple[str, ...] | list[str]) -> list[dict[str, Any]]:
    cells = [table.cells(column) for column in columns]
    return [dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True)]


def _zone(run: RunFolder) -> ZoneInfo:
    name = run.about.get("zone", "Europe/Amsterdam")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise BadInput(
            f"{run.folder / 'run.json'}: zone {name!r} is not a time zone; write for instance Europe/Amsterdam"
        ) from unknown
