"""What to use while a source of prices is away: an expectation with a note, never passed off as the market's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from laag.cycle.live import Imbalanced, Priced
from laag.foundation.contracts import Ints
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.words import Said

_WEEKS = 4
"""An older week says less of tomorrow than a model does."""


@dataclass(frozen=True, slots=True, eq=False)
class FallenBack:
    """Prices to plan by, and what to tell about them."""

    priced: Priced
    note: Said


def fallen_back(
    day: date,
    known: Mapping[date, Priced],
    model: Callable[[date], Priced] | None = None,
    zone: ZoneInfo = AMSTERDAM,
) -> FallenBack | None:
    """The last known prices of the same day of the week, quarter-hour by quarter-hour of the wall; else the model's.

    >>> from datetime import date
    >>> a_week_ago = Priced(date(2026, 6, 1), np.arange(96), "ENTSO-E")
    >>> fallen = fallen_back(date(2026, 6, 8), {a_week_ago.day: a_week_ago})
    >>> fallen.note.en
    'The prices of 2026-06-08 are not known yet; until then those of 2026-06-01 are expected again.'
    """
    for weeks in range(1, _WEEKS + 1):
        earlier = day - timedelta(weeks=weeks)
        if earlier in known:
            ticks = _moved(
                known[earlier].day_ahead_ticks, PtuGrid.day(earlier, zone), PtuGrid.day(day, zone), zone
            )
            note = Said(
                f"De prijzen van {day} zijn nog niet bekend; tot dan worden die van {earlier} weer verwacht.",
                f"The prices of {day} are not known yet; until then those of {earlier} are expected again.",
            )
            return FallenBack(Priced(day, ticks, f"expected: as on {earlier}"), note)
    if model is None:
        return None
    note = Said(
        f"De prijzen van {day} zijn nog niet bekend; tot dan wordt met een model gerekend.",
        f"The prices of {day} are not known yet; until then a model is used.",
    )
    return FallenBack(model(day), note)


def without_imbalance(priced: Priced) -> tuple[Imbalanced, Said]:
    """Imbalance at the day-ahead price: nobody gains or loses by it, until the real prices correct it."""
    ticks = priced.day_ahead_ticks
    note = Said(
        f"De onbalansprijzen van {priced.day} zijn nog niet bekend; tot dan telt de dagprijs, en daarna volgt een correctie.",
        f"The imbalance prices of {priced.day} are not known yet; until then the day-ahead price counts, and a correction follows.",
    )
    return Imbalanced(priced.day, ticks, ticks, f"expected: {priced.source}"), note


def _moved(ticks: Ints, before: PtuGrid, after: PtuGrid, zone: ZoneInfo) -> Ints:
    """By the time on the wall; an hour that the earlier day lacked has the price of the one before it."""
    walls, first = np.unique(before.quarter_of_day(zone), return_index=True)
    at = np.searchsorted(walls, after.quarter_of_day(zone), side="right") - 1
    return np.asarray(ticks[first[at]], np.int64)
