"""A home file: what it may say is understood, what it leaves out is assumed and said, what cannot be meant is refused."""

import dataclasses
import json
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters.homefile import asked, devices, example, parse, schema
from laag.foundation.errors import BadInput
from laag.foundation.words import Lang
from laag.home import devices as really
from laag.home.house import HomeState
from laag.home.ladder import Floor, Guarantee, Level, Limit, On, Rung, SunFirst
from laag.home.preferences.wishes import Aspect

ROOT = Path(__file__).parents[2]
LEAST = {"version": 1, "name": "Kade 12", "start": "2026-04-14T00:00"}
BATTERY = {"capacity_kwh": 9, "charge_max_kw": 4, "discharge_max_kw": 4}
CHARGER = {"max_kw": 7.4}
BUILDING = {"loss_kw_per_k": 0.2, "heat_capacity_kwh_per_k": 8}


def read(**more):
    return asked(parse(json.dumps({**LEAST, **more})))


def refused(**more):
    with pytest.raises(BadInput) as fault:
        read(**more)
    return str(fault.value)


def noted(home):
    return [one.where for one in home.noted]


@pytest.mark.parametrize(
    "name",
    ["Battery", "Charger", "HeatPump", "Boiler", "Building", "Comfort", "Pv", "Tank", "Appliance", "Wiring"],
)
def test_a_device_in_a_file_has_every_field_of_the_device_and_no_other(name):
    wire, device = getattr(devices, f"{name}Wire"), getattr(really, name)
    assert list(wire.model_fields) == [field.name for field in dataclasses.fields(device)]
    for field in dataclasses.fields(device):
        if field.default is not dataclasses.MISSING:
            given = wire.model_fields[field.name].default
            assert (given.device() if isinstance(given, devices.DeviceWire) else given) == field.default


def test_the_state_in_a_file_has_every_field_of_the_state():
    fields = [field.name for field in dataclasses.fields(HomeState)]
    assert list(schema()["$defs"]["StateWire"]["properties"]) == [*fields, "begun"]


def test_every_field_says_what_it_means():
    silent = [
        f"{kind}.{name}"
        for kind, model in {"HomeFile": schema(), **schema()["$defs"]}.items()
        for name, field in model.get("properties", {}).items()
        if not field.get("description")
    ]
    assert silent == []


def test_the_example_is_the_one_among_the_examples_and_gives_everything():
    assert (ROOT / "examples" / "home.json").read_text("utf-8") == example()
    given = json.loads(example())
    assert set(given) == set(schema()["properties"]) - {"agreed"}
    home = asked(parse(example()))
    assert home.noted == ()
    assert set(given["expected"]) == set(schema()["$defs"]["ExpectedWire"]["properties"]) - {"heat_gain_kw"}
    assert home.house.tank is not None
    assert home.outlook.jobs[0].appliance.name == "washing machine"


finite = st.floats(-1e6, 1e6)
broken = st.lists(
    st.one_of(finite, st.none(), st.just(float("nan")), st.just(float("inf"))), min_size=8, max_size=8
)


@given(load=broken, buy=broken, outdoor=broken)
def test_broken_numbers_in_a_series_are_never_refused(load, buy, outdoor):
    home = read(
        hours=2,
        expected={"load_kw": load, "outdoor_c": outdoor},
        prices={"buy_eur_per_kwh": buy, "sell_eur_per_kwh": buy},
        devices={"building": BUILDING, "heat_pump": {"power_max_kw": 2}},
    )
    assert len(home.outlook.load_kw) == 8


json_like = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.sampled_from(sorted(schema()["properties"])), json_like)
def test_whatever_stands_in_a_field_is_meant_or_refused(field, value):
    with suppress(BadInput):
        read(**{field: value})


@given(st.text(max_size=40))
def test_any_text_is_a_home_or_refused(text):
    with pytest.raises(BadInput):
        parse(text)


def test_a_day_follows_the_clock_on_the_wall():
    assert len(read(start="2026-03-29T00:00").outlook.grid) == 92
    assert len(read(start="2026-10-25T00:00").outlook.grid) == 100
    assert read(start="2026-04-14T00:00Z").outlook.quarter[0] == 8
    assert read(start="2026-04-14T00:00", zone="UTC").outlook.quarter[0] == 0
    assert len(read(hours=0.5).outlook.grid) == 2


