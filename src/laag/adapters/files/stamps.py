"""Instants from the many ways in which files write them, local time without an offset included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.table import Table, counted, plain
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding

Seconds = NDArray[np.int64]

UNREAD = np.iinfo(np.int64).min
"""The second of a stamp that could not be read."""
YEARS = range(1980, 2101)
"""A logger that lost its clock writes 1970; nothing is read from a year that no meter knew."""
_MARKS = {"(CET)": timedelta(hours=1), "(CEST)": timedelta(hours=2), "(UTC)": timedelta(0)}
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  local wall-clock seconds count from a wall-clock epoch


def instants(table: Table, column: str, zone: tzinfo) -> tuple[Seconds, tuple[Finding, ...]]:
    """Seconds since 1970 in UTC, one per row; ``UNREAD`` where the stamp is none or does not exist.

    A stamp with an offset says itself when it is, one in a column named ``utc`` is UTC, and any other is local time
    in ``zone``. A range (``01.01.2025 00:00 - 01.01.2025 01:00``) is read at its start; days come before months.
    """
    cells = table.columns[column]
    local = UTC if "utc" in plain(column).split("_") else zone
    if isinstance(cells, np.ndarray):
        if not np.issubdtype(cells.dtype, np.datetime64):
            raise BadInput(f"{table.source}: column {column!r} holds {cells.dtype}, not instants")
        stamps = cells.astype("datetime64[s]")
        wall = np.where(np.isnat(stamps), UNREAD, stamps.astype(np.int64))
        known = np.full(len(wall), column in table.aware)
        findings: tuple[Finding, ...] = ()
    else:
        wall, known, findings = _parsed(table, column, cells)
    if (wall == UNREAD).all():
        raise BadInput(
            f"{table.source}: no stamp of column {column!r} can be read, such as {cells[0]!r}; "
            "write 2025-06-01T00:00:00Z or 01.06.2025 00:00"
        )
    if known.all() or local is UTC:
        return wall, findings
    seconds, told = _localised(table, wall, known, local)
    return seconds, (*findings, *told)


def _parsed(
    table: Table, column: str, cells: Sequence[str]
) -> tuple[Seconds, NDArray[np.bool_], tuple[Finding, ...]]:
    wall = np.full(len(cells), UNREAD, np.int64)
    known = np.zeros(len(cells), np.bool_)
    odd = []
    for i, cell in enumerate(cells):
        try:
            stamp = _stamp(cell)
        except ValueError:
            odd.append(i)
            continue
        if stamp.year not in YEARS:
            odd.append(i)
            continue
        if stamp.tzinfo is not None:
            known[i] = True
            stamp = stamp.astimezone(UTC).replace(tzinfo=None)
        elapsed = stamp - _EPOCH
        wall[i] = elapsed.days * 86400 + elapsed.seconds
    if not odd:
        return wall, known, ()
    what = f"{column!r} is no time in {counted(len(odd), 'row')}, such as {cells[odd[0]]!r}"
    return wall, known, (Finding(table.source, table.at(odd), what),)


def _stamp(cell: str) -> datetime:
    """One stamp, aware where it says its offset.

    >>> _stamp("26/10/2025 02:00:00 (CEST) - 26/10/2025 02:15:00 (CEST)").isoformat()
    '2025-10-26T02:00:00+02:00'
    """
    text = cell.split(" - ", 1)[0].strip()
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    found = _DAY_FIRST.match(text)
    if not found:
        raise ValueError(cell)
    day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    stamp = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  the zone is told apart later
    rest = text[found.end() :].strip()
    if not rest:
        return stamp
    if rest not in _MARKS:
        raise ValueError(cell)
    return stamp.replace(tzinfo=timezone(_MARKS[rest]))


def _localised(
    table: Table, wall: Seconds, known: NDArray[np.bool_], zone: tzinfo
) -> tuple[Seconds, tuple[Finding, ...]]:
    """Wall-clock seconds as instants: the hour that a clock change repeats is told apart by the order of the rows."""
    naive = ~known & (wall != UNREAD)
    quarters, at = np.unique(wall[naive] // 900, return_inverse=True)
    first = np.array([_offset(int(quarter), zone, 0) for quarter in quarters], np.int64)[at]
    second = np.array([_offset(int(quarter), zone, 1) for quarter in quarters], np.int64)[at]
    seconds = wall.copy()
    seconds[naive] = wall[naive] - first
    rows = np.flatnonzero(naive)
    findings = []
    twice = rows[first > second]
    if len(twice):
        later, told = _told_apart(table, wall, twice)
        findings += told
        seconds[later] += (first - second)[np.searchsorted(rows, later)]
    never = rows[first < second]
    if len(never):
        seconds[never] = UNREAD
        when = _said(int(wall[never[0]]))
        findings.append(
            Finding(table.source, table.at(never), f"local time {when} does not exist", "left out")
        )
    return seconds, tuple(findings)


def _told_apart(table: Table, wall: Seconds, twice: Seconds) -> tuple[list[int], list[Finding]]:
    """Which rows of repeated hours are the second pass, where the clock stands still or runs back."""
    later: list[int] = []
    findings = []
    newest_first = wall[twice[-1]] < wall[twice[0]] or wall[-1] < wall[0]
    days = wall[twice] // 86400
    for day in np.unique(days):
        rows = twice[days == day]
        if newest_first:
            rows = rows[::-1]
        hourly = len(np.unique(wall[rows])) == 1
        steps = np.diff(wall[rows])
        back = np.flatnonzero(steps <= 0 if hourly else steps < 0)
        where = f"{_said(int(wall[rows].min()) // 3600 * 3600)} local time"
        if len(back):
            later += rows[back[0] + 1 :].tolist()
            what, repair = (
                "an hour that the clock change repeats, without an offset",
                "told apart by their order",
            )
        else:
            what = "an hour that the clock change repeats is in the file once"
            repair = "taken as the first, the second estimated"
        findings.append(Finding(table.source, where, what, repair))
    return later, findings


def _offset(quarter: int, zone: tzinfo, fold: int) -> int:
    wall = (_EPOCH + timedelta(seconds=quarter * 900)).replace(tzinfo=zone, fold=fold)
    return round(wall.utcoffset().total_seconds())  # type: ignore[union-attr]


def _said(wall_seconds: int) -> str:
    return f"{_EPOCH + timedelta(seconds=wall_seconds):%Y-%m-%d %H:%M}"
