"""`laag home`: what a resident sees, what a program reads, and what happens to a file that cannot be meant."""

import io
import json
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laag.adapters import homefile
from laag.apps.cli import main
from laag.apps.home import chart
from laag.apps.home.because import because
from laag.apps.home.day import planned
from laag.apps.home.happenings import happenings
from laag.apps.home.sentences import sentence
from laag.foundation.words import Lang
from laag.home.plan.solver import Solver
from laag.home.reasons import Subject

SOLVER = Solver()
EXAMPLE = Path(__file__).parents[2] / "examples" / "home.json"
LEAST = {"version": 1, "name": "Kade 12", "start": "2026-04-14T00:00", "hours": 12}
BATTERY = {"capacity_kwh": 9, "charge_max_kw": 4, "discharge_max_kw": 4}
CHARGER = {"max_kw": 3.68, "phases": 1, "capacity_kwh": 60}
TWO_PRICES = {"buy_eur_per_kwh": [0.1] * 24 + [0.4] * 24, "sell_eur_per_kwh": 0.05}


@pytest.fixture
def home(tmp_path):
    """A file with the least of a home and more."""

    def written(**more):
        path = tmp_path / "home.json"
        path.write_text(json.dumps({**LEAST, **more}), "utf-8")
        return str(path)

    return written


def day_of(**more):
    return planned(homefile.asked(homefile.parse(json.dumps({**LEAST, **more}))), SOLVER)


@pytest.fixture
def out(capsys, monkeypatch):
    """Run a command and give its exit code and what it printed."""

    def run(*arguments, columns=80):
        monkeypatch.setenv("COLUMNS", str(columns))
        code = main(["home", *arguments])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_fits_its_terminal(out, columns, language):
    code, text, err = out("plan", str(EXAMPLE), "--language", language, columns=columns)
    assert (code, err) == (0, "")
    assert max(len(line) for line in text.splitlines()) <= columns
    assert not any(line != line.rstrip() for line in text.splitlines() if "≤" in line)


def test_a_page_says_what_the_day_costs_and_what_planning_saves(out, home):
    """0.35 kW of load for 6 hours at 10 and 6 at 40 cents; a battery carries the dear half over."""
    file = home(
        devices={"battery": BATTERY}, state={"stored_kwh": 0}, prices=TWO_PRICES, expected={"load_kw": 0.35}
    )
    _, text, _ = out("plan", file)
    assert "Without a plan €1.05" in " ".join(text.split())
    saved = next(line for line in text.splitlines() if line.startswith("Planning saves"))
    assert float(saved.split("€")[1]) > 0.3
    assert "The battery charges" in text
    assert "What was assumed" not in text


def test_what_is_left_counts_in_what_planning_saves():
    day = day_of(devices={"battery": BATTERY}, state={"stored_kwh": 9}, prices=TWO_PRICES)
    assert day.gain_eur == pytest.approx(day.unplanned.cost_eur - day.plan.cost_eur + day.left_eur)
    assert day.left_eur <= 0


def test_what_is_left_is_said_once_as_less_and_only_of_what_is_there(out, home):
    file = home(devices={"battery": BATTERY}, state={"stored_kwh": 9}, prices=TWO_PRICES)
    for language, says in (
        ("en", "Less is then left in the battery"),
        ("nl", "Dan is er minder over in de batterij"),
    ):
        line = next(line for line in out("plan", file, "--lang", language)[1].splitlines() if says in line)
        assert "-" not in line
        assert "car" not in line
        assert "auto" not in line


@pytest.mark.parametrize(
    ("dear", "nl", "en"),
    [
        ([4] + [0.2] * 11, "één kwartier van 4,00 EUR/kWh", "one quarter-hour at 4.00 EUR/kWh"),
        (
            [4, 4] + [0.2] * 10,
            "en verder: 2 kwartieren tot 4,00 EUR/kWh",
            "and on: 2 quarter-hours up to 4.00",
        ),
    ],
)
def test_one_dear_quarter_hour_is_no_plural(out, home, dear, nl, en):
    file = home(hours=3, prices={"buy_eur_per_kwh": dear, "sell_eur_per_kwh": 0.0})
    assert nl in " ".join(out("plan", file, "--lang", "nl")[1].split())
    assert en in " ".join(out("plan", file)[1].split())


