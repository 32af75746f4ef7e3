"""What it gains to take forecast error with the cheapest device, and how often to plan again: `python -m benchmarks.absorbing`.

Measured homes under real prices of 2025 (they must be beside the project), two weeks by default, one in February and one
in April. Every row is a share of what perfect foresight gains over no control; the same plans, forecasts and home in
each, only what happens within the quarter-hour differs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from datetime import date

from benchmarks.backtest import data
from laag.home.operate import Absorbing, Triggers
from laag.home.plan.solver import Solver
from laag.study.backtest import MIXES, Case, Way, foreseen, lived, score, uncontrolled

WINDOWS = (date(2025, 2, 10), date(2025, 4, 7))
HOMES = ("nl-p1", "fr", "us-2")
CHOSEN = ("battery", "PV + battery", "PV + car", "heat pump", "all four")
DAILY = 96
"""So that only what departs from the plan makes another."""
WAYS = {
    "setpoints alone": Way(absorbing=None, every_ptus=DAILY),
    "setpoints alone, hourly plans": Way(absorbing=None),
    "absorbing": Way(every_ptus=DAILY),
    "absorbing, hourly plans": Way(),
    "absorbing at any gain": Way(absorbing=Absorbing(0.0, 0.0, 0.0), every_ptus=DAILY),
    "absorbing beyond 3 ct": Way(absorbing=Absorbing(0.03, 0.01), every_ptus=DAILY),
    "planned again beyond 0.25 kWh": Way(triggers=Triggers(drift_kwh=0.25, rest_ptus=2), every_ptus=DAILY),
    "planned again beyond 1 kWh": Way(triggers=Triggers(drift_kwh=1.0), every_ptus=DAILY),
    "planned again beyond 2 kWh": Way(triggers=Triggers(drift_kwh=2.0), every_ptus=DAILY),
    "planned again beyond 0.1 K": Way(triggers=Triggers(drift_k=0.1), every_ptus=DAILY),
    "planned again beyond 1 K": Way(triggers=Triggers(drift_k=1.0), every_ptus=DAILY),
}


def main() -> None:
    """Print one table per mix."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--homes", nargs="*", default=HOMES)
    parser.add_argument("--mixes", nargs="*", default=CHOSEN)
    asked = parser.parse_args()
    if not data.DATA.is_dir():
        print(f"the measured data are not at {data.DATA.resolve()}; put them there to run this")
        return
    windows = [data.load(first, asked.days) for first in WINDOWS]
    for mix in asked.mixes:
        cases = list(_cases(windows, tuple(asked.homes), mix))
        _table(f"{mix}: {len(cases)} windows of {asked.days} days", cases)


def _cases(windows: list[data.Window], homes: tuple[str, ...], name: str) -> Iterator[Case]:
    mix = next(mix for mix in MIXES if mix.name == name)
    for window in windows:
        for home in data.homes(window, mix):
            if home.house.name in homes:
                yield data.case(window, home, mix, data.terms())


def _table(title: str, cases: list[Case]) -> None:
    best = [foreseen(case) for case in cases]
    least = [score(case, one.course, one.worth).cost_eur for case, one in zip(cases, best, strict=True)]
    most = [
        score(case, uncontrolled(case), one.worth).cost_eur for case, one in zip(cases, best, strict=True)
    ]
    print(f"\n{title}; EUR {sum(most):.2f} without control, EUR {sum(least):.2f} with perfect foresight")
    solver = Solver()
    for name, way in WAYS.items():
        began, cost, plans, unmet = time.process_time(), 0.0, 0, 0.0
        for case, one in zip(cases, best, strict=True):
            course = lived(case, way, solver)
            came = score(case, course, one.worth)
            cost, plans = cost + came.cost_eur, plans + course.plans
            unmet += came.missing_kwh + came.discomfort_kh
        share = 100 * (sum(most) - cost) / (sum(most) - sum(least))
        seconds = time.process_time() - began
        print(
            f"  {name:32} EUR {cost:8.2f} {share:6.1f} %   {plans:5d} plans {seconds:5.1f} s   unmet {unmet:5.2f}"
        )


if __name__ == "__main__":
    main()
