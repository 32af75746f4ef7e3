"""Is this a household? A factor of a thousand is told from the level, and only where there can be no doubt."""

from __future__ import annotations

import numpy as np

from laag.foundation.errors import BadInput
from laag.foundation.findings import Finding
from laag.foundation.series import Profile

MEAN_MAX_KW = 22.8
"""200 MWh a year: no household, and more than a 3x25A connection carries."""
_SURELY_W_KW = 50.0
_HOME_MEAN_KW = (0.02, 10.0)
_HOME_PEAK_KW = 60.0
_SURELY_KW_PEAK_KW = 0.03


def checked_scale(
    profile: Profile, source: str, column: str, declared: str
) -> tuple[Profile, tuple[Finding, ...]]:
    """A household's power, divided or multiplied by a thousand where its column names the wrong unit.

    Divided where the mean exceeds 50 kW and a thousandth of it is a home; multiplied where the peak stays below
    30 W, the load varies, and a thousandfold is a home. Between 22.8 and 50 kW nothing is certain: refused.
    """
    known = profile.values[~np.isnan(profile.values)]
    if not len(known):
        return profile, ()
    mean, peak = float(np.abs(known).mean()), float(np.abs(known).max())
    if mean > _SURELY_W_KW and _is_home(mean / 1000, peak / 1000):
        return profile * 1e-3, (_finding(source, column, declared, mean, "divided by 1000"),)
    if 0 < peak < _SURELY_KW_PEAK_KW and peak > 3 * mean and _is_home(mean * 1000, peak * 1000):
        return profile * 1e3, (_finding(source, column, declared, mean, "multiplied by 1000"),)
    if mean > MEAN_MAX_KW:
        raise BadInput(
            f"{source}: column {column!r} read as {declared} has a mean of {mean:g} kW, {mean * 8.76:.0f} MWh a "
            "year, no household's; state its unit, or scale it"
        )
    return profile, ()


def _is_home(mean_kw: float, peak_kw: float) -> bool:
    return _HOME_MEAN_KW[0] <= mean_kw <= _HOME_MEAN_KW[1] and peak_kw <= _HOME_PEAK_KW


def _finding(source: str, column: str, declared: str, mean_kw: float, repair: str) -> Finding:
    kilo = declared.startswith("k")
    meant = declared[1:] if kilo else f"k{declared}"
    what = f"values look like {meant}, column says {declared}: a mean of {mean_kw:.3g} kW"
    return Finding(source, f"column {column!r}", what, repair)
