"""What the homes of a street wish shapes their days and nobody else's, the same way every time."""

from dataclasses import field, make_dataclass, replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from laag.adapters import defaults
from laag.adapters.stores import SqliteLog
from laag.apps.simulator import simulate
from laag.apps.wiring import Options, terms_of
from laag.cycle import replay
from laag.cycle.agent import gate_to_gate
from laag.cycle.agent import together as street_of
from laag.cycle.day import HORIZON_PTUS, apply, due, prepare, start
from laag.cycle.events import STEPPED, from_event
from laag.cycle.fingerprint import fingerprint
from laag.cycle.own_count import begins_with
from laag.cycle.street import LATER, Home, Wants
from laag.cycle.wants import NEVER
from laag.cycle.world import World
from laag.foundation.ptu import AMSTERDAM
from laag.foundation.series import Profile, Unit
from laag.home.devices import Appliance, Battery, Boiler, Building, Charger, EvSession, HeatPump, Pv, Tank
from laag.home.house import House
from laag.home.physics.whole import TANK_MARGIN_K
from laag.home.plan.solver import Solver
from laag.home.preferences import parse
from laag.home.preferences.effects.car import SPARE_SHARE
from laag.home.preferences.wishes import KINDS, Aspect, RunBefore
from laag.study.population import street as built_in

FIRST, DAYS, WARM = date(2026, 3, 27), 3, 8
"""Friday to Sunday; the clock goes forward in the last night."""
BASE = built_in(FIRST, DAYS, homes=2, warmup_days=WARM)
GRID = BASE.grid
QUARTER = GRID.quarter_of_day(AMSTERDAM)
CHARGER = Charger(7.4, efficiency=0.9, capacity_kwh=60.0)
TANK = Tank(150.0, element_max_kw=2.0)
DISHWASHER = Appliance("dishwasher", (2.0, 0.3, 0.1, 1.8))
WASHER = Appliance("washing machine", (1.9, 0.4, 0.4))


def load(kw=0.3):
    return Profile.flat(GRID, kw, Unit.KW)


def wants(*lines, **rest):
    return Wants(tuple(parse(line) for line in lines), **rest)


@cache
def nights(drive_kwh=9.0, comes=72, goes=34):
    """Home every evening, away after half past eight; always so many kWh short of 80 %."""
    mornings = [i for i in range(len(GRID)) if QUARTER[i] == goes]
    evenings = [i for i in range(len(GRID)) if QUARTER[i] == comes]
    pairs = [(a, next((m for m in mornings if m > a), None)) for a in evenings]
    return tuple(EvSession(a, d, 48.0 - drive_kwh, 48.0) for a, d in pairs if d is not None)


SHOWERS = Profile(GRID, np.where(QUARTER == 28, 6.0, np.where(QUARTER == 82, 5.0, 0.0)), Unit.KW)


def car_home(*lines, name="car", **rest):
    house = House(name, charger=CHARGER)
    return Home(house, load(), sessions=nights(**rest), wants=wants(*lines) if lines else None)


def wet_home(*lines, name="wet"):
    house = House(name, tank=TANK, appliances=(DISHWASHER, WASHER))
    return Home(house, load(), hot_water_kw=SHOWERS, wants=wants(*lines) if lines else None)


def silent_home():
    house = House("silent", battery=Battery(8.0, 3.0, 3.0), pv=Pv(3.0))
    return Home(house, load(0.5), BASE.homes[0].pv_kw)


def warm_home(*lines):
    house = House("warm", heat_pump=HeatPump(3.0), building=Building(0.15, 8.0))
    return Home(house, load(), wants=wants(*lines) if lines else None)


def run_of(*homes):
    return prepare(replace(BASE, homes=homes), terms_of(Options()), FIRST, DAYS)


def lived(*homes, workers=1):
    run = run_of(*homes)
    with SqliteLog(":memory:") as log:
        digest = simulate(run, log, version="test", workers=workers, resume=False, told=lambda *_: None)
        return run, [from_event(event) for event in log.events(STEPPED)], digest


def column(run, steps, name, home=0):
    """Of one home, from the opening gate on, on the street's grid."""
    values = np.full(len(GRID), np.nan)
    for step in steps:
        first = step.readings.first
        values[first : first + step.readings.ptus] = getattr(step.readings, name)[home]
    return values


WISH = "car at 90 % by 07:00"
EVERYTHING = (
    car_home(WISH),
    wet_home("run the dishwasher before six", "washing machine quiet from 22:00 to 07:00"),
    silent_home(),
)


