"""The benchmark home beside the project, read once and put in our words."""

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.home.devices import Battery, Charger, EvSession, Pv
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook

CASE = Path(__file__).resolve().parents[3] / "shared" / "data" / "cases" / "home-b.json"

beside_the_project = pytest.mark.skipif(
    not CASE.exists(), reason="the benchmark homes are not beside the project"
)


def case_of(hours):
    """The home as the file has it, over 24 or 48 hours."""
    return next(case for case in json.loads(CASE.read_text())["cases"] if case["hours"] == hours)


def question(case):
    """The home in our words: usable energies count from their floors, and each trip's use links two stays."""
    car, battery = case["ev"], case["battery"]
    floor = min(car["stored_min_kwh"])
    at_home = np.array([False, *car["home"], False])
    comes, goes = np.flatnonzero(~at_home[:-1] & at_home[1:]), np.flatnonzero(at_home[:-1] & ~at_home[1:])
    driven = np.concatenate([[0.0], np.cumsum(car["drive_kw"])]) * PTU_HOURS
    stays = tuple(
        EvSession(
            int(arrives),
            int(departs),
            car["stored_kwh"] - floor,
            max(car["stored_min_kwh"][arrives:departs]) - floor,
            float(driven[arrives] - driven[goes[k - 1]]) if k else None,
        )
        for k, (arrives, departs) in enumerate(zip(comes, goes, strict=True))
    )
    usable, each_way = battery["stored_max_kwh"] - battery["stored_min_kwh"], battery["efficiency_each_way"]
    house = House(
        "home-b",
        case["connection_max_kw"],
        case["connection_max_kw"],
        battery=Battery(usable, battery["charge_max_kw"], battery["discharge_max_kw"], each_way, each_way),
        charger=Charger(car["charge_max_kw"], car["efficiency"], car["stored_max_kwh"] - floor),
        pv=Pv(max(case["pv_kw"])),
    )
    count = len(case["load_kw"])
    outlook = Outlook(
        PtuGrid(datetime(2025, 3, 3, 23, tzinfo=UTC), count),
        np.arange(count) % 96,
        np.array(case["load_kw"]),
        np.array(case["pv_kw"]),
        np.full(count, 8.0),
        np.full(count, 0.3),
        np.array(case["import_price"]),
        np.array(case["export_price"]),
        stays,
    )
    return house, HomeState(battery["stored_kwh"] - battery["stored_min_kwh"]), outlook
