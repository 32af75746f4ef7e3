"""The benchmark homes as home files: the same home, and the same optimum."""

import json

import pytest

from laag.adapters.homefile import asked, benchmark, parse
from laag.foundation.errors import BadInput
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings


@pytest.fixture
def cases(shared):
    return (shared / "cases" / "home-b.json").read_text("utf-8")


@pytest.mark.real_data
@pytest.mark.parametrize("hours", [24, 48])
def test_a_converted_benchmark_reaches_its_optimum(cases, hours):
    home = asked(parse(json.dumps(benchmark(cases, hours))))
    assert home.noted == ()
    plan = cheapest(
        home.house,
        home.state,
        home.outlook,
        solver=Solver(),
        settings=PlanSettings(keep_stored=home.keep_stored),
    )
    case = next(one for one in json.loads(cases)["cases"] if one["hours"] == hours)
    assert plan.cost_eur == pytest.approx(case["optimum_eur"]["milp"], abs=1e-4)
    assert plan.shortfalls == ()


@pytest.mark.real_data
def test_a_case_that_is_not_there_is_named(cases):
    with pytest.raises(BadInput, match="no case of 36 hours; give --hours 24, 48"):
        benchmark(cases, 36)


HALF_DAY = {
    "hours": 3,
    "ptu_hours": 0.25,
    "import_price": [0.2] * 12,
    "export_price": [0.1] * 12,
    "pv_kw": [1.0] * 12,
    "load_kw": [0.5] * 12,
    "connection_max_kw": 17,
    "battery": {
        "capacity_kwh": 10,
        "stored_kwh": 5,
        "stored_min_kwh": 1,
        "stored_max_kwh": 9.5,
        "charge_max_kw": 5,
        "discharge_max_kw": 5,
        "efficiency_each_way": 0.95,
    },
    "ev": {
        "capacity_kwh": 60,
        "stored_kwh": 30,
        "stored_max_kwh": 57,
        "charge_max_kw": 7.4,
        "efficiency": 0.92,
        "home": [False] * 2 + [True] * 4 + [False] * 3 + [True] * 3,
        "drive_kw": [4.0] * 2 + [0.0] * 4 + [8.0] * 3 + [0.0] * 3,
        "stored_min_kwh": [6.0] * 5 + [20.0] + [26.0] * 3 + [6.0] * 3,
    },
    "optimum_eur": {"lp": 0.0, "milp": 0.0},
}


def test_a_stay_ends_with_what_the_drive_after_it_needs():
    """6 kWh on the road on top of the 26 that must be left at its end; all counted from the least of 6."""
    text = json.dumps({"name": "b", "note": "", "cases": [HALF_DAY]})
    first, second = benchmark(text, 3)["stays"]
    assert (first["arrives"], first["departs"]) == ("2026-03-03T00:30", "2026-03-03T01:30")
    assert (first["stored_kwh"], first["wanted_kwh"]) == (22.0, 26.0)
    assert (second["used_kwh"], second["wanted_kwh"]) == (6.0, 0.0)
    asked(parse(json.dumps(benchmark(text, 3))))


@pytest.mark.parametrize("text", ["", "{}", '{"name": "b", "note": "", "cases": [{}]}', "[1]"])
def test_what_is_no_case_is_refused(text):
    with pytest.raises(BadInput, match="no benchmark case"):
        benchmark(text, 24)