@cache
def together():
    return lived(*EVERYTHING)


@pytest.mark.parametrize(("percent", "drive_kwh", "comes"), [(90, 9.0, 72), (50, 14.0, 84), (100, 40.0, 92)])
def test_a_car_is_as_full_by_seven_as_wished_or_as_full_as_it_could_be(percent, drive_kwh, comes):
    home = car_home(f"car at {percent} % by 07:00", drive_kwh=drive_kwh, comes=comes)
    run, steps, _ = lived(home)
    held = column(run, steps, "ev_stored_kwh")
    left_kwh = 0.0
    for stay in home.sessions:
        if stay.arrives <= run.gate(0) or stay.departs > run.day(run.last_day).stop:
            continue
        seven = next(i for i in range(stay.arrives, stay.departs) if QUARTER[i] == 28)
        came_with = held[stay.arrives] - column(run, steps, "ev_wh")[stay.arrives] / 1000 * CHARGER.efficiency
        possible = came_with + (seven - stay.arrives) * 0.25 * CHARGER.max_kw * CHARGER.efficiency
        assert held[seven - 1] >= min(percent * 0.6, possible) - 0.01
        if left_kwh:
            assert came_with == pytest.approx(max(left_kwh - drive_kwh, 0.0), abs=0.01)
        left_kwh = held[stay.departs - 1]


def test_a_car_that_rests_when_it_comes_is_ready_all_the_same():
    rests = "do not charge the car from 17:00 to 06:00"
    run, steps, _ = lived(car_home(WISH, rests, drive_kwh=30.0))
    held, charged = column(run, steps, "ev_stored_kwh"), column(run, steps, "ev_wh")
    mornings = [i for i in range(run.gate(0), run.day(run.last_day).stop) if QUARTER[i] == 28]
    assert min(held[i - 1] for i in mornings) >= 54.0 - 0.01
    assert np.nansum(charged[(QUARTER >= 24) & (QUARTER < 34)]) > 0

    easy, at_ease, _ = lived(car_home("car at 60 % by 07:00", rests, drive_kwh=5.0))
    asleep = (QUARTER >= 68) | (QUARTER < 24)
    assert not np.nansum(column(easy, at_ease, "ev_wh")[asleep])


@pytest.mark.parametrize(
    ("at", "kwh"), [(72, 48.0), (73, 39.0 + 7.4 * 0.9 / 4), (90, 48.0), (200, 48.0), (40, 48.0)]
)
def test_a_car_begins_with_what_it_would_have_charged_at_once(at, kwh):
    home = replace(car_home(WISH), sessions=(EvSession(72, 130, 39.0, 48.0),))
    assert begins_with(home, at).ev_stored_kwh == pytest.approx(kwh)
    assert begins_with(replace(home, wants=None), at) == home.start


def test_a_wish_for_less_is_not_paid_back_from_nowhere():
    """What a car drives it charged before, whatever is wished: over the days the same kWh go in as come out."""
    run, steps, _ = lived(car_home("car at 40 % by 07:00"))
    held, charged = column(run, steps, "ev_stored_kwh"), np.nansum(column(run, steps, "ev_wh")) / 1000
    inside = [s for s in nights() if s.arrives >= run.gate(0)]
    here = np.flatnonzero(np.isfinite(held))
    gained = held[here[-1]] - 48.0
    arrived = sum(1 for s in inside if s.arrives <= here[-1])
    assert charged * CHARGER.efficiency == pytest.approx(gained + 9.0 * arrived, abs=0.1)


def test_a_wish_on_one_home_changes_nobody_elses_first_plan():
    """Until the market has cleared on its orders: then prices are everyone's."""
    _, steps, _ = together()
    _, plain, _ = lived(car_home(), wet_home(), silent_home())
    mine, theirs = steps[0].orders, plain[0].orders
    for name in ("device", "ptu", "side", "quantity_wh", "limit_ticks"):
        assert (getattr(mine, name)[mine.member == 2] == getattr(theirs, name)[theirs.member == 2]).all()
    assert np.array_equal(steps[0].announced_wh[2], plain[0].announced_wh[2])