def test_one_quarter_hour_that_is_not_known_is_no_plural(out, home):
    file = home(hours=3, expected={"load_kw": [None] + [0.5] * 11})
    assert "load_kw has a quarter-hour at 00:00 that is not known" in " ".join(out("plan", file)[1].split())
    assert "een kwartier dat niet bekend is" in " ".join(out("plan", file, "--lang", "nl")[1].split())


def test_happenings_add_up_to_the_plan():
    day = planned(homefile.asked(homefile.parse(homefile.example())), SOLVER)
    said = sum(one.energy_kwh for one in happenings(day) if one.subject is Subject.CAR)
    assert said == pytest.approx(day.plan.ev_kw.sum() / 4, abs=0.3)
    for one in happenings(day):
        assert 0 <= one.first < one.stop <= len(day.plan)
        assert -1e-9 <= one.own_sun_kwh <= abs(one.energy_kwh) + 1e-9
        assert -1e-9 <= one.to_grid_kwh <= abs(one.energy_kwh) + 1e-9


def test_a_battery_that_takes_and_gives_in_turns_has_one_line_that_says_both():
    day = day_of(
        devices={"battery": BATTERY},
        prices={"buy_eur_per_kwh": [0.1, 0.5] * 24, "sell_eur_per_kwh": 0.0},
        expected={"load_kw": 2.0},
    )
    found = [one for one in happenings(day) if one.subject is Subject.BATTERY]
    assert any(one.turned_kwh > 0.1 for one in found)
    assert all(one.stop <= later.first for one, later in pairwise(found))
    for one in found:
        kwh = day.plan.battery_kw[one.first : one.stop] / 4
        assert one.energy_kwh == pytest.approx(kwh.sum())
        assert one.moved_kwh == pytest.approx(max(kwh[kwh > 0].sum(), -kwh[kwh < 0].sum()))
        words = [sentence(one, Lang.EN), sentence(one, Lang.NL)]
        if one.turned_kwh > 0.1:
            assert all(part in text for part, text in zip(("in between", "tussendoor"), words, strict=True))


def test_each_run_of_a_machine_has_its_own_reason():
    machine = {"name": "washing machine", "programme_kw": [1.9, 0.4, 0.2]}
    day = day_of(
        devices={"appliances": [machine]},
        prices=TWO_PRICES,
        jobs=[
            {"appliance": "washing machine", "earliest": "2026-04-14T08:00", "deadline": "2026-04-14T11:00"},
            {"appliance": "washing machine", "earliest": "2026-04-14T00:00", "deadline": "2026-04-14T05:00"},
        ],
    )
    early, late = (one for one in happenings(day) if one.subject is Subject.APPLIANCE)
    assert (early.run, late.run) == (1, 0)
    assert "before 05:00" in because(day, early, Lang.EN)
    assert "before 11:00" in because(day, late, Lang.EN)


def test_the_same_file_gives_the_same_page_and_the_same_json(out):
    assert out("plan", str(EXAMPLE)) == out("plan", str(EXAMPLE))
    assert out("plan", str(EXAMPLE), "--json") == out("plan", str(EXAMPLE), "--json")


def test_json_has_every_series_of_the_plan_and_no_broken_number(out):
    _, text, _ = out("plan", str(EXAMPLE), "--json")
    words = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert len(words["at"]) == 96
    assert {len(series) for series in words["plan"].values()} == {96}
    for name in ("connection_kw", "stored_kwh", "indoor_c", "connection_eur_per_kwh"):
        assert name in words["plan"]
    assert words["at"][0] == "2026-04-14T17:00:00+02:00"
    assert words["gain_eur"] == pytest.approx(
        words["without_plan_eur"] - words["cost_eur"] + words["left_eur"], abs=1e-5
    )


def test_the_page_about_the_file_has_every_field_of_the_json(out):
    words = json.loads(out("plan", str(EXAMPLE), "--json")[1])
    page = (EXAMPLE.parents[1] / "docs" / "home-file.md").read_text("utf-8")
    fields = [*words, *words["happenings"][0], "kind", "amount", "unit", "rung", "decided_by", "source"]
    assert [name for name in fields if f"`{name}`" not in page] == []


