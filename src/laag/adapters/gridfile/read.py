"""A grid file as a network. A row that cannot be read is set aside with a finding; the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from laag.adapters.files.table import read_table, text_of
from laag.adapters.gridfile.wire import (
    TABLES,
    CableRow,
    ConnectionRow,
    FeedRow,
    NodeRow,
    Row,
    TransformerRow,
)
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.neighbourhood.grid.grow import Feed, grow
from laag.neighbourhood.grid.network import Cable, Connection, Network, Node, Transformer

LOW_KV = 0.4
Rows = dict[str, list[Any]]


def read_grid_file(path: Path) -> tuple[Network, tuple[Finding, ...]]:
    """The network in a file, and what was odd about it."""
    try:
        said = json.loads(text_of(path))
    except ValueError as odd:
        raise BadInput(
            f"{path.name} is not JSON ({odd}); see docs/grid-file.md for what belongs in it"
        ) from odd
    if not isinstance(said, dict):
        raise BadInput(f"{path.name} is a list, not a grid; write {{…}} with {', '.join(TABLES)}")
    return grid_of(said, path)


def grid_of(said: dict[str, Any], path: Path) -> tuple[Network, tuple[Finding, ...]]:
    """The same of what a file at ``path`` holds or would hold: CSV tables are looked for beside it."""
    rows, told = _rows(said, path)
    transformers: list[TransformerRow] = rows["transformers"]
    cables: list[CableRow] = rows["cables"]
    network, grown = grow(
        path.name,
        _nodes(rows),
        [*map(_transformer, transformers), *map(_cable, cables)],
        [Feed(row.node, row.voltage_pu) for row in cast("list[FeedRow]", rows["feeding_points"])],
        [
            Connection(row.name, row.node, row.phases)
            for row in cast("list[ConnectionRow]", rows["connections"])
        ],
    )
    return network, (*told, *grown)


def _rows(said: dict[str, Any], path: Path) -> tuple[Rows, tuple[Finding, ...]]:
    for name in said:
        if name not in {*TABLES, "name"}:
            near = get_close_matches(str(name), TABLES, n=1, cutoff=0.0)[0]
            raise BadInput(f"{path.name} has a table {name!r}, which is none; the nearest is {near!r}")
    findings: list[Finding] = []
    rows: Rows = {}
    for name, kind in TABLES.items():
        rows[name] = []
        for source, where, cells in _cells(path, name, said.get(name, [])):
            try:
                rows[name].append(kind.model_validate(cells))
            except ValidationError as odd:
                findings.append(Finding(source, where, _said(odd, kind)))
    return rows, tuple(findings)


def _cells(path: Path, name: str, said: Any) -> Iterator[tuple[str, str, Any]]:
    """Rows as they stand, with where they stand; an empty cell of a CSV is not stated."""
    if isinstance(said, str):
        table = read_table(path.parent / said)
        for i in range(len(table)):
            cells = {column: str(values[i]).strip() for column, values in table.columns.items()}
            yield table.source, table.at([i]), {column: cell for column, cell in cells.items() if cell}
        return
    if not isinstance(said, list):
        raise BadInput(
            f"{path.name}: {name} is neither a list of rows nor the name of a CSV file; write one of these"
        )
    for i, cells in enumerate(said, 1):
        yield path.name, f"{name} row {i}", cells


def _said(odd: ValidationError, kind: type[Row]) -> str:
    first = odd.errors(include_url=False)[0]
    column = ".".join(str(part) for part in first["loc"]) or "the row"
    if first["type"] == "extra_forbidden":
        known = (field.alias or name for name, field in kind.model_fields.items())
        return f"has a column {column!r}, which is none; there are {', '.join(known)}"
    if first["type"] == "missing":
        return f"has no {column}"
    return f"{column} is {str(first['input'])[:40]!r}: {first['msg'].lower()}"


def _nodes(rows: Rows) -> list[Node]:
    """Those named in their own table, and those at which something ends: at a winding's voltage, or 0.4 kV."""
    declared: list[NodeRow] = rows["nodes"]
    kv: dict[str, float] = {}
    for row in rows["transformers"]:
        kv.setdefault(row.start, row.high_kv)
        kv.setdefault(row.end, row.low_kv)
    for row in rows["cables"]:
        kv.setdefault(row.start, LOW_KV)
        kv.setdefault(row.end, LOW_KV)
    names = {row.name for row in declared}
    return [
        *(Node(row.name, row.rated_kv) for row in declared),
        *(Node(name, volt) for name, volt in kv.items() if name not in names),
    ]


def _cable(row: CableRow) -> Cable:
    km, side_by_side = row.length_m / 1000, row.parallel
    return Cable(
        row.name,
        row.start,
        row.end,
        r_ohm=row.r_ohm_per_km * km / side_by_side,
        x_ohm=row.x_ohm_per_km * km / side_by_side,
        rated_a=row.rated_a * side_by_side,
        c_nf=row.c_nf_per_km * km * side_by_side,
        r0_ohm=row.r0_ohm_per_km * km / side_by_side,
        x0_ohm=row.x0_ohm_per_km * km / side_by_side,
        c0_nf=row.c0_nf_per_km * km * side_by_side,
    )


def _transformer(row: TransformerRow) -> Transformer:
    return Transformer(
        row.name,
        row.start,
        row.end,
        rated_kva=row.rated_kva * row.parallel,
        high_kv=row.high_kv,
        low_kv=row.low_kv,
        short_circuit=row.short_circuit_percent / 100,
        copper_kw=row.copper_kw * row.parallel,
        iron_kw=row.iron_kw * row.parallel,
        idle=row.idle_percent / 100,
        high_turns=1 + row.tap_percent / 100,
        vector_group=row.vector_group,
    )
