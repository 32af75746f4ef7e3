"""Prices that are not yet published."""

from __future__ import annotations

import numpy as np

from laag.foundation.ptu import PtuGrid
from laag.foundation.series import Profile
from laag.home.calendar import Calendar
from laag.home.forecast.recency import DAY, WEEK, leads, without_gaps
from laag.home.outlook import Floats, Ints


def prices_like_recent_days(past: Profile, calendar: Calendar, grid: PtuGrid) -> Floats:
    """Prices not yet known: halfway between the last day that is, and the same day of the week before.

    By the clock on the wall: after a clock change the evening peak stays in the evening. ``past`` may already hold
    prices of the future (tomorrow's auction); what ``grid`` shares with it is simply known.
    """
    ahead = leads(past.grid, grid) + len(past.grid)
    count = len(past.grid)
    if not count or not np.isfinite(past.values).any():
        return np.full(len(grid), np.nan)
    values = without_gaps(past.values)
    yesterday = values[_same_quarter_before(ahead, DAY, past.grid, calendar)]
    last_week = values[_same_quarter_before(ahead, WEEK, past.grid, calendar)] if count >= WEEK else yesterday
    known = values[np.clip(ahead, 0, count - 1)]
    return np.where((ahead >= 0) & (ahead < count), known, 0.5 * (yesterday + last_week))


def _same_quarter_before(ahead: Ints, period: int, past: PtuGrid, calendar: Calendar) -> Ints:
    """For each PTU the latest one of the past that lies whole periods before it, at the same time on the wall."""
    back = -((len(past) - 1 - ahead) // period)
    then = np.clip(ahead - back * period, 0, len(past) - 1)
    offset = calendar.grid.index(past.start)
    wall = calendar.quarter
    off = (wall[ahead + offset] - wall[then + offset] + DAY // 2) % DAY - DAY // 2
    moved = then + off
    return np.asarray(np.where((moved >= 0) & (moved < len(past)), moved, then), np.int64)