def test_a_picture_is_well_formed_and_self_contained(out, home, tmp_path):
    target = tmp_path / "day.svg"
    assert out("plan", home(name="<Kade> & 12"), "--out", str(target))[0] == 0
    drawn = ET.fromstring(target.read_text("utf-8"))
    assert drawn.find("{http://www.w3.org/2000/svg}title").text.startswith("<Kade> & 12")
    assert "nan" not in target.read_text("utf-8")


def test_a_dash_reads_standard_input(out, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(LEAST).encode())))
    code, text, _ = out("plan", "-")
    assert code == 0
    assert text.startswith("Kade 12\nTuesday 14 April 2026 00:00–12:00\n")


def test_brackets_in_a_name_are_no_markup(out, home):
    assert out("plan", home(name="[bold]:car: 12"))[1].startswith("[bold]:car: 12\n")


WRONG = {
    "a field that is not there": ({"batery": {}}, 'the home has no "batery"'),
    "a wish that is not understood": (
        {"wishes": ["car at 80 % by sevn"]},
        "wishes[0]: 'car at 80 % by sevn'",
    ),
}


@pytest.mark.parametrize(("more", "says"), WRONG.values(), ids=WRONG)
def test_a_file_that_cannot_be_meant_is_named_in_one_sentence(out, home, more, says):
    code, text, err = out("plan", home(**more))
    assert (code, text) == (2, "")
    assert err.startswith("laag: ")
    assert "home.json: " in err
    assert says in err
    assert err.count("\n") == 1


def test_the_fault_of_a_file_is_in_the_language_of_the_page(out, home):
    assert "bedoel je hours?" in out("plan", home(hourz=3), "--lang", "nl")[2]


def test_a_file_that_is_not_there_is_named(out):
    code, _, err = out("plan", "nowhere.json")
    assert code == 2
    assert "nowhere.json cannot be used" in err


def test_a_file_that_is_not_text_is_named(out, tmp_path):
    (tmp_path / "odd.json").write_bytes(b"\xff\xfe")
    assert "odd.json is not UTF-8 at byte 0" in out("plan", str(tmp_path / "odd.json"))[2]


def test_the_schema_and_the_example_are_printed(out):
    assert json.loads(out("schema")[1])["properties"]["version"]["const"] == 1
    assert out("example")[1] == homefile.example()


def test_wishes_are_said_in_the_language_of_the_page(out, home):
    file = home(wishes=["keep 20 % for a power cut"], devices={"battery": BATTERY})
    assert "houd 20 % achter voor stroomuitval" in out("plan", file, "--lang", "nl")[1]


def test_a_wish_without_its_device_is_answered(out, home):
    text = out("plan", home(wishes=["keep 20 % for a power cut"]))[1]
    assert "this home has no" in " ".join(text.split())


@pytest.mark.parametrize(
    ("stay", "wishes", "says"),
    [
        ({"departs": "2026-04-14T00:10", "wanted_kwh": 60}, [], "the car leaves 3"),
        ({"departs": "2026-04-14T07:30", "wanted_kwh": 99}, [], "99.0 kWh, more than the car holds"),
        ({"departs": "2026-04-14T07:30", "wanted_kwh": 40}, ["car at most 50 %"], "it becomes 30.0 kWh"),
        (
            {"departs": "2026-04-14T07:30"},
            ["car at most 50 %", "car at 90 % by 07:00"],
            "gives way where needed",
        ),
    ],
)
def test_not_everything_can_be_done_where_a_wish_gives_way(out, home, stay, wishes, says):
    file = home(devices={"charger": CHARGER}, state={"ev_stored_kwh": 22}, stays=[stay], wishes=wishes)
    words = " ".join(out("plan", file)[1].split())
    assert says in words
    assert "Everything that is wished for can be done." not in words


def test_a_limit_that_goes_first_is_said_in_plain_dutch(out, home):
    file = home(devices={"charger": CHARGER}, wishes=["car at 100 % by 07:00", "car at most 95 %"])
    words = " ".join(out("plan", file, "--lang", "nl")[1].split())
    assert "een grens gaat voor een wens die verder gaat dan die grens." in words


