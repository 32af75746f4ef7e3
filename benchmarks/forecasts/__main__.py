"""Backtest of the forecasts over real homes: `python -m benchmarks.forecasts [home ...]`; needs the measured data.

Every day at noon the next local day is forecast, and every six hours the next four hours; from the 29th day of a home's
record on, on at most ninety days spread evenly over it (thirty where libraries are compared, which take their time).
Nothing after the instant of a forecast goes into it.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from benchmarks.forecasts import cars, heat
from benchmarks.forecasts.homes import DATA, Measured, homes
from benchmarks.forecasts.rivals import rivals
from benchmarks.forecasts.score import Score, heading, line
from benchmarks.forecasts.ways import Series, Way, as_said, last_week, ours, ours_with_told, yesterday
from laag.home.calendar import Calendar

FIRST_DAY = 28
MOST_DAYS, MOST_DAYS_COMPARED = 90, 30
NEXT = slice(0, 16)
"""The first four hours."""


def main(*names: str) -> None:
    """Print the tables, of these homes or of all."""
    if not DATA.is_dir():
        print(f"the measured data are not at {DATA}; put them there to see how far forecasts are off")
        return
    measured = [home for home in homes() if not names or home.name in names]
    others = rivals()
    for kind in ("load", "pv"):
        print(f"\n{kind}: percent of its mean; share inside the 10-90 % band")
        print(heading())
        rows: dict[str, list[list[float]]] = {}
        for home in measured:
            for name, row in table(home, kind, others).items():
                print(line(home.name, name, row), flush=True)
                rows.setdefault(name, []).append(row)
        for name, found in rows.items():
            print(line(f"mean of {len(found)}", name, np.mean(found, axis=0).tolist()))
    print("\nheat demand without a weather forecast: percent of its mean")
    print(heading())
    heat.main()
    print("\ncars")
    cars.main()


def table(home: Measured, kind: str, others: dict[str, Way]) -> dict[str, list[float]]:
    """The scores of every way, for the next four hours and for the next day."""
    values = home.load_kw if kind == "load" else home.pv_kw
    if values is None:
        return {}
    said = home.pv_forecast_kw if kind == "pv" else None
    series = Series(home, kind, values, Calendar.of(home.grid, home.zone), said)
    ways: dict[str, Way] = {"yesterday": yesterday, "same day last week": last_week, "ours": ours, **others}
    if said is not None:
        ways |= {"a service's": as_said, "ours with it": ours_with_told}
    scale = float(np.nanmean(values))
    found = {}
    for name, way in ways.items():
        soon, tomorrow = scores(series, way, MOST_DAYS_COMPARED if others else MOST_DAYS)
        found[name] = soon.row(scale) + tomorrow.row(scale)
    return found


def scores(series: Series, way: Way, most_days: int) -> tuple[Score, Score]:
    """The next four hours, four times a day; and tomorrow, at noon."""
    soon, tomorrow = Score(), Score()
    days = series.calendar.grid.local_days(series.home.zone)
    usable = range(FIRST_DAY, len(days) - 2)
    for i in sorted({usable[int(at)] for at in np.linspace(0, len(usable) - 1, most_days)}):
        today, next_day = days[i][1], days[i + 1][1]
        for hour in (0, 6, 12, 18):
            now = today.start + 4 * hour
            count = next_day.stop - now if hour == 12 else NEXT.stop
            guess = way(series, now, count)
            happened = series.values[now : now + count]
            soon.add(guess, happened, NEXT)
            if hour == 12:
                tomorrow.add(guess, happened, slice(next_day.start - now, count))
    return soon, tomorrow


if __name__ == "__main__":
    began = time.perf_counter()
    main(*sys.argv[1:])
    print(f"\n{time.perf_counter() - began:.0f} s")
