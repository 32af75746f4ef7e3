"""Ten thousand homes with anything in them: no exception, physics always respected, whatever falls short is said."""

import sys
from pathlib import Path

import numpy as np
import pytest

from laag.foundation.ptu import PTU_HOURS
from laag.home.ladder import Floor, Guarantee, Limit, Rung
from laag.home.outlook import mended
from laag.home.physics import sound
from laag.home.plan import cheapest
from laag.home.plan.question import comfort_low_c
from laag.home.plan.reach import tank_pace
from laag.home.plan.shortfall import level_of, limited_kw
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "home"))
from whole_homes import COUNT, whole_home

HOMES, PARTS = 10_000, 20
A_HAIR = 1e-5
SEEN = 2e-3
NO_SEARCH = PlanSettings(worth_a_search_eur=np.inf)
"""What binaries would still find is not what is claimed here, and would take most of the time."""


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_any_home_whatever_is_in_it_gets_a_day_that_can_be_lived(part):
    solver = Solver()
    for seed in range(part, HOMES, PARTS):
        house, state, outlook = whole_home(seed)
        plan = cheapest(house, state, outlook, solver=solver, settings=NO_SEARCH)
        try:
            holds(house, state, outlook, plan)
        except AssertionError as wrong:
            raise AssertionError(f"home {seed}: {wrong}") from wrong


def holds(house, state, outlook, plan):
    known, gaps = mended(outlook)
    state, odd = sound(house, state)
    kinds = [short.kind for short in plan.shortfalls]
    assert "solver" not in kinds
    assert kinds.count("forecast") == len(gaps)
    assert kinds.count("state") == len(odd)
    arrays = [
        getattr(plan, name) for name in ("connection_kw", "battery_kw", "ev_kw", "heat_pump_kw", "water_kw")
    ]
    assert all(np.isfinite(one).all() for one in arrays)
    flows = plan.load_kw - plan.pv_kw + plan.battery_kw + plan.ev_kw + plan.heat_pump_kw
    assert np.array_equal(plan.connection_kw, flows + plan.water_kw + plan.appliance_kw)
    the_roof(house, known, plan)
    the_battery(house, state, plan)
    the_car(house, plan)
    the_heating(house, state, known, plan)
    the_fuses(house, plan)
    what_is_short_is_said(house, known, plan)


def the_roof(house, known, plan):
    sun = np.maximum(known.pv_kw, 0.0) if house.pv else np.zeros(COUNT)
    assert np.all((plan.pv_kw >= 0) & (plan.pv_kw <= sun))
    if house.pv and not house.pv.curtailable:
        assert np.array_equal(plan.pv_kw, sun)


def the_battery(house, state, plan):
    battery = house.battery
    if battery is None:
        assert not plan.battery_kw.any()
        return
    stored = state.stored_kwh
    for kw, after in zip(plan.battery_kw.tolist(), plan.stored_kwh.tolist(), strict=True):
        assert -battery.gives_kw(stored) - 1e-4 <= kw <= battery.takes_kw(stored) + 1e-4
        stored = battery.after(stored, kw, PTU_HOURS)
        assert abs(stored - after) < A_HAIR
        assert -A_HAIR <= after <= battery.capacity_kwh + A_HAIR


def the_car(house, plan):
    charger = house.charger
    away = np.isnan(plan.ev_stored_kwh)
    assert not plan.ev_kw[away].any()
    if charger is None:
        assert away.all()
        return
    assert np.all(plan.ev_kw <= charger.max_kw + A_HAIR)
    assert np.all(plan.ev_kw >= -charger.discharge_max_kw - A_HAIR)
    held = plan.ev_stored_kwh[~away]
    assert np.all((held >= -A_HAIR) & (held <= charger.capacity_kwh + A_HAIR))


def the_heating(house, state, known, plan):
    pump, building, tank = house.heat_pump, house.building, house.tank
    by_pump = plan.heat_pump_kw + plan.water_kw - plan.element_kw
    assert np.all((by_pump >= -A_HAIR) & (by_pump <= (pump.power_max_kw if pump else 0) + A_HAIR))
    if building is not None and (pump or house.boiler):
        indoor = state.indoor_c
        heat = known.heat_gain_kw + plan.gas_kw * (house.boiler.efficiency if house.boiler else 0)
        heat = heat + (plan.heat_pump_kw * pump.cop(known.outdoor_c) if pump else 0)
        for i in range(COUNT):
            indoor = building.after(indoor, float(known.outdoor_c[i]), float(heat[i]))
            assert abs(indoor - plan.indoor_c[i]) < A_HAIR
    if tank is not None:
        kept, gain = tank_pace(tank, PTU_HOURS)
        assert np.all((plan.element_kw >= 0) & (plan.element_kw <= tank.element_max_kw + A_HAIR))
        lost = (1 - kept) * tank.room_c
        assert plan.tank_c[0] <= kept * state.tank_c + lost + gain * 100
        assert np.all(plan.tank_c <= max(tank.high_c, state.tank_c) + 1e-3)


def the_fuses(house, plan):
    """Beyond its fuses flows only what nothing in the home can shift, and it is said."""
    said = {short.kind for short in plan.shortfalls}
    beyond = max(
        float(np.max(plan.connection_kw - house.import_max_kw)),
        float(np.max(-plan.connection_kw - house.export_max_kw)),
    )
    assert beyond <= 4 * SEEN or "connection" in said


def what_is_short_is_said(house, known, plan):
    said = {short.kind for short in plan.shortfalls}
    if house.building is not None and (house.heat_pump or house.boiler):
        cold = np.maximum(comfort_low_c(house, known) - plan.indoor_c, 0).sum() * PTU_HOURS
        assert cold < SEEN or "too_cold" in said
    if house.tank is not None:
        assert np.maximum(house.tank.low_c - plan.tank_c, 0).sum() * PTU_HOURS < SEEN or "water" in said
    undone = [run for run in plan.runs if run.start is None]
    assert all(
        run.job.deadline - len(run.job.appliance.programme_kw) >= COUNT or "programme" in said
        for run in undone
    )
    for one in known.claims:
        if isinstance(one, Guarantee) or not isinstance(one, Limit | Floor):
            continue
        here = slice(max(one.first, 0), max(one.stop, 0))
        if isinstance(one, Limit):
            short = limited_kw(plan, one.on)[here] - one.max_kw
        else:
            short = one.least - level_of(plan, one.on)[here]
        amount = float(np.nansum(np.maximum(short, 0))) * PTU_HOURS
        assert amount < SEEN or any(s.source == one.source for s in plan.shortfalls)


def test_what_is_said_names_its_rung_and_the_one_that_decided():
    """In homes with a signal from the grid that comfort cannot bear, the shortfall says who won."""
    seen = set()
    for seed in range(400):
        house, state, outlook = whole_home(seed, broken=False)
        plan = cheapest(house, state, outlook, solver=SOLVER, settings=NO_SEARCH)
        seen |= {(s.rung, s.decided_by) for s in plan.shortfalls if s.rung is not None}
    assert (Rung.COMFORT, Rung.SAFETY) in seen
    assert any(rung is Rung.AGREEMENT and by is Rung.COMFORT for rung, by in seen)
    assert all(by is None or by < rung for rung, by in seen)


SOLVER = Solver()
