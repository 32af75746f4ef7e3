"""What a stretch of real days brings, PTU by PTU, as plain numbers."""

from __future__ import annotations

import numpy as np

from laag.home.house import House
from laag.home.operate.lived import Actual
from laag.home.outlook import Floats


class Series:
    """With a stand-in for what was not heard; where load or sun is ``nan`` the plan's is taken."""

    def __init__(self, house: House, actual: Actual, start: int, stop: int) -> None:
        part, building = slice(start, stop), house.building
        load = actual.load_kw[part]
        self.load = (load + house.standby_kw if house.standby_kw else load).tolist()
        self.sun = np.maximum(actual.pv_kw[part], 0.0).tolist()
        self.outdoor = _last_known(actual.outdoor_c, start, stop).tolist()
        self.gains = (
            np.nan_to_num(building.gains_kw(actual.sun_w_m2[part]), nan=building.internal_gain_kw).tolist()
            if building
            else [0.0] * (stop - start)
        )
        low = house.comfort.low_c(actual.quarter[part])
        if actual.comfort_low_c is not None:
            asked = actual.comfort_low_c[part]
            low = np.where(np.isfinite(asked), asked, low)
        self.low = low.tolist()
        drawn = actual.hot_water_kw
        self.drawn = [0.0] * (stop - start) if drawn is None else np.nan_to_num(drawn[part]).tolist()


def _last_known(outdoor_c: Floats, start: int, stop: int) -> Floats:
    """A silent thermometer repeats what it said in the last 24 hours; one that said nothing says 10 °C."""
    before = min(start, 96)
    span = outdoor_c[start - before : stop]
    known = np.isfinite(span)
    if known.all():
        return span[before:]
    last = np.maximum.accumulate(np.where(known, np.arange(len(span)), -1))
    return np.where(last >= 0, span[last], 10.0)[before:]
