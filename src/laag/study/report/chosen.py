"""Which days are kept in full: all of a short run, a stated selection of a long one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laag.study.report.series import as_array

Floats = NDArray[np.float64]


def picks(series: dict[str, list[Any]]) -> dict[str, int]:
    """The quarter-hours worth a button: cheapest, most traded, fullest gateway, dearest.

    >>> picks({"day_ahead_ticks": [500, -100, 900], "metered_wh": [10, -400, 20]})
    {'cheapest': 1, 'dearest': 2, 'fullest': 1}
    """
    price = as_array(series["day_ahead_ticks"])
    found = {"cheapest": int(np.nanargmin(price)), "dearest": int(np.nanargmax(price))}
    if "members_bought_wh" in series:
        local = as_array(series["members_bought_wh"]) - as_array(series["imported_wh"])
        if np.nanmax(local, initial=0) > 0:
            found["most_local"] = int(np.nanargmax(local))
    fullness = _fullness(series)
    if np.nanmax(fullness, initial=0) > 0:
        found["fullest"] = int(np.nanargmax(fullness))
    return found


def ranked_days(series: dict[str, list[Any]], starts: list[int], odd: list[int]) -> list[int]:
    """Days in order of interest: those with a pick, those of odd length, the extremes by day, then evenly spread.

    ``starts`` holds the first quarter-hour of every day, ``odd`` the days on which the clock changes.
    """
    ptus = len(series["day_ahead_ticks"])
    bounds = [*starts, ptus]
    of_day = np.searchsorted(np.array(starts), np.arange(ptus), side="right") - 1
    first = [int(of_day[ptu]) for ptu in picks(series).values()]
    price, flow = as_array(series["day_ahead_ticks"]), as_array(series.get("metered_wh", [0] * ptus))
    extremes = []
    for values in (price, -price, flow, -flow):
        by_day = [np.nanmean(values[a:b]) for a, b in pairwise(bounds)]
        extremes.append(int(np.argmax(by_day)))
    return list(dict.fromkeys([*first, *odd, *extremes, *_spread(len(starts))]))


def _spread(days: int) -> list[int]:
    """Every day once, each next one far from those before: halves, then quarters, and so on.

    >>> _spread(5)
    [0, 4, 2, 1, 3]
    """
    order, parts = [0, days - 1], 2
    while len(set(order)) < days:
        order += [round(i * (days - 1) / parts) for i in range(1, parts)]
        parts *= 2
    return list(dict.fromkeys(order))


def _fullness(series: dict[str, list[Any]]) -> Floats:
    """How full the gateway is, as a share of its capacity; plain flow where it has none."""
    flow: Floats = np.abs(as_array(series.get("metered_wh", [])))
    if "import_max_wh" not in series:
        return flow
    inward = as_array(series.get("metered_wh", [])) >= 0
    room = np.where(inward, as_array(series["import_max_wh"]), as_array(series["export_max_wh"]))
    share: Floats = flow / np.where(room > 0, room, np.nan)
    return share if np.isfinite(share).any() else flow
