"""A run folder as columns: ``run.json`` and the public tables of ``docs/tables.md``, Parquet before CSV."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PTU, PtuGrid

Ints = NDArray[np.int64]
INSTANT = pa.timestamp("s", "UTC")
OPTIONAL = frozenset({"orders", "fills", "clearings", "bills", "postings"})
"""A policy without a local market has no orders; a run stopped before its settlement has no bills."""


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns of equal length."""

    rows: pa.Table

    def __len__(self) -> int:
        return int(self.rows.num_rows)

    def __contains__(self, column: str) -> bool:
        return column in self.rows.column_names

    def ints(self, column: str) -> Ints:
        """A column of whole numbers without gaps."""
        return np.asarray(self.rows[column].cast(pa.int64()).to_numpy(), np.int64)

    def cells(self, column: str) -> list[Any]:
        """A column with ``None`` where there is none (an empty word is none); of an absent column that is everywhere."""
        if column not in self:
            return [None] * len(self)
        cells = self.rows[column]
        if pa.types.is_dictionary(cells.type):  # ten times as fast as asking each cell for its word
            cells = cells.cast(pa.string())
        return [None if cell == "" else cell for cell in cells.to_pylist()]

    def words(self, column: str) -> list[str]:
        """A column of text; an empty cell is an empty word."""
        return ["" if cell is None else str(cell) for cell in self.cells(column)]

    def codes(self, column: str) -> tuple[Ints, list[str]]:
        """A column of text as places in a list of its different words, in the order of the words."""
        found = self.rows[column].combine_chunks().cast(pa.string()).dictionary_encode()
        words = found.dictionary.to_pylist()
        order = np.argsort(np.array(words))
        rank = np.empty(len(words), np.int64)
        rank[order] = np.arange(len(words))
        return rank[np.asarray(found.indices.to_numpy(), np.int64)], [words[i] for i in order]

    def known(self, column: str) -> int:
        """How many rows have something in this column."""
        return sum(1 for cell in self.cells(column) if cell is not None)

    def ptus(self, grid: PtuGrid) -> Ints:
        """In which quarter-hour of ``grid`` each row lies."""
        seconds = np.asarray(self.rows["ptu_start"].cast(INSTANT).cast(pa.int64()).to_numpy(), np.int64)
        return (seconds - int(grid.start.timestamp())) // 900

    def where(self, column: str, value: str) -> Table:
        """The rows that have this word in this column."""
        return Table(self.rows.filter(pc.equal(self.rows[column].cast(pa.string()), value)))


@dataclass(frozen=True, slots=True)
class RunFolder:
    """One run as it lies on disk."""

    folder: Path
    about: dict[str, Any]

    @classmethod
    def at(cls, folder: Path) -> RunFolder:
        """Open a run folder; its tables are read when asked for."""
        return cls(folder, read_json(folder / "run.json"))

    def read(self, name: str, during: PtuGrid | None = None) -> Table:
        """One table, or the part of it that lies in ``during``."""
        parquet, csv = (self.folder / "tables" / f"{name}.{kind}" for kind in ("parquet", "csv"))
        if parquet.exists():
            return Table(pa.parquet.read_table(parquet, filters=_between(during) if during else None))
        if csv.exists():
            rows = pa.csv.read_csv(csv, convert_options=_types_of(csv))
            return Table(rows.filter(_mask(rows, during)) if during else rows)
        if name in OPTIONAL:
            return Table(pa.table({}))
        raise BadInput(f"the report needs {parquet} or {csv.name} beside it; write the run's tables first")

    def grid(self) -> PtuGrid:
        """The quarter-hours of the run, from the table of prices; they follow each other without a gap."""
        starts = self.read("prices").cells("ptu_start")
        if not starts:
            raise BadInput(
                f"{self.folder}: the table of prices is empty; a report shows at least one quarter-hour"
            )
        grid = PtuGrid(_utc(starts[0]), len(starts))
        if _utc(starts[-1]) != grid.end - PTU:
            raise BadInput(
                f"{self.folder}: the table of prices has gaps; repair the price file by a named method first"
            )
        return grid


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object, or a sentence about what is wrong with it."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as missing:
        raise BadInput(f"there is no {path}; give the folder that a run or a study wrote") from missing
    except ValueError as broken:
        raise BadInput(f"{path} is not JSON ({broken}); write the run or the study again") from broken
    if not isinstance(found, dict):
        raise BadInput(f"{path} holds a {type(found).__name__}, where the report needs an object")
    return found


def _utc(instant: datetime) -> datetime:
    return instant - (instant.utcoffset() or timedelta(0))


def _between(grid: PtuGrid) -> list[tuple[str, str, pa.Scalar]]:
    return [
        ("ptu_start", ">=", pa.scalar(grid.start, INSTANT)),
        ("ptu_start", "<", pa.scalar(grid.end, INSTANT)),
    ]


def _mask(rows: pa.Table, grid: PtuGrid) -> pa.Array:
    (_, _, since), (_, _, until) = _between(grid)
    return pc.and_(pc.greater_equal(rows["ptu_start"], since), pc.less(rows["ptu_start"], until))


def _types_of(csv: Path) -> pa.csv.ConvertOptions:
    """Types by the units in the column names, as the documentation of the tables promises."""
    with csv.open(encoding="utf-8") as lines:
        names = [name.strip().strip('"') for name in lines.readline().split(",")]
    return pa.csv.ConvertOptions(
        column_types={name: _type_of(name) for name in names}, strings_can_be_null=True, null_values=[""]
    )


def _type_of(column: str) -> pa.DataType:
    if column == "ptu_start":
        return INSTANT
    if column.endswith(("_wh", "_ticks", "_centiticks", "_units")) or column in {
        "wh",
        "units",
        "entry",
        "line",
    }:
        return pa.int64()
    if column.endswith(("_kw", "_kwh", "_c", "_m2")):
        return pa.float64()
    return pa.bool_() if column == "rationed" else pa.string()
