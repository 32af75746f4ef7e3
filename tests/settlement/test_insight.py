"""What a device did: the same period with one thing different, at the same prices."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from laag.settlement.insight import Felt, MemberPeriod, Stays, insights, on_arrival

QUARTERS = np.arange(96)
ONE_DAY = np.zeros(96, np.int64)
PRICES = np.where(QUARTERS < 28, 1_000_000, 3_000_000)
FELT = Felt(PRICES, PRICES - 500_000)


def said(metered, **devices):
    member = MemberPeriod("ann", PRICES, PRICES, **devices)
    return {insight.code: insight for insight in insights(member, metered, FELT, QUARTERS, ONE_DAY)}


@given(arrays(np.int64, 96, elements=st.integers(0, 2000)), st.integers(0, 80), st.integers(1, 16))
def test_charging_on_arrival_takes_the_same_energy_in_the_same_stay(flow, arrives, length):
    stays = Stays(np.array([arrives]), np.array([arrives + length]), 2750)
    shifted = on_arrival(flow, stays)
    here = slice(arrives, arrives + length)
    assert shifted[here].sum() == flow[here].sum()
    assert (np.delete(shifted, np.r_[here]) == np.delete(flow, np.r_[here])).all()
    assert (np.cumsum(shifted[here]) >= np.cumsum(flow[here])).all(), "never later than it was"


def test_a_car_that_waits_for_the_night_tells_what_it_saved():
    evening_first = np.roll(QUARTERS, 24)
    night = np.where(evening_first < 28, 1_000_000, 3_000_000)
    flow = np.zeros(96, np.int64)
    flow[40:44] = 2500
    car = MemberPeriod("ann", night, night, ev_wh=flow, stays=Stays(np.array([0]), np.array([60]), 2500))
    (waited,) = insights(car, flow, Felt(night, night), evening_first, ONE_DAY)
    assert waited.code == "ev_shift.next_day"
    assert waited.numbers == {"ev_wh": 10_000, "charged_quarter": 16, "arrived_quarter": 72}
    assert waited.otherwise_units == 10_000 * (30_000 - 10_000)


def test_a_car_that_charges_at_once_had_nothing_to_gain():
    flow = np.zeros(96, np.int64)
    flow[76:80] = 2500
    found = said(flow, ev_wh=flow, stays=Stays(np.array([76]), np.array([96]), 2500))
    assert found["ev_shift.spread"].otherwise_units == 0


def test_a_car_that_never_came_home_in_the_period_is_not_said_to_come_home_at_midnight():
    flow = np.zeros(96, np.int64)
    flow[40:44] = 2500
    (there,) = said(flow, ev_wh=flow, stays=Stays(np.array([-20]), np.array([60]), 2500)).values()
    assert there.code == "ev_shift.there"
    assert "arrived_quarter" not in there.numbers


def test_charging_later_on_the_day_of_arrival_is_not_said_to_be_the_next_day():
    flow = np.zeros(96, np.int64)
    flow[90:94] = 2500
    assert "ev_shift.later" in said(flow, ev_wh=flow, stays=Stays(np.array([70]), np.array([96]), 2500))


@given(
    arrays(np.int64, 96, elements=st.integers(-3000, 3000)),
    arrays(np.int64, 96, elements=st.integers(-900, 900)),
)
def test_without_the_battery_the_bill_is_that_of_the_other_devices(metered, flow):
    found = said(metered, battery_wh=flow)
    if flow.any():
        assert found["battery"].otherwise_units == FELT.cost_units(metered - flow) - FELT.cost_units(metered)
    else:
        assert not found


def test_a_heat_pump_is_compared_with_the_days_average_price():
    flow = np.zeros(96, np.int64)
    flow[:4] = 1000
    found = said(flow, heat_pump_wh=flow)["heat_pump"]
    evenly = 4000 * int(PRICES.sum()) // 96
    assert found.otherwise_units == (evenly - 4000 * 1_000_000) // 100


def test_own_sun_is_what_did_not_leave_the_house():
    metered, sun = np.full(96, 100), np.zeros(96, np.int64)
    metered[40], sun[40] = -300, -1000
    numbers = said(metered, pv_wh=sun)["pv"].numbers
    assert numbers == {"pv_wh": 1000, "own_wh": 700}


def test_under_netting_it_does_not_matter_when():
    netted = Felt(np.full(96, 2_500_000), np.full(96, 600_000), netting=True)
    metered = np.where(QUARTERS % 2, 500, -500)
    assert netted.cost_units(metered) == netted.cost_units(np.roll(metered, 7)) == 0


def test_devices_that_are_not_there_say_nothing():
    assert said(np.full(96, 100)) == {}
