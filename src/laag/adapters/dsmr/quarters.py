"""Accepted readings to quarter-hours in whole Wh: what the registers rose, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from laag.adapters.dsmr.reading import Reading
from laag.adapters.dsmr.watch import Accepted
from laag.adapters.p1.registers import LONGEST_EVEN_S, Registers
from laag.foundation.findings import Finding
from laag.foundation.ptu import PTU, PTU_HOURS, PtuGrid
from laag.foundation.series import Profile, Unit

_PTU_S = 900


@dataclass(frozen=True, slots=True)
class Quarter:
    """What one quarter-hour counted each way.

    No meter speaks exactly on the quarter-hour every time. Where it did not, the register there is estimated from
    the readings around it, and ``unsure_wh`` is the most by which the figure may then be wrong.
    """

    start: datetime
    import_wh: int
    export_wh: int | None
    estimated: bool
    unsure_wh: int


@dataclass(frozen=True, slots=True)
class _Edge:
    second: int
    import_wh: int
    export_wh: int | None
    estimated: bool
    unsure_wh: int


class Quarters:
    """Gives each quarter-hour once, in order, when the first reading after it is there.

    Over more than an hour without a reading nothing is estimated: those quarter-hours are not given at all.
    """

    def __init__(self) -> None:
        self._last: Accepted | None = None
        self._edge: _Edge | None = None
        self._given = -(2**62)

    def add(self, accepted: Accepted) -> tuple[Quarter, ...]:
        """The quarter-hours that this reading completes."""
        before, self._last = self._last, accepted
        now = _second(accepted.reading)
        if before is None or before.era != accepted.era or now - _second(before.reading) > LONGEST_EVEN_S:
            self._edge = _edge(accepted.reading, accepted.reading, now) if now % _PTU_S == 0 else None
            return ()
        done = []
        first = _second(before.reading) // _PTU_S + 1
        for second in range(first * _PTU_S, now + 1, _PTU_S):
            edge, self._edge = self._edge, _edge(before.reading, accepted.reading, second)
            # A clock that was set back may pass the same quarter-hour again; it was counted the first time.
            if edge and edge.second >= self._given:
                done.append(_between(edge, self._edge))
                self._given = second
        return tuple(done)


def registers(quarters: Iterable[Quarter], grid: PtuGrid, source: str) -> Registers:
    """The same as a register export gives: mean kW each way, ``nan`` where nothing is known."""
    power = np.full((2, len(grid)), np.nan)
    estimated = []
    for quarter in quarters:
        i = (quarter.start - grid.start) // PTU
        if 0 <= i < len(grid):
            export_wh = np.nan if quarter.export_wh is None else quarter.export_wh
            power[:, i] = np.array([quarter.import_wh, export_wh]) / 1000 / PTU_HOURS
            estimated += [quarter] if quarter.estimated else []
    findings: tuple[Finding, ...] = ()
    if estimated:
        where = f"{estimated[0].start:%Y-%m-%dT%H:%MZ} to {estimated[-1].start:%Y-%m-%dT%H:%MZ}"
        most = max(quarter.unsure_wh for quarter in estimated)
        what = f"{len(estimated)} of {len(grid)} quarter-hours without a reading on their edge, sure to {most} Wh each"
        findings = (Finding(source, where, what, "register's rise spread evenly"),)
    drawn, fed = (Profile(grid, row, Unit.KW) for row in power)
    return Registers(drawn, fed, None, source, _PTU_S, findings)


def registers_at(before: Reading, after: Reading, at: datetime) -> tuple[int, int | None]:
    """Import and export at an instant between two readings, as if they rose evenly."""
    whole, part = _second(after) - _second(before), int(at.timestamp()) - _second(before)
    ways = [(before.import_wh or 0, after.import_wh or 0)]
    if before.export_wh is not None and after.export_wh is not None:
        ways.append((before.export_wh, after.export_wh))
    there = [old + (new - old) * part // whole if whole else new for old, new in ways]
    return there[0], there[1] if len(there) > 1 else None


def _second(reading: Reading) -> int:
    return int(reading.at.timestamp())


def _edge(before: Reading, after: Reading, second: int) -> _Edge:
    """The registers at an instant between two readings, in whole Wh, rounded down as a register is."""
    estimated = second != _second(after)
    rises = [(after.import_wh or 0) - (before.import_wh or 0)]
    if before.export_wh is not None and after.export_wh is not None:
        rises.append(after.export_wh - before.export_wh)
    import_wh, export_wh = registers_at(before, after, datetime.fromtimestamp(second, UTC))
    return _Edge(second, import_wh, export_wh, estimated, max(rises) if estimated else 0)


def _between(start: _Edge, end: _Edge) -> Quarter:
    both = start.export_wh is not None and end.export_wh is not None
    return Quarter(
        datetime.fromtimestamp(start.second, UTC),
        end.import_wh - start.import_wh,
        (end.export_wh or 0) - (start.export_wh or 0) if both else None,
        estimated=start.estimated or end.estimated,
        unsure_wh=start.unsure_wh + end.unsure_wh,
    )
