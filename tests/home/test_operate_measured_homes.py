"""Measured homes under real prices: what it is worth that the battery takes what nobody foresaw."""

from datetime import date

import pytest
from benchmarks.backtest import data

from laag.home.plan.solver import Solver
from laag.study.backtest import MIXES, Way, foreseen, lived, score, uncontrolled

pytestmark = [
    pytest.mark.slow,
    pytest.mark.real_data,
    pytest.mark.skipif(not data.DATA.is_dir(), reason="the measured homes are not beside the project"),
]
DAYS = 4


@pytest.fixture(scope="module")
def window():
    return data.load(date(2025, 4, 7), DAYS)


@pytest.mark.parametrize(("name", "at_least"), [("battery", 0.93), ("PV + battery", 0.85)])
def test_absorbing_recovers_most_of_what_setpoints_alone_lose(window, name, at_least):
    """Of the gain of perfect foresight, on a Dutch and a Californian home; in April, over four days."""
    mix = next(mix for mix in MIXES if mix.name == name)
    best = most = 0.0
    cost = {"setpoints": 0.0, "absorbing": 0.0}
    ways = {"setpoints": Way(absorbing=None, every_ptus=96), "absorbing": Way(every_ptus=96)}
    for home in data.homes(window, mix):
        if home.house.name not in {"nl-p1", "us-2"}:
            continue
        case = data.case(window, home, mix, data.terms())
        known = foreseen(case)
        best += score(case, known.course, known.worth).cost_eur
        most += score(case, uncontrolled(case), known.worth).cost_eur
        for way, run in ways.items():
            cost[way] += score(case, lived(case, run, Solver()), known.worth).cost_eur
    share = {way: (most - eur) / (most - best) for way, eur in cost.items()}
    assert share["absorbing"] >= at_least
    assert share["absorbing"] >= share["setpoints"] + 0.10
    assert share["absorbing"] <= 1.0