def test_hours_are_held_for_their_quarters_and_one_number_for_all():
    home = read(expected={"load_kw": list(range(24)), "outdoor_c": 5})
    assert home.outlook.load_kw[[0, 3, 4, 95]].tolist() == [0, 0, 1, 23]
    assert home.outlook.outdoor_c.tolist() == [5.0] * 96


def test_the_markets_price_becomes_what_a_home_feels():
    """Day-ahead 2027: tax of 8.80 ct and a mark-up of 1.90 ct including VAT come on top; a sale earns the bare price."""
    home = read(prices={"day_ahead_eur_per_mwh": 100})
    assert home.outlook.buy_eur_per_kwh[0] == pytest.approx((0.1 + 0.088) * 1.21 + 0.019, abs=1e-5)
    assert home.outlook.sell_eur_per_kwh[0] == pytest.approx(0.1)


def test_what_is_left_out_is_assumed_and_named():
    home = read(
        devices={
            "charger": CHARGER,
            "battery": BATTERY,
            "tank": {},
            "building": BUILDING,
            "pv": {"peak_kw": 4},
        }
    )
    assert noted(home) == [
        "prices",
        "stays",
        "expected.load_kw",
        "expected.sun_w_m2",
        "expected.pv_kw",
        "expected.outdoor_c",
        "expected.hot_water_kw",
        "state.stored_kwh",
        "state.ev_stored_kwh",
        "state.indoor_c",
        "state.tank_c",
    ]
    assert home.state.stored_kwh == 4.5
    assert [(s.arrives, s.departs) for s in home.outlook.sessions] == [(-1, 30), (72, 126)]
    assert all(
        np.isfinite(getattr(home.outlook, name)).all() for name in ("load_kw", "pv_kw", "buy_eur_per_kwh")
    )


def test_a_series_without_one_known_number_counts_as_left_out():
    assert "expected.load_kw" in noted(read(expected={"load_kw": [None] * 24}))


def test_what_is_assumed_is_said_in_both_languages():
    (first, *_) = read().noted
    assert first.said(Lang.EN).startswith("prices not given: an average fixed contract")
    assert first.said(Lang.NL).startswith("prices niet opgegeven: een gemiddeld vast contract")


def test_extreme_prices_are_used_and_said():
    home = read(prices={"buy_eur_per_kwh": [0.2] * 72 + [4.0] * 24, "sell_eur_per_kwh": [-0.5] * 96})
    assert home.outlook.buy_eur_per_kwh[-1] == 4.0
    assert any("18:00" in where for where in noted(home))
    assert "4.00 EUR/kWh" in home.noted[0].said(Lang.EN)
    assert "belongs in day_ahead_eur_per_mwh" in home.noted[0].said(Lang.EN)


def test_a_price_that_is_in_its_field_already_is_not_sent_there():
    home = read(prices={"day_ahead_eur_per_mwh": 4000})
    said = next(one.said(Lang.EN) for one in home.noted if one.where.startswith("prices"))
    assert said.endswith("EUR/kWh: used as given")


def test_a_car_that_is_there_already_has_no_arrival_and_holds_what_the_state_says():
    home = read(
        devices={"charger": CHARGER},
        state={"ev_stored_kwh": 12},
        stays=[{"departs": "2026-04-14T07:40", "wanted_kwh": 40}],
    )
    (stay,) = home.outlook.sessions
    assert (stay.arrives, stay.departs, home.state.ev_stored_kwh) == (-1, 30, 12.0)


@pytest.mark.parametrize("arrives", [{}, {"arrives": "2026-04-13T22:00", "stored_kwh": 9}])
@pytest.mark.parametrize("hours", [0.25, 24])
def test_a_stay_that_ends_in_the_first_quarter_lasts_as_long_as_that(arrives, hours):
    stays = [{"departs": "2026-04-14T00:10", "wanted_kwh": 60, **arrives}]
    home = read(devices={"charger": CHARGER}, stays=stays, hours=hours)
    assert [(one.departs, one.wanted_kwh) for one in home.outlook.sessions] == [(1, 60.0)]
    (said,) = [one.said(Lang.EN) for one in home.noted if one.where == "stays[0].departs"]
    assert said == "stays[0].departs is in the first quarter-hour: taken as 00:15"


