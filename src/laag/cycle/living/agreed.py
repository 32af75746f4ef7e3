"""What neighbours agreed, as a home plans with it; and the one number that it tells of how that went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import groupby
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PTU, PTU_HOURS, PtuGrid
from laag.home.ladder import Limit, On, Rung
from laag.home.plan.shortfall import Shortfall

Floats = NDArray[np.float64]
SOURCE = "agreement:"
_ON: Mapping[str, On] = MappingProxyType({"ev": On.CAR, "heat_pump": On.HEAT_PUMP, "battery": On.CHARGE})
"""What can be held back. A machine is begun by hand, and of everything together nobody says what is more than needed."""
_WH_PER_KW = 1000 * PTU_HOURS


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement on a day, and its quarter-hours from local midnight."""

    name: str
    device: str
    day: date
    ptus: tuple[int, ...]

    def grid(self, zone: tzinfo) -> PtuGrid:
        """The day."""
        return PtuGrid.day(self.day, zone)


def limits(every: Iterable[Agreed], ahead: PtuGrid, first: int, zone: tzinfo) -> Iterator[Limit]:
    """On the rung of agreements: comfort, one's own sun and the grid go before it. ``ahead`` begins at PTU ``first``."""
    for one in every:
        if (on := _ON.get(one.device)) is None:
            continue
        shift = first + (one.grid(zone).start - ahead.start) // PTU
        for begins, stops in runs(one.ptus):
            if shift + stops > first:
                yield Limit(
                    Rung.AGREEMENT, on, max(shift + begins, first), shift + stops, 0.0, SOURCE + one.name
                )


def runs(ptus: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches without a gap, each with the first that is not in it any more.

    >>> list(runs([0, 1, 2, 90, 91]))
    [(0, 3), (90, 92)]
    """
    for _, run in groupby(enumerate(sorted(set(ptus))), key=lambda one: one[1] - one[0]):
        there = [ptu for _, ptu in run]
        yield there[0], there[-1] + 1


def took_wh(device: str, series: Mapping[str, Floats]) -> int | None:
    """What the device took in the quarter-hours of these series (kW, and Wh of the meter); ``None`` where that is not known.

    A battery may charge with what the roof leaves: only what was taken from the street meanwhile counts.
    """
    match device:
        case "ev":
            wh = _WH_PER_KW * np.maximum(series["ev_kw"], 0.0)
        case "heat_pump":
            wh = _WH_PER_KW * np.maximum(series["heat_pump_kw"], 0.0)
        case "battery":
            charged_wh = _WH_PER_KW * np.maximum(series["battery_kw"], 0.0)
            wh = np.minimum(charged_wh, np.maximum(series["import_wh"], 0.0))
        case _:
            return None
    return round(float(wh.sum())) if len(wh) and np.isfinite(wh).all() else None


def needed_by(shortfalls: Iterable[Shortfall]) -> dict[str, str]:
    """Agreements that a plan does not keep, and the rung that needs what it takes, in the ladder's own words."""
    return {
        one.source.removeprefix(SOURCE): one.decided_by.name.lower()
        for one in shortfalls
        if one.source.startswith(SOURCE) and one.decided_by is not None
    }
