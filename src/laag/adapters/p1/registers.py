"""Cumulative meter registers (HomeWizard's P1 export and others) as mean power per quarter-hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.layout import Layout
from laag.adapters.files.mend import HABITS, gaps
from laag.adapters.files.numbers import numbers
from laag.adapters.files.quarters import PTU_S, around, onto_said, spoken_step
from laag.adapters.files.samples import Samples, said, samples
from laag.adapters.files.table import Table, plain, read_table
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.foundation.series import Profile, Unit

LARGEST_KW = 55.2
"""What a 3x80A connection carries: a register cannot rise faster."""
LONGEST_EVEN_S = 3600
"""Where readings of up to an hour lack, the rise is spread evenly; beyond it a day has its shape."""
_SURELY_WH_KW = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class Registers:
    """What the meter counted on each side, as mean kW per quarter-hour; ``pv_kw`` where it has such a register."""

    import_kw: Profile
    export_kw: Profile
    pv_kw: Profile | None
    source: str
    step_s: int
    findings: tuple[Finding, ...]


def read_registers(path: Path, grid: PtuGrid, layout: Layout | None = None) -> Registers:
    """Columns named ``import``, ``export`` and ``pv`` (tariffs T1 and T2 are added up), readings in kWh at instants."""
    layout = layout or Layout()
    table = read_table(path).only(layout.where)
    readings, odd = _readings(table)
    at, stamped = layout.time_of(table)
    complete = np.asarray(~np.isnan(readings).any(axis=1))
    table, at, readings = table.rows(complete), at[complete], readings[complete]
    found, told = samples(table, at, readings)
    if len(found.at) < 2:
        raise BadInput(f"{table.source} has fewer than two complete readings; export a longer period")
    found, scaled = _in_kwh(found)
    power, wide, step, rises = _rates(found, layout.window(grid))
    profiles = []
    mended: list[Finding] = []
    raws = [Profile(wide, power[:, series], Unit.KW) for series in range(power.shape[1])]
    for series, raw in enumerate(raws):
        whole, more = layout.mended(raw, grid, table.source, HABITS)
        mended += more
        gone = raw.on(whole.grid).missing()
        kept = _to_known_rise(whole, gone, [(a, b, rise[series]) for a, b, rise in rises])
        profiles.append(layout.moved(kept, raw, grid))
    source = layout.spoken(
        table.source, spoken_step(np.array([step]), "registers", "each rise spread evenly"), raws[0], grid
    )
    findings = (*table.findings, *stamped, *odd, *told, *scaled, *_broken(table, found, step), *mended)
    pv = profiles[2] if len(profiles) > 2 else None
    return Registers(profiles[0], profiles[1], pv, source, step, tuple(dict.fromkeys(findings)))


def _readings(table: Table) -> tuple[NDArray[np.float64], tuple[Finding, ...]]:
    """Columns import, export and, where it is there, pv."""
    groups = [
        [name for name in table.columns if word in plain(name).split("_") and plain(name).endswith("kwh")]
        for word in ("import", "export", "pv")
    ]
    if not groups[0]:
        raise BadInput(
            f"{table.source} has the columns {', '.join(table.columns)}; expected registers such as 'Import T1 kWh' "
            "and 'Export T1 kWh' or import_register_kwh and export_register_kwh"
        )
    columns: list[NDArray[np.float64]] = []
    findings: list[Finding] = []
    for names in groups[: 3 if groups[2] else 2]:
        total = np.zeros(len(table))
        for name in _tariffs(names):
            values, odd = numbers(table, name)
            findings += odd
            total = total + values
        columns.append(total)
    return np.column_stack(columns), tuple(findings)


def _tariffs(names: Sequence[str]) -> list[str]:
    """T1 and T2 where there are both; a total beside them would count twice."""
    tariffs = [name for name in names if {"t1", "t2", "t3", "t4"} & set(plain(name).split("_"))]
    return tariffs or list(names)


def _in_kwh(found: Samples) -> tuple[Samples, tuple[Finding, ...]]:
    """Registers in Wh under a header of kWh rise a thousand times too fast, always."""
    rise = np.diff(found.values[:, 0])
    rate = rise[rise > 0] / (np.diff(found.at)[rise > 0] / 3600)
    if not len(rate) or np.median(rate) < _SURELY_WH_KW:
        return found, ()
    what = f"values look like Wh, column says kWh: rises by {np.median(rate):.3g} kW"
    repaired = Samples(found.source, found.at, found.values / 1000, found.rows)
    return repaired, (Finding(found.source, "import registers", what, "divided by 1000"),)


def _kinds(found: Samples, step: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Which steps between readings run backwards, rise impossibly, or are too long to be spread evenly."""
    hours = np.diff(found.at) / 3600
    rise = np.diff(found.values, axis=0)
    back = np.asarray((rise < -1e-9).any(axis=1))
    leap = np.asarray(~back & (rise > LARGEST_KW * hours[:, None] + 1e-9).any(axis=1))
    return back, leap, np.diff(found.at) - step > LONGEST_EVEN_S


