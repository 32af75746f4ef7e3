"""What holds where nobody says anything: which household, which defaults, and who said so."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters import defaults
from laag.foundation.ptu import AMSTERDAM, PtuGrid
from laag.foundation.words import Lang
from laag.home.calendar import Calendar
from laag.home.defaults import (
    By,
    Feature,
    Household,
    Measured,
    features,
    holding,
    recognised,
    usual_day,
    which_applies,
)
from laag.home.devices import (
    Appliance,
    Battery,
    Boiler,
    Building,
    Charger,
    EvSession,
    HeatingCurve,
    HeatPump,
    Pv,
    Tank,
)
from laag.home.house import House
from laag.home.preferences import KINDS, parse, say
from laag.home.preferences.wishes import Aspect

EDITION = defaults.load()
PARTS = {
    "battery": Battery(10, 5, 5),
    "charger": Charger(7.4),
    "heat_pump": HeatPump(2.5, curve=HeatingCurve(50, 25)),
    "pv": Pv(4),
    "tank": Tank(),
    "appliances": (Appliance("vaatwasser", (2.0, 0.4)), Appliance("dryer", (1.0,))),
}
BUILDING = Building(0.2, 10)
some_parts = st.sets(st.sampled_from(list(PARTS)))
some_wishes = st.lists(st.sampled_from([parse(kind.EXAMPLE) for kind in KINDS]), unique=True, max_size=6)
some_days = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


def house_of(there):
    building = BUILDING if "heat_pump" in there else None
    return House("a", building=building, **{name: PARTS[name] for name in there})


@given(some_parts, some_wishes, st.sampled_from([None, *Household]))
def test_everything_that_holds_is_in_the_table_and_the_other_way_round(there, wishes, household):
    held = holding(wishes, EDITION, house_of(there), household=household)
    assert sorted(say(m.wish) for m in held.meant) == sorted(
        say(r.wish) for r in held.rows if r.by is not By.NOBODY
    )
    assert [m.wish for m in held.meant[: len(wishes)]] == wishes
    assert all(m.source.startswith("default:nl-2026.11/") for m in held.meant[len(wishes) :])
    assert all(row.said.nl and row.said.en for row in held.rows)
    assert len(held.said) == len(held.rows) + 1


@given(some_parts, some_wishes, st.data())
def test_a_default_never_holds_on_a_day_about_which_the_household_spoke(there, wishes, data):
    wishes = [wish.only_on(data.draw(some_days)) or wish for wish in wishes]
    held = holding(wishes, EDITION, house_of(there))
    for meant in held.meant[len(wishes) :]:
        for wish in wishes:
            assert wish.about != meant.wish.about or not set(wish.on) & set(meant.wish.on)


@given(some_parts, st.sampled_from(Household))
def test_every_home_has_at_most_one_default_for_a_day_of_one_thing(there, household):
    lines = EDITION.holding_for(household, features(house_of(there)))
    for one, two in combinations(lines, 2):
        assert one.wish.about != two.wish.about or not set(one.wish.on) & set(two.wish.on)


@given(some_parts)
def test_every_device_that_needs_a_word_has_a_default(there):
    house = house_of(there)
    spoken = {row.about[0] for row in holding((), EDITION, house).rows if row.by is By.DEFAULT}
    assert (Aspect.CAR_READY in spoken) == ("charger" in there)
    assert (Aspect.WARMTH in spoken) == ("heat_pump" in there) or recognised(
        house
    ).household is Household.RENTER
    assert (Aspect.MACHINE in spoken) == ("appliances" in there)
    assert Aspect.SLIDER in spoken


def test_a_wish_for_weekdays_leaves_the_default_the_weekend():
    held = holding([parse("car at 80 % by 07:00 on weekdays")], EDITION, house_of({"charger"}))
    rows = which_applies(held, Aspect.CAR_READY)
    assert [(row.by, say(row.wish)) for row in rows] == [
        (By.HOUSEHOLD, "car at 80 % by 07:00 on weekdays"),
        (By.DEFAULT, "car ready for a usual day at weekends"),
    ]
    assert rows[0].said.nl == "De auto klaar: 'auto op 80 % om 07:00 op werkdagen'. Dat heb je zelf gezegd."
    assert "not yet adopted by any community" in rows[1].said.en


def test_what_nobody_speaks_of_is_said_too():
    (row,) = which_applies(holding((), EDITION, house_of({"battery"})), Aspect.RESERVE)
    assert row.by is By.NOBODY
    assert row.said.en == (
        "Reserve for a power cut: Nothing is said about this; the plan chooses what costs least."
    )


def test_the_narrowest_line_holds():
    floor = replace(house_of({"heat_pump"}), heat_pump=HeatPump(2.5, curve=HeatingCurve(35, 25)))
    nights = {
        (household, house.heat_pump.curve.at_minus_10_c): which_applies(
            holding((), EDITION, house, household=household), Aspect.WARMTH
        )[0].wish.night_c
        for household in (Household.COUPLE, Household.HOME_BY_DAY)
        for house in (floor, house_of({"heat_pump"}))
    }
    assert nights == {
        (Household.COUPLE, 35): 18.0,
        (Household.COUPLE, 50): 17.0,
        (Household.HOME_BY_DAY, 35): 18.0,
        (Household.HOME_BY_DAY, 50): 18.0,
    }


def test_what_a_home_has_is_seen():
    assert features(House("a")) == frozenset()
    assert features(house_of(PARTS)) == {
        Feature.BATTERY, Feature.CAR, Feature.HEATING, Feature.HEAT_PUMP, Feature.PV, Feature.TANK, Feature.DISHWASHER, Feature.DRYER
    }  # fmt: skip
    gas = House("a", boiler=Boiler(), building=BUILDING)
    assert features(gas) == {Feature.HEATING}
    assert Feature.TWO_WAY_CAR in features(House("a", charger=Charger(7.4, discharge_max_kw=7.4)))


@pytest.mark.parametrize(
    ("there", "measured", "household"),
    [
        ((), Measured(3000, 0.4), Household.RENTER),
        (("pv",), Measured(1500, 0.25), Household.SINGLE),
        (("pv",), Measured(2600, 0.25), Household.COUPLE),
        (("pv",), Measured(3900, 0.25), Household.FAMILY),
        (("pv",), Measured(2600, 0.40), Household.HOME_BY_DAY),
        (("charger", "heat_pump"), None, Household.FAMILY),
        (("charger",), None, Household.COUPLE),
    ],
)
def test_a_household_is_recognised_by_its_devices_and_its_meter(there, measured, household):
    kind = recognised(house_of(there), measured)
    assert kind.household is household
    assert kind.why.nl
    assert kind.why.en


def test_two_weeks_of_readings_are_needed_and_gaps_are_borne():
    calendar = Calendar.of(PtuGrid.days(date(2025, 1, 6), 20, AMSTERDAM), AMSTERDAM)
    load = np.where((calendar.quarter >= 40) & (calendar.quarter < 64), 0.6, 0.2)
    measured = Measured.of(np.where(np.arange(len(load)) % 5 == 0, np.nan, load), calendar)
    assert measured.midday_share == pytest.approx(0.5, abs=0.01)
    assert Measured.of(np.where(np.arange(len(load)) < 13 * 96, load, np.nan), calendar) is None
    assert Measured.of(np.zeros(len(load)), calendar) == Measured(0.0, 0.0)


WEEKS = Calendar.of(PtuGrid.days(date(2025, 1, 6), 28, AMSTERDAM), AMSTERDAM)


def stay(day, leaves="07:30", came_with=30.0, wanted=40.0):
    hour, minute = map(int, leaves.split(":"))
    return EvSession(96 * day + 72, 96 * (day + 1) + 4 * hour + minute // 15, came_with, wanted)


def test_nine_days_in_ten_need_no_more_than_a_usual_day():
    stays = [
        stay(day, came_with=40.0 - used) for day, used in enumerate([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 60])
    ]
    assert usual_day(stays, WEEKS).used_kwh == 14
    assert usual_day(stays[:5], WEEKS) is None


def test_a_day_goes_by_its_own_departures_or_those_of_its_kind():
    leaves = {0: "06:45", 5: "10:00", 6: "10:00"}
    usual = usual_day([stay(day, leaves.get((day + 1) % 7, "07:30")) for day in range(26)], WEEKS)
    assert usual.departs_quarter[0] == 27
    assert usual.departs_quarter[1] == 30
    assert usual.departs_quarter[6] == 40
    short = usual_day([stay(day, leaves.get((day + 1) % 7, "07:30")) for day in range(6)], WEEKS)
    assert short.departs_quarter == (30, 30, 30, 30, 30, None, None)


def test_a_usual_day_is_early_enough_for_four_departures_in_five():
    stays = [stay(day, "06:00" if day % 7 == 2 else "07:30") for day in range(26)]
    usual = usual_day(stays, WEEKS)
    assert usual.departs_quarter[3] == 24
    assert usual.departs_quarter[1] == 30


@pytest.mark.parametrize("lang", Lang)
def test_the_edition_is_a_table_in_both_languages(lang):
    rows = EDITION.rows(lang)
    assert len(rows) == len(EDITION.lines)
    assert all(row.says and row.why and row.source and row.sure for row in rows)
    assert [parse(row.says) for row in rows] == [line.wish for line in EDITION.lines]