def test_a_car_that_is_there_cannot_have_left_when_the_plan_begins():
    stays = [{"departs": "2026-04-14T00:00", "wanted_kwh": 60}]
    assert "give a later departs" in refused(devices={"charger": CHARGER}, stays=stays)


@pytest.mark.parametrize("field", ["wanted_kwh", "least_kwh"])
def test_more_than_the_car_holds_is_taken_as_full_and_noted(field):
    stays = [{"departs": "2026-04-14T07:30", "wanted_kwh": 40, field: 99}]
    home = read(devices={"charger": CHARGER}, stays=stays)
    assert getattr(home.outlook.sessions[0], field) == 60
    (beyond,) = [one for one in home.noted if one.where == f"stays[0].{field}"]
    assert beyond.unmet
    assert beyond.said(Lang.NL).endswith("is 99,0 kWh, meer dan in de auto past: 60,0 kWh aangenomen")


def test_an_arrival_counts_from_the_next_quarter():
    home = read(
        devices={"charger": CHARGER},
        stays=[
            {"arrives": "2026-04-14T17:50", "departs": "2026-04-15T07:30", "stored_kwh": 9, "wanted_kwh": 40}
        ],
    )
    assert home.outlook.sessions[0].arrives == 72


def test_what_the_car_should_hold_is_said_by_its_stay_by_a_wish_by_a_default_or_assumed():
    def wanted(stay, **more):
        home = read(devices={"charger": CHARGER}, stays=[{"departs": "2026-04-14T07:30", **stay}], **more)
        return home.outlook.sessions[0].wanted_kwh, "stays[0].wanted_kwh" in noted(home)

    assert wanted({"wanted_kwh": 40}) == (40.0, False)
    assert wanted({}) == (0.0, False)
    assert wanted({}, defaults=None, wishes=["car at 80 % by seven"]) == (0.0, False)
    assert wanted({}, defaults=None) == (48.0, True)


def test_what_the_file_settles_needs_no_default():
    comfort = read(
        devices={"comfort": {"low_day_c": 18}, "building": BUILDING, "heat_pump": {"power_max_kw": 2}}
    )
    assert comfort.spoken == {Aspect.WARMTH}
    assert read().spoken == frozenset()


def test_what_is_expected_of_street_and_country_is_for_wishes_and_reasons():
    home = read(
        expected={
            "street_kw": 0.5,
            "stress": [1] * 24,
            "wind_share": 0.3,
            "kg_co2_per_kwh": 0.2,
            "sun_w_m2": 90,
        }
    )
    assert home.street_kw[0] == 0.5
    assert home.signals.stress[95] == 1.0
    assert (home.signals.wind_share[0], home.signals.kg_co2_per_kwh[0], home.signals.sun_w_m2[0]) == (
        0.3,
        0.2,
        90,
    )


def test_signals_become_claims_on_their_rungs():
    at = {"from": "2026-04-14T17:05", "until": "2026-04-14T19:50"}
    home = read(
        signals=[
            {"kind": "limit", "rung": "emergency", "on": "import", "max_kw": 4, "source": "dso:12", **at},
            {"kind": "floor", "rung": "safety", "on": "indoor", "least": 15, "source": "wish:frost"},
            {"kind": "sun_first", "rung": "own_sun", "source": "wish:sun"},
            {"kind": "guarantee", "import_kw": 2, "export_kw": 0, "source": "charter"},
        ]
    )
    assert home.outlook.claims == (
        Limit(Rung.EMERGENCY, On.IMPORT, 68, 80, 4.0, "dso:12"),
        Floor(Rung.SAFETY, Level.INDOOR, 0, 96, 15.0, "wish:frost"),
        SunFirst(Rung.OWN_SUN, 0, 96, "wish:sun"),
        Guarantee(2.0, 0.0, "charter"),
    )


