"""What stands in for what a home file leaves out: public figures with their source, the same for everyone."""

from __future__ import annotations

from math import cos, pi

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.foundation.words import Said
from laag.home.devices import Charger, EvSession
from laag.home.forecast import TYPICAL_DAY, UNKNOWN_LOAD_KW
from laag.home.forecast.sunshine import DE_BILT, sine_of_elevation
from laag.home.outlook import Floats, Ints

LOAD = Said(
    "een gewone Nederlandse dag, 2.600 kWh per jaar (CBS 81528NED, gemiddeld huishouden)",
    "a typical Dutch day, 2,600 kWh a year (CBS 81528NED, average household)",
)
SUN = Said("de zon van een gemiddelde dag van deze maand", "the sun of an average day of this month")
PANELS = Said(
    "wat panelen bij de verwachte zon gemiddeld geven", "what panels give on average under the expected sun"
)
OUTDOOR = Said(
    "de gewone temperatuur van deze maand in De Bilt (KNMI, 1991-2020)",
    "the usual temperature of this month in De Bilt (KNMI, 1991-2020)",
)
WATER = Said(
    "douchen en afwassen van een gemiddeld huishouden, 5,8 kWh per dag (tapprofiel M, EU 814/2013)",
    "showers and dishes of an average household, 5.8 kWh a day (tapping profile M, EU 814/2013)",
)
PRICES = Said(
    "een gemiddeld vast contract zonder salderen (beleid law-2027)",
    "an average fixed contract without netting (policy law-2027)",
)
CAR = Said(
    "een auto die om 18:00 thuiskomt, om 07:30 vertrekt en 6,5 kWh per dag gebruikt (13.000 km per jaar)",
    "a car that comes home at 18:00, leaves at 07:30 and uses 6.5 kWh a day (13,000 km a year)",
)

CLEARNESS = (0.29, 0.35, 0.40, 0.46, 0.47, 0.47, 0.46, 0.46, 0.43, 0.38, 0.30, 0.26)
"""Which share of the sun outside the atmosphere reaches the ground, by month: about 1,050 kWh/m² a year."""
MONTHLY_C = (3.6, 3.9, 6.5, 9.9, 13.4, 16.2, 18.3, 17.9, 14.7, 10.9, 7.0, 4.2)
SWING_C = 4.0
WARMEST_UTC_HOUR = 14.0
SOLAR_CONSTANT_W_M2 = 1361.0
PANEL_SHARE = 0.75
TAPPED_KWH = 5.845
TAPS = {28: 0.30, 30: 0.10, 50: 0.05, 72: 0.15, 82: 0.30, 86: 0.10}
"""Share of the day's hot water by quarter on the wall: a shower at seven, dishes at six, a shower at half past eight."""
COMES_QUARTER, LEAVES_QUARTER = 72, 30
USED_KWH = 6.5
USUALLY_FULL = 0.8
"""Where neither a wish nor a default says how full the car should be."""


def load_kw(quarter: Ints) -> Floats:
    """A household's load by the clock on the wall."""
    return np.asarray(UNKNOWN_LOAD_KW * TYPICAL_DAY[quarter])


def outdoor_c(grid: PtuGrid) -> Floats:
    """Coldest before dawn, warmest after noon, around the mean of the month.

    >>> from datetime import UTC, datetime
    >>> july = PtuGrid(datetime(2026, 7, 15, tzinfo=UTC), 96)
    >>> round(float(outdoor_c(july).mean()), 1)
    18.3
    """
    swing = [SWING_C * cos((t.hour + t.minute / 60 - WARMEST_UTC_HOUR) * pi / 12) for t in grid]
    return np.asarray(np.array([MONTHLY_C[t.month - 1] for t in grid]) + np.array(swing))


def sun_w_m2(grid: PtuGrid) -> Floats:
    """Sun on level ground, spread over the day by its height above the horizon.

    >>> from datetime import UTC, datetime
    >>> year = PtuGrid(datetime(2026, 1, 1, tzinfo=UTC), 365 * 96)
    >>> round(float(sun_w_m2(year).sum()) / 4000, -1)
    1050.0
    """
    clear = np.array([CLEARNESS[t.month - 1] for t in grid])
    return np.asarray(SOLAR_CONSTANT_W_M2 * clear * np.maximum(sine_of_elevation(DE_BILT, grid), 0.0))


def pv_kw(peak_kw: float, sun: Floats) -> Floats:
    """What panels of so many kW give under this sun."""
    return peak_kw * PANEL_SHARE * sun / 1000.0


def hot_water_kw(quarter: Ints) -> Floats:
    """Heat drawn from the tank, by the clock on the wall."""
    by_quarter = np.zeros(96)
    by_quarter[list(TAPS)] = np.array(list(TAPS.values())) * TAPPED_KWH * 4
    return np.asarray(by_quarter[quarter])


def stays(charger: Charger, wanted_kwh: float, quarter: Ints) -> tuple[EvSession, ...]:
    """Every night at home, half full on the first and each later stay's use linked to the one before."""
    count = len(quarter)
    here = (quarter >= COMES_QUARTER) | (quarter < LEAVES_QUARTER)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], here, [False]]).astype(np.int64)))
    found: list[EvSession] = []
    for arrives, departs in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        found.append(
            EvSession(
                arrives if arrives or not here[0] else -1,
                departs if departs < count or not here[-1] else count + _until_seven(int(quarter[-1])),
                charger.capacity_kwh / 2,
                wanted_kwh,
                USED_KWH if found else None,
            )
        )
    return tuple(found)


def _until_seven(quarter: int) -> int:
    """PTUs from the end of this quarter on the wall until the car leaves."""
    return (LEAVES_QUARTER - quarter - 1) % 96
