"""What is wished happens in the plan, and what is wanted goes before how it is brought about."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.home.calendar import Calendar
from laag.home.devices import Appliance, Battery, Building, Charger, EvSession, HeatPump, Pv
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver
from laag.home.preferences import Meant, applied, parse

SOLVER = Solver()
CALENDAR = Calendar.of(PtuGrid.days(date(2025, 1, 6), 2, AMSTERDAM), AMSTERDAM)
HOUSE = House(
    "planned",
    battery=Battery(10, 5, 5),
    charger=Charger(7.4, efficiency=1.0),
    heat_pump=HeatPump(2.5),
    building=Building(0.15, 10),
    pv=Pv(4),
    appliances=(Appliance("dishwasher", (2.0, 0.4, 0.4, 1.6)),),
)
NIGHT = EvSession(72, 126, 20.0, 20.0)
SEVEN, TONIGHT = 96 + 28, slice(72, 126)


def planned(*lines, house=HOUSE, seed=1):
    rng = np.random.default_rng(seed)
    quarter = CALENDAR.quarter
    noise = 0.02 * rng.random(len(quarter))
    dear = 0.15 * np.exp(-(((quarter / 4 - 19) / 2.5) ** 2))
    buy = 0.22 + dear + noise
    outlook = Outlook(
        CALENDAR.grid,
        quarter,
        load_kw=0.3 + 0.2 * rng.random(len(quarter)),
        pv_kw=3 * np.maximum(np.cos((quarter / 4 - 13) * np.pi / 9), 0),
        outdoor_c=np.full(len(quarter), 4.0),
        heat_gain_kw=np.full(len(quarter), 0.3),
        buy_eur_per_kwh=buy,
        sell_eur_per_kwh=buy - 0.25,
        sessions=(NIGHT,),
    )
    done = applied([Meant(parse(line)) for line in lines], house, CALENDAR, outlook)
    return cheapest(done.house, HomeState(5.0, 20.0, 20.5), done.outlook, solver=SOLVER), done


def test_the_car_is_at_eighty_by_seven():
    plan, _ = planned("car at 80 % by 07:00")
    assert plan.ev_stored_kwh[SEVEN - 1] == pytest.approx(48.0, abs=1e-3)
    assert np.nanmax(plan.ev_stored_kwh) <= 48.0 + 1e-3
    assert plan.shortfalls == ()


def test_it_does_not_charge_where_it_need_not():
    plan, _ = planned("car at 60 % by 07:00", "no car charging from 17:00 to 06:00")
    assert np.allclose(plan.ev_kw[96 + 24 : SEVEN], 7.4)
    assert plan.ev_kw[72 : 96 + 24].sum() / 4 == pytest.approx(16.0 - 7.4)
    assert plan.ev_stored_kwh[SEVEN - 1] == pytest.approx(36.0, abs=1e-3)


def test_the_house_is_warm_when_it_should_be_and_cooler_at_night():
    plan, done = planned("living room 20 °C from 07:00 to 22:00, 17 °C at night")
    assert np.all(plan.indoor_c >= done.outlook.comfort_low_c - 1e-3)
    assert plan.indoor_c.min() < 20


def test_the_pump_rests_if_the_house_stays_warm_without():
    plan, _ = planned("living room 19 °C", "heat pump off from 17:00 to 20:00")
    assert plan.heat_pump_kw[68:80].max() == pytest.approx(0, abs=1e-6)
    assert plan.indoor_c.min() >= 19 - 1e-3


def test_a_reserve_is_kept():
    plan, _ = planned("keep 40 % for a power cut")
    assert plan.stored_kwh.min() >= 4 - 1e-3


def test_the_dishwasher_is_done_before_six():
    plan, _ = planned("run the dishwasher before six")
    assert [run.job.earliest <= run.start <= run.job.deadline - 4 for run in plan.runs] == [True, True]


def test_the_battery_charges_with_sun():
    plan, done = planned("charge the battery when the sun shines")
    sunny = done.outlook.pv_kw >= 0.8
    assert plan.battery_kw[~sunny].max() <= 1e-6
    assert plan.battery_kw[sunny].max() > 0.1


def test_green_takes_less_where_it_is_dirty():
    def dear_share(plan):
        taken = np.maximum(plan.connection_kw, 0)
        return taken[CALENDAR.quarter >= 68].sum() / taken.sum()

    assert dear_share(planned("live green")[0]) <= dear_share(planned("save money")[0]) + 1e-9


WHAT = (
    "car at 80 % by 07:00",
    "living room 20 °C from 07:00 to 22:00, 17 °C at night",
    "keep 20 % for a power cut",
)
HOW = (
    "no car charging from 17:00 to 06:00",
    "charge when the sun shines or the wind blows",
    "charge only below 15 ct/kWh",
    "never charge the car from the battery",
    "heat pump off from 08:00 to 20:00",
    "heat pump quiet from 20:00 to 08:00",
    "use my own sun first",
    "take at most 1 kW from the grid",
    "feed in at most 0 kW",
)


@given(st.sets(st.sampled_from(HOW)), st.integers(0, 5))
@settings(max_examples=20, deadline=None)
def test_how_never_costs_what_is_wanted(how, seed):
    plan, done = planned(*WHAT, *sorted(how), seed=seed)
    assert plan.ev_stored_kwh[SEVEN - 1] >= 48.0 - 1e-3
    assert np.all(plan.indoor_c >= done.outlook.comfort_low_c - 1e-3)
    assert plan.stored_kwh.min() >= 2.0 - 1e-3
    assert not [short for short in plan.shortfalls if short.kind in {"ev", "too_cold"}]
