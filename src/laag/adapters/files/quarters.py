"""Intervals of any length onto quarter-hours: shorter ones averaged, longer ones held."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.samples import Samples, said
from laag.adapters.files.stamps import Seconds
from laag.adapters.files.table import Table, counted
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid

PTU_S = 900
_MOST_ASTRAY = 0.05
"""Share of rows that may lie between the quarter-hours before the whole file is refused."""
_LEAST_COVERED = 0.5
"""Share of a quarter-hour that must be measured for its mean to stand."""


def around(grid: PtuGrid, days: int = 8) -> PtuGrid:
    """A grid with some days on either side: what a gap near its edge is estimated from."""
    return grid.window(-days * 96, len(grid) + days * 96)


def place(
    table: Table, found: Samples, start: Seconds, length: Seconds, onto: PtuGrid
) -> tuple[NDArray[np.float64], tuple[Finding, ...]]:
    """Means per quarter-hour, shape ``(len(onto), series)``; ``nan`` where nothing was measured."""
    fits = np.where(length >= PTU_S, (length % PTU_S == 0) & (start % PTU_S == 0), _divides(start, length))
    findings = []
    if not fits.all():
        astray = found.rows[~fits]
        if len(astray) > _MOST_ASTRAY * len(fits):
            raise BadInput(
                f"{found.source}, {table.at(astray[:1])}: an interval of {int(length[~fits][0]) / 60:g} min from "
                f"{said(int(start[~fits][0]))} fits no quarter-hours; export steps of 1, 5, 15, 30 or 60 min"
            )
        findings.append(
            Finding(
                found.source,
                table.at(astray),
                f"{counted(len(astray), 'row')} out of step with the quarter-hours",
            )
        )
    values, placed = _held(found.values[fits], start[fits], length[fits], onto)
    short = fits & (length < PTU_S)
    if short.any():
        means, partly = _averaged(found.values[short], start[short], length[short], onto)
        values = np.where(np.isnan(values), means, values)
        if len(partly):
            where = _quarters_said(onto, partly)
            what = f"{counted(len(partly), 'quarter-hour')} measured in part"
            findings.append(Finding(found.source, where, what, "mean of the samples present"))
        placed = True
    if not placed:
        raise BadInput(
            f"{found.source} covers {found.extent()}, which does not meet {onto_said(onto)}; "
            "choose days that it covers, or read other days as these with map_days"
        )
    return values, tuple(findings)


def _divides(start: Seconds, length: Seconds) -> NDArray[np.bool_]:
    step = np.maximum(length, 1)
    return np.asarray((length > 0) & (PTU_S % step == 0) & (start % step == 0))


def _held(
    values: NDArray[np.float64], start: Seconds, length: Seconds, onto: PtuGrid
) -> tuple[NDArray[np.float64], bool]:
    """Each value in every quarter-hour of its interval: copies, so that prices stay exact."""
    out = np.full((len(onto), values.shape[1]), np.nan)
    first = (start - round(onto.start.timestamp())) // PTU_S
    count = length // PTU_S
    at = np.repeat(first, count) + _within(count)
    inside = (at >= 0) & (at < len(onto))
    out[at[inside]] = np.repeat(values, count, axis=0)[inside]
    return out, bool(inside.any())


def _within(count: Seconds) -> Seconds:
    """0, 1, ... within each group of ``count``.

    >>> _within(np.array([2, 0, 3])).tolist()
    [0, 1, 0, 1, 2]
    """
    return np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)


def _averaged(
    values: NDArray[np.float64], start: Seconds, length: Seconds, onto: PtuGrid
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Means of the samples in each quarter-hour that is at least half measured, and which were not wholly so."""
    at = (start - round(onto.start.timestamp())) // PTU_S
    inside = (at >= 0) & (at < len(onto))
    out = np.full((len(onto), values.shape[1]), np.nan)
    partly = np.zeros(len(onto), np.bool_)
    for series in range(values.shape[1]):
        known = inside & ~np.isnan(values[:, series])
        weight = np.bincount(at[known], length[known].astype(np.float64), len(onto))
        total = np.bincount(at[known], values[known, series] * length[known], len(onto))
        enough = weight >= _LEAST_COVERED * PTU_S
        out[enough, series] = total[enough] / weight[enough]
        partly |= enough & (weight < PTU_S)
    return out, np.flatnonzero(partly)


def _quarters_said(grid: PtuGrid, at: NDArray[np.int64]) -> str:
    shown = ", ".join(f"{grid[int(i)]:%Y-%m-%dT%H:%MZ}" for i in at[:3])
    return shown if len(at) <= 3 else f"{shown} and {len(at) - 3} more"


def onto_said(grid: PtuGrid) -> str:
    """The span of a grid, for an error."""
    return f"{grid.start:%Y-%m-%dT%H:%MZ} to {grid.end:%Y-%m-%dT%H:%MZ}"


def spoken_step(length: Seconds, what: str, spread: str = "each held for its quarter-hours") -> str:
    """How the steps of a file became quarter-hours, for the source text.

    >>> spoken_step(np.array([3600, 3600]), "prices")
    'hourly prices, each held for its quarter-hours'
    """
    kinds = sorted(set(length.tolist()), key=lambda step: (-int((length == step).sum()), step))[:2]
    kinds = [step for step in kinds if (length == step).mean() > 0.01]
    names = [_step_name(step) for step in kinds]
    if len(kinds) == 2:
        return f"{names[0]} and {names[1]} {what}"
    if kinds[0] > PTU_S:
        return f"{names[0]} {what}, {spread}"
    if kinds[0] < PTU_S:
        return f"{names[0]} {what}, averaged per quarter-hour"
    return f"{names[0]} {what}"


def _step_name(seconds: int) -> str:
    return {900: "quarter-hourly", 1800: "half-hourly", 3600: "hourly"}.get(
        seconds, f"{seconds / 60:g}-minute"
    )
