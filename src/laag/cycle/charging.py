"""How much of what a car is planned to charge a home buys the day before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import Charger, EvSession

Floats = NDArray[np.float64]

DAY_PTUS = 96
LEAST_DAYS, MOST_DAYS = 7, 28
"""Fewer days than these say nothing about what a car takes; longer ago it may have been another life."""


def ordered_share(
    really: Sequence[EvSession], charger: Charger, planned_kw: Floats, now: int, first: int
) -> Floats:
    """Per PTU from ``first`` on: all for a car that is there, else no more in all than it takes on an average day.

    A car is planned for where it is likely to come, and some evenings it stays away: together the cars of a street take
    what each takes on average. Of ``really``, stays in PTUs of the street, only those that have begun are looked at.
    """
    days = min(now // DAY_PTUS, MOST_DAYS)
    whole = np.ones(len(planned_kw))
    if days < LEAST_DAYS:
        return whole
    begun = [stay for stay in really if stay.arrives <= now]
    asked_kwh = sum(
        max(s.wanted_kwh - s.stored_kwh, 0.0) for s in begun if s.arrives >= now - days * DAY_PTUS
    )
    later = np.arange(first, first + len(planned_kw)) >= max((s.departs for s in begun), default=now)
    planned_kwh = float(np.maximum(planned_kw[later], 0.0).sum()) * PTU_HOURS * charger.efficiency
    usual_kwh = asked_kwh / days * later.sum() / DAY_PTUS
    return np.where(later & (planned_kwh > usual_kwh), usual_kwh / max(planned_kwh, usual_kwh, 1e-9), whole)
