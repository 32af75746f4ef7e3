"""Made-up homes for the backtest's own claims: a few days, any weather, any prices."""

from datetime import date

import numpy as np

from laag.adapters import facts
from laag.cycle.terms import Terms
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.series import Profile, Unit
from laag.home.calendar import Calendar
from laag.home.devices import EvSession, Pv
from laag.home.house import HomeState, House
from laag.neighbourhood.charter import Charter
from laag.settlement.policy import named
from laag.study.backtest import Case

POLICY = named("dynamic-2027")
TERMS = Terms(POLICY, facts.load(POLICY.facts_day), Charter(name="none"), 0, 0)
PAST_DAYS, BEYOND_DAYS = 3, 2


def made_up(mix, seed=1, days=1, first=date(2025, 4, 14)):
    """A home with this mix after three days of past; everything but the calendar follows from the seed."""
    rng = np.random.default_rng(seed)
    grid = PtuGrid.days(first, PAST_DAYS + days + BEYOND_DAYS, AMSTERDAM)
    calendar = Calendar.of(grid.window(0, len(grid) + 400), AMSTERDAM)
    hour = calendar.quarter[: len(grid)] / 4
    sun = np.maximum(np.sin((hour - 6) / 13 * np.pi), 0) * np.repeat(rng.uniform(0.2, 1, len(grid)), 1)
    day = 96 * np.arange(len(grid) // 96)
    return Case(
        house=mix.house("made up", House("made up", pv=Pv(5.0))),
        grid=grid,
        calendar=calendar,
        start=96 * PAST_DAYS,
        stop=96 * (PAST_DAYS + days),
        load_kw=0.2 + rng.exponential(0.3, len(grid)),
        pv_kw=4 * sun if mix.pv else np.zeros(len(grid)),
        outdoor_c=6 + 4 * np.cos((hour - 15) / 12 * np.pi) + rng.normal(0, 0.5, len(grid)),
        sun_w_m2=500 * sun,
        day_ahead=Profile(
            grid,
            np.round(80 + 60 * np.cos((hour - 20) / 6 * np.pi) + rng.normal(0, 20, len(grid)), 2),
            Unit.EUR_PER_MWH,
        ),
        terms=TERMS,
        state=HomeState(stored_kwh=5.0 if mix.battery else 0.0, indoor_c=20.0),
        sessions=tuple(
            EvSession(int(at + 4 * rng.integers(1, 8)), int(at + 4 * rng.integers(10, 20)), 30.0, 38.0)
            for at in day
        )
        if mix.car
        else (),
    )