def test_a_wish_on_one_home_leaves_others_what_they_are_alone():
    """Under a contract nobody trades with neighbours: the others live the same days to the Wh."""

    def days(*homes):
        run = prepare(replace(BASE, homes=homes), terms_of(Options(policy="dynamic-2027")), FIRST, DAYS)
        with SqliteLog(":memory:") as log:
            simulate(run, log, version="test", workers=1, resume=False, told=lambda *_: None)
            return [from_event(event) for event in log.events(STEPPED)]

    for mine, theirs in zip(
        days(car_home(WISH), silent_home()), days(car_home(), silent_home()), strict=True
    ):
        assert np.array_equal(mine.readings.offtake_wh[1], theirs.readings.offtake_wh[1])
        assert mine.homes[1] == theirs.homes[1]


def test_two_runs_and_two_processes_write_the_same_bytes():
    assert lived(*EVERYTHING)[2] == lived(*EVERYTHING, workers=2)[2] == together()[2]


@pytest.mark.parametrize("kept", [1, 2, 4])
def test_a_killed_run_goes_on_to_the_same_bytes(kept):
    run, _, digest = together()
    with SqliteLog(":memory:") as whole, SqliteLog(":memory:") as part:
        simulate(run, whole, version="test", workers=1, resume=False, told=lambda *_: None)
        part.append(list(whole.events())[: kept + 1])
        assert simulate(run, part, version="test", workers=1, resume=True, told=lambda *_: None) == digest


def test_every_day_is_settled_and_meters_are_the_sum_of_what_is_behind_them():
    run, steps, _ = together()
    done = list(replay.days(run, steps))
    assert [d.readings.ptus for d in done] == [96, 96, 92]
    assert all((d.position.metered_wh == d.readings.offtake_wh.sum(axis=0)).all() for d in done)


def alone(home):
    """All that one home did, step by step, in a street of its own."""
    run = run_of(home)
    world, solver = World.of(run.street, run.calendar, HORIZON_PTUS), Solver()
    state = start(run)
    while (next_work := due(run, state)) is not None:
        one = gate_to_gate(
            world, home, state.homes[0], state.began_in(0), next_work.bulletin, 0, next_work.work, solver
        )
        yield one
        state = apply(run, state, street_of([one], next_work.work.start))


def test_a_tank_is_never_colder_than_its_lowest():
    coldest = np.concatenate(
        [one.operated.tank_c for one in alone(wet_home("hot water at least 50 °C by 07:00"))]
    )
    assert coldest.min() >= TANK.low_c - 0.2


@pytest.mark.parametrize("seed", [1, 2])
def test_a_tank_that_nobody_foresaw_to_be_drawn_is_heated_as_hard_as_it_can_be(seed):
    rng = np.random.default_rng(seed)
    drawn = Profile(GRID, np.where(rng.random(len(GRID)) < 0.05, rng.uniform(2, 9, len(GRID)), 0.0), Unit.KW)
    steps = [one.operated for one in alone(replace(wet_home(), hot_water_kw=drawn))]
    tank_c, element_kw = (
        np.concatenate([getattr(step, name) for step in steps]) for name in ("tank_c", "element_kw")
    )
    cold = np.flatnonzero(tank_c[:-1] < TANK.low_c - TANK_MARGIN_K)
    assert len(cold) > 3
    assert element_kw[cold + 1] == pytest.approx(TANK.element_max_kw)


def test_a_tank_is_hot_enough_against_legionella_once_a_week():
    _, steps, _ = together()
    assert all(step.homes[1].hot_ago_ptus <= 7 * 96 + 8 for step in steps)


