"""How far what a home expected lay from what came, by how far ahead it looked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laag.home.outlook import Floats
from laag.study.backtest.case import Case
from laag.study.backtest.known import Sight, outlook

AHEAD_HOURS = ((0, 1), (1, 6), (6, 24), (24, 48))


@dataclass(frozen=True, slots=True)
class Error:
    """Of one series, so many hours ahead."""

    series: str
    ahead: tuple[int, int]
    mean_error: float
    mean_absolute: float
    mean_actual: float
    """Of the magnitude of what came, over the PTUs that were forecast."""

    @property
    def relative(self) -> float:
        """The mean absolute error as a share of the mean."""
        return self.mean_absolute / self.mean_actual if self.mean_actual else 0.0


def errors(case: Case, every_ptus: int = 12) -> tuple[Error, ...]:
    """Load, panels, temperature and price, forecast every so often all through the window."""
    truth = {
        "load_kw": case.load_kw,
        "pv_kw": case.pv_kw,
        "outdoor_c": case.outdoor_c,
        "buy_eur_per_kwh": case.prices(case.day_ahead.values)[0],
    }
    wanted = [name for name, there in _there(case).items() if there]
    made: dict[str, list[Floats]] = {name: [] for name in wanted}
    came: dict[str, list[Floats]] = {name: [] for name in wanted}
    reach = AHEAD_HOURS[-1][1] * 4
    for now in range(case.start, case.stop - reach, every_ptus):
        ahead = outlook(case, now, (), Sight(horizon_ptus=reach))
        for name in wanted:
            made[name].append(getattr(ahead, name))
            came[name].append(truth[name][now : now + reach])
    return tuple(
        _error(name, hours, np.array(made[name]), np.array(came[name]))
        for name in wanted
        for hours in AHEAD_HOURS
    )


def _there(case: Case) -> dict[str, bool]:
    return {
        "load_kw": True,
        "pv_kw": case.house.pv is not None,
        "outdoor_c": case.house.building is not None,
        "buy_eur_per_kwh": True,
    }


def _error(name: str, hours: tuple[int, int], made: Floats, came: Floats) -> Error:
    part = slice(hours[0] * 4, hours[1] * 4)
    off = made[:, part] - came[:, part]
    return Error(
        name,
        hours,
        float(np.nanmean(off)),
        float(np.nanmean(np.abs(off))),
        float(np.nanmean(np.abs(came[:, part]))),
    )
