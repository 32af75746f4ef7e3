"""What the grid operator's word comes to at a gate: all that still holds of the days it looked at, and what it says just now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from laag.cycle.events import Validated
from laag.cycle.grid_says import Floats, GridSays
from laag.foundation.contracts import NO_LIMIT_WH, Ints
from laag.foundation.ptu import PTU_HOURS

WH_PER_KW = 1000 * PTU_HOURS


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Of the day that was cleared last and the evening before it; the last column is the end of that day."""

    limited_wh: Ints
    """``(2, homes, ptus)``, as in ``Validated``."""
    promised_kw: Floats
    """``(2, homes, ptus)``: what homes hold themselves to, ``inf`` where they are free."""
    ordered_wh: Ints
    """``(homes, ptus)``: bought just now, and promised by nobody yet."""
    back_wh: Ints
    """``(homes, ptus)``: what comes back of it, where that is promised too; elsewhere ``NO_LIMIT_WH``."""


def standing(
    homes: int,
    first: int,
    count: int,
    stop_of: Callable[[date], int],
    validated: Mapping[date, Validated],
    promised_kw: Mapping[date, Floats],
    today: tuple[date, Word] | None,
) -> GridSays:
    """Of ``count`` PTUs from ``first`` on; ``stop_of`` says where a day ends. Where several days speak the lower limit holds."""
    ordered, back = np.zeros((homes, count), np.int64), np.full((homes, count), NO_LIMIT_WH, np.int64)
    promised, limited = np.full((2, 2, homes, count), np.inf)
    limits = {day: one.limited_wh for day, one in validated.items()}
    promises = dict(promised_kw)
    if today is not None:
        day, word = today
        limits[day], promises[day] = word.limited_wh, word.promised_kw
        here, there = _overlap(stop_of(day), word.ordered_wh.shape[-1], first, count)
        ordered[:, here], back[:, here] = word.ordered_wh[:, there], word.back_wh[:, there]
    for day, limit_wh in limits.items():
        here, there = _overlap(stop_of(day), limit_wh.shape[-1], first, count)
        kw = np.where(limit_wh >= NO_LIMIT_WH, np.inf, limit_wh / WH_PER_KW)
        limited[:, :, here] = np.minimum(limited[:, :, here], kw[:, :, there])
    for day, kw in promises.items():
        here, there = _overlap(stop_of(day), kw.shape[-1], first, count)
        promised[:, :, here] = np.minimum(promised[:, :, here], kw[:, :, there])
    return GridSays(first, ordered, promised, limited, back)


def _overlap(stop: int, width: int, first: int, count: int) -> tuple[slice, slice]:
    """Where the ``width`` PTUs before ``stop`` lie among the PTUs from ``first`` on, and which of them those are."""
    begins = stop - width
    start = min(max(begins - first, 0), count)
    end = max(min(stop - first, count), start)
    return slice(start, end), slice(start + first - begins, end + first - begins)
