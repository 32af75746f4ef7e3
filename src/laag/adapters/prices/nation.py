"""Day-ahead and imbalance prices together, on one grid."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

import numpy as np

from laag.adapters.files.layout import Imported, Layout
from laag.adapters.files.stamps import UNREAD
from laag.adapters.files.table import read_table
from laag.adapters.prices.dayahead import read_day_ahead
from laag.adapters.prices.imbalance import read_imbalance, read_states
from laag.cycle.street import Nation
from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile

DUAL = 2.0
"""The regulation state with two prices."""


def first_day(path: Path, zone: tzinfo, layout: Layout | None = None) -> date:
    """The first local day of which a file holds the beginning."""
    table = read_table(path)
    at, _ = (layout or Layout()).time_of(table)
    if not (at != UNREAD).any():
        raise BadInput(f"{path.name} has no row whose time can be read; look at its column of times")
    first = datetime.fromtimestamp(int(at[at != UNREAD].min()), UTC).astimezone(zone)
    return first.date() if first.time() == time() else first.date() + timedelta(days=1)


def load_nation(
    day_ahead: Path,
    imbalance: Path | None,
    grid: PtuGrid,
    day_ahead_layout: Layout | None = None,
    imbalance_layout: Layout | None = None,
) -> tuple[Nation, tuple[Finding, ...]]:
    """National prices on ``grid``; without an imbalance file the day-ahead price settles imbalance too."""
    spot = read_day_ahead(day_ahead, grid, day_ahead_layout)
    if imbalance is None:
        source = f"{spot.source}; imbalance settled at the day-ahead price"
        return Nation(spot.profile, spot.profile, spot.profile, source), spot.findings
    shortage, surplus = read_imbalance(imbalance, grid, imbalance_layout)
    states = read_states(imbalance, grid, imbalance_layout)
    source = f"{spot.source}; {shortage.source}"
    state = states.profile if states else None
    findings = (*spot.findings, *shortage.findings, *_at_odds(imbalance.name, shortage, surplus, state))
    return Nation(spot.profile, shortage.profile, surplus.profile, source, state), findings


def _at_odds(
    source: str, shortage: Imported, surplus: Imported, state: Profile | None
) -> tuple[Finding, ...]:
    """Two prices in a PTU whose regulation state has one: kept as published, and said."""
    if state is None:
        return ()
    known = np.isfinite(state.values) & (state.values != DUAL)
    odd = np.flatnonzero(known & (shortage.profile.values != surplus.profile.values))
    if not len(odd):
        return ()
    first = f"{state.grid[int(odd[0])]:%Y-%m-%dT%H:%MZ}"
    what = f"two prices in {len(odd)} quarter-hours whose regulation state has one, the first at {first}"
    return (Finding(source, first, what, "kept as published"),)
