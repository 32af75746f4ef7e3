"""Every few seconds: fuses hold within a step, ramps are bounded, nothing flutters, silence is safe, streets do not jump."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.ptu import PtuGrid
from laag.foundation.words import Lang
from laag.home.devices import (
    Appliance,
    Battery,
    Building,
    Charger,
    Device,
    EvSession,
    HeatPump,
    Job,
    Pv,
    Tank,
    Wiring,
)
from laag.home.house import HomeState, House
from laag.home.ladder import Guarantee, Limit, On, Rung
from laag.home.operate import (
    Because,
    Heard,
    Instruction,
    Live,
    Memory,
    Pace,
    Reading,
    Why,
    instructions,
    say,
)
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.day import Run
from laag.home.plan.solver import Solver

START = datetime(2025, 5, 5, 12, tzinfo=UTC)
COUNT = 48
GRID = PtuGrid(START, COUNT)
FLAT = np.ones(COUNT)
STEP = timedelta(seconds=5)
BOX = Charger.of_current(25)
HOUSE = House(
    "h",
    import_max_kw=17.25,
    battery=Battery(10, 5, 5),
    charger=BOX,
    heat_pump=HeatPump(2.0, min_kw=0.5),
    building=Building(0.2, 8.0),
    pv=Pv(4.0),
    wiring=Wiring(phase_max_kw=5.75),
)
STATE = HomeState(5.0, 20.0, 20.0)
SAFETY = {Why.FUSE, Why.PHASE, Why.LIMIT}
DEVICES = (Device.BATTERY, Device.EV, Device.HEAT_PUMP)


@cache
def planned(house=HOUSE, sun_kw=0.0, wanted_kwh=45.0):
    outlook = Outlook(
        GRID,
        quarter=48 + np.arange(COUNT),
        load_kw=0.5 * FLAT,
        pv_kw=sun_kw * FLAT,
        outdoor_c=8 * FLAT,
        heat_gain_kw=0.3 * FLAT,
        buy_eur_per_kwh=0.20 + 0.10 * (np.arange(COUNT) % 8 > 3),
        sell_eur_per_kwh=0.05 * FLAT,
        sessions=(EvSession(-4, 44, 20.0, wanted_kwh),),
    )
    return cheapest(house, STATE, outlook, solver=Solver())


class Home:
    """A home that obeys one step late, and measures itself."""

    def __init__(self, house=HOUSE, plan=None, chance=0.3, claims=(), settings=Live()):  # noqa: ANN204, B008
        self.house, self.plan, self.chance, self.claims, self.settings = house, plan, chance, claims, settings
        self.power = dict.fromkeys(DEVICES, 0.0)
        self.memory, self.now, self.told, self.ages = Memory(), START, (), {}
        self.meter_age_s = 0.0
        self.sun_kw = 0.0

    def phases(self, load_kw):
        wiring = self.house.wiring or Wiring()
        shares = {Device.BATTERY: wiring.battery, Device.EV: wiring.car, Device.HEAT_PUMP: wiring.heat_pump}
        return tuple(
            load_kw[phase]
            - self.sun_kw * wiring.pv[phase]
            + sum(shares[device][phase] * kw for device, kw in self.power.items())
            for phase in range(3)
        )

    def heard(self, load_kw):
        phases = self.phases(load_kw)
        return Heard(
            Reading(sum(phases), self.meter_age_s),
            phases,
            {
                Device.PV: Reading(self.sun_kw, self.ages.get(Device.PV, 0.0)),
                **{device: Reading(kw, self.ages.get(device, 0.0)) for device, kw in self.power.items()},
            },
            car_here=True,
            outdoor_c=8.0,
        )

    def step(self, load_kw):
        """One step; the phases as they were measured in it, and what was told."""
        heard = self.heard(load_kw)
        told, self.memory = instructions(
            self.now,
            self.plan,
            self.house,
            STATE,
            heard,
            self.claims,
            self.memory,
            self.chance,
            self.settings,
        )
        for one in told:
            if one.device in self.power and not self.ages.get(one.device):
                self.power[one.device] = one.power_kw
        self.told, self.now = told, self.now + STEP
        return self.phases(load_kw) if heard.phases_kw is None else heard.phases_kw, told


def of(told, device):
    return next((one for one in told if one.device is device), None)


def noisy(rng, kettle):
    """A load on three phases: a little noise, and now and then 2.3 kW more on one of them."""
    phases = np.full(3, 0.15) + np.abs(rng.normal(0, 0.02, 3))
    phases[kettle] += 2.3 if kettle >= 0 else 0.0
    return tuple(phases.tolist())


def test_for_an_hour_fuses_hold_within_a_step_and_ramps_are_bounded():
    rng = np.random.default_rng(7)
    home = Home(plan=planned())
    home.power[Device.EV] = 5.5
    over, kettle, last, history = [], -1, {}, []
    for step in range(720):
        if step % 37 == 0:
            kettle = int(rng.integers(-1, 3))
        home.sun_kw = 1.5 + 0.5 * np.sin(step / 30) + rng.uniform(-0.05, 0.05)
        phases, told = home.step(noisy(rng, kettle))
        over.append(max(abs(kw) for kw in phases) > HOUSE.wiring.phase_max_kw + 1e-6)
        history.append((told, dict(last)))
        last = {one.device: one.power_kw for one in told}
    assert any(over)
    assert not any(first and second for first, second in pairwise(over))
    within_ramps(history)
    currents = [of(told, Device.EV).power_kw / 0.23 for told, _ in history]
    assert all(abs(amps - round(amps)) < 1e-6 and (amps == 0 or amps >= 6 - 1e-9) for amps in currents)


def within_ramps(history, pace=Pace()):  # noqa: B008 - a frozen value
    """No device moves faster than its ramp unless safety says so, or the step to whole (or six) amperes."""
    swing = {Device.BATTERY: 5.0, Device.EV: BOX.max_kw, Device.HEAT_PUMP: 2.0}
    for told, last in history:
        for one in told:
            if one.device not in last or one.device not in swing or one.because.why in SAFETY:
                continue
            most = swing[one.device] * 5.0 / pace.full_swing_s
            slack = {Device.EV: BOX.min_kw, Device.HEAT_PUMP: 0.5}.get(one.device, 0.0)
            assert abs(one.power_kw - last[one.device]) <= most + slack + 1e-6, one


@given(st.floats(-2, 4), st.integers(0, 2**32 - 1))
@settings(max_examples=10)
def test_noise_at_the_meter_moves_nothing(load_kw, seed):
    rng = np.random.default_rng(seed)
    home = Home(plan=planned())
    powers = []
    for _ in range(90):
        share = (load_kw + rng.uniform(-0.045, 0.045)) / 3
        _, told = home.step((share, share, share))
        powers.append({one.device: one.power_kw for one in told})
    settled = powers[60:]
    assert all(now == settled[0] for now in settled)


any_reading = st.builds(
    Reading,
    st.one_of(st.floats(-30, 30), st.just(float("nan"))),
    st.one_of(st.floats(0, 30), st.just(7200.0), st.just(float("inf"))),
)
any_heard = st.builds(
    Heard,
    any_reading,
    st.one_of(st.none(), st.tuples(*[st.floats(-12, 12)] * 3)),
    st.dictionaries(
        st.sampled_from([*DEVICES, Device.PV, Device.WATER]),
        st.builds(Reading, st.floats(-12, 12), st.floats(0, 120)),
    ),
    st.booleans(),
    st.floats(-15, 35),
    st.floats(0, 2),
    st.floats(15, 21),
    st.sampled_from([0.0, 1e5]),
)
any_claims = st.lists(
    st.one_of(
        st.builds(
            Limit,
            st.sampled_from(list(Rung)),
            st.sampled_from(list(On)),
            st.integers(0, 1),
            st.integers(2, 40),
            st.floats(0, 20),
            st.just("dso:1"),
        ),
        st.builds(Guarantee, st.floats(0, 5), st.floats(0, 5), st.just("law")),
    ),
    max_size=3,
)
ANY_HOUSE = replace(HOUSE, tank=Tank(), charger=replace(BOX, discharge_max_kw=5.0))


@given(st.lists(st.tuples(any_heard, any_claims), min_size=1, max_size=6), st.floats(0, 0.999), st.booleans())
@settings(max_examples=60)
def test_whatever_is_heard_devices_are_told_what_they_can_do(hears, chance, with_plan):
    memory, now, history, last = Memory(), START, [], {}
    plan = planned(ANY_HOUSE) if with_plan else None
    for heard, claims in hears:
        told, memory = instructions(now, plan, ANY_HOUSE, STATE, heard, claims, memory, chance)
        now += STEP
        assert len({(one.device, one.which) for one in told}) == len(told)
        for one in told:
            possible(one)
            sentence = say(one)
            assert sentence.nl.endswith(".")
            assert sentence.en.endswith(".")
        history.append((told, last))
        last = dict(memory.told_kw)


def possible(one):
    kw = one.power_kw
    if one.device is Device.BATTERY:
        assert -5 - 1e-9 <= kw <= 5 + 1e-9
    elif one.device is Device.EV:
        amps = kw / 0.23
        assert -5 - 1e-9 <= kw <= BOX.max_kw + 1e-9
        assert abs(amps - round(amps)) < 1e-6
        assert kw <= 0 or amps >= 6 - 1e-9
    elif one.device is Device.HEAT_PUMP:
        assert 0 <= kw <= 2 + 1e-9
    elif one.device is Device.PV:
        assert kw >= 0
    elif one.device is Device.WATER:
        assert 0 <= kw <= 3.5 + 1e-9


def test_a_silent_battery_is_told_to_rest_once_and_then_left_alone():
    home = Home(plan=planned())
    for _ in range(12):
        home.step((0.2, 0.2, 0.2))
    home.ages[Device.BATTERY] = 61.0
    _, told = home.step((0.2, 0.2, 0.2))
    assert of(told, Device.BATTERY) == Instruction(
        Device.BATTERY, 0.0, Because(Why.SILENT_DEVICE, {"silent_s": 61.0})
    )
    for _ in range(20):
        _, told = home.step((0.2, 0.2, 0.2))
        assert of(told, Device.BATTERY) is None
    home.ages.clear()
    _, told = home.step((0.2, 0.2, 0.2))
    assert of(told, Device.BATTERY).because.why is not Why.SILENT_DEVICE


def test_what_a_silent_battery_does_counts_against_the_fuse():
    home = Home(plan=planned())
    home.power |= {Device.BATTERY: 5.0, Device.EV: 5.5}
    home.ages[Device.BATTERY] = 3600.0
    for _ in range(3):
        home.step((0.2, 0.2, 0.2))
    assert home.power[Device.BATTERY] == 5.0
    phases = home.phases((0.2, 0.2, 0.2))
    assert max(phases) <= 5.75 + 1e-6


def test_a_meter_silent_for_seconds_changes_nothing():
    home = Home(plan=planned())
    for _ in range(40):
        home.step((0.2, 0.2, 0.2))
    before = dict(home.memory.told_kw)
    home.meter_age_s = 30.0
    _, told = home.step((3.0, 0.2, 0.2))
    assert {one.device: one.power_kw for one in told} == before
    assert {one.because.why for one in told} == {Why.SILENT_METER}


def test_a_meter_silent_for_an_hour_leaves_room_to_spare():
    house = replace(HOUSE, wiring=None, import_max_kw=6.0)
    home = Home(house, plan=planned(house))
    home.meter_age_s = 3600.0
    for _ in range(60):
        home.step((0.2, 0.2, 0.2))
    assert sum(home.power.values()) + 0.5 <= 0.8 * 6.0 + 1e-6
    assert of(home.told, Device.HEAT_PUMP).because.why in {
        Why.BLIND,
        Why.FUSE,
        Why.STEADY,
        Why.COMFORT,
        Why.RAMP,
    }


@pytest.mark.parametrize(("rung", "charges"), [(Rung.OWN_SUN, True), (Rung.EMERGENCY, False)])
def test_a_car_that_must_be_ready_charges_against_a_wish_that_it_rests_and_not_against_the_law(rung, charges):
    rests = (Limit(rung, On.CAR, 0, COUNT, 0.0, "somebody"),)
    house = replace(HOUSE, charger=replace(BOX, capacity_kwh=100.0))
    home = Home(house, planned(house, wanted_kwh=95.0), claims=rests)
    for _ in range(60):
        home.step((0.2, 0.2, 0.2))
    assert (home.power[Device.EV] > 1.0) == charges


def test_without_a_plan_the_home_does_what_it_always_can():
    plan = planned()
    house = replace(HOUSE, wiring=None)
    stale = Home(house, replace(plan, made_at=START - timedelta(hours=40)))
    none = Home(house)
    for home in (stale, none):
        for _ in range(40):
            _, told = home.step((0.2, 0.2, 0.2))
        assert of(told, Device.BATTERY).power_kw == 0
        assert of(told, Device.BATTERY).because.why is Why.SIMPLE
        assert of(told, Device.EV).power_kw == pytest.approx(5.75)


def test_a_silent_neighbourhood_leaves_the_last_plan_in_force_for_a_while():
    home = Home(plan=planned())
    for age_s, hours, why in ((10_000.0, 1, Why.PLAN), (20_000.0, 4, Why.SIMPLE)):
        heard = replace(home.heard((0.2, 0.2, 0.2)), neighbourhood_age_s=age_s)
        told, _ = instructions(
            START + timedelta(hours=hours), home.plan, HOUSE, STATE, heard, (), Memory(), 0.0
        )
        assert any(one.because.why is why for one in told)
        assert not any(one.because.why in {Why.PLAN, Why.SIMPLE} - {why} for one in told)


def test_a_load_that_nobody_foresaw_is_taken_by_the_battery_and_said():
    plan = planned(sun_kw=0.0)
    dear = replace(
        plan,
        stored_eur_per_kwh=0.10 * FLAT,
        battery_kw=0 * FLAT,
        connection_kw=0.5 * FLAT,
        ev_kw=0 * FLAT,
        heat_pump_kw=0 * FLAT,
    )
    home = Home(replace(HOUSE, charger=None, heat_pump=None, building=None), plan=dear)
    home.power = {Device.BATTERY: 0.0}
    for _ in range(10):
        _, told = home.step((0.5, 1.0, 1.0))
    battery = of(told, Device.BATTERY)
    assert battery.power_kw == pytest.approx(-2.0, abs=0.15)
    assert say(battery).en.startswith("The battery gives")


def test_a_device_that_takes_more_than_it_is_told_counts_as_load():
    home = Home(plan=planned())
    home.power[Device.HEAT_PUMP] = 4.0
    home.ages[Device.HEAT_PUMP] = 1.0  # heard, but it does not listen
    for _ in range(30):
        phases, _ = home.step((0.5, 0.2, 0.2))
    assert phases[0] <= 5.75 + 1e-6


def test_a_programme_is_told_to_start_once():
    dishwasher = Appliance("dishwasher", (2.0, 0.4))
    house = replace(HOUSE, appliances=(dishwasher,))
    plan = replace(planned(), runs=(Run(Job(dishwasher, 0, 20), 1),))
    home = Home(house, plan=plan)
    started = []
    for step in range(400):
        _, told = home.step((0.2, 0.2, 0.2))
        started += [(step, one) for one in told if one.device is Device.APPLIANCE]
    ((step, one),) = started
    assert 180 <= step <= 180 + Pace().prices_s / 5
    assert say(one).en == "The dishwasher starts: it is the planned time."


HOMES = 200
SHARE = 0.08
"""Of all that a street gives up or takes up again, the most that it does within one step of five seconds."""
CHANCES = np.random.default_rng(3).random(HOMES).tolist()
SIMPLE = House("h", charger=BOX, battery=Battery(10, 5, 5))


def street(plan, now=START):
    homes = [Home(SIMPLE, plan, chance) for chance in CHANCES]
    for home in homes:
        home.now = now
    return homes


def aggregate(homes, steps):
    """What the steered devices of all homes take, after each step."""
    kw = []
    for _ in range(steps):
        for home in homes:
            home.step((0.2, 0.2, 0.2))
        kw.append(sum(sum(home.power.values()) for home in homes))
    return np.array(kw)


def steady(**powers):
    """A plan of which every quarter-hour is the same, but for what is given."""
    flat = {"ev_kw": 0.0, "battery_kw": 0.0, "heat_pump_kw": 0.0} | powers
    total = 0.6 + sum(flat.values())
    return replace(
        planned(SIMPLE), **{name: kw * FLAT for name, kw in flat.items()}, connection_kw=total * FLAT
    )


def test_a_limit_for_all_does_not_move_a_street_at_once_nor_does_its_end():
    homes = street(steady(ev_kw=5.29))
    before = aggregate(homes, 20)
    assert before[-1] >= 5.0 * HOMES
    for home in homes:
        home.claims = (Limit(Rung.EMERGENCY, On.IMPORT, 0, COUNT, 2.5, "dso:7"),)
    after = np.concatenate([before[-1:], aggregate(homes, 40)])
    fallen = after[0] - after[-1]
    assert after[-1] <= HOMES * 1.9 + 1e-6
    assert np.abs(np.diff(after)).max() <= SHARE * fallen
    for home in homes:
        home.claims = ()
    back = np.concatenate([after[-1:], aggregate(homes, 120)])
    assert np.abs(np.diff(back)).max() <= SHARE * fallen


def test_a_new_quarter_hour_does_not_move_a_street_at_once():
    at = np.arange(COUNT)
    plan = steady(battery_kw=np.where(at == 0, 0.0, 4.0))
    homes = street(plan, START + timedelta(seconds=885))
    kw = aggregate(homes, 62)
    risen = kw[-1] - kw[2]
    assert risen == pytest.approx(4.0 * HOMES, rel=0.01)
    assert np.abs(np.diff(kw[2:])).max() <= SHARE * risen


def test_an_emergency_limit_holds_for_every_home_within_three_minutes():
    plan = replace(planned(), ev_kw=5.29 * FLAT, connection_kw=5.79 * FLAT)
    for chance in (0.0, 0.5, 0.999):
        home = Home(plan=plan, chance=chance)
        aggregate([home], 40)
        home.claims = (Limit(Rung.EMERGENCY, On.IMPORT, 0, COUNT, 1.0, "dso:7"), Guarantee(2.5, 2.5, "law"))
        aggregate([home], 36)
        assert sum(home.phases((0.2, 0.2, 0.2))) <= 2.5 + 1e-6


def test_the_same_step_twice_is_the_same_step():
    home = Home(plan=planned())
    heard = home.heard((0.2, 0.2, 0.2))
    again = [instructions(START, home.plan, HOUSE, STATE, heard, (), Memory(), 0.4) for _ in range(2)]
    assert repr(again[0]) == repr(again[1])


def test_what_was_sold_is_given_within_minutes_kettle_or_not_and_said():
    """The home promised to give 1 kW: the battery gives that, and what the kettle takes as well."""
    sold = Limit(Rung.GRID_MARGIN, On.IMPORT, 0, 8, -1.0, "flex:r1", promised=True)
    home = Home(plan=planned(), claims=(sold,))
    for _ in range(120):
        phases, told = home.step((0.2, 0.2, 0.2))
    assert sum(phases) == pytest.approx(-1.0, abs=0.11)
    for _ in range(24):
        phases, told = home.step((0.2, 2.5, 0.2))
    assert sum(phases) == pytest.approx(-1.0, abs=0.11)
    battery = of(told, Device.BATTERY)
    assert battery.power_kw == pytest.approx(-3.9, abs=0.11)
    assert "promised the grid operator to give at least 1.0 kW" in say(battery).en


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_has_a_sentence_in_both_languages(why):
    numbers = dict.fromkeys(
        (
            "silent_s",
            "left_s",
            "unforeseen_kw",
            "price_eur_per_kwh",
            "wanted_kw",
            "wanted_kwh",
            "indoor_c",
            "carried_kw",
            "most_kw",
            "promised_kw",
            "phase_count",
            "turn_count",
            "carried_a",
            "most_a",
            "current_a",
        ),
        2.0,
    )
    for device in (*DEVICES, Device.PV, Device.WATER, Device.APPLIANCE):
        said = say(Instruction(device, 1.0, Because(why, numbers), "wasmachine"))
        for lang in Lang:
            assert said.to(lang).endswith(".")
            assert "{" not in said.to(lang)
        assert said.nl != said.en


def test_a_step_is_as_long_as_it_took():
    home = Home(plan=replace(planned(), battery_kw=5 * FLAT, connection_kw=5.5 * FLAT))
    moves = []
    for _ in range(3):
        home.step((0.2, 0.2, 0.2))
        moves.append(home.power[Device.BATTERY])
    assert all(0 < now - before <= 5.0 * 5 / 30 + 1e-6 for before, now in pairwise(moves))
