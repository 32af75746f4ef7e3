"""Values with the interval that each holds for: sorted, one per instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.stamps import UNREAD, Seconds
from laag.adapters.files.table import Table
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding

Stamps = Literal["start", "end"]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """``values[i]`` (one row per instant, one column per series) at ``at[i]`` seconds since 1970, UTC."""

    source: str
    at: Seconds
    values: NDArray[np.float64]
    rows: NDArray[np.int64]
    """Which row of the table each came from."""

    def extent(self) -> str:
        """From when to when, for an error."""
        return f"{said(int(self.at[0]))} to {said(int(self.at[-1]))}"


def samples(table: Table, at: Seconds, values: NDArray[np.float64]) -> tuple[Samples, tuple[Finding, ...]]:
    """Rows with a readable stamp, in time order; of rows at one instant the first is kept."""
    rows = np.flatnonzero(at != UNREAD)
    steps = np.diff(at[rows])
    findings = []
    if len(rows) > 1 and at[rows[-1]] < at[rows[0]] and not (steps > 0).any():
        rows = rows[::-1]
    elif (steps < 0).any():
        astray = rows[1:][steps < 0]
        findings.append(Finding(table.source, table.at(astray), "rows out of order", "sorted by time"))
    rows = rows[np.argsort(at[rows], kind="stable")]
    again = np.flatnonzero(np.diff(at[rows]) == 0) + 1
    if len(again):
        kept = np.maximum.accumulate(np.where(np.isin(np.arange(len(rows)), again), 0, np.arange(len(rows))))
        same = _equal(values[rows[again]], values[rows[kept[again]]])
        findings += _duplicates(table, at, rows[again], same)
        rows = np.delete(rows, again)
    return Samples(table.source, at[rows], values[rows], rows), tuple(findings)


def _equal(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(((left == right) | (np.isnan(left) & np.isnan(right))).all(axis=1))


def _duplicates(table: Table, at: Seconds, rows: NDArray[np.int64], same: NDArray[np.bool_]) -> list[Finding]:
    findings = []
    for chosen, verb, repair in (
        (rows[same], "repeat", "dropped duplicate"),
        (rows[~same], "contradict", "kept the first"),
    ):
        if len(chosen):
            subject = f"row {verb}s" if len(chosen) == 1 else f"rows {verb}"
            what = f"{len(chosen)} {subject} an earlier one of the same instant, such as {said(int(at[chosen[0]]))}"
            findings.append(Finding(table.source, table.at(chosen), what, repair))
    return findings


def intervals(found: Samples, zone: tzinfo, stamps: Stamps) -> tuple[Seconds, Seconds]:
    """Start and length (s) of each: the commonest step of its local day, cut short where the next begins earlier.

    Per day, because a file may change from hours to quarter-hours, and a gap must not look like a long step.
    """
    if len(found.at) < 2:
        raise BadInput(f"{found.source} has fewer than two readable rows, so its step is unknown; give more")
    steps = np.diff(found.at)
    steps = np.append(steps, steps[-1]) if stamps == "start" else np.insert(steps, 0, steps[0])
    length = np.minimum(steps, _usual(_local_days(found.at, zone), steps))
    return (found.at, length) if stamps == "start" else (found.at - length, length)


def _usual(days: Seconds, steps: Seconds) -> Seconds:
    """The commonest step of each row's day; a day with a single row goes by the whole file."""
    kinds, kind = np.unique(steps, return_inverse=True)
    _, day = np.unique(days, return_inverse=True)
    count = np.zeros((day.max() + 1, len(kinds)), np.int64)
    np.add.at(count, (day, kind), 1)
    usual = kinds[count.argmax(axis=1)]
    alone = count.sum(axis=1) == 1
    usual[alone] = kinds[count.sum(axis=0).argmax()]
    return np.asarray(usual[day], np.int64)


def _local_days(at: Seconds, zone: tzinfo) -> Seconds:
    hours, where = np.unique(at // 3600, return_inverse=True)
    days = [datetime.fromtimestamp(int(hour) * 3600, zone).toordinal() for hour in hours]
    return np.array(days, np.int64)[where]


def said(second: int) -> str:
    """An instant as people read it in a finding.

    >>> said(0)
    '1970-01-01T00:00Z'
    """
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%MZ}"
