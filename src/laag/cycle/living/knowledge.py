"""What a home knows at an instant, on quarter-hours that end there, and what it sees ahead by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np

from laag.cycle.bulletin import Bulletin
from laag.cycle.street import Habit, Home, Wants
from laag.cycle.world import NOON, Sight, World
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home.calendar import Calendar
from laag.home.devices import EvSession
from laag.home.forecast import Known, Place, Record
from laag.home.house import House
from laag.home.ladder import Ladder
from laag.home.outlook import Floats

DAY_PTUS = 96


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Nothing in it is later than ``past.now``, but for a weather forecast that was told before.

    Stays and the bulletin count quarter-hours from the start of ``past.grid``.
    """

    house: House
    past: Record
    zone: ZoneInfo = AMSTERDAM
    place: Place | None = None
    wants: Wants | None = None
    ladder: Ladder = Ladder()
    """Which of what the household wants goes first."""
    habit: Habit = Habit()
    stays: tuple[EvSession, ...] = ()
    """Those that have begun, in order; of one that goes on, when its driver said to leave."""
    began: tuple[int, ...] = ()
    """When each machine last began, or ``NEVER``."""
    sun_ahead_w_m2: Floats = field(default_factory=lambda: np.zeros(0))
    """What is forecast from now on, as far as it has been told."""
    outdoor_ahead_c: Floats = field(default_factory=lambda: np.zeros(0))
    drawn_kw: Floats | None = None
    """Heat drawn from the tank, on ``past.grid``; ``None``: nobody showers."""
    calendar: Calendar | None = None
    """From the start of ``past.grid``, as far as plans look or further; looked up where it is not given."""

    @property
    def now(self) -> int:
        """The present quarter-hour."""
        return len(self.past.grid)


def sight(known: Knowledge, board: Bulletin, horizon_ptus: int) -> Sight:
    """The same eyes that a simulated home has, on a world of which nothing is known after now."""
    now, past = known.now, known.past
    whole = past.grid.window(0, now + horizon_ptus)
    calendar = known.calendar or Calendar.of(whole, known.zone)

    def measured(values: Floats, unit: Unit) -> Profile:
        return Profile(whole, _then(values, whole), unit)

    def told(before: Floats | None, ahead: Floats, unit: Unit) -> Known | None:
        if before is None or now + len(ahead) < DAY_PTUS:  # what is told has to reach back or ahead a day
            return None
        series = Profile(whole, _then(np.concatenate([before, ahead[:horizon_ptus]]), whole), unit)
        known_from = Known.published(series, known.zone, NOON).known_from.copy()
        known_from[now + len(ahead) :] = np.datetime64("9999-01-01")
        # What is at hand has been told, whatever the hour at which others publish.
        known_from[now : now + len(ahead)] = np.minimum(
            known_from[now : now + len(ahead)], np.datetime64(past.now.replace(tzinfo=None), "s")
        )
        return Known(series, known_from)

    world = World(
        whole,
        known.zone,
        calendar,
        Known.measured(measured(past.outdoor_c, Unit.CELSIUS)),
        Known.measured(measured(past.sun_w_m2, Unit.W_PER_M2)),
        told(past.outdoor_forecast_c, known.outdoor_ahead_c, Unit.CELSIUS),
        told(past.sun_forecast_w_m2, known.sun_ahead_w_m2, Unit.W_PER_M2),
        known.place,
        horizon_ptus,
    )
    home = Home(
        known.house,
        measured(past.load_kw, Unit.KW),
        measured(past.pv_kw, Unit.KW),
        known.stays,
        known.habit,
        wants=known.wants,
        hot_water_kw=None if known.drawn_kw is None else measured(known.drawn_kw, Unit.KW),
    )
    return Sight(world, home, world.diary(home), board, 0)


def _then(values: Floats, whole: PtuGrid) -> Floats:
    """These, and after them nothing that anybody knows."""
    return np.concatenate([values, np.full(len(whole) - len(values), np.nan)])
