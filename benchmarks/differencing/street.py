"""A made-up street for attacks: each home's Wh of every quarter-hour of a year, with cars that charge in some nights."""

from __future__ import annotations

from datetime import date

import numpy as np

from laag.foundation.contracts import Ints

FIRST = date(2025, 1, 1)
DAYS, QUARTERS = 364, 96


def street(homes: int = 60, seed: int = 1) -> Ints:
    """``(homes, days, quarters)``: a base of its own, breakfast and supper, and for a third of them a car."""
    draw = np.random.default_rng(seed)
    quarter = np.arange(QUARTERS) / 4
    shape = (
        0.6 + 0.9 * np.exp(-(((quarter - 7.5) / 1.2) ** 2)) + 1.8 * np.exp(-(((quarter - 18.5) / 2.0) ** 2))
    )
    size = draw.lognormal(0, 0.45, (homes, 1, 1))
    season = 1 + 0.25 * np.cos(2 * np.pi * np.arange(DAYS) / DAYS)[None, :, None]
    load = 75 * size * season * shape * draw.lognormal(0, 0.6, (homes, DAYS, QUARTERS))
    for home in range(0, homes, 3):
        for day in np.flatnonzero(draw.random(DAYS) < 0.45):
            begin = int(draw.integers(0, 20))
            load[home, day, begin : begin + int(draw.integers(6, 16))] += 1_850
    return load.round().astype(np.int64)