def _rates(
    found: Samples, window: PtuGrid
) -> tuple[NDArray[np.float64], PtuGrid, int, list[tuple[int, int, NDArray[np.float64]]]]:
    """Mean kW per quarter-hour (``nan`` where unknown), and what is known to have been counted over long gaps."""
    steps = np.diff(found.at)
    kinds, count = np.unique(steps, return_counts=True)
    step = int(kinds[count.argmax()])
    back, leap, long = _kinds(found, step)
    good = ~(back | leap | long)
    rise = np.where(good[:, None], np.diff(found.values, axis=0), 0.0)
    wide = around(window)
    edges = round(wide.start.timestamp()) + PTU_S * np.arange(len(wide) + 1)
    covered = np.diff(np.interp(edges, found.at, _summed(np.where(good, steps, 0).astype(np.float64))))
    if not covered.any():
        raise BadInput(
            f"{found.source} covers {found.extent()}, which does not meet {onto_said(wide)}; "
            "choose days that it covers, or read other days as these with map_days"
        )
    power = np.full((len(wide), rise.shape[1]), np.nan)
    whole = covered > PTU_S - 0.5
    for series in range(rise.shape[1]):
        counted = np.diff(np.interp(edges, found.at, _summed(rise[:, series])))
        # A meter counts whole Wh; what lies below 1e-9 kWh is the running sum's own rounding.
        power[whole, series] = np.round(counted[whole], 9) / PTU_HOURS
    known = [
        (int(found.at[i]), int(found.at[i + 1]), found.values[i + 1] - found.values[i])
        for i in np.flatnonzero(long & ~back & ~leap)
    ]
    return power, wide, step, known


def _summed(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.concatenate(([0.0], np.cumsum(steps)))


def _to_known_rise(whole: Profile, gone: NDArray[np.bool_], rises: list[tuple[int, int, float]]) -> Profile:
    """What was estimated in a gap, scaled so that the gap adds up to what the register says."""
    values = whole.values.copy()
    first = round(whole.grid.start.timestamp())
    for run in gaps(gone):
        start, stop = first + run.start * PTU_S, first + run.stop * PTU_S
        for begin, end, rise_kwh in rises:
            if begin - PTU_S < start and stop < end + PTU_S:
                share = (stop - start) / (end - begin)
                total = values[run].sum() * PTU_HOURS
                wanted = rise_kwh * min(share, 1.0)
                values[run] = values[run] * (wanted / total) if total > 0 else wanted / (stop - start) * 3600
    return Profile(whole.grid, values, whole.unit)


def _broken(table: Table, found: Samples, step: int) -> list[Finding]:
    """One finding per kind of step that cannot be what was counted."""
    back, leap, long = _kinds(found, step)
    findings = []
    for i in np.flatnonzero(back):
        where = f"{table.at(found.rows[i + 1 : i + 2])}, {said(int(found.at[i + 1]))}"
        findings.append(
            Finding(found.source, where, "register runs backwards (reset or replaced)", "interval estimated")
        )
    for i in np.flatnonzero(leap):
        kw = float((found.values[i + 1] - found.values[i]).max() / (found.at[i + 1] - found.at[i]) * 3600)
        where = f"{table.at(found.rows[i + 1 : i + 2])}, {said(int(found.at[i + 1]))}"
        what = f"register leaps by {kw:.4g} kW, more than a connection carries"
        findings.append(Finding(found.source, where, what, "interval estimated"))
    for i in np.flatnonzero(long & ~back & ~leap):
        where = f"{said(int(found.at[i]))} to {said(int(found.at[i + 1]))}"
        findings.append(Finding(found.source, where, "no readings", "estimate scaled to the register's rise"))
    steps = np.diff(found.at)
    short = np.flatnonzero((steps > step) & ~long & ~back & ~leap)
    for i in short:
        where = f"{said(int(found.at[i]))} to {said(int(found.at[i + 1]))}"
        findings.append(Finding(found.source, where, "no readings", "register's rise spread evenly"))
    return findings
