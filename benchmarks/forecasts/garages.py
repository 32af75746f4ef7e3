"""The measured cars of the backtest: one user each of the garages in Trondheim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from benchmarks.forecasts.homes import DATA
from laag.adapters.files.layout import Layout
from laag.adapters.streetfile.sessions import read_sessions
from laag.foundation.ptu import PtuGrid
from laag.home.calendar import Calendar
from laag.home.devices import Charger, EvSession

SESSIONS = DATA / "ev" / "no_trondheim_apartment_ev_sessions_2018-2020.csv.gz"
OSLO = ZoneInfo("Europe/Oslo")
CHARGER = Charger(7.4)
LEAST_STAYS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Garage:
    """One user's stays, in PTUs of the calendar."""

    name: str
    calendar: Calendar
    stays: tuple[EvSession, ...]


def garages(path: Path = SESSIONS) -> list[Garage]:
    """Users with a charger of their own and at least a hundred stays, from the first stay to the last."""
    table = pd.read_csv(path)
    own = table[table["user_type"] == "Private"]
    counts = own["user_id"].value_counts()
    names = sorted(counts[counts >= LEAST_STAYS].index)
    year = PtuGrid.days(date(2018, 12, 20), 410, OSLO)
    calendar = Calendar.of(year, OSLO)
    found = []
    for name in names:
        stays, _ = read_sessions(path, year, CHARGER, Layout(zone=OSLO, where={"user_id": name}))
        if len(stays) >= LEAST_STAYS:
            found.append(Garage(name, calendar, stays))
    return found
