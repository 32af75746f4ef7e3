"""Connections of a SimBench grid with their profiles: load, car and heat pump as drawn, panels, storage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from laag.adapters.files.connections import CONNECTIONS
from laag.adapters.files.layout import Layout, quartered
from laag.adapters.files.mend import HABITS
from laag.adapters.files.numbers import numbers
from laag.adapters.files.table import read_table
from laag.adapters.simbench.net import Net, Row, plain_name
from laag.adapters.simbench.tree import Tree
from laag.cycle.street import Home
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home.devices import Battery, Pv
from laag.home.house import House

BUILDING_PROFILES = ("H0", "G", "L", "BW", "WB")
"""Households, trade and farms; what else draws (HLS and APLS are cars, Air and Soil heat pumps) stands behind one."""


@dataclass(slots=True)
class _Connection:
    """What stands behind one building's meter, while it is being gathered."""

    building: Row
    behind: list[Row] = field(default_factory=list)
    panels: list[Row] = field(default_factory=list)
    storages: list[Row] = field(default_factory=list)


def read_homes(
    net: Net, tree: Tree, profiles: Path, grid: PtuGrid, layout: Layout
) -> tuple[tuple[Home, ...], tuple[Finding, ...]]:
    """One home per building. Cars and heat pumps are part of its inflexible load, because the grid says when they
    draw and not what they need; panels and storage are devices.
    """
    connections, astray = _gather(net, tree)
    wanted = sorted({profile_column(row) for c in connections for row in (c.building, *c.behind, *c.panels)})
    series, source, told = _profiles(profiles, wanted, grid, layout)
    homes = tuple(_home(c, tree, series, f"{net.source}, {source}") for c in connections)
    return homes, (*tree.findings, *astray, *told)


def _gather(net: Net, tree: Tree) -> tuple[list[_Connection], tuple[Finding, ...]]:
    """Buildings by bus; what shares a bus with several is dealt out in turn."""
    findings = []
    connections = []
    at_bus: dict[int, list[_Connection]] = defaultdict(list)
    for load in net.loads:
        if not _is_building(load):
            continue
        if int(load["bus"]) not in tree.feeder_of:
            findings.append(Finding(net.source, str(load["name"]), "not connected to the transformer"))
            continue
        connection = _Connection(load)
        connections.append(connection)
        at_bus[int(load["bus"])].append(connection)
    others = [load for load in net.loads if not _is_building(load)]
    for kind, rows in (("behind", others), ("panels", net.generators), ("storages", net.storages)):
        dealt: dict[int, int] = defaultdict(int)
        for row in rows:
            bus = int(row["bus"])
            if not at_bus[bus]:
                findings.append(
                    Finding(net.source, str(row["name"]), f"bus {bus} has no building to stand behind")
                )
                continue
            getattr(at_bus[bus][dealt[bus] % len(at_bus[bus])], kind).append(row)
            dealt[bus] += 1
    return connections, tuple(findings)


def _is_building(load: Row) -> bool:
    return str(load["profile"]).startswith(BUILDING_PROFILES)


def profile_column(row: Row) -> str:
    """The profile's column: active power of a load, or the panels' own."""
    return str(row["profile"]) if str(row["profile"]).startswith("PV") else f"{row['profile']}_pload"


def _profiles(
    path: Path, columns: list[str], grid: PtuGrid, layout: Layout
) -> tuple[dict[str, Profile], str, tuple[Finding, ...]]:
    table = read_table(path)
    absent = sorted(set(columns) - set(table.columns))
    if absent:
        raise BadInput(
            f"{table.source} lacks the profiles {', '.join(absent[:5])}; save those of the same grid"
        )
    at, stamped = layout.time_of(table)
    values = np.column_stack([numbers(table, name)[0] for name in columns])
    raw, told, source = quartered(table, at, values, layout, grid, Unit.ONE, "profiles")
    series = {}
    mended: list[Finding] = []
    for name, one in zip(columns, raw, strict=True):
        series[name], more = layout.fitted(one, grid, table.source, HABITS)
        mended += more
    return series, source, (*stamped, *told, *dict.fromkeys(mended))


def _home(connection: _Connection, tree: Tree, series: dict[str, Profile], source: str) -> Home:
    load_kw = _drawn_kw([connection.building, *connection.behind], series)
    pv_kw = _drawn_kw(connection.panels, series) if connection.panels else None
    peak_kw = sum(_rated_kw(row) for row in connection.panels)
    largest = max(float(load_kw.values.max()), peak_kw)
    name, limit_kw = next(
        ((name, kw) for name, kw in CONNECTIONS.items() if largest <= kw and name[0] == "3"),
        ("3x80A", float(np.ceil(largest))),
    )
    behind = {_kind(row) for row in connection.behind}
    group = [
        str(connection.building["profile"]).split("-")[0],
        *(["PV"] if connection.panels else []),
        *(["battery"] if connection.storages else []),
        *sorted(behind),
    ]
    house = House(
        name=plain_name(connection.building),
        import_max_kw=limit_kw,
        export_max_kw=limit_kw,
        battery=_battery(connection.storages),
        pv=Pv(peak_kw) if connection.panels else None,
    )
    feeder = tree.feeder_of[int(connection.building["bus"])]
    return Home(house, load_kw, pv_kw, feeder=feeder, group=", ".join(group), connection=name, source=source)


def _drawn_kw(rows: list[Row], series: dict[str, Profile]) -> Profile:
    """The sum of profiles, each times its rated power; never below zero."""
    total = np.sum([_rated_kw(row) * series[profile_column(row)].values for row in rows], axis=0)
    return Profile(series[profile_column(rows[0])].grid, np.maximum(total, 0.0), Unit.KW)


def _rated_kw(row: Row) -> float:
    return abs(float(row["p_mw"])) * 1000 * float(row.get("scaling") or 1.0)


def _kind(load: Row) -> str:
    return "heat pump" if str(load["profile"]).startswith(("Air", "Soil")) else "car"


def _battery(storages: list[Row]) -> Battery | None:
    """Storage behind a meter as one battery; its losses are shared between the way in and the way out."""
    if not storages:
        return None
    power_kw = sum(_rated_kw(row) for row in storages)
    capacity_kwh = sum(float(row["max_e_mwh"]) * 1000 for row in storages)
    stated = float(storages[0].get("efficiency_percent") or 0.95)
    one_way = (stated / 100 if stated > 1 else stated) ** 0.5
    return Battery(capacity_kwh, power_kw, power_kw, one_way, one_way)
