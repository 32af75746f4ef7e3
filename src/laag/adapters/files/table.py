"""Rows and columns of a CSV (plain or gzipped) or Parquet file, each row with its place in the file."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding

HEADER_WORDS = frozenset(
    (
        *("time", "time_utc", "time_local", "timestamp", "start", "start_utc", "start_local", "start_time"),
        *("datetime", "datetime_utc", "datetime_local", "date", "datum", "datum_von", "tijd", "tijdstip"),
        *("timeinterval_start_loc", "timeinterval_start", "mtu", "mtu_utc", "mtu_cet_cest", "from"),
        *("arrival", "plug_in_local", "yyyymmdd"),
    )
)
"""Names of a time column: the first line that holds one is the header, whatever preamble stands above it."""
_PREAMBLE_LINES = 60


def plain(name: str) -> str:
    """A column's name in lower case with single underscores, so that spelling variants meet.

    >>> plain("Day-ahead Price [EUR/MWh]"), plain("Import T1 kWh")
    ('day_ahead_price_eur_mwh', 'import_t1_kwh')
    """
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def counted(number: int, what: str) -> str:
    """A number with its noun.

    >>> counted(1, "row"), counted(3, "row")
    ('1 row', '3 rows')
    """
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of equal length: text from CSV, numbers, instants and text from Parquet."""

    source: str
    columns: Mapping[str, Sequence[Any] | NDArray[Any]]
    lines: NDArray[np.int64]
    aware: frozenset[str] = frozenset()
    """Parquet columns whose instants are in UTC."""
    place: str = "line"
    findings: tuple[Finding, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.lines)

    def rows(self, keep: NDArray[np.bool_]) -> Table:
        """The rows where ``keep`` is true."""
        at = np.flatnonzero(keep)
        columns = {
            name: cells[at] if isinstance(cells, np.ndarray) else [cells[int(i)] for i in at]
            for name, cells in self.columns.items()
        }
        return Table(self.source, columns, self.lines[at], self.aware, self.place, self.findings)

    def only(self, where: Mapping[str, str]) -> Table:
        """The rows that have these texts in these columns."""
        table = self
        for name, wanted in where.items():
            cells = table.columns[table.named(name)]
            keep = np.array([str(cell).strip() == wanted for cell in cells], np.bool_)
            if not keep.any():
                seen = sorted({str(cell).strip() for cell in cells})
                raise BadInput(
                    f"{self.source} has no row where {name} is {wanted!r}; it has {', '.join(seen[:12]) or 'none'}"
                )
            table = table.rows(keep)
        return table

    def named(self, *names: str) -> str:
        """The first of these columns that is there, however it is spelt; else an error that lists what is."""
        spelt = {plain(column): column for column in self.columns}
        for name in names:
            if plain(name) in spelt:
                return spelt[plain(name)]
        raise BadInput(
            f"{self.source} has the columns {', '.join(self.columns)}; expected {' or '.join(names)}; "
            "rename one or name the column to read"
        )

    def at(self, rows: Sequence[int] | NDArray[np.int64]) -> str:
        """Where these rows stand in the file, for a finding.

        >>> Table("f", {}, np.array([2, 3, 4, 5, 9])).at([0, 1, 2, 4])
        'lines 2-4, 9'
        """
        lines = np.unique(self.lines[np.asarray(rows, np.int64)])
        runs = np.split(lines, np.flatnonzero(np.diff(lines) > 1) + 1)
        shown = [f"{run[0]}" if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
        more = f" and {len(shown) - 8} more places" if len(shown) > 8 else ""
        return f"{self.place}{'s' if len(lines) > 1 else ''} {', '.join(shown[:8])}{more}"


def read_table(path: Path) -> Table:
    """Any of the files that users have; refuses what is no table, and says what to do instead."""
    raw = _bytes(path)
    if raw[:4] == b"PAR1":
        return _from_parquet(path.name, raw)
    text, findings = _decoded(path.name, raw)
    return _from_csv(path.name, text, findings)


def text_of(path: Path) -> str:
    """The text of a file, gzipped or not."""
    return _decoded(path.name, _bytes(path))[0]


def _bytes(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            raw = gzip.decompress(raw)
    except (EOFError, gzip.BadGzipFile, zlib.error) as broken:
        raise BadInput(f"{path.name} is a damaged gzip file ({broken}); fetch it again") from broken
    except OSError as missing:
        raise BadInput(f"{path.name} cannot be read ({missing.strerror}); check its path") from missing
    if not raw.strip():
        raise BadInput(f"{path.name} is empty; export it again")
    return raw


def _decoded(source: str, raw: bytes) -> tuple[str, tuple[Finding, ...]]:
    if raw[:4] == b"PK\x03\x04":
        raise BadInput(f"{source} is a spreadsheet or zip archive, not CSV; save or unpack it as CSV first")
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        try:
            return raw.decode("utf-16"), ()
        except UnicodeDecodeError as odd:
            raise BadInput(f"{source} is damaged UTF-16 text; export it again, as UTF-8") from odd
    if b"\0" in raw[:8192]:
        raise BadInput(f"{source} is binary, neither CSV nor Parquet; export it as one of these")
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as odd:
        line = raw.count(b"\n", 0, odd.start) + 1
        return raw.decode("latin-1"), (Finding(source, f"line {line}", "not UTF-8", "read as Latin-1"),)


def _from_csv(source: str, text: str, findings: tuple[Finding, ...]) -> Table:
    names, cells, lines = _cells(source, text)
    table = Table(source, {}, np.array(lines, np.int64))
    odd = [i for i, row in enumerate(cells) if len(row) < len(names) or any(row[len(names) :])]
    if cells and len(odd) > len(cells) // 2:
        raise BadInput(
            f"{source}, {table.at(odd[:1])}: {len(cells[odd[0]])} cells under a header of {len(names)}; "
            "if its numbers have decimal commas, separate the columns with ';'"
        )
    if odd:
        what = f"{counted(len(odd), 'row')} without the header's {len(names)} cells"
        findings = (*findings, Finding(source, table.at(odd), what))
        drop = set(odd)
        cells = [row for i, row in enumerate(cells) if i not in drop]
        lines = [line for i, line in enumerate(lines) if i not in drop]
    if not cells:
        raise BadInput(f"{source} has a header and no rows; export it again")
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise BadInput(f"{source} has more than one column {', '.join(twice)}; rename them")
    columns = {name: [row[i] for row in cells] for i, name in enumerate(names)}
    return Table(source, columns, np.array(lines, np.int64), findings=findings)


def _cells(source: str, text: str) -> tuple[list[str], list[list[str]], list[int]]:
    """The header's names, the rows below it and the lines on which they end."""
    header_line, delimiter = _header(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    names: list[str] = []
    cells: list[list[str]] = []
    lines: list[int] = []
    try:
        for row in reader:
            if reader.line_num < header_line or not any(row):
                continue
            if not names:
                names = [name.strip().lstrip("#").strip() for name in row]
            else:
                cells.append(row)
                lines.append(reader.line_num)
    except csv.Error as odd:
        raise BadInput(f"{source}, line {reader.line_num}: {odd}; look for a stray quotation mark") from odd
    return names, cells, lines


def _header(text: str) -> tuple[int, str]:
    """The line number of the header and the sign between columns."""
    first = None
    for number, line in enumerate(io.StringIO(text), 1):
        if number > _PREAMBLE_LINES:
            break
        if not line.strip():
            continue
        delimiter = max(",;\t", key=line.count)
        first = first or (number, delimiter)
        if HEADER_WORDS & {plain(cell) for cell in line.split(delimiter)}:
            return number, delimiter
    return first or (1, ",")


def _from_parquet(source: str, raw: bytes) -> Table:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as absent:
        raise BadInput(
            f"{source} is Parquet, which needs pyarrow; run pip install 'laag[street]', or export it as CSV"
        ) from absent
    try:
        read = pq.read_table(io.BytesIO(raw))
    except (pa.ArrowException, OSError) as broken:
        raise BadInput(f"{source} is a damaged Parquet file ({broken}); export it again") from broken
    columns: dict[str, Sequence[Any] | NDArray[Any]] = {}
    aware = set()
    for name in read.column_names:
        column = read.column(name)
        if pa.types.is_timestamp(column.type):
            if column.type.tz is not None:
                aware.add(name)
            columns[name] = column.cast(pa.timestamp("s"), safe=False).to_numpy()
        elif pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
            columns[name] = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
        else:
            columns[name] = ["" if cell is None else str(cell) for cell in column.to_pylist()]
    if not read.num_rows:
        raise BadInput(f"{source} has no rows; export it again")
    lines = np.arange(1, read.num_rows + 1)
    return Table(source, columns, lines, aware=frozenset(aware), place="row")