def test_a_machine_runs_once_a_day_within_its_hours():
    run, steps, _ = together()
    running = column(run, steps, "load_wh", home=1) - 75
    begins = np.flatnonzero(running == 500)
    assert [QUARTER[i] for i in begins if 24 <= QUARTER[i] < 80] == []
    mornings = [(i + 24) // 96 for i in begins]
    assert len(set(mornings)) == len(mornings)
    assert len(mornings) >= DAYS
    assert np.nansum(running) == pytest.approx(len(mornings) * 1000 * DISHWASHER.energy_kwh, abs=5)
    assert [text for step in steps for text in step.shortfalls] == []


def test_a_heat_pump_rests_when_wished_unless_the_rooms_get_cold():
    run, steps, _ = lived(warm_home("heat pump off from 23:00 to 06:00"))
    _, free, _ = lived(warm_home())
    rests = (QUARTER >= 92) | (QUARTER < 24)
    on, off = (column(run, one, "heat_pump_wh") for one in (free, steps))
    assert np.nansum(off[rests]) < 0.2 * np.nansum(on[rests]) + 1
    assert np.nanmin(column(run, steps, "indoor_c")) > 16.4


def test_what_a_home_does_not_say_public_defaults_say():
    edition = defaults.load()
    silent = replace(wet_home(), wants=Wants(defaults=edition))
    run, steps, _ = lived(silent, replace(car_home(), wants=Wants(defaults=edition)))
    assert (np.diff(column(run, steps, "load_wh")[run.gate(0) :]) > 400).sum() >= 2
    car = column(run, steps, "ev_stored_kwh", home=1)
    usual_kwh = 9.0 + SPARE_SHARE * CHARGER.capacity_kwh
    for stay in nights():
        if run.gate(0) < stay.arrives and stay.departs <= run.day(run.last_day).stop:
            assert car[stay.departs - 1] >= usual_kwh - 0.01


def test_what_the_file_settles_no_default_changes():
    edition = defaults.load()
    settled = Wants(defaults=edition, settled=frozenset({Aspect.WARMTH, Aspect.AT_HOME}))
    _, steps, _ = lived(replace(warm_home(), wants=settled))
    _, plain, _ = lived(warm_home())
    assert all(
        np.array_equal(a.readings.heat_pump_wh, b.readings.heat_pump_wh)
        for a, b in zip(steps, plain, strict=True)
    )


def test_nobody_looks_ahead_for_a_wish():
    """Stays and showers after a gate change nothing that was done or ordered before it."""
    run, steps, _ = together()
    gate = run.gate(2)

    def other(home):
        drawn = home.hot_water_kw
        if drawn is not None:
            values = drawn.values.copy()
            values[gate:] = 3.0
            drawn = Profile(GRID, values, Unit.KW)
        return replace(home, sessions=tuple(s for s in home.sessions if s.arrives < gate), hot_water_kw=drawn)

    _, others, _ = lived(*map(other, EVERYTHING))
    for mine, theirs in zip(steps[:3], others[:3], strict=True):
        assert np.array_equal(mine.readings.offtake_wh, theirs.readings.offtake_wh)
        assert np.array_equal(mine.announced_wh, theirs.announced_wh)
        assert np.array_equal(mine.orders.limit_ticks, theirs.orders.limit_ticks)
    assert not np.array_equal(steps[3].readings.offtake_wh, others[3].readings.offtake_wh)


def test_a_home_of_which_nothing_is_said_is_called_as_before_wishes_were_there():
    before = make_dataclass("Home", ["name"])
    now = make_dataclass("Home", ["name", ("wants", object, field(default=None, metadata=LATER))])
    assert fingerprint(before("a")) == fingerprint(now("a")) != fingerprint(now("a", 1))
    assert fingerprint(wants(WISH)) != fingerprint(wants("car at 80 % by 07:00"))
    assert fingerprint(frozenset({"a", "b"})) == fingerprint(frozenset({"b", "a"}))


WHOLE = House(
    "whole",
    battery=Battery(8.0, 3.0, 3.0),
    charger=replace(CHARGER, discharge_max_kw=5.0),
    heat_pump=HeatPump(2.5),
    building=Building(0.15, 8.0),
    pv=Pv(3.0),
    boiler=Boiler(8.0),
    tank=TANK,
    appliances=(DISHWASHER, WASHER, Appliance("dryer", (2.2, 1.8, 1.0))),
)


def whole_home(name, *lines):
    return Home(
        replace(WHOLE, name=name),
        load(),
        BASE.homes[0].pv_kw,
        nights(),
        hot_water_kw=SHOWERS,
        wants=wants(*lines),
    )


def test_every_kind_of_wish_can_be_lived_by_among_others():
    dealt = [KINDS[first::5] for first in range(5)]
    homes = [whole_home(f"{k}", *(kind.EXAMPLE for kind in kinds)) for k, kinds in enumerate(dealt)]
    run = prepare(replace(BASE, homes=tuple(homes)), terms_of(Options()), FIRST, 1)
    with SqliteLog(":memory:") as log:
        simulate(run, log, version="test", workers=1, resume=False, told=lambda *_: None)
        steps = [from_event(event) for event in log.events(STEPPED)]
    (day,) = replay.days(run, steps)
    assert (day.position.metered_wh == day.readings.offtake_wh.sum(axis=0)).all()
    assert all(home.tank_c > TANK.low_c - TANK_MARGIN_K - 0.5 for step in steps for home in step.homes)
    asked = [RunBefore in kinds for kinds in dealt]
    assert [(row != NEVER).any() for row in steps[-1].began] == asked
