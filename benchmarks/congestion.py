"""Does a sum's forecast hold what it promises? Five measured substations, and nine measured homes, as if each were a connection.

Each is forecast by its own week before, with a spread from its own past errors at that time of day; the first half of the days
teaches, the second is held against it. ``python -m benchmarks.congestion``
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from laag.neighbourhood.congestion import Floats, Spread, common_share, coverage, summed

DATA = Path(__file__).parents[2] / "shared" / "data"
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
ASKED = ((0.1, 0.9), (0.25, 0.75), (0.05, 0.95))


def substations(data: Path = DATA) -> Floats:
    """Load in MW per quarter-hour (rows) of five substations (columns), three months."""
    table = pd.read_parquet(data / "grid_load" / "nl_substations_solar_wind_2021-08_2021-10_15min.parquet")
    return np.asarray(
        table.pivot_table(index="time_utc", columns="substation", values="total_mw"), np.float64
    )


def homes(data: Path = DATA) -> Floats:
    """Load less sun in kW per hour of nine homes, a year."""
    table = pd.read_parquet(data / "households" / "us_citylearn2022_homes01-09_hourly.parquet")
    table["net"] = table.load_kwh - table.pv_kwh
    return np.asarray(table.pivot_table(index="start_local", columns="home", values="net"), np.float64)


def measured(kw: Floats, per_day: int) -> dict[str, object]:
    """The share in common, and how often the sum lay where it should: with that share, with none, with all."""
    week = 7 * per_day
    errors = kw[week:] - kw[:-week]
    days = len(errors) // per_day
    half = days // 2 * per_day
    taught, after = errors[:half], errors[half : days * per_day]
    spread = _spread(taught, per_day)
    common = common_share(taught)
    expected = kw[half : half + len(after)]
    each = expected.T[None] + np.tile(spread, len(after) // per_day)
    happened = (expected + after).sum(axis=1)
    found: dict[str, object] = {"common": common, "ptus": len(after)}
    for name, share in (("as measured", common), ("each by itself", 0.0), ("all alike", 1.0)):
        total = summed(Spread(LEVELS, each), share)
        found[name] = coverage(Spread(LEVELS, total.kw[:, 0]), happened, ASKED)
    return found


def _spread(errors: Floats, per_day: int) -> Floats:
    """Quantiles of past errors at each time of day, an hour on either side counted; shape (levels, columns, per day)."""
    reach = max(per_day // 24, 1)
    by_day = errors.reshape(-1, per_day, errors.shape[1])
    near = np.concatenate([np.roll(by_day, shift, axis=1) for shift in range(-reach, reach + 1)])
    return np.asarray(np.nanquantile(near, LEVELS, axis=0).swapaxes(1, 2), np.float64)


def main() -> None:
    """Print the table."""
    print("asked:", ", ".join(f"{100 * (high - low):.0f} %" for low, high in ASKED))
    for name, kw, per_day in (("five substations", substations(), 96), ("nine homes", homes(), 24)):
        found = measured(kw, per_day)
        print(f"{name}: {found['common']:.2f} in common, {found['ptus']} PTUs held against it")
        for how in ("as measured", "each by itself", "all alike"):
            covered = found[how]
            assert isinstance(covered, list)
            print(f"  {how:15}", ", ".join(f"{100 * one:.1f} %" for one in covered))


if __name__ == "__main__":
    main()
