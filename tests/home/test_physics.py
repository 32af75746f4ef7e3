"""What devices can do: levels, powers and fuses hold for any wish, and what gives way follows the ladder."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.ptu import PTU_HOURS
from laag.home.devices import (
    Appliance,
    Battery,
    Boiler,
    Building,
    Charger,
    Comfort,
    HeatingCurve,
    HeatPump,
    Pv,
    Tank,
    Wiring,
)
from laag.home.house import HomeState, House
from laag.home.physics import NO_LIMIT, Around, Held, Physics, WholePhysics, Wish, is_plain, sound

NEAR = 1e-7


def maybe(strategy):
    return st.one_of(st.none(), strategy)


share = st.floats(0, 1)
efficiency = st.floats(0.7, 1.0)
plain_houses = st.builds(
    House,
    st.just("plain"),
    st.sampled_from([1.0, 5.75, 17.25, np.inf]),
    st.sampled_from([0.0, 5.75, 17.25, np.inf]),
    maybe(st.builds(Battery, st.floats(0, 20), st.floats(0, 8), st.floats(0, 8), efficiency, efficiency)),
    maybe(st.builds(Charger, st.sampled_from([0.0, 3.7, 11.0]), efficiency, st.floats(5, 90))),
    maybe(
        st.builds(HeatPump, st.floats(0, 5), curve=st.sampled_from([HeatingCurve(), HeatingCurve(55, 30)]))
    ),
    maybe(st.builds(Building, st.floats(0, 0.5), st.floats(1, 30))),
    pv=maybe(st.builds(Pv, st.just(4.0), st.booleans())),
)
any_wiring = st.builds(
    Wiring,
    st.sampled_from([3.7, 5.75]),
    *[st.sampled_from([(1.0, 0.0, 0.0), (1 / 3, 1 / 3, 1 / 3), (0.0, 0.5, 0.5)])] * 7,
)


@st.composite
def houses(draw):
    """A home with everything that a plain one lacks, or some of it."""
    charger_max = draw(st.sampled_from([3.68, 11.04]))
    return replace(
        draw(plain_houses),
        battery=draw(
            maybe(
                st.builds(
                    Battery,
                    st.floats(1, 20),
                    st.floats(0, 8),
                    st.floats(0, 8),
                    efficiency,
                    efficiency,
                    charge_taper_from=share,
                    charge_at_full=share,
                    discharge_taper_below=share,
                    discharge_at_empty=share,
                )
            )
        ),
        charger=draw(
            maybe(
                st.builds(
                    Charger,
                    st.just(charger_max),
                    efficiency,
                    st.floats(5, 90),
                    min_kw=st.sampled_from([0.0, 1.38, 4.14]),
                    discharge_max_kw=st.sampled_from([0.0, 5.0]),
                )
            )
        ),
        heat_pump=draw(
            maybe(
                st.builds(
                    HeatPump, st.just(3.0), min_kw=st.sampled_from([0, 0.8]), min_run_ptus=st.integers(0, 4)
                )
            )
        ),
        boiler=draw(maybe(st.builds(Boiler, st.floats(0, 20)))),
        tank=draw(maybe(st.builds(Tank, st.floats(50, 300), element_max_kw=st.floats(0, 3)))),
        wiring=draw(maybe(any_wiring)),
    )


any_held = st.builds(
    Held,
    st.floats(0, 20),
    st.floats(0, 90),
    st.floats(4, 28),
    st.floats(8, 70),
    st.integers(0, 800),
    st.integers(0, 5),
)
any_wish = st.builds(
    Wish,
    st.floats(-12, 12),
    st.floats(-12, 20),
    st.floats(-1, 6),
    st.one_of(st.just(NO_LIMIT), st.floats(0, 6)),
    st.floats(0, 6),
    st.floats(0, 3),
    st.floats(0, 30),
)
any_around = st.builds(
    Around,
    st.floats(0, 10),
    st.floats(0, 10),
    st.floats(-15, 35),
    st.floats(0, 3),
    st.floats(5, 21),
    st.booleans(),
    st.floats(0, 5),
    st.floats(0, 20),
    st.one_of(st.just(NO_LIMIT), st.floats(0, 90)),
    st.one_of(st.just(NO_LIMIT), st.floats(-2, 8)),
    st.floats(0, 20),
    st.floats(0, 3),
)


def possible(house, held):
    return Held(
        min(held.stored_kwh, house.battery.capacity_kwh) if house.battery else 0.0,
        min(held.ev_stored_kwh, house.charger.capacity_kwh) if house.charger else 0.0,
        *held[2:],
    )


@given(plain_houses, any_held, any_wish, any_around)
def test_a_plain_home_is_a_home(house, held, wish, around):
    """What the fast way says of a plain home, the whole way says too."""
    assert is_plain(house)
    held = possible(house, held)
    around = around._replace(appliance_kw=0.0, drawn_kw=0.0, car_most_kwh=NO_LIMIT)
    fast = Physics(house).happens(
        held[:3],
        wish[:4],
        *around[:5],
        car_here=around.car_here,
        reserve_kwh=around.reserve_kwh,
        car_need_kw=around.car_need_kw,
    )
    whole = WholePhysics(house).whole(held, wish, around)
    for name in fast._fields:
        assert getattr(whole, name) == pytest.approx(getattr(fast, name), abs=NEAR), name


@given(houses(), any_held, any_wish, any_around)
@settings(max_examples=400)
def test_no_wish_moves_more_than_the_devices_can(house, held, wish, around):
    held = possible(house, held)
    flow = WholePhysics(house).whole(held, wish, around)
    assert flow.offtake_kw == (
        around.load_kw
        - flow.pv_kw
        + flow.battery_kw
        + flow.ev_kw
        + flow.heat_pump_kw
        + flow.water_kw
        + around.appliance_kw
    )
    assert 0 <= flow.pv_kw <= around.sun_kw
    if house.battery:
        assert 0 <= flow.stored_kwh <= house.battery.capacity_kwh
        assert -house.battery.gives_kw(held.stored_kwh) - NEAR <= flow.battery_kw
        assert flow.battery_kw <= house.battery.takes_kw(held.stored_kwh) + NEAR
        went = house.battery.after(held.stored_kwh, flow.battery_kw, PTU_HOURS)
        assert flow.stored_kwh == pytest.approx(went, abs=NEAR)
    else:
        assert flow.battery_kw == 0
    the_car(house, held, around, flow)
    the_heat_pump(house, held, flow)
    the_tank(house, held, around, flow)
    if house.boiler and house.building:
        assert 0 <= flow.gas_kw * house.boiler.efficiency <= house.boiler.heat_max_kw + NEAR
    else:
        assert flow.gas_kw == 0


def the_car(house, held, around, flow):
    if house.charger is None or not around.car_here:
        assert flow.ev_kw == 0
        assert flow.ev_stored_kwh == held.ev_stored_kwh
        return
    box = house.charger
    assert 0 <= flow.ev_stored_kwh <= box.capacity_kwh
    assert flow.ev_stored_kwh <= max(around.car_most_kwh, held.ev_stored_kwh) + NEAR
    assert flow.ev_stored_kwh >= min(around.car_reserve_kwh, held.ev_stored_kwh) - NEAR
    assert -box.discharge_max_kw <= flow.ev_kw <= box.max_kw
    full = flow.ev_stored_kwh >= min(box.capacity_kwh, around.car_most_kwh) - NEAR
    assert flow.ev_kw <= 0 or flow.ev_kw >= min(box.min_kw, box.max_kw) or full


def the_heat_pump(house, held, flow):
    total = flow.heat_pump_kw + flow.water_kw - flow.element_kw
    if house.heat_pump is None:
        assert total == pytest.approx(0, abs=NEAR)
        return
    assert total <= house.heat_pump.power_max_kw + NEAR
    assert total == 0 or total >= house.heat_pump.min_kw - NEAR
    assert flow.pump_ran_ptus == (
        held.pump_ran_ptus + 1 if flow.heat_pump_kw + flow.water_kw > flow.element_kw else 0
    )


def the_tank(house, held, around, flow):
    if house.tank is None:
        assert flow.water_kw == 0
        return
    tank = house.tank
    assert 0 <= flow.element_kw <= tank.element_max_kw
    resting = WholePhysics(house).tank_resting_c(held.tank_c, around.drawn_kw)
    assert resting - NEAR <= flow.tank_c <= max(tank.high_c, resting) + NEAR
    if flow.water_kw > flow.element_kw and not flow.element_kw:
        assert flow.tank_c <= tank.pump_max_c + NEAR


@given(houses(), any_held, any_wish, any_around)
@settings(max_examples=400)
def test_beyond_a_fuse_nothing_that_can_yield_is_left(house, held, wish, around):
    held = possible(house, held)
    flow = WholePhysics(house).whole(held, wish, around)
    if flow.offtake_kw > house.import_max_kw + NEAR:
        assert max(flow.battery_kw, flow.ev_kw, flow.heat_pump_kw, flow.water_kw) < NEAR
    if -flow.offtake_kw > house.export_max_kw + NEAR and not house.wiring:
        assert not (house.pv and house.pv.curtailable) or flow.pv_kw < NEAR
        assert flow.ev_kw > -NEAR
    if house.wiring:
        for phase in range(3):
            carried, flexible = on_phase(house.wiring, phase, around, flow)
            if carried > house.wiring.phase_max_kw + 1e-6:
                assert flexible < 1e-6


def on_phase(wiring, phase, around, flow):
    """What a phase takes, and what of it could stop."""
    flexible = (
        wiring.battery[phase] * max(flow.battery_kw, 0.0)
        + wiring.car[phase] * max(flow.ev_kw, 0.0)
        + wiring.heat_pump[phase] * (flow.heat_pump_kw + flow.water_kw - flow.element_kw)
        + wiring.water[phase] * flow.element_kw
    )
    fixed = (
        wiring.load[phase] * around.load_kw
        + wiring.appliances[phase] * around.appliance_kw
        - wiring.pv[phase] * flow.pv_kw
        + wiring.battery[phase] * min(flow.battery_kw, 0.0)
        + wiring.car[phase] * min(flow.ev_kw, 0.0)
    )
    return fixed + flexible, flexible


@given(houses(), any_held, any_wish, any_around)
def test_a_heat_pump_that_started_runs_on_unless_a_fuse_is_full(house, held, wish, around):
    pump = house.heat_pump
    if pump is None or house.building is None or not 0 < held.pump_ran_ptus < pump.min_run_ptus:
        return
    house = replace(house, import_max_kw=np.inf, wiring=None)
    flow = WholePhysics(house).whole(possible(house, held), wish, around)
    assert flow.heat_pump_kw + flow.water_kw - flow.element_kw >= pump.min_kw - NEAR


QUIET = Around(load_kw=0.4, sun_kw=0.0, outdoor_c=5.0, gains_kw=0.3, low_c=19.5)
WARM = Held(indoor_c=20.0)


def happens(house, held=WARM, wish=Wish(), around=QUIET, **differs):  # noqa: B008 - a frozen value
    return WholePhysics(house).whole(held, wish, around._replace(**differs))


def test_the_battery_gives_before_the_car_waits_and_the_car_before_the_rooms():
    house = House(
        "h",
        import_max_kw=6.0,
        battery=Battery(8, 2, 2),
        charger=Charger(7.4),
        heat_pump=HeatPump(2.0),
        building=Building(0.2, 8.0),
    )
    wish = Wish(battery_kw=2.0, ev_kw=4.0, heat_pump_kw=2.0)
    held = Held(4.0, 20.0, 20.0)
    flow = happens(house, held, wish, load_kw=1.0, car_here=True)
    assert (flow.battery_kw, flow.ev_kw, flow.heat_pump_kw) == (-1.0, 4.0, 2.0)
    flow = happens(house, held, wish, load_kw=3.0, car_here=True)
    assert (flow.battery_kw, flow.ev_kw, flow.heat_pump_kw) == (-2.0, 3.0, 2.0)
    flow = happens(house, held, wish, load_kw=7.0, car_here=True)
    assert (flow.battery_kw, flow.ev_kw, flow.heat_pump_kw) == (-2.0, 0.0, 1.0)


def test_a_car_that_can_wait_waits_before_the_battery_gives():
    house = House("h", import_max_kw=6.0, battery=Battery(8, 2, 2), charger=Charger(7.4))
    flow = happens(house, Held(4.0, 20.0), Wish(ev_kw=4.0), load_kw=3.0, car_here=True, car_need_kw=-5.0)
    assert (flow.battery_kw, flow.ev_kw) == (0.0, 3.0)
    flow = happens(house, Held(4.0, 20.0), Wish(ev_kw=4.0), load_kw=3.0, car_here=True, car_need_kw=3.5)
    assert (flow.battery_kw, flow.ev_kw) == (-0.5, 3.5)


def test_a_reserve_is_kept_for_comfort_but_not_for_the_fuse():
    house = House("h", import_max_kw=3.0, battery=Battery(8, 5, 5, 1, 1), charger=Charger(7.4))
    held = Held(4.0, 20.0)
    flow = happens(house, held, Wish(ev_kw=3.0), car_here=True, reserve_kwh=4.0)
    assert (flow.battery_kw, flow.ev_kw) == (0.0, pytest.approx(2.6))
    flow = happens(house, held, Wish(ev_kw=3.0), load_kw=4.0, car_here=True, reserve_kwh=4.0)
    assert (flow.battery_kw, flow.ev_kw) == (pytest.approx(-1.0), 0.0)


def test_a_car_charges_with_six_amperes_or_not_at_all():
    house = House("h", charger=Charger.of_current(16, phases=3))
    charged = [happens(house, wish=Wish(ev_kw=kw), car_here=True).ev_kw for kw in (1.0, 2.0, 2.1, 5.0, 20.0)]
    assert charged == pytest.approx([0.0, 0.0, 4.14, 5.0, 11.04])


def test_a_car_at_the_fuse_stops_where_six_amperes_are_not_left():
    house = House("h", import_max_kw=4.0, charger=Charger.of_current(16, phases=3))
    assert happens(house, wish=Wish(ev_kw=11.0), load_kw=0.5, car_here=True).ev_kw == 0.0


def test_a_car_that_gives_back_keeps_what_its_driver_may_need():
    house = House("h", charger=Charger(7.4, discharge_max_kw=5.0, discharge_efficiency=1.0))
    flow = happens(house, Held(ev_stored_kwh=20.5), Wish(ev_kw=-5.0), car_here=True, car_reserve_kwh=20.0)
    assert (flow.ev_kw, flow.ev_stored_kwh) == (-2.0, 20.0)


def test_a_phase_is_full_before_the_connection_is():
    house = House("h", charger=Charger(7.4), wiring=Wiring(phase_max_kw=5.75))
    flow = happens(house, wish=Wish(ev_kw=7.4), load_kw=3.0, car_here=True)
    assert flow.ev_kw == pytest.approx(4.75)
    assert flow.offtake_kw < house.import_max_kw


def test_a_boiler_warms_the_house_when_the_pump_must_yield_or_is_too_small():
    house = House(
        "h", import_max_kw=1.0, heat_pump=HeatPump(2.0), building=Building(0.3, 4.0), boiler=Boiler()
    )
    yielded = happens(house, Held(indoor_c=19.5), Wish(heat_pump_kw=2.0), outdoor_c=-5.0)
    assert yielded.heat_pump_kw == pytest.approx(0.6)
    assert yielded.indoor_c == pytest.approx(19.5)
    assert yielded.gas_kw > 0
    too_small = happens(replace(house, import_max_kw=17.25), Held(indoor_c=18.8), outdoor_c=-15.0)
    assert (too_small.heat_pump_kw, too_small.indoor_c) == (2.0, pytest.approx(19.5))
    as_planned = happens(house, Held(indoor_c=19.5), Wish(gas_kw=5.0))
    assert as_planned.gas_kw == pytest.approx(5.0)


def test_a_tank_loses_what_its_label_says_and_holds_what_is_put_into_it():
    house = House("h", tank=Tank(200))
    tank_c, standing = 50.0, WholePhysics(house)
    for _ in range(96):
        tank_c = standing.tank_resting_c(tank_c, 0.0)
    assert (50.0 - tank_c) * house.tank.kwh_per_k == pytest.approx(1.25, abs=0.1)
    flow = happens(house, Held(tank_c=50.0), Wish(water_kw=1.5, element_kw=1.5))
    warmer = flow.tank_c - standing.tank_resting_c(50.0, 0.0)
    assert warmer * house.tank.kwh_per_k == pytest.approx(1.5 * PTU_HOURS, rel=1e-3)


def test_a_heat_pump_heats_water_less_well_the_hotter_it_is():
    physics = WholePhysics(House("h", heat_pump=HeatPump(2.0), tank=Tank()))
    assert physics.cop_for_water(7.0, 30.0) == pytest.approx(3.5)
    assert physics.cop_for_water(7.0, 50.0) == pytest.approx(2.5)


def test_a_tank_that_was_not_hot_for_a_week_is_heated_whatever_was_planned():
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 8.0), tank=Tank(100))
    held, runs = Held(tank_c=50.0, hot_ago_ptus=7 * 96 + 1), 0
    while held.hot_ago_ptus and runs < 20:
        held, runs = Held(*happens(house, held)[9:]), runs + 1
    assert held.tank_c >= house.tank.legionella_c - 0.1
    assert runs < 8
    assert happens(house, held).element_kw == 0


def test_a_cold_tank_goes_before_the_rooms():
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 8.0), tank=Tank())
    flow = happens(house, Held(indoor_c=20.0, tank_c=38.0), Wish(heat_pump_kw=2.0))
    assert (flow.water_kw, flow.heat_pump_kw) == (2.0, 0.0)


def test_nobody_showers_the_tank_colder_than_cold_water():
    house = House("h", tank=Tank(50, element_max_kw=0.0))
    assert happens(house, Held(tank_c=20.0), drawn_kw=30.0).tank_c == 10.0


def test_frost_is_kept_out_even_where_the_household_wants_it_colder():
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 8.0), comfort=Comfort(5.0, 5.0))
    assert happens(house, Held(indoor_c=6.9), low_c=5.0).heat_pump_kw == 2.0
    plain = Physics(house).happens(
        (0.0, 0.0, 6.9), (0.0, 0.0, 0.0, NO_LIMIT), 0.4, 0.0, -5.0, 0.3, 5.0, car_here=False
    )
    assert plain.heat_pump_kw == 2.0


def test_radiators_cost_a_heat_pump_its_cop():
    physics = Physics(
        House("h", heat_pump=HeatPump(2.0, curve=HeatingCurve(50, 25)), building=Building(0.2, 8.0))
    )
    for outdoor_c in (-15.0, -3.0, 8.0, 20.0):
        assert physics.cop(outdoor_c) == HeatPump(2.0, curve=HeatingCurve(50, 25)).cop([outdoor_c])[0]


def test_what_a_home_must_have_to_be_more_than_plain():
    assert is_plain(House("h", battery=Battery(8, 4, 4, standby_kw=0.02), charger=Charger(7.4)))
    for more in (
        {"battery": Battery(8, 4, 4, charge_taper_from=0.9)},
        {"charger": Charger(7.4, min_kw=1.4)},
        {"charger": Charger(7.4, discharge_max_kw=7.4)},
        {"heat_pump": HeatPump(2.0, min_run_ptus=2)},
        {"tank": Tank()},
        {"appliances": (Appliance("dishwasher", (2.0,)),)},
        {"wiring": Wiring()},
    ):
        assert not is_plain(House("h", **more))


def test_impossible_readings_of_tank_and_pump_are_mended_with_a_sentence():
    house = House("h", heat_pump=HeatPump(2.0), building=Building(0.2, 8.0), tank=Tank())
    state, said = sound(house, HomeState(tank_c=np.nan, hot_ago_ptus=-3, pump_ran_ptus=-1))
    assert (state.tank_c, state.hot_ago_ptus, state.pump_ran_ptus) == (45.0, 672, 0)
    assert said == (
        "the tank says its water is nan °C; taken as 45.0",
        "the tank says it was hot -3 quarter-hours ago; taken as due, 672 ago",
        "the heat pump says it has run for -1 quarter-hours; taken as off",
    )
    assert sound(house, HomeState()) == (HomeState(), ())


@pytest.mark.parametrize(
    ("name", "says", "taken"),
    [("tank_c", 200.0, 65.0), ("tank_c", -300.0, 45.0), ("indoor_c", -40.0, 19.5), ("indoor_c", 85.0, 19.5)],
)
def test_a_temperature_that_cannot_be_is_taken_as_the_nearest_that_can_or_as_usual(name, says, taken):
    house = House("h", building=Building(0.2, 8.0), comfort=Comfort(low_day_c=19.5), tank=Tank())
    state, said = sound(house, replace(HomeState(), **{name: says}))
    assert getattr(state, name) == taken
    assert len(said) == 1
