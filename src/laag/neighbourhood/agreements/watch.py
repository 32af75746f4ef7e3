"""Whether a member kept to an agreement, by the least that has to be known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints

TOLERANCE_WH = 100
"""In a whole window: what stands by, and what a charger takes until it has heard."""
LEAST_WH: Mapping[str, int | None] = MappingProxyType(
    {"ev": 345, "heat_pump": 75, "battery": 50, "appliance": 60, "all": None}
)
"""Per quarter-hour, of such a device that runs as low as it can: a car charges with 6 A or not at all (IEC 61851). What a
connection takes less than this, the device did not take from the street. Of everything together nothing can be said so."""
BY_LAW = frozenset({"minimum", "safety", "emergency"})
"""The rungs above any agreement: what they needed broke nothing."""


class Which(StrEnum):
    """How it went."""

    KEPT = "kept"
    EXCUSED = "excused"
    """More was taken, for what the law puts first in every home."""
    BROKEN = "broken"
    UNKNOWN = "unknown"
    """Nobody told, and the meter does not say: what is not known is held against nobody."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How it went for one member on one day, by what."""

    which: Which
    by: str
    """``told`` by the home, or as its ``meter`` shows; ``nothing`` where neither says."""
    wh: int = 0
    """What the device took while nobody would; 0 where only the meter says."""


def judged(
    device: str,
    told_wh: int | None,
    because: str,
    metered_wh: Ints,
    measured: NDArray[np.bool_],
) -> Verdict:
    """How a window went.

    ``told_wh`` is the one number that a home which said yes to this purpose tells of a window; ``because`` the rung that
    needed it. ``metered_wh`` is what the whole connection took (offtake +) in each quarter-hour of the window, which is
    known for settling anyway; it can show that somebody kept to it, never that they did not.

    >>> seen = np.ones(12, np.bool_)
    >>> judged("ev", 2400, "comfort", np.full(12, 300), seen)
    Verdict(which=<Which.BROKEN: 'broken'>, by='told', wh=2400)
    >>> judged("ev", None, "", np.full(12, 300), seen)
    Verdict(which=<Which.KEPT: 'kept'>, by='meter', wh=0)
    >>> judged("ev", None, "", np.full(12, 900), seen).which
    <Which.UNKNOWN: 'unknown'>
    """
    if told_wh is not None:
        if told_wh <= TOLERANCE_WH:
            return Verdict(Which.KEPT, "told", max(told_wh, 0))
        return Verdict(Which.EXCUSED if because in BY_LAW else Which.BROKEN, "told", told_wh)
    least_wh = LEAST_WH[device]
    if least_wh is not None and len(measured) and measured.all() and bool((metered_wh < least_wh).all()):
        return Verdict(Which.KEPT, "meter")
    return Verdict(Which.UNKNOWN, "nothing")
