"""How long a home's plan takes, beside the same program through SciPy: ``python -m benchmarks.planning``.

Cold is a new solver, its start basis included; warm is one solver that streams homes of many shapes. The reference
builds the same matrix with ``scipy.sparse`` and solves it with ``scipy.optimize.linprog(method="highs")``, cold, as
one would without keeping a solver. Both must find the same cost.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import mean, median
from time import perf_counter

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_matrix

from benchmarks.homes import Home, plain_home
from laag.home.bid import orders
from laag.home.plan import Plan, cheapest
from laag.home.plan.layout import shape_of
from laag.home.plan.program import Program, program
from laag.home.plan.question import question
from laag.home.plan.solver import Solver
from laag.home.plan.weights import PlanSettings

HOMES = 100
REPEATS = 15


def by_scipy(home: Home) -> float:
    """The same program without our solver: build the sparse matrix, solve it cold; the objective in EUR."""
    # The layout is made beforehand: the reference is charged for its matrix and its solve, not for our bookkeeping.
    stated = program_of(home, LAYOUTS)
    found = linprog(
        stated.weighted,
        A_eq=csc_matrix(
            (stated.value, stated.index, stated.starts), shape=(stated.layout.rows, stated.layout.columns)
        ),
        b_eq=stated.right,
        bounds=np.stack([stated.lower, stated.upper], axis=1),
        method="highs",
    )
    return float(found.fun)


def program_of(home: Home, solver: Solver) -> Program:
    """The program that a home's plan solves."""
    asked = question(*home, PlanSettings())
    return program(solver.layout(shape_of(asked)), asked)


LAYOUTS = Solver(most=512)


def ours(home: Home, solver: Solver) -> float:
    """The objective that our solver reaches."""
    stated = program_of(home, solver)
    answer = solver.solve(stated)
    assert answer is not None
    return float(stated.weighted @ answer.column)


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
    two_days = plain_home(1, 192, whole=True)
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
        homes = [plain_home(seed, count) for seed in range(HOMES)]
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
