"""Heat demand without a weather forecast: a winter in Zwolle through three houses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from benchmarks.forecasts.homes import DATA
from benchmarks.forecasts.score import Floats, Guess, Score, line
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.devices import Building
from laag.home.forecast import LEVELS, Place, Record, heat_forecast, heat_kw, outdoor_c, sun_w_m2
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


@dataclass(frozen=True, slots=True, eq=False)
class Winter:
    """The weather, and what a house needs in it."""

    grid: PtuGrid
    outdoor_c: Floats
    sun_w_m2: Floats
    house: Building

    @property
    def demand_kw(self) -> Floats:
        return heat_kw(self.house, INDOOR_C, self.outdoor_c, self.sun_w_m2)

    def until(self, now: int) -> Record:
        lately, none = slice(now - PAST_PTUS, now), np.zeros(PAST_PTUS)
        return Record(
            self.grid.window(lately.start, now), none, none, self.outdoor_c[lately], self.sun_w_m2[lately]
        )


Way = Callable[[Building, Record, PtuGrid], Guess]


def main() -> None:
    """Print a row per house and way."""
    grid, outdoor, sun = weather()
    ways: tuple[tuple[str, Way], ...] = (("yesterday", yesterday), ("ours", ours))
    for name, house in HOUSES.items():
        winter = Winter(grid, outdoor, sun, house)
        for way, guess in ways:
            print(line(name, way, row(winter, guess)), flush=True)


def row(winter: Winter, guess: Way) -> list[float]:
    """The scores of a way, every other day."""
    soon, tomorrow = Score(), Score()
    demand = winter.demand_kw
    for _, span in winter.grid.local_days(AMSTERDAM)[30:-3:2]:
        for hour in (0, 6, 12, 18):
            now = span.start + 4 * hour
            count = 144 if hour == 12 else 16
            said = guess(winter.house, winter.until(now), winter.grid.window(now, now + count))
            soon.add(said, demand[now : now + count], slice(0, 16))
            if hour == 12:
                tomorrow.add(said, demand[now : now + count], slice(48, 144))
    mean = float(demand.mean())
    return soon.row(mean) + tomorrow.row(mean)


def ours(house: Building, past: Record, ahead: PtuGrid) -> Guess:
    sun = sun_w_m2(past, ahead, None, ZWOLLE)
    expected = heat_kw(house, INDOOR_C, outdoor_c(past, ahead), sun)
    return Guess(expected, heat_forecast(house, past, ahead, indoor_c=INDOOR_C, place=ZWOLLE).values)


def yesterday(house: Building, past: Record, ahead: PtuGrid) -> Guess:
    def again(known: Record, then: PtuGrid) -> Floats:
        demand = heat_kw(house, INDOOR_C, known.outdoor_c, known.sun_w_m2)
        at = np.arange(len(then)) + known.grid.index(then.start)
        return np.asarray(demand[at - 96 * (1 + (at - len(demand)) // 96)])

    happened = heat_kw(house, INDOOR_C, past.outdoor_c, past.sun_w_m2)
    expected = again(past, ahead)
    return Guess(expected, around(expected, rehearsed(past, happened, ahead, again), LEVELS, least=0.0))


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
