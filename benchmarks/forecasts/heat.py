"""Heat demand and the weather behind it, without a weather forecast: a winter in Zwolle through three houses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from benchmarks.forecasts.homes import DATA
from benchmarks.forecasts.score import Floats, Guess, Score, line
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.devices import Building
from laag.home.forecast import LEVELS, Place, Record, heat_forecast, heat_kw, outdoor_c, sky
from laag.home.forecast.quantiles import around
from laag.home.forecast.rehearse import rehearsed

WEATHER = DATA / "weather" / "nl_zwolle_knmi_interpolated_2021-10_2022-05_hourly.csv.gz"
ZWOLLE = Place(52.5, 6.1)
HOUSES = {
    "drafty": Building(0.25, 8.0),
    "insulated": Building(0.12, 10.0),
    "new": Building(0.06, 12.0),
}
INDOOR_C = 20.0
PAST_PTUS = 28 * 96
Expect = Callable[[Record, PtuGrid], Floats]


def main() -> None:
    """Print a row per house and way, then the temperature outside in kelvin."""
    grid, outdoor, sun = weather()
    days = [span for _, span in grid.local_days(AMSTERDAM)][30:-3:2]
    for name, house in HOUSES.items():
        demand = heat_kw(house, INDOOR_C, outdoor, sun)

        def ours(past: Record, ahead: PtuGrid, house: Building = house) -> Guess:
            expected = heat_kw(
                house, INDOOR_C, outdoor_c(past, ahead), sky(past.sun_w_m2, past.grid, ahead, ZWOLLE)
            )
            return Guess(expected, heat_forecast(house, past, ahead, indoor_c=INDOOR_C, place=ZWOLLE).values)

        def naive(past: Record, ahead: PtuGrid, house: Building = house) -> Guess:
            def again(known: Record, then: PtuGrid) -> Floats:
                return _yesterday(heat_kw(house, INDOOR_C, known.outdoor_c, known.sun_w_m2), known.grid, then)

            happened = heat_kw(house, INDOOR_C, past.outdoor_c, past.sun_w_m2)
            expected = again(past, ahead)
            return Guess(
                expected, around(expected, rehearsed(past, happened, ahead, again), LEVELS, least=0.0)
            )

        for way, guess in (("yesterday", naive), ("ours", ours)):
            soon, tomorrow = Score(), Score()
            for span in days:
                for hour in (0, 6, 12, 18):
                    now = span.start + 4 * hour
                    lately = slice(now - PAST_PTUS, now)
                    none = np.zeros(PAST_PTUS)
                    past = Record(grid.window(lately.start, now), none, none, outdoor[lately], sun[lately])
                    count = 144 if hour == 12 else 16
                    said = guess(past, grid.window(now, now + count))
                    soon.add(said, demand[now : now + count], slice(0, 16))
                    if hour == 12:
                        tomorrow.add(said, demand[now : now + count], slice(48, 144))
            mean = float(demand.mean())
            print(line(name, way, soon.row(mean) + tomorrow.row(mean)), flush=True)


def weather() -> tuple[PtuGrid, Floats, Floats]:
    """Temperature and sun by the quarter-hour, on a straight line between the hours."""
    table = pd.read_csv(WEATHER)
    grid = PtuGrid.days(date(2021, 10, 22), 200, AMSTERDAM)
    hours = pd.DatetimeIndex(table["time_utc"]).tz_convert(None).to_numpy("datetime64[s]").astype(np.int64)
    at = grid.instants().astype(np.int64)
    series = []
    for name, shift in (("temperature_c", 3600), ("ghi_w_m2", 1800)):
        values = table[name].to_numpy(np.float64)
        known = np.isfinite(values)
        series.append(np.interp(at + 450, hours[known] + shift, values[known]))
    return grid, series[0], series[1]


def _yesterday(values: Floats, past: PtuGrid, ahead: PtuGrid) -> Floats:
    at = np.arange(len(ahead)) + past.index(ahead.start)
    return np.asarray(values[at - 96 * (1 + (at - len(values)) // 96)])
