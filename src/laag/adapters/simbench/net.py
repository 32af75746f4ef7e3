"""The few tables of a pandapower net that a street needs, read without pandapower."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laag.adapters.files.table import text_of
from laag.foundation.errors import BadInput

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Net:
    """Rows by table, each with its own index under ``index``; only what is in service."""

    source: str
    buses: tuple[Row, ...]
    loads: tuple[Row, ...]
    generators: tuple[Row, ...]
    storages: tuple[Row, ...]
    lines: tuple[Row, ...]
    transformers: tuple[Row, ...]
    switches: tuple[Row, ...]


def read_net(path: Path) -> Net:
    """A net saved by ``pandapower.to_json``, plain or gzipped."""
    try:
        tables = json.loads(text_of(path))["_object"]
        read = {
            name: _rows(tables.get(name))
            for name in ("bus", "load", "sgen", "storage", "line", "trafo", "switch")
        }
    except (ValueError, KeyError, TypeError, AttributeError) as odd:
        raise BadInput(
            f"{path.name} is not a net saved by pandapower.to_json ({type(odd).__name__}: {odd}); save it so"
        ) from odd
    if not read["trafo"] or not read["load"]:
        raise BadInput(f"{path.name} has no transformer or no loads; give a low-voltage grid with both")
    return Net(
        path.name,
        read["bus"],
        read["load"],
        read["sgen"],
        read["storage"],
        read["line"],
        read["trafo"],
        read["switch"],
    )


def _rows(table: Any) -> tuple[Row, ...]:
    if table is None:
        return ()
    frame = json.loads(table["_object"])
    rows = (
        dict(zip(frame["columns"], cells, strict=True)) | {"index": index}
        for index, cells in zip(frame["index"], frame["data"], strict=True)
    )
    return tuple(row for row in rows if row.get("in_service", True))


def plain_name(row: Row) -> str:
    """A name without spaces, fit for an account or a command line.

    >>> plain_name({"name": "LV1.101 Load 1", "index": 0})
    'LV1.101-Load-1'
    """
    return str(row["name"] or f"unnamed {row['index']}").replace(" ", "-")