def test_extremes_are_planned_and_said(out, home):
    file = home(
        devices={"battery": BATTERY},
        state={"stored_kwh": 99},
        prices={"day_ahead_eur_per_mwh": [4000] * 6 + [-500] * 6},
        expected={"load_kw": [None] * 47 + [0.5]},
    )
    code, text, _ = out("plan", file)
    words = " ".join(text.split())
    assert code == 0
    assert "24 quarter-hours up to" in words
    assert "The battery says 99.0 kWh: taken as 9.0 kWh" in words
    assert (
        "load_kw has 47 quarter-hours from 00:00 on that are not known: taken as the mean of the others"
        in words
    )
    assert "Everything that is wished for can be done." in words


@given(
    st.lists(st.one_of(st.floats(-5, 5), st.just(float("nan"))), max_size=200),
    st.sampled_from([1, 2, 4]),
    st.floats(-5, 5),
    st.floats(-5, 5),
)
def test_a_row_has_one_character_for_each_so_many_quarters(values, per, low, high):
    line = chart.drawn(np.array(values, np.float64), per, low, high)
    assert len(line) == -(-len(values) // per)
    assert set(line) <= {*chart.BLOCKS, chart.ABSENT}


@pytest.mark.real_data
@pytest.mark.parametrize(("hours", "cost"), [(24, "€2.51"), (48, "€4.18")])
def test_the_benchmark_home_is_converted_and_planned(out, tmp_path, hours, cost):
    case = Path(__file__).parents[3] / "shared" / "data" / "cases" / "home-b.json"
    if not case.exists():
        pytest.skip("the benchmark homes are not beside the project")
    converted = out("convert", str(case), "--hours", str(hours))[1]
    (tmp_path / "b.json").write_text(converted, "utf-8")
    assert cost in out("plan", str(tmp_path / "b.json"))[1]


def test_what_costs_money_is_never_said_to_earn_it(out, home):
    """Feeding in at -10 cents: what is left unused, and what the quarter-hour says of its prices."""
    file = home(
        devices={"pv": {"peak_kw": 4.0, "curtailable": True}},
        prices={"buy_eur_per_kwh": -0.02, "sell_eur_per_kwh": -0.10},
        expected={"load_kw": 0.3, "pv_kw": 2.0},
    )
    _, page, _ = out("plan", file, "--language", "en")
    assert "that would cost 10.0 ct/kWh to feed in" in " ".join(page.split())
    for language, said in (
        ("en", "Buying earns 2.0 ct/kWh, feeding in costs 10.0 ct/kWh."),
        ("nl", "Kopen levert 2,0 ct/kWh op, terugleveren kost 10,0 ct/kWh."),
    ):
        _, page, _ = out("explain", file, "--at", "03:00", "--language", language)
        assert said in " ".join(page.split())


def test_a_house_that_gets_cold_is_said_in_hours_and_degrees(out, home):
    file = home(
        devices={
            "heat_pump": {"power_max_kw": 0.5},
            "building": {"loss_kw_per_k": 0.2, "heat_capacity_kwh_per_k": 6.0},
            "comfort": {"low_day_c": 20, "low_night_c": 20},
        },
        state={"indoor_c": 20.0},
        expected={"load_kw": 0.3, "outdoor_c": -10.0},
    )
    day = planned(homefile.asked(homefile.parse(Path(file).read_text("utf-8"))), SOLVER)
    below = np.maximum(20.0 - day.plan.indoor_c, 0.0)
    for language, words in (
        ("en", "too cold for {} hours in all, by {} °C at most"),
        ("nl", "in totaal {} uur te koud, hooguit {} °C"),
    ):
        _, page, _ = out("plan", file, "--language", language)
        hours = f"{(below > 1e-3).sum() / 4:g}"
        said = words.format(hours, f"{below.max():.1f}")
        assert (said.replace(".", ",") if language == "nl" else said) in " ".join(page.split())


def test_a_car_falls_short_when_it_leaves(out, home):
    file = home(
        devices={"charger": CHARGER},
        state={"ev_stored_kwh": 10},
        stays=[{"departs": "2026-04-14T02:00", "wanted_kwh": 50}],
    )
    _, page, _ = out("plan", file)
    assert "02:00 the car leaves" in page
