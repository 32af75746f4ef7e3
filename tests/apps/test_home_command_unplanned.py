"""The day without a plan: what a wall box, thermostats and buttons do by themselves, within what physics allows."""

import json

import numpy as np
import pytest

from laag.adapters import homefile
from laag.apps.home.day import planned
from laag.apps.home.unplanned import unplanned
from laag.foundation.ptu import PTU_HOURS
from laag.home.physics import sound
from laag.home.plan.solver import Solver
from laag.home.simple import simple_day
from laag.home.stays import stays_in

SOLVER = Solver()
LEAST = {"version": 1, "name": "Kade 12", "start": "2026-01-13T00:00", "defaults": None}
HEATED = {
    "building": {"loss_kw_per_k": 0.2, "heat_capacity_kwh_per_k": 8},
    "comfort": {"low_day_c": 20, "low_night_c": 18},
}
CAR = {"charger": {"max_kw": 7.4}}


def lived(**more):
    home = homefile.asked(homefile.parse(json.dumps({**LEAST, **more})))
    state, _ = sound(home.house, home.state)
    stays = stays_in(home.house, state, home.outlook.sessions, len(home.outlook.grid))
    return home, unplanned(home.house, state, home.outlook, stays), stays, state


def test_a_plain_home_lives_its_simple_day():
    stay = {"arrives": "2026-01-13T18:00", "departs": "2026-01-14T07:30", "stored_kwh": 20, "wanted_kwh": 40}
    home, day, stays, state = lived(
        devices={
            **HEATED,
            **CAR,
            "heat_pump": {"power_max_kw": 2},
            "pv": {"peak_kw": 4},
            "battery": {"capacity_kwh": 9, "charge_max_kw": 4, "discharge_max_kw": 4},
        },
        stays=[stay],
    )
    simple = simple_day(home.house, state, home.outlook, stays)
    assert np.allclose(day.connection_kw, simple.connection_kw, atol=1e-9)
    assert day.held.indoor_c == pytest.approx(simple.indoor_c[-1])
    assert day.cost_eur == pytest.approx(home.outlook.cost_eur(simple.connection_kw, PTU_HOURS))


def test_a_tank_is_kept_warm_by_its_own_thermostat():
    home, day, _, _ = lived(devices={"tank": {}}, expected={"hot_water_kw": 0.3, "load_kw": 0})
    assert day.held.tank_c >= home.house.tank.low_c - 1
    assert day.connection_kw.sum() * PTU_HOURS == pytest.approx(0.3 * 24, abs=2)


def test_a_boiler_burns_what_holds_the_house():
    _, day, _, _ = lived(devices={**HEATED, "boiler": {}}, expected={"load_kw": 0})
    assert day.connection_kw.sum() == pytest.approx(0)
    assert day.cost_eur > 1
    assert day.held.indoor_c >= 17.9


def test_a_machine_runs_as_soon_as_it_may():
    machine = {"name": "dishwasher", "programme_kw": [2, 1]}
    job = {"appliance": "dishwasher", "earliest": "2026-01-13T20:00"}
    _, day, _, _ = lived(devices={"appliances": [machine]}, jobs=[job], expected={"load_kw": 0})
    assert np.flatnonzero(day.connection_kw).tolist() == [80, 81]


@pytest.mark.parametrize(
    "devices", [{**HEATED, "boiler": {}, "heat_pump": {"power_max_kw": 2}, "tank": {}}, {**CAR}, {"tank": {}}]
)
def test_planning_never_costs_more_than_not_planning(devices):
    home = homefile.asked(
        homefile.parse(
            json.dumps({**LEAST, "devices": devices, "prices": {"day_ahead_eur_per_mwh": [60, 120] * 12}})
        )
    )
    assert planned(home, SOLVER).gain_eur >= -0.05
