"""A home keeps what neighbours agreed where it can, and says which rung needed it where it cannot."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cycle.test_living import SOLVER, known_at, midway

from laag.cycle.day import HORIZON_PTUS
from laag.cycle.living import think
from laag.cycle.living.agreed import Agreed, limits, needed_by, runs, took_wh
from laag.cycle.world import World
from laag.foundation.ptu import AMSTERDAM, PTU
from laag.home.devices import EvSession
from laag.home.ladder import On, Rung

DAY = date(2026, 3, 29)


def home_with_a_car():
    """One of a street at noon, whose car has just come home and leaves in seven hours."""
    run, state, due = midway()
    world = World.of(run.street, run.calendar, HORIZON_PTUS)
    row, home = next(
        (row, home) for row, home in enumerate(run.street.homes) if home.house.charger is not None
    )
    known = known_at(home, world, due.work.start)
    return known, due.bulletin.of([row]), state.homes[row]


@given(st.sets(st.integers(0, 99)))
def test_runs_hold_each_quarter_hour_once(ptus):
    assert [ptu for first, stop in runs(sorted(ptus)) for ptu in range(first, stop)] == sorted(ptus)


@given(st.sampled_from(["ev", "heat_pump", "battery"]), st.lists(st.floats(-5, 11), min_size=1, max_size=12))
def test_what_is_told_is_one_number_that_is_never_below_zero(device, kw):
    series = {name: np.array(kw) for name in ("ev_kw", "heat_pump_kw", "battery_kw")}
    series["import_wh"] = np.full(len(kw), 1e6)
    wh = took_wh(device, series)
    assert wh == round(sum(250 * max(one, 0.0) for one in kw))
    series[f"{device}_kw"][0] = np.nan
    assert took_wh(device, series) is None


def test_a_battery_that_charges_on_the_roof_took_nothing_from_the_street():
    series = {"battery_kw": np.full(4, 3.0), "import_wh": np.zeros(4)}
    assert took_wh("battery", series) == 0


def test_it_holds_on_the_wall_also_on_the_day_the_clock_changes():
    """On the 29th of March 17:00 is the 64th quarter-hour, not the 68th."""
    run, _, _ = midway()
    grid = run.street.grid
    dinner = Agreed("No car at dinner", "ev", DAY, tuple(range(64, 76)))
    first = grid.index(dinner.grid(AMSTERDAM).start)
    (limit,) = limits([dinner], grid.window(first, len(grid)), first, AMSTERDAM)
    assert (grid[limit.first].astimezone(AMSTERDAM).hour, grid[limit.stop].astimezone(AMSTERDAM).hour) == (
        17,
        20,
    )
    assert (limit.rung, limit.on, limit.max_kw) == (Rung.AGREEMENT, On.CAR, 0.0)
    assert limit.stop - limit.first == 12
    assert PTU.total_seconds() == 900


def test_machines_and_everything_together_are_asked_of_people_not_of_the_plan():
    run, _, _ = midway()
    every = [Agreed("Wash later", "appliance", DAY, (64,)), Agreed("Be sparing", "all", DAY, (64,))]
    assert list(limits(every, run.street.grid, 0, AMSTERDAM)) == []


@pytest.mark.parametrize("in_a_hurry", [False, True])
def test_a_car_waits_until_after_dinner_unless_it_would_not_be_ready(in_a_hurry):
    """Comfort stands above what neighbours agreed; the plan then names the rung that needed it."""
    known, board, held = home_with_a_car()
    now, charger = known.now, known.house.charger
    hours = 4
    room_kwh = charger.max_kw * charger.efficiency * hours * (0.95 if in_a_hurry else 0.3)
    stay = EvSession(now, now + 4 * hours, 5.0, min(5.0 + room_kwh, charger.capacity_kwh))
    known = replace(known, stays=(*[one for one in known.stays if one.departs <= now], stay))
    held = replace(held, ev_stored_kwh=5.0)
    grid = known.past.grid.window(now, now + 1)
    day = grid.start.astimezone(AMSTERDAM).date()
    first = now - known.past.grid.index(Agreed("", "ev", day, ()).grid(AMSTERDAM).start)
    dinner = Agreed("No car now", "ev", day, tuple(range(first, first + 4)))
    agreed = tuple(limits([dinner], grid, now, AMSTERDAM))
    plan = think(known, replace(board, agreed=agreed), held, HORIZON_PTUS, solver=SOLVER).plan
    charged_kwh = plan.ev_kw[:4].sum() / 4
    if in_a_hurry:
        assert charged_kwh > 0.5
        assert needed_by(plan.shortfalls) == {"No car now": "comfort"}
    else:
        assert charged_kwh == pytest.approx(0.0, abs=1e-6)
        assert needed_by(plan.shortfalls) == {}
