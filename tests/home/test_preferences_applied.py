"""What wishes make of a house and its outlook, and which of two gives way."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.words import Lang
from laag.home.calendar import Calendar
from laag.home.devices import (
    Appliance,
    Battery,
    Building,
    Charger,
    Comfort,
    EvSession,
    HeatingCurve,
    HeatPump,
    Job,
    Pv,
    Tank,
)
from laag.home.house import HomeState, House
from laag.home.ladder import Floor, Level, Limit, On, Rung, SunFirst
from laag.home.outlook import Outlook
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver
from laag.home.preferences import (
    KINDS,
    Meant,
    Rule,
    Signals,
    SliderWeights,
    UsualDay,
    Why,
    applied,
    meaning,
    parse,
)
from laag.home.preferences.blanks import Stop
from laag.home.preferences.effects.slider import SHARES

MONDAY = date(2025, 1, 6)
DISHWASHER = Appliance("dishwasher", (2.0, 0.4, 0.4, 1.6))
WASHER = Appliance("wasmachine", (2.0, 0.3, 0.5))
FULL = House(
    "all",
    battery=Battery(10, 5, 5),
    charger=Charger(7.4, efficiency=1.0, capacity_kwh=60),
    heat_pump=HeatPump(2.5, curve=HeatingCurve(50, 25)),
    building=Building(0.2, 10),
    pv=Pv(4),
    appliances=(DISHWASHER, WASHER),
)
BARE = House("bare")
NIGHT = EvSession(72, 96 + 30, 20.0, 30.0)
"""From Monday 18:00 to Tuesday 07:30."""


def calendar_of(first=MONDAY, days=2):
    grid = PtuGrid.days(first, days, AMSTERDAM)
    return Calendar.of(grid, AMSTERDAM)


def outlook_of(calendar, sessions=(NIGHT,), **given_):
    quarter = calendar.quarter
    series = {
        "load_kw": np.full(len(quarter), 0.4),
        "pv_kw": np.where((quarter > 40) & (quarter < 60), 2.0, 0.0),
        "outdoor_c": np.full(len(quarter), 3.0),
        "heat_gain_kw": np.full(len(quarter), 0.3),
        "buy_eur_per_kwh": 0.2 + 0.001 * quarter,
        "sell_eur_per_kwh": 0.1 - 0.002 * quarter,
        **given_,
    }
    return Outlook(calendar.grid, quarter, sessions=tuple(sessions), **series)


def put(*lines, house=FULL, first=MONDAY, days=2, defaults=(), also=None, **given_):
    calendar = calendar_of(first, days)
    outlook = outlook_of(calendar, **given_)
    meant = [*(Meant(parse(line)) for line in lines), *(Meant(parse(line), "test/1") for line in defaults)]
    return applied(meant, house, calendar, outlook, **(also or {}))


def limits(done, on):
    """Per PTU the lowest limit on a power."""
    at = np.full(len(done.outlook.grid), np.inf)
    for claim in done.outlook.claims:
        if isinstance(claim, Limit) and claim.on is on:
            at[claim.first : claim.stop] = np.minimum(at[claim.first : claim.stop], claim.max_kw)
    return at


def at(day, clock):
    """A PTU by day from Monday and time."""
    hour, minute = clock.split(":")
    return day * 96 + int(hour) * 4 + int(minute) // 15


# For any wishes of any home


lines_ = st.lists(st.sampled_from([kind.EXAMPLE for kind in KINDS]), max_size=8, unique=True)
parts = st.sets(st.sampled_from(["battery", "charger", "heat_pump", "pv", "appliances", "tank", "two_way"]))


def house_of(there):
    return replace(
        FULL,
        battery=FULL.battery if "battery" in there else None,
        charger=replace(FULL.charger, discharge_max_kw=7.4 if "two_way" in there else 0.0)
        if "charger" in there
        else None,
        heat_pump=FULL.heat_pump if "heat_pump" in there else None,
        building=FULL.building if "heat_pump" in there else None,
        pv=FULL.pv if "pv" in there else None,
        tank=Tank() if "tank" in there else None,
        appliances=FULL.appliances if "appliances" in there else (),
    )


stays = st.lists(
    st.builds(EvSession, st.integers(-90, 180), st.integers(-20, 400), st.floats(0, 60), st.floats(0, 60)),
    max_size=3,
)


@given(lines_, parts, stays, st.sampled_from([MONDAY, date(2025, 3, 29), date(2025, 10, 25)]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_wishes_of_any_home_lead_to_an_outlook(lines, there, sessions, first, holes):
    house, calendar = house_of(there), calendar_of(first)
    price = np.where(calendar.quarter % 7 == 0, np.nan, 0.2) if holes else np.full(len(calendar.grid), 0.2)
    outlook = outlook_of(calendar, sessions, buy_eur_per_kwh=price, outdoor_c=price * 50)
    before = {
        f.name: getattr(outlook, f.name).copy()
        for f in fields(outlook)
        if isinstance(getattr(outlook, f.name), np.ndarray)
    }
    meant = [Meant(parse(line)) for line in lines]
    done = applied(meant, house, calendar, outlook)
    count = len(outlook.grid)
    assert all(
        np.array_equal(getattr(outlook, name), values, equal_nan=True) for name, values in before.items()
    )
    assert {claim.source for claim in done.outlook.claims} <= {each.source for each in meant}
    assert all(0 <= claim.first < claim.stop <= count for claim in done.outlook.claims)
    assert all(claim.rung in {Rung.COMFORT, Rung.OWN_SUN} for claim in done.outlook.claims)
    assert [s for s in done.outlook.sessions if s.wanted_kwh > s.most_kwh + 1e-9] == []
    assert covered(done.outlook.sessions) == covered(outlook.sessions)
    assert all(each.said.nl and each.said.en for each in (*done.contradictions, *done.remarks))
    again = applied(meant, house, calendar, outlook)
    assert repr(again.outlook.claims) == repr(done.outlook.claims)


def covered(sessions):
    return sorted({ptu for stay in sessions for ptu in range(stay.arrives, stay.departs)})


@given(lines_, parts)
@settings(max_examples=15, deadline=None)
def test_what_comes_of_wishes_can_be_planned(lines, there):
    house = house_of(there)
    done = put(*lines, house=house)
    plan = cheapest(done.house, HomeState(5, 20, 19.5), done.outlook, solver=Solver())
    assert len(plan) == len(done.outlook.grid)
    assert not any(short.kind == "solver" for short in plan.shortfalls)


@given(lines_)
@settings(max_examples=30, deadline=None)
def test_a_home_without_devices_hears_that_of_every_wish_about_one(lines):
    done = put(*lines, house=BARE, sessions=())
    told = {each.about.wish for each in done.remarks if each.why is Why.NO_DEVICE}
    free = {
        "take at most 6 kW from the grid",
        "help the grid",
        "nobody home from 12 July 2027 to 20 July 2027",
    }
    free.add("I travel from 12 July 2027 to 20 July 2027")
    assert {parse(line) for line in lines if line not in free} <= told
    assert all(
        "geen" in each.said.nl and "no " in each.said.en for each in done.remarks if each.why is Why.NO_DEVICE
    )


def test_no_wishes_change_nothing():
    calendar = calendar_of()
    outlook = outlook_of(calendar)
    done = applied((), FULL, calendar, outlook)
    assert done.house == FULL
    assert all(
        getattr(done.outlook, f.name) is getattr(outlook, f.name) or f.name in {"sessions", "claims", "jobs"}
        for f in fields(outlook)
    )
    assert done.outlook.sessions == outlook.sessions
    assert done.said == ()


# The car


def test_the_car_is_ready_before_it_leaves():
    done = put("car at 80 % by 07:00 on weekdays")
    first, rest = done.outlook.sessions
    assert (first.arrives, first.departs, first.wanted_kwh) == (72, at(1, "07:00"), 48.0)
    assert (rest.arrives, rest.departs, rest.wanted_kwh, rest.used_kwh) == (
        at(1, "07:00"),
        NIGHT.departs,
        48.0,
        0.0,
    )


def test_a_car_that_leaves_a_little_early_is_ready_then():
    early = replace(NIGHT, departs=at(1, "05:00"))
    (stay,) = put("car at 80 % by 07:00", sessions=(early,)).outlook.sessions
    assert stay.wanted_kwh == 48.0
    (stay,) = put("car at 80 % by 07:00", sessions=(replace(NIGHT, departs=at(1, "02:45")),)).outlook.sessions
    assert stay == replace(NIGHT, departs=at(1, "02:45"))


def test_a_wish_for_weekdays_says_nothing_of_a_saturday():
    assert put("car at 80 % by 07:00 on weekdays", first=date(2025, 1, 10)).outlook.sessions == (NIGHT,)


def test_what_should_have_been_ready_by_now_still_should():
    here = EvSession(-60, 20, 20.0, 25.0)
    calendar = calendar_of()
    later = PtuGrid(calendar.grid.start + timedelta(hours=8), 96)
    done = applied(
        [Meant(parse("car at 80 % by 07:00"))], FULL, calendar, outlook_of(calendar.on(later), (here,))
    )
    assert [stay.wanted_kwh for stay in done.outlook.sessions] == [48.0]


def test_kilometres_are_energy_and_a_car_drives_no_further_than_full():
    assert put("car ready for 120 km by 07:30").outlook.sessions[0].wanted_kwh == 24.0
    done = put("car ready for 500 km by 07:30")
    assert done.outlook.sessions[0].wanted_kwh == 60.0
    assert [each.why for each in done.remarks] == [Why.BEYOND_DEVICE]


def test_a_usual_day_is_what_past_stays_teach_and_a_quarter_besides():
    usual = UsualDay(9.0, (28,) * 7)
    first, rest = put("car ready for a usual day", also={"usual_day": usual}).outlook.sessions
    assert (first.departs, first.wanted_kwh, rest.wanted_kwh) == (at(1, "07:00"), 24.0, 24.0)
    (unlearned,) = put("car ready for a usual day").outlook.sessions
    assert (unlearned.departs, unlearned.wanted_kwh) == (NIGHT.departs, 36.0)


def test_at_most_eighty_unless_i_travel():
    lines = ("car at 90 % by 07:30", "car at most 80 % unless I travel")
    done = put(*lines)
    assert [(s.wanted_kwh, s.most_kwh) for s in done.outlook.sessions] == [(48.0, 48.0)]
    (met,) = done.contradictions
    assert met.rule is Rule.LIMIT_FIRST
    assert (
        "'car at 90 % by 07:30' gives way where needed to 'car at most 80 % unless I travel'" in met.said.en
    )
    travelling = put(*lines, "I travel from 7 January 2025 to 9 January 2025")
    assert [(s.wanted_kwh, s.most_kwh) for s in travelling.outlook.sessions] == [(60.0, np.inf)]
    assert travelling.contradictions == ()


def test_what_a_wish_takes_from_a_stays_own_number_is_said():
    (cut,) = put("car at most 40 %").remarks
    assert cut.said.en == "'car at most 40 %': 30.0 kWh was set for this stay; it becomes 24.0 kWh."
    (lower,) = put("car at 40 % by 07:30", defaults=["car at most 20 %"]).remarks
    assert (lower.why, lower.about.default) == (Why.REPLACED, "")
    assert "30,0 kWh gevraagd; het wordt 24,0 kWh" in lower.said.nl
    assert put("car at 90 % by 07:30", "car at most 60 %").remarks == ()


def test_a_default_gives_way_to_a_wish_whichever_of_them_is_the_limit():
    (met,) = put("car at most 30 %", defaults=["car ready for a usual day"]).contradictions
    assert (met.rule, met.gave_way.default) == (Rule.WISH_FIRST, "test/1")
    done = put("car at 90 % by 07:30", defaults=["car at most 80 %"])
    assert [s.wanted_kwh for s in done.outlook.sessions] == [54.0]
    assert [met.rule for met in done.contradictions] == [Rule.WISH_FIRST]


def test_only_a_car_that_gives_back_must_keep_something():
    assert put("car keeps at least 30 %").remarks[0].why is Why.NO_DEVICE
    gives = replace(FULL, charger=replace(FULL.charger, discharge_max_kw=7.4))
    assert put("car keeps at least 30 %", house=gives).outlook.sessions[0].least_kwh == 18.0


def test_pauses_limit_the_car_only_while_it_is_there():
    done = put("no car charging from 17:00 to 20:00")
    assert np.flatnonzero(limits(done, On.CAR) == 0).tolist() == list(range(72, 80))
    assert {claim.rung for claim in done.outlook.claims} == {Rung.OWN_SUN}


def test_a_pause_gives_way_to_a_car_that_would_not_be_ready():
    short = EvSession(at(0, "17:00"), at(0, "20:00"), 20.0, 20.0)
    (met,) = put(
        "no car charging from 17:00 to 20:00", "car at 50 % by 20:00", sessions=(short,)
    ).contradictions
    assert met.rule is Rule.WHAT_FIRST
    assert (
        "'auto niet laden van 17:00 tot 20:00' geeft waar nodig toe aan 'auto op 50 % om 20:00'"
        in met.said.nl
    )
    assert (
        put("no car charging from 18:00 to 20:00", "car at 40 % by 20:00", sessions=(short,)).contradictions
        == ()
    )


def test_what_the_car_holds_now_counts_if_it_is_known():
    here = EvSession(-10, at(0, "05:00"), 0.0, 0.0)
    lines = ("no car charging from 00:00 to 04:00", "car at 80 % by 05:00")
    assert len(put(*lines, sessions=(here,)).contradictions) == 1
    known = put(*lines, sessions=(here,), also={"state": HomeState(0, 45.0, 20)})
    assert known.contradictions == ()


def test_charging_with_sun_and_wind():
    wind = np.zeros(192)
    wind[80:84] = 0.5
    done = put("charge when the sun shines or the wind blows", also={"signals": Signals(wind_share=wind)})
    free = np.flatnonzero(limits(done, On.CHARGE) > 0)
    assert set(range(80, 84)) <= set(free.tolist())
    assert set(np.flatnonzero(done.outlook.pv_kw > 0).tolist()) <= set(free.tolist())
    assert limits(done, On.CHARGE)[0] == 0
    assert done.remarks == ()


def test_where_nobody_knows_the_wind_the_cheapest_hours_stand_in_and_that_is_said():
    done = put("charge the car when the wind blows")
    free = limits(done, On.CAR) > 0
    price = done.outlook.buy_eur_per_kwh[NIGHT.arrives : NIGHT.departs]
    assert (
        price[free[NIGHT.arrives : NIGHT.departs]].max() < price[~free[NIGHT.arrives : NIGHT.departs]].min()
    )
    assert [each.why for each in done.remarks] == [Why.STAND_IN]
    assert "the wind to expect is not known" in done.said[0].en


def test_charging_below_a_price():
    done = put("charge the battery only below 22 ct/kWh")
    assert np.array_equal(limits(done, On.CHARGE) == 0, done.outlook.buy_eur_per_kwh >= 0.22)
    assert np.all(limits(done, On.CAR) == np.inf)


def test_the_battery_stays_out_of_the_car():
    done = put("never charge the car from the battery", load_kw=0.5 + 0.001 * np.arange(192))
    most = limits(done, On.DISCHARGE)
    assert np.allclose(
        most[NIGHT.arrives : NIGHT.departs], done.outlook.load_kw[NIGHT.arrives : NIGHT.departs], atol=0.006
    )
    assert np.all(most[: NIGHT.arrives] == np.inf)


# Warmth


def low(done):
    return done.outlook.comfort_low_c


def test_warm_by_day_and_cooler_by_night():
    done = put("living room 20 °C from seven to ten, 17 at night")
    assert (low(done)[at(0, "07:00")], low(done)[at(0, "21:45")], low(done)[at(0, "22:00")]) == (20, 20, 17)
    assert done.house.comfort.low_c(np.arange(96)).tolist() == low(done)[:96].tolist()


def test_outside_its_hours_a_wish_asks_for_no_more_than_the_usual_night():
    done = put(
        "living room 18 °C from 10:00 to 20:00",
        house=replace(FULL, comfort=Comfort(low_day_c=19.5, low_night_c=16)),
    )
    assert set(low(done).tolist()) == {16.0, 18.0}


def test_a_line_for_fewer_days_goes_before_one_for_more():
    lines = (
        "living room 21 °C from 09:00 to 23:00, 18 °C at night at weekends",
        "living room 20 °C from 07:00 to 22:00, 17 °C at night",
    )
    done = put(*lines, first=date(2025, 1, 10))
    assert (low(done)[at(0, "08:00")], low(done)[at(1, "08:00")], low(done)[at(1, "22:30")]) == (20, 18, 21)
    assert done.contradictions == ()


def test_two_warm_parts_of_one_day_stand_side_by_side():
    done = put(
        "living room 20 °C from 07:00 to 09:00, 16 °C at night",
        "living room 21 °C from 17:00 to 22:00, 16 °C at night",
    )
    assert [low(done)[at(0, clock)] for clock in ("08:00", "12:00", "18:00", "23:00")] == [20, 16, 21, 16]
    assert done.contradictions == ()


def test_of_two_lines_about_the_same_hours_the_later_holds():
    done = put("living room 20 °C from 07:00 to 22:00", "living room 18 °C from 09:00 to 12:00")
    assert (low(done)[at(0, "08:00")], low(done)[at(0, "10:00")]) == (20, 18)
    assert [(met.rule, met.gave_way.wish.low_c) for met in done.contradictions] == [(Rule.LATER_FIRST, 20.0)]


def test_warmer_than_at_most_is_at_most():
    done = put("living room 21 °C from 07:00 to 22:00", "living room at most 20 °C")
    assert done.house.comfort.high_c == 20
    assert low(done).max() == 20
    assert [met.rule for met in done.contradictions] == [Rule.LIMIT_FIRST]


def test_a_high_wish_lifts_the_band_above_it():
    assert put("living room 24 °C").house.comfort.high_c == 25


def test_the_house_may_cool_while_everybody_is_out():
    lines = (
        "I am home from 17:00 to 08:00 on weekdays",
        "heat pump on when I am home, 15 °C when away",
        "living room 20 °C",
    )
    done = put(*lines, first=date(2025, 1, 10))
    assert [low(done)[at(0, clock)] for clock in ("07:45", "08:00", "16:45", "17:00")] == [20, 15, 15, 20]
    assert low(done)[at(1, "12:00")] == 20
    alone = put("heat pump on when I am home")
    assert [each.why for each in alone.remarks] == [Why.STAND_IN]


def test_nobody_home_asks_for_next_to_nothing():
    lines = (
        "nobody home until 7 January 2025",
        "run the dishwasher before 06:00",
        "hot water at least 55 °C by 07:00",
    )
    done = put(*lines, house=replace(FULL, tank=Tank()), days=4)
    assert set(low(done)[: 2 * 96].tolist()) == {15.0}
    assert [job.deadline for job in done.outlook.jobs] == [at(2, "06:00"), at(3, "06:00")]
    assert [claim.first for claim in done.outlook.claims] == [at(2, "06:45"), at(3, "06:45")]


def test_the_pump_rests_when_it_is_warm_outside():
    warm = np.where(np.arange(192) > 90, 25.0, 5.0)
    done = put("heat pump off above 20 °C outside", outdoor_c=warm)
    assert np.array_equal(limits(done, On.HEAT_PUMP) == 0, warm > 20)
    assert done.contradictions == ()
    with_tank = put("heat pump off above 20 °C outside", outdoor_c=warm, house=replace(FULL, tank=Tank()))
    assert np.all(limits(with_tank, On.HEAT_PUMP) == np.inf)
    assert "hot water" in with_tank.said[0].en


def test_twenty_degrees_and_the_pump_off_cannot_both_be_had_for_long():
    lines = ("living room 20 °C", "heat pump off from 08:00 to 20:00")
    (met,) = put(*lines, outdoor_c=np.full(192, -10.0)).contradictions
    assert (met.rule, met.gave_way.wish) == (Rule.WHAT_FIRST, parse(lines[1]))
    assert put(lines[0], "heat pump off from 08:00 to 09:00").contradictions == ()


def test_even_a_default_warmth_goes_before_how_it_is_brought_about():
    done = put(
        "heat pump off from 08:00 to 20:00", defaults=["living room 20 °C"], outdoor_c=np.full(192, -10.0)
    )
    assert [(met.rule, met.stands.default) for met in done.contradictions] == [(Rule.WHAT_FIRST, "test/1")]


def test_a_quiet_pump_runs_at_half_its_power():
    done = put("heat pump quiet from 23:00 to 06:00")
    most = limits(done, On.HEAT_PUMP)
    assert (most[at(0, "05:45")], most[at(0, "06:00")], most[at(0, "23:00")]) == (1.25, np.inf, 1.25)


def test_hot_water_is_a_floor_at_one_moment():
    done = put("hot water at least 70 °C by 07:00 on weekdays", house=replace(FULL, tank=Tank(high_c=65)))
    floors = [claim for claim in done.outlook.claims if isinstance(claim, Floor)]
    assert [(f.on, f.first, f.stop, f.least, f.rung) for f in floors] == [
        (Level.TANK, at(day, "06:45"), at(day, "07:00"), 65.0, Rung.COMFORT) for day in (0, 1)
    ]
    assert [each.why for each in done.remarks] == [Why.BEYOND_DEVICE]


# Machines


def test_the_dishwasher_runs_between_dinner_and_six():
    done = put("run the dishwasher before six")
    assert [(job.earliest, job.deadline) for job in done.outlook.jobs] == [
        (0, at(0, "06:00")),
        (at(0, "20:00"), at(1, "06:00")),
    ]


def test_a_machine_runs_in_the_window_that_is_said():
    done = put("run the washing machine between 09:00 and 17:00 on Tuesday")
    assert [(job.appliance, job.earliest, job.deadline) for job in done.outlook.jobs] == [
        (WASHER, at(1, "09:00"), at(1, "17:00"))
    ]


def test_what_has_run_is_not_run_again_and_what_runs_goes_on():
    start = calendar_of().grid.start
    done = put("run the dishwasher before six", also={"begun": {"dishwasher": start - timedelta(hours=3)}})
    assert [job.deadline for job in done.outlook.jobs] == [at(1, "06:00")]
    running = put(
        "run the dishwasher before six", also={"begun": {"dishwasher": start - timedelta(minutes=30)}}
    )
    assert (running.outlook.jobs[0].started, running.outlook.jobs[0].deadline) == (-2, at(0, "06:00"))


def test_what_was_asked_at_the_machine_itself_is_not_asked_twice():
    asked = Job(DISHWASHER, at(0, "21:00"), at(1, "07:00"))
    done = put("run the dishwasher before six", jobs=(asked,))
    assert [job.deadline for job in done.outlook.jobs] == [at(1, "07:00"), at(0, "06:00")]


def test_quiet_hours_leave_the_longest_stretch_outside_them():
    done = put(
        "run the washing machine between 18:00 and 10:00 on Tuesday",
        "washing machine quiet from 22:00 to 07:00",
    )
    assert [(job.earliest, job.deadline) for job in done.outlook.jobs] == [(at(0, "18:00"), at(0, "22:00"))]
    assert done.contradictions == ()


def test_clean_clothes_go_before_quiet_hours_where_both_cannot_be():
    done = put(
        "run the washing machine between 23:00 and 06:00 on Tuesday",
        "washing machine quiet from 22:00 to 07:00",
    )
    assert [(job.earliest, job.deadline) for job in done.outlook.jobs] == [(at(0, "23:00"), at(1, "06:00"))]
    assert [met.rule for met in done.contradictions] == [Rule.WHAT_FIRST]


# Battery, sun and connection


def test_a_reserve_and_own_sun_first():
    done = put("keep 20 % for a power cut", "use my own sun first")
    sun, floor = sorted(done.outlook.claims, key=lambda claim: isinstance(claim, Floor))
    assert sun == SunFirst(Rung.OWN_SUN, 0, 192, "wish:use my own sun first")
    assert floor == Floor(Rung.COMFORT, Level.STORED, 0, 192, 2.0, "wish:keep 20 % for a power cut")


def test_nothing_is_fed_in_while_it_costs_money():
    done = put(
        "never feed in when the price is negative", "feed in at most 3 kW", "take at most 6 kW from the grid"
    )
    assert np.array_equal(limits(done, On.EXPORT), np.where(done.outlook.sell_eur_per_kwh < 0, 0.0, 3.0))
    assert np.all(limits(done, On.IMPORT) == 6.0)


# The slider


def test_saving_money_puts_nothing_beside_the_price():
    assert put("save money").outlook.nudge_eur_per_kwh is None
    assert meaning(Stop.MONEY).en == "Only what it costs counts."


@given(st.sampled_from(Stop), st.integers(0, 2**32 - 1))
@settings(deadline=None, max_examples=30)
def test_the_slider_weighs_what_it_says(stop, seed):
    rng = np.random.default_rng(seed)
    stress, co2 = rng.uniform(-1, 1, 192), rng.uniform(0, 0.6, 192)
    weights = SliderWeights(0.2, 0.3)
    calendar = calendar_of()
    before = rng.uniform(-0.1, 0.1, 192)
    outlook = replace(outlook_of(calendar), nudge_eur_per_kwh=before)
    wish = next(kind for kind in KINDS if kind.__name__ == "Slider")(stop)
    done = applied(
        [Meant(wish)],
        FULL,
        calendar,
        outlook,
        signals=Signals(stress=stress, kg_co2_per_kwh=co2),
        weights=weights,
    )
    expected = before + SHARES[stop].grid * 0.2 * stress + SHARES[stop].green * 0.3 * co2
    assert np.allclose(done.outlook.nudge_eur_per_kwh, expected, atol=1e-12)
    assert done.remarks == ()


def test_without_signals_the_clock_and_the_price_stand_in():
    winter = put("help the grid").outlook.nudge_eur_per_kwh
    assert (winter[at(0, "18:00")], winter[at(0, "12:00")]) == (0.10, 0.0)
    summer = put("help the grid", first=date(2025, 7, 7)).outlook.nudge_eur_per_kwh
    assert summer[at(0, "13:00")] == -0.05
    green = put("live green")
    assert green.outlook.nudge_eur_per_kwh.min() == pytest.approx(0.013)
    assert green.outlook.nudge_eur_per_kwh.max() == pytest.approx(0.052)
    assert [each.why for each in green.remarks] == [Why.STAND_IN]


def test_of_two_sliders_the_later_holds():
    done = put("live green", "save money")
    assert done.outlook.nudge_eur_per_kwh is None
    assert [met.rule for met in done.contradictions] == [Rule.LATER_FIRST]


# The clock


@pytest.mark.parametrize(("first", "ptus"), [(date(2025, 3, 30), 92), (date(2025, 10, 26), 100)])
def test_seven_is_seven_on_days_when_the_clock_changes(first, ptus):
    here = EvSession(0, ptus, 10.0, 10.0)
    ready = put("car at 80 % by 07:00", sessions=(here,), first=first, days=1).outlook.sessions[0]
    assert calendar_of(first, 1).quarter[ready.departs] == 28


def test_a_time_that_the_clock_skips_is_the_first_after_it():
    here = EvSession(0, 40, 10.0, 10.0)
    ready = put("car at 80 % by 02:30", sessions=(here,), first=date(2025, 3, 30), days=1).outlook.sessions[0]
    assert ready.departs == 8


def test_an_empty_outlook_bears_every_wish():
    empty = PtuGrid(datetime(2025, 1, 6, tzinfo=UTC), 0)
    calendar = Calendar.of(empty, AMSTERDAM)
    done = applied(
        [Meant(parse(kind.EXAMPLE)) for kind in KINDS],
        FULL,
        calendar,
        outlook_of(calendar, (), load_kw=np.zeros(0)),
    )
    assert all(isinstance(claim.first, int) for claim in done.outlook.claims)
    assert done.said[0].to(Lang.NL)
