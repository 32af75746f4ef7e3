"""Day-ahead and imbalance prices together, on one grid."""

from __future__ import annotations

from pathlib import Path

from laag.adapters.files.layout import Layout
from laag.adapters.prices.dayahead import read_day_ahead
from laag.adapters.prices.imbalance import read_imbalance
from laag.cycle.street import Nation
from laag.foundation.findings import Finding
from laag.foundation.ptu import PtuGrid


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
    source = f"{spot.source}; {shortage.source}"
    findings = (*spot.findings, *shortage.findings)
    return Nation(spot.profile, shortage.profile, surplus.profile, source), findings
