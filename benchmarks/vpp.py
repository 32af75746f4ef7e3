"""A street as one power plant on the real prices of 2025: `python -m benchmarks.vpp`.

One week in each season, sixty homes: what is known of prices, what with everything foreseen, what of promises was kept, who got it.
Some ten minutes of a processor for one way of knowing; `--knows last later within called` are all four. `--months` are weeks of twelve
months with twenty homes; `--quick` two days of twenty homes. The prices must be beside the project. `--out FOLDER` keeps page and picture.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from laag.apps.cli import main as laag

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "prices"
DAY_AHEAD, IMBALANCE = DATA / "nl_day_ahead_2025_15min.csv.gz", DATA / "nl_tennet_imbalance_2025_15min.csv.gz"
DELTA = DATA / "raw_tennet_balance_delta_2025-02-27_1min.json.gz"
DELTA_DAY = date(2025, 2, 27)
YEAR = date(2025, 1, 1)
SEASONS = ("2025-02-10", "2025-04-14", "2025-07-14", "2025-10-13")
MONTHS = tuple(f"2025-{month:02d}-18" for month in range(2, 13))
"""Of January there is no past to learn from."""
MINUTES = (5, 10, 13, 15)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table; first how soon a price is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--homes", type=int)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--knows", nargs="+", default=["last"])
    parser.add_argument("--months", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("out/vpp"))
    asked = parser.parse_args(argv)
    if not IMBALANCE.exists():
        print(f"the prices are not at {DATA}; put them there to run this")
        return
    for minutes, exact, off in how_soon():
        print(
            f"after {minutes:2d} of 15 minutes the price is known to the cent in {exact} of 96 quarter-hours of {DELTA_DAY}, "
            f"and on average within {off:.1f} EUR/MWh"
        )
    for month, share, told, wrong in by_month():
        print(
            f"{month}: asked in {share:3.0%} of quarter-hours, {told:5.1f} EUR/MWh beyond the exchange on average, the wrong way in {wrong:3.0%}"
        )
    firsts = MONTHS if asked.months else SEASONS[1:2] if asked.quick else SEASONS
    homes = asked.homes or (20 if asked.months or asked.quick else 60)
    days = 2 if asked.quick else asked.days
    laag([
        "study", "vpp", "--from", *firsts, "--days", str(days), "--homes", str(homes), "--knows", *asked.knows,
        "--day-ahead", str(DAY_AHEAD), "--imbalance", str(IMBALANCE), "--out", str(asked.out),
    ])  # fmt: skip


def by_month() -> Iterator[tuple[str, float, float, float]]:
    """What was told against what became of it, without any home: on the prices alone, that of the quarter-hour before known."""
    from laag.adapters.prices import load_nation
    from laag.foundation.ptu import AMSTERDAM, PtuGrid
    from laag.study.vpp.signals import Knows, signals

    grid = PtuGrid.days(YEAR, 365, AMSTERDAM)
    nation, _ = load_nation(DAY_AHEAD, IMBALANCE, grid)
    told = signals(nation, slice(0, len(grid)), Knows.LAST).premium[:, 0]
    day_ahead = nation.day_ahead.values
    got = np.where(told > 0, nation.surplus.values - day_ahead, day_ahead - nation.shortage.values)
    month = np.concatenate(
        [np.full(span.stop - span.start, day.month) for day, span in grid.local_days(AMSTERDAM)]
    )
    for at in range(1, 13):
        asked = (month == at) & (told != 0)
        yield f"{YEAR:%Y}-{at:02d}", float((told[month == at] != 0).mean()), float(got[asked].mean()), float((got[asked] < 0).mean())  # fmt: skip


def how_soon() -> list[tuple[int, int, float]]:
    """By minutes of a quarter-hour: in how many its price so far is its price, and how far off it is on average."""
    minutes = _minutes()
    final = _final()
    found = []
    for count in MINUTES:
        told = np.array([_so_far(minutes[15 * at : 15 * at + count]) for at in range(len(final))])
        exact = int((np.abs(told - final) < 0.01).all(axis=1).sum())
        found.append((count, exact, float(np.abs(told.mean(axis=1) - final.mean(axis=1)).mean())))
    return found


def _so_far(points: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Shortage and surplus price, if nothing more were activated."""

    def read(name: str) -> list[float]:
        return [float(point[name]) for point in points if point[name] is not None]

    up, down = read("max_upw_regulation_price"), read("min_downw_regulation_price")
    middle = float(points[-1]["mid_price"])
    if up and down:
        return max(*up, middle), min(*down, middle)
    one = max(up) if up else min(down) if down else middle
    return one, one


def _minutes() -> list[dict[str, Any]]:
    with gzip.open(DELTA, "rt", encoding="utf-8") as file:
        series = json.load(file)["Response"]["TimeSeries"][0]
    points: list[dict[str, Any]] = series["Period"]["Points"]
    return points


def _final() -> np.ndarray[Any, np.dtype[np.float64]]:
    from laag.adapters.prices.imbalance import read_imbalance
    from laag.foundation.ptu import AMSTERDAM, PtuGrid

    shortage, surplus = read_imbalance(IMBALANCE, PtuGrid.day(DELTA_DAY, AMSTERDAM))
    return np.column_stack([shortage.profile.values, surplus.profile.values])


if __name__ == "__main__":
    main()
