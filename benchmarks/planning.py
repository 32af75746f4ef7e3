"""How long a home's plan takes, beside the same program through SciPy: ``python -m benchmarks.planning``.

Cold is a new solver, its start basis included; warm is one solver that streams homes of many shapes. The reference
builds the same matrix with ``scipy.sparse`` and solves it with ``scipy.optimize.linprog(method="highs")``, cold, as
one would without keeping a solver. Both must find the same cost.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from statistics import mean, median
from time import perf_counter

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_matrix

from laag.foundation.ptu import PtuGrid
from laag.home.bid import orders
from laag.home.devices import Battery, Building, Charger, EvSession, HeatPump, Pv
from laag.home.house import HomeState, House
from laag.home.outlook import Outlook
from laag.home.plan import Plan, cheapest
from laag.home.plan.lp import program, shape_of
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings
from laag.home.stays import stays_in

Home = tuple[House, HomeState, Outlook]
HOMES = 100
REPEATS = 15


def random_home(seed: int, count: int, *, whole: bool = False) -> Home:
    """A Dutch home on a spring day; ``whole`` has PV, battery and car, as the benchmark home of the literature."""
    rng = np.random.default_rng(seed)
    quarter = np.arange(count) % 96
    hour = quarter / 4
    day_ahead = 0.09 + 0.05 * np.cos((hour - 19.5) / 12 * 2 * np.pi) + rng.normal(0, 0.01, count)
    sun = np.maximum(np.sin((hour - 6.5) / 13 * np.pi), 0.0) * rng.uniform(1, 5)
    stays = tuple(
        EvSession(
            72 + 96 * day, 126 + 96 * day, rng.uniform(15, 35), rng.uniform(35, 55), 8.0 if day >= 0 else None
        )
        for day in range(-1, count // 96)
    )
    house = House(
        f"home {seed}",
        battery=Battery(rng.uniform(4, 14), 5.0, 5.0, wear_eur_per_kwh=0.02) if whole or seed % 3 else None,
        charger=Charger(7.4) if whole or seed % 2 else None,
        heat_pump=HeatPump(rng.uniform(1.5, 3)) if not whole and seed % 5 < 2 else None,
        building=Building(rng.uniform(0.1, 0.25), rng.uniform(5, 12)),
        pv=Pv(5.0) if whole or seed % 4 else None,
    )
    outlook = Outlook(
        grid=PtuGrid(datetime(2025, 4, 7, tzinfo=UTC), count),
        quarter=quarter,
        load_kw=0.3 + rng.exponential(0.3, count),
        pv_kw=sun * rng.uniform(0.5, 1, count),
        outdoor_c=rng.uniform(0, 10) + 4 * np.cos((hour - 15) / 12 * np.pi),
        heat_gain_kw=0.3 + 0.2 * sun,
        buy_eur_per_kwh=day_ahead + 0.13,
        sell_eur_per_kwh=day_ahead,
        sessions=stays,
    )
    return house, HomeState(rng.uniform(0, 4), 25.0, rng.uniform(18, 21)), outlook


def by_scipy(home: Home) -> float:
    """The same program without our solver: build the sparse matrix, solve it cold; the objective in EUR."""
    house, state, outlook = home
    count = len(outlook.grid)
    stays = stays_in(house, state, outlook.sessions, count)
    # The layout is made beforehand: the reference is charged for its matrix and its solve, not for our bookkeeping.
    question = program(
        LAYOUTS.layout(shape_of(house, stays, count)), house, state, outlook, stays, PlanSettings()
    )
    starts, _, _ = question.layout.by_column
    shape = (question.layout.rows, question.layout.columns)
    found = linprog(
        question.cost,
        A_eq=csc_matrix((question.value, question.index, starts), shape=shape),
        b_eq=question.right,
        bounds=np.stack([question.lower, question.upper], axis=1),
        method="highs",
    )
    return float(found.fun)


LAYOUTS = Solver(most=512)


def ours(home: Home, solver: Solver) -> float:
    """The objective that our solver reaches."""
    house, state, outlook = home
    count = len(outlook.grid)
    stays = stays_in(house, state, outlook.sessions, count)
    question = program(
        solver.layout(shape_of(house, stays, count)), house, state, outlook, stays, PlanSettings()
    )
    answer = solver.solve(question)
    assert answer is not None
    return float(question.cost @ answer.column)


def milliseconds(work: Callable[[], object]) -> float:
    """One run on the wall clock."""
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1e3


def report(name: str, times: list[float], reference_ms: float) -> None:
    """One line: median, mean, worst, and how many times faster than the reference's mean."""
    print(
        f"{name:<44} median {median(times):7.2f}  mean {mean(times):7.2f}  worst {max(times):7.2f} ms"
        f"   {reference_ms / mean(times):5.1f} x"
    )


def main() -> None:
    """Print the table."""
    two_days = random_home(1, 192, whole=True)
    warm = Solver(most=512)
    cheapest(*two_days, solver=warm)
    by_scipy(two_days)
    reference = [milliseconds(partial(by_scipy, two_days)) for _ in range(REPEATS)]
    print("One home with PV, battery and car, 48 h (192 quarter-hours); aim 25 ms cold, 5 ms warm")
    report("  scipy linprog (HiGHS), the same program", reference, mean(reference))
    cold = [milliseconds(lambda: cheapest(*two_days, solver=Solver())) for _ in range(REPEATS)]
    report("  laag, cold: new solver and start basis", cold, mean(reference))
    again = [milliseconds(lambda: cheapest(*two_days, solver=warm)) for _ in range(REPEATS)]
    report("  laag, warm", again, mean(reference))

    for count in (144, 192):
        homes = [random_home(seed, count) for seed in range(HOMES)]
        plans: list[Plan] = [cheapest(*home, solver=warm) for home in homes]
        off = max(abs(ours(home, warm) - by_scipy(home)) for home in homes)
        reference = [milliseconds(partial(by_scipy, home)) for home in homes]
        print(f"{HOMES} homes of many shapes, {count} quarter-hours; objectives agree within EUR {off:.1e}")
        report("  scipy linprog (HiGHS), the same programs", reference, mean(reference))
        streamed = [milliseconds(partial(cheapest, *home, solver=warm)) for home in homes]
        report("  laag, one warm solver", streamed, mean(reference))
        bids = [
            milliseconds(partial(orders, plan, home[0], slice(48, 144), 0.005))
            for plan, home in zip(plans, homes, strict=True)
        ]
        print(f"  and a day's orders from a plan: median {median(bids):.2f} ms")


if __name__ == "__main__":
    main()
