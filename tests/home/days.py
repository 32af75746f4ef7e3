"""Half a day of an ordinary home, as it is expected and as it happens; any part of it can be told otherwise."""

from datetime import UTC, datetime

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.home.operate import Actual
from laag.home.outlook import Outlook

COUNT = 48
GRID = PtuGrid(datetime(2025, 5, 5, tzinfo=UTC), COUNT)
FLAT = np.ones(COUNT)


def outlook(**given):
    usual = {
        "load_kw": 0.4 * FLAT,
        "pv_kw": 0 * FLAT,
        "outdoor_c": 8 * FLAT,
        "heat_gain_kw": 0.3 * FLAT,
        "buy_eur_per_kwh": 0.25 + 0.001 * np.arange(COUNT),
        "sell_eur_per_kwh": 0.05 * FLAT,
        "sessions": (),
    }
    return Outlook(GRID, quarter=np.arange(COUNT), **(usual | given))


def actual(**given):
    usual = {
        "load_kw": 0.4 * FLAT,
        "pv_kw": 0 * FLAT,
        "outdoor_c": 8 * FLAT,
        "sun_w_m2": 0 * FLAT,
        "sessions": (),
    }
    return Actual(GRID, quarter=np.arange(COUNT), **(usual | given))
