"""Tables grow day by day, so that a year never has to fit in memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from laag.adapters.tables.schema import FLAG, REAL, TABLES, TIME, WHOLE, WORD
from laag.foundation.errors import BadInput

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[Any]]


class TableWriter:
    """Appends rows to ``<folder>/<table>.parquet``, and to ``.csv`` where asked.

    Columns are numpy arrays; a whole number or a word that is not there is masked (``numpy.ma``), a real is ``nan``.
    A word may be given as ``(codes, words)``: small integers into a list of words.
    """

    def __init__(self, folder: Path, *, csv: bool) -> None:
        try:
            import pyarrow.parquet as _  # noqa: F401 - asked for early, so that nothing is computed in vain
        except ImportError as missing:
            raise BadInput(
                "writing tables needs pyarrow, which is not installed; install laag with its 'street' extra: "
                "pip install 'laag[street]'"
            ) from missing
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._csv = csv
        self._open: dict[str, list[Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writers in self._open.values():
            for writer in writers:
                writer.close()

    def write(self, table: str, columns: Columns | Mapping[str, Any]) -> None:
        """Append rows to a table; the columns must be exactly those of its schema."""
        import pyarrow as pa

        wanted = TABLES[table]
        if set(columns) != set(wanted):
            raise BadInput(
                f"table {table} has columns {sorted(wanted)}, was given {sorted(columns)}; see docs/tables.md"
            )
        schema = pa.schema([(name, _TYPES[kind](pa)) for name, kind in wanted.items()])
        arrays = [_array(pa, columns[name], kind) for name, kind in wanted.items()]
        rows = pa.Table.from_arrays(arrays, schema=schema)
        for writer in self._open.setdefault(table, []) or self._start(table, schema):
            writer.write_table(rows)

    def _start(self, table: str, schema: Any) -> list[Any]:
        import pyarrow.csv as pc
        import pyarrow.parquet as pq

        started: list[Any] = [
            pq.ParquetWriter(self._folder / f"{table}.parquet", schema, compression="zstd", version="2.6")
        ]
        if self._csv:
            started.append(
                _CsvWriter(pc.CSVWriter(self._folder / f"{table}.csv", _text_times(schema)), schema)
            )
        self._open[table] = started
        return started


class _CsvWriter:
    """Times as ISO 8601 with a Z, as the tables promise; pyarrow would write a space."""

    def __init__(self, writer: Any, schema: Any) -> None:
        self._writer = writer
        self._times = [i for i, field in enumerate(schema) if str(field.type).startswith("timestamp")]

    def write_table(self, rows: Any) -> None:
        import pyarrow.compute as pc

        for i in self._times:
            text = pc.strftime(rows.column(i), format="%Y-%m-%dT%H:%M:%SZ")
            rows = rows.set_column(i, rows.schema.field(i).name, text)
        words = [i for i, field in enumerate(rows.schema) if str(field.type).startswith("dictionary")]
        for i in words:
            rows = rows.set_column(i, rows.schema.field(i).name, rows.column(i).cast("string"))
        self._writer.write_table(rows)

    def close(self) -> None:
        self._writer.close()


def _text_times(schema: Any) -> Any:
    import pyarrow as pa

    plain = (
        pa.field(f.name, pa.string()) if str(f.type).startswith(("timestamp", "dictionary")) else f
        for f in schema
    )
    return pa.schema(list(plain))


_TYPES: dict[str, Any] = {
    TIME: lambda pa: pa.timestamp("s", tz="UTC"),
    WORD: lambda pa: pa.dictionary(pa.int32(), pa.string()),
    WHOLE: lambda pa: pa.int64(),
    REAL: lambda pa: pa.float64(),
    FLAG: lambda pa: pa.bool_(),
}


def _array(pa: Any, column: Any, kind: str) -> Any:
    if kind == WORD and isinstance(column, tuple):
        codes, words = column
        if len(set(words)) < len(words):  # pyarrow would write whatever lies in memory, other bytes each time
            raise BadInput(f"the words of a column must differ, two of {sorted(words)} are the same")
        return pa.DictionaryArray.from_arrays(_plain(pa, codes, pa.int32()), pa.array(words, pa.string()))
    if kind == WORD:
        return pa.array(list(column), pa.string()).dictionary_encode()
    if kind == TIME:
        return pa.array(np.asarray(column, "datetime64[s]"), pa.timestamp("s", tz="UTC"))
    return _plain(pa, column, _TYPES[kind](pa))


def _plain(pa: Any, column: Any, kind: Any) -> Any:
    if isinstance(column, np.ma.MaskedArray):
        return pa.array(column.data, kind, mask=np.ma.getmaskarray(column))
    values = np.asarray(column)
    missing = np.isnan(values) if values.dtype.kind == "f" else None
    return pa.array(values, kind, mask=missing)
