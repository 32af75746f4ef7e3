"""One day in full: every order with what became of it, every meter with its devices, as columns of whole numbers."""

from __future__ import annotations

from typing import Any

from laag.foundation.ptu import PtuGrid
from laag.study.report.series import STREET, clearing_columns
from laag.study.report.tables import RunFolder, Table

READINGS = ("offtake_wh", "planned_wh", "load_wh", "pv_wh", "battery_wh", "ev_wh", "heat_pump_wh")
STATES = ("stored_kwh", "ev_stored_kwh", "indoor_c")


def day(run: RunFolder, grid: PtuGrid, members: list[str]) -> dict[str, Any]:
    """What the merit-order picture and a home's day need of one local day."""
    return {
        "orders": _orders(run, grid),
        "layers": _layers(run.read("clearings", grid), grid),
        "homes": _homes(run.read("readings", grid), grid, members),
    }


def _orders(run: RunFolder, grid: PtuGrid) -> dict[str, Any]:
    """Orders by quarter-hour: names are kept once and pointed at, money and energy stay whole numbers."""
    orders, fills = run.read("orders", grid), run.read("fills", grid)
    if not len(orders):
        return {}
    names: dict[str, int] = {}

    def code(words: list[str]) -> list[int]:
        return [names.setdefault(word, len(names)) for word in words]

    ptu = orders.ptus(grid).tolist()
    became = _became(fills, grid)
    key = zip(ptu, orders.words("layer"), orders.words("member"), orders.words("order_id"), strict=True)
    filled = [became.get(k, (0, 0, "")) for k in key]
    return {
        "ptu": ptu,
        "layer": code(orders.words("layer")),
        "member": code(orders.words("member")),
        "device": code(orders.words("device")),
        "buys": [int(side == "buy") for side in orders.words("side")],
        "quantity_wh": orders.cells("quantity_wh"),
        "limit_ticks": orders.cells("limit_ticks"),
        "wh": [wh for wh, _, _ in filled],
        "units": [units for _, units, _ in filled],
        "outcome": code([outcome for _, _, outcome in filled]),
        "names": list(names),
    }


def _became(fills: Table, grid: PtuGrid) -> dict[tuple[int, str, str, str], tuple[int, int, str]]:
    if not len(fills):
        return {}
    keys = zip(
        fills.ptus(grid).tolist(),
        fills.words("layer"),
        fills.words("member"),
        fills.words("order_id"),
        strict=True,
    )
    values = zip(fills.cells("wh"), fills.cells("units"), fills.words("outcome"), strict=True)
    return dict(zip(keys, values, strict=True))


def _layers(clearings: Table, grid: PtuGrid) -> dict[str, dict[str, list[Any]]]:
    if not len(clearings):
        return {}
    names = sorted(set(clearings.words("layer")), key=lambda name: (name != STREET, name))
    return {name: clearing_columns(clearings.where("layer", name), grid) for name in names}


def _homes(readings: Table, grid: PtuGrid, members: list[str]) -> dict[str, list[list[Any]]]:
    """Per quantity a row per member, a number per quarter-hour; states in hundredths."""
    place = {member: i for i, member in enumerate(members)}
    at = list(zip([place[m] for m in readings.words("member")], readings.ptus(grid).tolist(), strict=True))

    def spread(cells: list[Any]) -> list[list[Any]]:
        rows: list[list[Any]] = [[None] * len(grid) for _ in members]
        for (member, ptu), cell in zip(at, cells, strict=True):
            rows[member][ptu] = cell
        return rows

    whole = {name: spread(readings.cells(name)) for name in READINGS if name in readings}
    states = {name: spread([_hundredths(cell) for cell in readings.cells(name)]) for name in STATES}
    estimated = [int(bool(method)) for method in readings.words("estimated")]
    return whole | states | {"estimated": spread(estimated)}


def _hundredths(cell: float | None) -> int | None:
    return None if cell is None or cell != cell else round(cell * 100)  # noqa: PLR0124 (a nan is not itself)
