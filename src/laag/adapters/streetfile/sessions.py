"""A car's stays from a CSV of arrivals, departures and kWh."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.layout import Layout
from laag.adapters.files.numbers import numbers
from laag.adapters.files.quarters import PTU_S
from laag.adapters.files.stamps import UNREAD, Seconds, instants
from laag.adapters.files.table import Table, counted, read_table
from laag.foundation.findings import Finding
from laag.foundation.ptu import PTU_HOURS, PtuGrid, midnight
from laag.foundation.series import Profile
from laag.home.devices import Charger, EvSession

ARRIVAL = ("arrival", "plug_in_local", "plug_in", "start", "start_utc", "connected")
DEPARTURE = ("departure", "plug_out_local", "plug_out", "end", "end_utc", "disconnected")
ENERGY = ("energy_kwh", "delivered_energy_kwh", "charged_kwh", "kwh", "energy")
_USUALLY_FULL = 0.8
"""Share of the car's battery at departure, unless the session charged more: exports do not say."""


def read_sessions(
    path: Path,
    grid: PtuGrid,
    charger: Charger,
    layout: Layout,
    columns: tuple[str | None, str | None, str | None] = (None, None, None),
) -> tuple[tuple[EvSession, ...], tuple[Finding, ...]]:
    """One car's stays in PTUs of ``grid``, in order and without overlap; the rest is refused by line."""
    table = read_table(path).only(layout.where)
    arrival, departure, energy = (
        table.named(*([given] if given else usual))
        for given, usual in zip(columns, (ARRIVAL, DEPARTURE, ENERGY), strict=True)
    )
    arrives, first = instants(table, arrival, layout.zone)
    departs, second = instants(table, departure, layout.zone)
    charged_kwh, third = numbers(table, energy)
    findings = [*table.findings, *first, *second, *third]
    usable = _usable(table, arrives, departs, charged_kwh, findings)
    start = round(grid.start.timestamp())
    read_from = _read_from(grid, layout)
    stays = []
    for i in usable[np.argsort(arrives[usable], kind="stable")]:
        lasts, kwh = int(departs[i] - arrives[i]), float(charged_kwh[i])
        stays += [(moved - start, lasts, kwh, int(i)) for moved in _moved(int(arrives[i]), read_from, layout)]
    sessions = _in_order(table, sorted(stays), grid, charger, findings)
    return sessions, tuple(findings)


def _usable(
    table: Table, arrives: Seconds, departs: Seconds, kwh: NDArray[np.float64], findings: list[Finding]
) -> NDArray[np.int64]:
    """Rows with an arrival, a later departure and an amount; a stamp that cannot be read is a finding already."""
    good = (arrives != UNREAD) & (departs != UNREAD)
    for what, bad in (
        ("without an amount", np.isnan(kwh)),
        ("that ends before it begins", departs <= arrives),
        ("with a negative amount", kwh < 0),
    ):
        at = np.flatnonzero(bad & good)
        if len(at):
            findings.append(Finding(table.source, table.at(at), f"{counted(len(at), 'session')} {what}"))
        good &= ~bad
    return np.flatnonzero(good)


def _moved(arrival_s: int, read_from: Mapping[date, list[date]], layout: Layout) -> list[int]:
    """When this stay begins in the run: as it was, or on every day of the run that is read from its day."""
    if layout.days is None:
        return [arrival_s]
    window = layout.days.window(layout.zone)
    index = (arrival_s - round(window.start.timestamp())) // PTU_S
    if not 0 <= index < len(window):
        return []
    day = window[index].astimezone(layout.zone).date()
    since_midnight = arrival_s - round(midnight(day, layout.zone).timestamp())
    runs = read_from.get(day, [])
    return [round(midnight(run, layout.run_zone).timestamp()) + since_midnight for run in runs]


def _read_from(grid: PtuGrid, layout: Layout) -> dict[date, list[date]]:
    """For each source day, the days of the run that are read from it."""
    runs: dict[date, list[date]] = defaultdict(list)
    if layout.days:
        measured = [day for day, _ in layout.days.window(layout.zone).local_days(layout.zone)]
        days = [day for day, _ in grid.local_days(layout.run_zone)]
        for day, source in layout.days.sources(days, measured).items():
            runs[source].append(day)
    return runs


def _in_order(
    table: Table,
    stays: list[tuple[int, int, float, int]],
    grid: PtuGrid,
    charger: Charger,
    findings: list[Finding],
) -> tuple[EvSession, ...]:
    """Stays inside the grid, whole PTUs, one after the other; no more energy than fits the time and the battery.

    A stay that the grid's edge would cut is left out: what the car still needed beyond it is not known.
    """
    sessions: list[EvSession] = []
    overlapping, cut = [], []
    for since, lasts, kwh, row in stays:
        begins, ends = since // PTU_S, -(-(since + lasts) // PTU_S)
        if begins < 0 or ends > len(grid):
            continue
        if sessions and begins < sessions[-1].departs:
            begins = sessions[-1].departs
        if begins >= ends:
            overlapping.append(row)
            continue
        stored = kwh * charger.efficiency
        fits = min((ends - begins) * PTU_HOURS * charger.max_kw * charger.efficiency, charger.capacity_kwh)
        if stored > fits + 1e-9:
            cut.append(row)
            stored = fits
        wanted = max(stored, _USUALLY_FULL * charger.capacity_kwh)
        sessions.append(EvSession(int(begins), int(ends), wanted - stored, wanted))
    if overlapping:
        what = f"{counted(len(overlapping), 'session')} wholly inside an earlier one"
        findings.append(Finding(table.source, table.at(overlapping), what))
    if cut:
        what = f"{counted(len(cut), 'session')} charged more than {charger.max_kw:g} kW or {charger.capacity_kwh:g} kWh allow"
        findings.append(Finding(table.source, table.at(cut), what, "cut to what fits"))
    return tuple(sessions)


def without_car(
    load: Profile, sessions: tuple[EvSession, ...], charger: Charger, source: str
) -> tuple[Profile, tuple[Finding, ...]]:
    """The load with the sessions' energy taken out, as if each had charged at full power from arrival."""
    values = load.values.copy()
    short_kwh = 0.0
    for session in sessions:
        left_kwh = (session.wanted_kwh - session.stored_kwh) / charger.efficiency
        for i in range(session.arrives, session.departs):
            taken_kwh = min(left_kwh, values[i] * PTU_HOURS, charger.max_kw * PTU_HOURS)
            values[i] -= taken_kwh / PTU_HOURS
            left_kwh -= taken_kwh
        short_kwh += left_kwh
    findings: tuple[Finding, ...] = ()
    if short_kwh > 0.01:
        what = f"{short_kwh:.3g} kWh of the sessions are not in the load"
        findings = (Finding(source, "sessions", what, "left out of the subtraction"),)
    return Profile(load.grid, np.maximum(values, 0.0), load.unit), findings
