"""The measured homes beside the project, moved onto days of 2025, as cases of the backtest."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Template

import numpy as np

from laag.adapters import facts
from laag.adapters.files.days import DayMap
from laag.adapters.files.layout import Layout
from laag.adapters.profiles import read_pv
from laag.adapters.streetfile import load_street
from laag.cycle.street import Home, Street
from laag.cycle.terms import Terms
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.calendar import Calendar
from laag.home.forecast import DE_BILT
from laag.home.house import HomeState
from laag.home.outlook import Floats
from laag.neighbourhood.charter import Charter
from laag.settlement.policy import named
from laag.study.backtest import Case, Mix, habit_of

HERE = Path(__file__).parent
DATA = HERE.resolve().parents[2] / "shared" / "data"
POLICY = "dynamic-2027"
HEATING_UP_TO_C = 13.0
"""Weeks that are warmer on average are no heating season."""
WARM_UP_DAYS, BEYOND_DAYS = 28, 2
PLACES = {"nl-p1": DE_BILT}
"""Of homes whose clock and season are still their own."""
FRENCH = "fr_home_emhass_load_pv_2024-2025_30min.csv.gz"


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Some weeks of 2025 with every home that was measured in their season."""

    first_day: date
    days: int
    street: Street
    pv_forecast_kw: dict[str, Floats]

    @property
    def name(self) -> str:
        """As in the tables."""
        return f"{self.first_day:%d %b}"


def terms() -> Terms:
    """A dynamic contract under the rules of 2027."""
    policy = named(POLICY)
    return Terms(policy, facts.load(policy.facts_day), Charter(name="none"), 0, 0)


def load(first_day: date, days: int) -> Window:
    """The homes, prices and weather of these days, the month before them and two days after."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "homes.toml"
        text = Template((HERE / "homes.toml").read_text("utf-8")).substitute(data=DATA.resolve().as_posix())
        path.write_text(text, "utf-8")
        street = load_street(path, first_day, days + BEYOND_DAYS)
    return Window(first_day, days, street, {"fr": _french_forecast(street.grid)})


def _french_forecast(grid: PtuGrid) -> Floats:
    """What the French home had been forecast of its panels; ``nan`` where nobody kept it."""
    days = DayMap(date(2024, 3, 1), date(2025, 2, 26))
    layout = Layout(blank_is_zero=True, days=days)
    told = read_pv(DATA / "households" / FRENCH, grid, layout, "pv_forecast_w").profile.values
    kept = np.full(len(grid), np.nan)
    for _, span in grid.local_days(AMSTERDAM):
        if np.count_nonzero(told[span] > 0) >= 24:
            kept[span] = told[span]
    return kept


def homes(window: Window, mix: Mix) -> Iterator[Home]:
    """The homes that this mix fits: those with panels where it has panels, with stays where it has a car.

    A heat pump that heats rooms has nothing to do in summer.
    """
    if mix.heat_pump and float(window.street.outdoor_c.values.mean()) > HEATING_UP_TO_C:
        return
    for home in window.street.homes:
        if (home.pv_kw is None and mix.pv) or (not home.sessions and mix.car):
            continue
        yield home


def case(window: Window, home: Home, mix: Mix, rules: Terms) -> Case:
    """This home with these devices in this window."""
    street = window.street
    grid, zone = street.grid, street.zone
    start = grid.index(PtuGrid.day(window.first_day, zone).start)
    stop = grid.index(PtuGrid.day(window.first_day + timedelta(days=window.days), zone).start)
    house = mix.house(home.house.name, home.house)
    past = tuple(s for s in home.sessions if s.departs <= start)
    scored = tuple(s for s in home.sessions if start <= s.arrives and s.departs <= stop)
    return Case(
        house=house,
        grid=grid,
        calendar=Calendar.of(grid.window(0, len(grid) + 4 * 96), zone),
        start=start,
        stop=stop,
        load_kw=home.load_kw.values,
        pv_kw=home.pv_kw.values if home.pv_kw is not None and mix.pv else np.zeros(len(grid)),
        outdoor_c=street.outdoor_c.values,
        sun_w_m2=street.sun_w_m2.values,
        day_ahead=street.nation.day_ahead,
        terms=rules,
        state=HomeState(stored_kwh=house.battery.capacity_kwh / 2 if house.battery else 0.0, indoor_c=20.0),
        sessions=(*past, *scored) if mix.car else (),
        habit=habit_of(past, grid, zone),
        pv_forecast_kw=window.pv_forecast_kw.get(home.house.name),
        place=PLACES.get(home.house.name),
        zone=zone,
    )
