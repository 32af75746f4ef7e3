"""National prices for the built-in street: the models of ``laag.nation``, fed with the street's weather and chance."""

from __future__ import annotations

import numpy as np

from laag.cycle.street import Nation
from laag.foundation.series import Profile, Unit
from laag.nation import dayahead, imbalance
from laag.study.population.days import Days
from laag.study.population.noise import Tape
from laag.study.population.weather import Weather

SOURCE = (
    "model: day-ahead from a merit order over residual load, imbalance drawn around it; "
    "not measured prices (docs/built-in-street.md)"
)
FORESEEN = 0.5
"""The part of a quarter-hour's imbalance price that the intraday market sees coming an hour before; no measured figure."""
HALF_SPREAD_EUR_PER_MWH = 2.0
"""Between what one pays and what one receives there, on either side of the middle."""
SURPRISE_GW, QUARTER_GW = 0.7, 0.25


def modelled_nation(days: Days, sky: Weather, seed: int) -> Nation:
    """Day-ahead and imbalance prices that go with this weather."""
    first, count = days.first_ptu, len(days.grid)
    surprise = SURPRISE_GW * Tape(seed, -1, "outages and neighbours").drifting(first, count, 0.99)
    surprise += QUARTER_GW * Tape(seed, -1, "quarters").normal(first, count)
    day_ahead = dayahead.modelled_prices(
        dayahead.Drivers(
            grid=days.grid,
            outdoor_c=sky.outdoor_c,
            sun_w_m2=sky.country_sun_w_m2,
            wind_share=sky.wind_share,
            rest=days.rest,
            surprise_gw=surprise,
        )
    )
    shortage = Tape(seed, -1, "country out of balance").drifting(first, count, 0.8)
    chance = Tape(seed, -1, "both directions").uniform(first, count)
    activation = imbalance.modelled(day_ahead.values, shortage, chance)
    settled = imbalance.settlement(activation)
    return Nation(
        day_ahead=day_ahead,
        shortage=Profile(days.grid, settled.shortage, Unit.EUR_PER_MWH),
        surplus=Profile(days.grid, settled.surplus, Unit.EUR_PER_MWH),
        source=SOURCE,
        state=Profile(days.grid, activation.state.astype(np.float64), Unit.ONE),
    )


def modelled_intraday(nation: Nation) -> tuple[Profile, Profile]:
    """What one pays and what one receives intraday, EUR/MWh: day-ahead, and half of what imbalance will cost beyond it.

    A model and not a measured market: it sees half of what is coming (over the hour around it) and always has an offer.
    It holds that an intraday market pays for being early without telling what imbalance will be.
    """
    day_ahead = nation.day_ahead.values
    beyond = (nation.shortage.values + nation.surplus.values) / 2 - day_ahead
    weights = np.ones(min(4, len(beyond)))
    seen = np.convolve(beyond, weights, mode="same") / np.convolve(np.ones_like(beyond), weights, mode="same")
    middle = day_ahead + FORESEEN * seen
    buy, sell = middle + HALF_SPREAD_EUR_PER_MWH, middle - HALF_SPREAD_EUR_PER_MWH
    grid = nation.day_ahead.grid
    return Profile(grid, buy, Unit.EUR_PER_MWH), Profile(grid, sell, Unit.EUR_PER_MWH)
