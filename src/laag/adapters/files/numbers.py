"""Numbers as people write them: decimal points and commas, blanks, and what is no number at all."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.table import Table, counted
from laag.foundation.findings import Finding

BLANK = frozenset(["", "-", "--", "n/a", "n/e", "na", "nan", "null", "none", "nvt"])
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(\.\d{3})+(,\d*)?")


def numbers(table: Table, column: str) -> tuple[NDArray[np.float64], tuple[Finding, ...]]:
    """One column as floats; blanks are ``nan``, and so is what cannot be read, with a finding."""
    cells = table.columns[column]
    if isinstance(cells, np.ndarray):
        return cells.astype(np.float64), ()
    read = _reader(cells)
    values = np.empty(len(cells))
    odd = []
    for i, cell in enumerate(cells):
        try:
            values[i] = read(cell)
        except ValueError:
            values[i] = math.nan
            if cell.strip().lower() not in BLANK:
                odd.append(i)
    odd += np.flatnonzero(np.isinf(values)).tolist()
    values[np.isinf(values)] = math.nan
    if not odd:
        return values, ()
    what = f"{column!r} is no number in {counted(len(odd), 'row')}, such as {cells[odd[0]]!r}"
    return values, (Finding(table.source, table.at(odd), what),)


def _reader(cells: Sequence[str]) -> Callable[[str], float]:
    """How a whole column is read: ``1.234,5`` has a decimal comma, ``1,234.5`` a comma between thousands."""
    commas = [cell for cell in cells if "," in cell]
    if not commas:
        return float
    if all(cell.rfind(".") < cell.rfind(",") and cell.count(",") == 1 for cell in commas):
        return _decimal_comma
    return lambda cell: float(cell.replace(",", ""))


def _decimal_comma(cell: str) -> float:
    """A point in such a column stands between thousands or is a mistake, never a decimal sign."""
    if "." in cell and not _THOUSANDS.fullmatch(cell.strip()):
        raise ValueError(cell)
    return float(cell.replace(".", "").replace(",", "."))
