"""How a file is laid out, and the way from its columns to profiles on a grid that all importers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo

import numpy as np
from numpy.typing import NDArray

from laag.adapters.files.days import DayMap
from laag.adapters.files.mend import mend
from laag.adapters.files.quarters import around, place, spoken_step
from laag.adapters.files.samples import Stamps, intervals, samples
from laag.adapters.files.stamps import Seconds, instants
from laag.adapters.files.table import Table
from laag.foundation.findings import Finding
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit

TIME_COLUMNS = (
    *("start_utc", "time_utc", "datetime_utc", "mtu_utc", "mtu_cet_cest", "mtu", "timestamp", "start_local"),
    *("time_local", "datetime_local", "start_time", "start", "time", "datetime", "tijdstip", "tijd", "date"),
    *("datum_von", "datum", "timeinterval_start_loc", "timeinterval_start", "from"),
)
"""Where the time is looked for, in this order: UTC is certain, local time is not."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A profile from a file, how it came about in words, and what was wrong with it."""

    profile: Profile
    source: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file does not say about itself."""

    time: str | None = None
    """The column with the time; ``None`` looks for one by its usual names."""
    zone: tzinfo = AMSTERDAM
    """Of stamps without an offset."""
    stamps: Stamps = "start"
    """Whether a stamp marks the start or the end of its interval."""
    blank_is_zero: bool = False
    """Whether an empty cell of a row that is there means zero, as of panels at night, rather than unknown."""
    where: Mapping[str, str] = field(default_factory=dict)
    """Only rows with these texts in these columns."""
    days: DayMap | None = None
    """Which other days are read as the days asked for."""
    run_zone: tzinfo = AMSTERDAM
    """Whose days are asked for."""

    def window(self, grid: PtuGrid) -> PtuGrid:
        """What must be read to fill ``grid``."""
        return self.days.window(self.zone) if self.days else grid

    def time_of(self, table: Table) -> tuple[Seconds, tuple[Finding, ...]]:
        """The instant of each row."""
        column = table.named(self.time) if self.time else table.named(*TIME_COLUMNS)
        return instants(table, column, self.zone)

    def pairs(self, raw: Profile, grid: PtuGrid) -> dict[date, date]:
        """Which measured day is read as which day asked for; empty where every day is itself."""
        return self.days.pairs(raw, grid, self.zone, self.run_zone) if self.days else {}

    def mended(
        self, raw: Profile, grid: PtuGrid, source: str, ladder: dict[str, int]
    ) -> tuple[Profile, tuple[Finding, ...]]:
        """Without gaps, still on its own days."""
        needed = self.days.needed(self.pairs(raw, grid), self.zone) if self.days else None
        return mend(raw, self.window(grid), source, self.zone, ladder, needed)

    def moved(self, whole: Profile, raw: Profile, grid: PtuGrid) -> Profile:
        """On the days asked for."""
        if self.days is None:
            return whole
        return self.days.onto(whole, grid, self.pairs(raw, grid), self.zone, self.run_zone)

    def fitted(
        self, raw: Profile, grid: PtuGrid, source: str, ladder: dict[str, int]
    ) -> tuple[Profile, tuple[Finding, ...]]:
        """Mended, and moved to the days asked for."""
        whole, findings = self.mended(raw, grid, source, ladder)
        return self.moved(whole, raw, grid), findings

    def spoken(self, source: str, how: str, raw: Profile, grid: PtuGrid) -> str:
        """Where a profile comes from, in words."""
        moved = f"; {self.days.spoken(self.pairs(raw, grid))}" if self.days else ""
        return f"{source} ({how}{moved})"


def quartered(
    table: Table,
    at: Seconds,
    values: NDArray[np.float64],
    layout: Layout,
    grid: PtuGrid,
    unit: Unit,
    what: str,
    spread: str = "each held for its quarter-hours",
) -> tuple[list[Profile], tuple[Finding, ...], str]:
    """One profile per column of ``values``, still with its gaps, some days wider than asked.

    ``unit`` kWh means energy per interval, returned as mean kW; any other is a mean over the interval.
    """
    found, told = samples(table, at, values)
    start, length = intervals(found, layout.zone, layout.stamps)
    if unit is Unit.KWH:
        hours = np.maximum(length, 1)[:, None] / 3600
        found = type(found)(found.source, found.at, found.values / hours, found.rows)
        unit = Unit.KW
    wide = around(layout.window(grid))
    placed, more = place(table, found, start, length, wide)
    raw = [Profile(wide, placed[:, series], unit) for series in range(placed.shape[1])]
    return raw, (*told, *more), layout.spoken(table.source, spoken_step(length, what, spread), raw[0], grid)