def test_the_household_orders_its_own_rungs():
    assert read(ladder=["own_sun", "comfort"]).ladder.order[3:5] == (Rung.OWN_SUN, Rung.COMFORT)


def test_what_is_agreed_reaches_the_outlook():
    home = read(
        agreed={"position_kw": [1.0] * 12 + [None] * 12, "more_eur_per_kwh": 0.4, "less_eur_per_kwh": 0.1}
    )
    assert np.isfinite(home.outlook.position_kw).sum() == 48
    assert home.outlook.more_eur_per_kwh[0] == 0.4


def test_clock_times_are_quarters():
    comfort = {"day_from_quarter": "07:15", "hours": [["22:00", 28, 15]]}
    home = read(devices={"comfort": comfort})
    assert home.house.comfort.day_from_quarter == 29
    assert home.house.comfort.hours == ((88, 28, 15.0),)


WRONG = {
    "a typing error": ({"wishs": []}, 'the home has no "wishs"; did you mean wishes?'),
    "a typing error inside": (
        {"devices": {"batery": BATTERY}},
        'devices has no "batery"; did you mean battery?',
    ),
    "a typing error far inside": (
        {"devices": {"battery": {**BATTERY, "weer_eur_per_kwh": 1}}},
        'devices.battery has no "weer_eur_per_kwh"; did you mean wear_eur_per_kwh?',
    ),
    "a field like no other": ({"expected": {"qqq": 1}}, "choose from load_kw, pv_kw"),
    "another version": ({"version": 2}, "version is 2; give 1"),
    "no name": ({"name": ""}, 'name is ""; give a text'),
    "a day without a time": ({"start": "2026-04-14"}, 'start is "2026-04-14"; give a local time'),
    "a start between quarters": ({"start": "2026-04-14T00:07"}, "give a time on a quarter-hour"),
    "no time": ({"start": "gisteren"}, 'start is "gisteren"; give a local time such as'),
    "too long": ({"hours": 10_000}, "hours is 10000; give a length"),
    "odd hours": ({"hours": 0.3}, "hours is 0.3; give a length in whole quarter-hours"),
    "a zone that is none": ({"zone": "Utrecht"}, 'zone is "Utrecht"; give a time zone'),
    "a text as a number": (
        {"connection": {"import_max_kw": "17"}},
        'connection.import_max_kw is "17"; give a number',
    ),
    "a negative limit": (
        {"connection": {"import_max_kw": -1}},
        "connection.import_max_kw is -1; give 0 or more",
    ),
    "yes as a number": (
        {"tariff": {"band": {"kw": True, "beyond_eur_per_kwh": 1}}},
        "tariff.band.kw is true; give",
    ),
    "half a device": (
        {"devices": {"battery": {"capacity_kwh": 9}}},
        "devices.battery.charge_max_kw is missing",
    ),
    "no efficiency": (
        {"devices": {"battery": {**BATTERY, "charge_efficiency": 0}}},
        "devices.battery cannot be: charge_efficiency is 0.0; give a share between 0 and 1",
    ),
    "a share above one": (
        {"devices": {"battery": {**BATTERY, "charge_efficiency": 90}}},
        "devices.battery.charge_efficiency is 90; give a share from 0 to 1",
    ),
    "a device that is a list": ({"devices": {"battery": []}}, "devices.battery is []; give an object"),
    "two phases": (
        {"devices": {"charger": {"max_kw": 7, "phases": 4}}},
        "devices.charger.phases is 4; give 1, 2 or 3",
    ),
    "nothing to heat": (
        {"devices": {"heat_pump": {"power_max_kw": 2}}},
        "devices.heat_pump has nothing to heat",
    ),
    "a word in a series": (
        {"expected": {"load_kw": [1, "x"]}},
        'expected.load_kw[1] is "x"; give a number, or null',
    ),
    "a series of another length": (
        {"expected": {"load_kw": [1, 2, 3]}},
        "expected.load_kw has 3 numbers; give 96 (quarter-hours), 24 (hours) or one for all",
    ),
    "both prices": (
        {"prices": {"buy_eur_per_kwh": 0.3, "day_ahead_eur_per_mwh": 80}},
        "prices gives the market's price and a home's own; leave one of them out",
    ),
    "only half a price": (
        {"prices": {"sell_eur_per_kwh": 0.1}},
        "prices says what a kWh earns but not what it costs",
    ),
    "a car without a charger": ({"stays": [{"departs": "2026-04-15T07:30"}]}, "the home has no charger"),
    "a stay that ends at once": (
        {
            "devices": {"charger": CHARGER},
            "stays": [{"arrives": "2026-04-14T08:00", "departs": "2026-04-14T07:00"}],
        },
        "stays[0] ends at 07:00",
    ),
    "a machine that is not there": ({"jobs": [{"appliance": "dryer"}]}, 'jobs[0].appliance is "dryer"'),
    "two machines of one name": (
        {"devices": {"appliances": [{"name": "a", "programme_kw": [1]}] * 2}},
        'devices.appliances has "a" twice',
    ),
    "an unknown rung": (
        {"signals": [{"kind": "sun_first", "rung": "comfrt", "source": "x"}]},
        'signals[0].rung is "comfrt"; did you mean comfort?',
    ),
    "an unknown signal": ({"signals": [{"kind": "wish"}]}, "signals[0] needs a kind: limit, floor"),
    "a law that moves": ({"ladder": ["safety"]}, "ladder cannot be: safety cannot be moved by a household"),
    "shares that do not sum": (
        {"connection": {"wiring": {"car": [1, 1, 0]}}},
        "connection.wiring cannot be: the phase shares of car",
    ),
    "a time between quarters": (
        {"devices": {"comfort": {"day_from_quarter": "06:20"}}},
        'devices.comfort.day_from_quarter is "06:20"; give a time on a quarter',
    ),
    "an edition that is not there": ({"defaults": "nl-1999.01"}, "there are no public defaults 'nl-1999.01'"),
    "a household that is none": ({"household": "famly"}, 'household is "famly"; give'),
    "a wish that is not understood": (
        {"wishes": ["use my own sun first", "car at 80 % by sevn"]},
        "wishes[1]: 'car at 80 % by sevn' is understood up to 'car at 80 % by', not 'sevn'",
    ),
    "a machine that began and is not there": (
        {"state": {"begun": {"dryer": "2026-04-13T20:00"}}},
        'state.begun is "dryer"; devices.appliances has none',
    ),
    "thousands of digits": ({"hours": 10**400}, "hours is 1000"),
}


