"""What is missing is estimated by a method with a name, or the series is refused."""

from __future__ import annotations

from datetime import UTC, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.quarters import onto_said
from laag.adapters.files.table import counted
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile

LINEAR = "linear interpolation"
_LINEAR_PTUS = 4
"""Up to an hour a straight line between the neighbours is the best guess; beyond it a day has its shape."""
HABITS = {
    "same quarter a week earlier": -7,
    "same quarter a day earlier": -1,
    "same quarter a week later": 7,
    "same quarter a day later": 1,
}
"""For what people do: the week has a rhythm."""
DAYS = {
    "same quarter a day earlier": -1,
    "same quarter a week earlier": -7,
    "same quarter a day later": 1,
    "same quarter a week later": 7,
}
"""For prices and weather: yesterday is nearest."""
MOST_MISSING = 0.2


def mend(
    series: Profile,
    window: PtuGrid,
    source: str,
    zone: tzinfo,
    ladder: dict[str, int],
    needed: NDArray[np.bool_] | None = None,
) -> tuple[Profile, tuple[Finding, ...]]:
    """``series`` on ``window`` without gaps: up to an hour interpolated, longer ones by the first method of the
    ladder that has a measured value to give. More than a fifth missing is refused.

    ``needed`` marks the quarter-hours of ``window`` that will be read; the others may stay missing.
    """
    inside = window.within(series.grid)
    wanted = np.zeros(len(series.grid), np.bool_)
    wanted[inside] = True if needed is None else needed
    gone = series.missing()
    count, asked = int((gone & wanted).sum()), int(wanted.sum())
    if count > MOST_MISSING * asked:
        raise BadInput(
            f"{source} lacks {count} of the {asked} quarter-hours needed of {onto_said(window)}, too many to "
            "estimate; choose days that it covers"
        )
    values = series.values.copy()
    findings: list[Finding] = []
    for run in gaps(gone):
        short = run.stop - run.start <= _LINEAR_PTUS and run.start > 0 and run.stop < len(gone)
        for asked_for in gaps(wanted[run]):
            part = slice(run.start + asked_for.start, run.start + asked_for.stop)
            if short:
                values[part] = _straight(values, run, part)
                findings.append(_gap(source, series.grid, part, LINEAR))
            else:
                findings += _estimated(series, values, part, source, zone, ladder)
    return Profile(window, values[inside], series.unit), tuple(findings)


def gaps(gone: NDArray[np.bool_]) -> list[slice]:
    """Where values are missing, as runs.

    >>> gaps(np.array([True, False, True, True]))
    [slice(0, 1, None), slice(2, 4, None)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([False], gone, [False])).astype(np.int8)))
    return [slice(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _straight(values: NDArray[np.float64], run: slice, part: slice) -> NDArray[np.float64]:
    """The straight line between the neighbours of a run, on a part of it."""
    ends = [values[run.start - 1], values[run.stop]]
    return np.asarray(
        np.interp(np.arange(part.start, part.stop), [run.start - 1, run.stop], ends), np.float64
    )


def _estimated(
    series: Profile,
    values: NDArray[np.float64],
    part: slice,
    source: str,
    zone: tzinfo,
    ladder: dict[str, int],
) -> list[Finding]:
    """Fill one long gap quarter by quarter from what was measured, one finding per run of the same method."""
    used = []
    for i in range(part.start, part.stop):
        for method, days in ladder.items():
            donor = _same_quarter(series.grid, i, days, zone)
            if 0 <= donor < len(series.values) and not np.isnan(series.values[donor]):
                values[i] = series.values[donor]
                used.append(method)
                break
        else:
            raise BadInput(
                f"{source} has no value at {series.grid[i]:%Y-%m-%dT%H:%MZ} and none a day or a week from it to "
                "estimate it by; choose days that it covers"
            )
    findings = []
    at = part.start
    for k, method in enumerate(used):
        if k + 1 == len(used) or used[k + 1] != method:
            findings.append(_gap(source, series.grid, slice(at, part.start + k + 1), method))
            at = part.start + k + 1
    return findings


def _same_quarter(grid: PtuGrid, i: int, days: int, zone: tzinfo) -> int:
    """Where the same local wall-clock time lies that many days on."""
    wall = grid[i].astimezone(zone)
    other = (wall.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone, fold=wall.fold)
    return grid.index(other.astimezone(UTC))


def _gap(source: str, grid: PtuGrid, run: slice, repair: str) -> Finding:
    count = run.stop - run.start
    start, end = grid[run.start], grid.window(run.start, run.stop).end
    until = f"{end:%H:%MZ}" if start.date() == end.date() else f"{end:%Y-%m-%dT%H:%MZ}"
    return Finding(
        source, f"{start:%Y-%m-%dT%H:%MZ} to {until}", f"{counted(count, 'quarter-hour')} missing", repair
    )
