"""The tables of a net saved by ``pandapower.to_json``, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from laag.adapters.files.table import text_of
from laag.foundation.errors import BadInput

Row = dict[str, Any]


def read_tables(path: Path, names: Iterable[str] | None = None) -> dict[str, tuple[Row, ...]]:
    """Rows by table, each with its own index under ``index``; only what is in service. A table that is absent is empty.

    Without ``names``, every table that holds a row, results left out.
    """
    try:
        saved = json.loads(text_of(path))["_object"]
        wanted = tuple(names) if names is not None else _tables(saved)
        return {name: _rows(saved.get(name)) for name in wanted}
    except (ValueError, KeyError, TypeError, AttributeError) as odd:
        raise BadInput(
            f"{path.name} is not a net saved by pandapower.to_json ({type(odd).__name__}: {odd}); save it so"
        ) from odd


def _tables(saved: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        name
        for name, table in saved.items()
        if isinstance(table, dict)
        and table.get("_class") == "DataFrame"
        and not name.startswith(("_", "res_"))
    )


def _rows(table: Any) -> tuple[Row, ...]:
    if table is None:
        return ()
    frame = json.loads(table["_object"])
    rows = (
        dict(zip(frame["columns"], cells, strict=True)) | {"index": index}
        for index, cells in zip(frame["index"], frame["data"], strict=True)
    )
    return tuple(row for row in rows if row.get("in_service") in {None, True})


def plain_name(row: Row) -> str:
    """A name without spaces, fit for an account or a command line.

    >>> plain_name({"name": "LV1.101 Load 1", "index": 0})
    'LV1.101-Load-1'
    """
    return str(row["name"] or f"unnamed {row['index']}").replace(" ", "-")