@pytest.mark.parametrize(("given", "says"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_meant_is_named_by_its_path_with_the_way_out(given, says):
    sentence = refused(**given)
    assert says in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "this is not JSON: expecting value at line 1, column 1"),
        ('{"version": 1', "this is not JSON"),
        ("[1]", "a home file is one JSON object, and this is [1]"),
        ("[" * 100_000, "nested too deeply"),
        ('{"version": 1, "version": 1}', '"version" occurs twice'),
        ('{"hours": ' + "9" * 5_000 + "}", "thousands of digits"),
    ],
)
def test_what_is_no_home_at_all_is_refused(text, says):
    with pytest.raises(BadInput, match=says.replace("[", r"\[")):
        parse(text)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"expected": {"load_kw": "veel"}}, 'expected.load_kw is "veel"; geef een getal, of null'),
        ({"hourz": 3}, 'het huis heeft geen "hourz"; bedoel je hours?'),
        ({"keep_stored": "ja"}, 'keep_stored is "ja"; geef true of false'),
        ({"household": "hotel"}, "geef 'single', 'couple', 'family', 'home_by_day' of 'renter'"),
        ({"stays": [{}]}, "stays[0].departs ontbreekt"),
        ({"signals": [{}]}, "signals[0] heeft een soort nodig"),
    ],
)
def test_a_fault_in_a_field_is_said_in_dutch_to_whoever_reads_dutch(given, says):
    with pytest.raises(BadInput) as fault:
        parse(json.dumps({**LEAST, **given}), Lang.NL)
    assert says in str(fault.value)
    assert "docs/home-file.md heeft elk veld" in str(fault.value)


def test_many_faults_are_not_all_said():
    sentence = refused(version=2, start="x", zone="y", hours="z", name="")
    assert "; and 2 more" in sentence
