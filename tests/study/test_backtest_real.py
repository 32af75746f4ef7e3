"""One measured home in one winter month: what every table of the backtest should show, loosely."""

import pytest
from benchmarks.backtest import data
from benchmarks.backtest.__main__ import WINDOWS

from laag.home.plan.solver import Solver
from laag.study.backtest import MIXES, outcome

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.slow,
    pytest.mark.skipif(not data.DATA.is_dir(), reason="the measured data are not beside the project"),
]
FLOOR = {"battery": 0.75, "PV + battery": 0.75, "PV + car": 0.75, "heat pump + PV + battery": 0.75}


@pytest.fixture(scope="module")
def february():
    return data.load(WINDOWS[0], 14)


@pytest.mark.parametrize("name", FLOOR)
def test_plans_gain_most_of_what_there_is_and_more_than_a_rule_of_thumb(february, name):
    mix = next(mix for mix in MIXES if mix.name == name)
    home = next(home for home in february.street.homes if home.house.name == "fr")
    one = outcome(data.case(february, home, mix, data.terms()), name, "February", Solver())
    assert one.perfect.cost_eur <= one.laag.cost_eur < one.thumb.cost_eur
    assert one.laag.cost_eur <= one.none.cost_eur
    assert one.gained_eur(one.laag) >= FLOOR[name] * one.gain_eur
    assert one.laag.missing_kwh == pytest.approx(0.0, abs=0.1)
    assert one.laag.discomfort_kh <= one.none.discomfort_kh + 5.0
