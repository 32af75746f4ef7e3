"""How long a home's plan takes and where the time goes: `python -m benchmarks.planning`.

Cold is a new solver, its start basis included; warm is one solver that has planned homes of this kind before. The named
reference is the program that the plan passed to HiGHS first, solved by `scipy.optimize.linprog(method="highs")`: the
same solver without a start basis, a kept instance, or anything of a plan around it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import mean, median
from time import process_time
from typing import Any

import highspy
import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_matrix

from benchmarks.homes import MIXES, Home, mixed_home, plain_home
from laag.home.bid import Prospect, orders
from laag.home.plan import cheapest
from laag.home.plan.solver import Solver

EACH = 8
"""Homes of each mix."""
REPEATS = 25
PTUS = 192


class Watched(highspy.Highs):  # type: ignore[misc]
    """HiGHS with a stopwatch on each call."""

    taken: dict[str, float]
    iterations: int
    passed: tuple[Any, ...]

    @classmethod
    def forget(cls) -> None:
        """Begin to count anew."""
        cls.taken, cls.iterations = {"passed": 0.0, "solved": 0.0}, 0

    def _timed(self, part: str, work: Callable[..., Any], *given: Any) -> Any:
        began = process_time()
        found = work(*given)
        self.taken[part] += process_time() - began
        return found

    def passModel(self, *given: Any) -> Any:  # noqa: N802 - HiGHS' own name
        """Also keeps what was passed."""
        type(self).passed = given
        return self._timed("passed", super().passModel, *given)

    def changeColsBounds(self, *given: Any) -> Any:  # noqa: N802
        """Other bounds for the same program."""
        return self._timed("passed", super().changeColsBounds, *given)

    def run(self) -> Any:
        """Solve."""
        found = self._timed("solved", super().run)
        type(self).iterations += max(self.getInfo().simplex_iteration_count, 0)
        return found


def by_scipy(passed: tuple[Any, ...]) -> float:
    """What `linprog` makes of a passed program; its optimum in EUR."""
    columns, rows, _, _, _, _, cost, lower, upper, right, _, starts, index, value, _ = passed
    found = linprog(
        cost,
        A_eq=csc_matrix((value, index, starts), shape=(rows, columns)),
        b_eq=right,
        bounds=np.stack([lower, upper], axis=1),
        method="highs",
    )
    return float(found.fun)


def milliseconds(work: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    """Several runs, in a processor's time: all of it is one thread, and a busy machine hardly changes it."""
    taken = []
    for _ in range(repeats):
        began = process_time()
        work()
        taken.append((process_time() - began) * 1e3)
    return taken


def line(name: str, taken: list[float], reference_ms: float) -> None:
    """Median, worst, and of each plan's mean: what passing and solving took, and how many steps the simplex made."""
    plans = len(taken)
    passed, solved = (Watched.taken[part] * 1e3 / plans for part in ("passed", "solved"))
    print(
        f"{name:24}{median(taken):8.2f}{max(taken):9.2f}{mean(taken) - passed - solved:9.2f}{passed:9.2f}"
        f"{solved:9.2f}{Watched.iterations / plans:9.0f}{reference_ms:9.2f}{reference_ms / mean(taken):7.1f}"
    )


def measured(name: str, homes: list[Home], solver: Callable[[], Solver], repeats: int) -> None:
    """Plan each home so many times and print a line."""
    reference, taken = [], []
    for home in homes:
        cheapest(*home, solver=solver())
        reference.append(mean(milliseconds(partial(by_scipy, Watched.passed), 3)))
    Watched.forget()
    for home in homes:
        taken += milliseconds(lambda home=home: cheapest(*home, solver=solver()), repeats)  # type: ignore[misc]
    line(name, taken, mean(reference))


def main() -> None:
    """Print the table."""
    kept, highspy.Highs = highspy.Highs, Watched
    try:
        Watched.forget()
        print(
            f"{PTUS} quarter-hours; ms of a processor: median and worst; of the mean: in Python, passing to HiGHS, solving"
        )
        print(
            f"{'':24}{'median':>8}{'worst':>9}{'Python':>9}{'passing':>9}{'solving':>9}{'steps':>9}{'linprog':>9}{'x':>7}"
        )
        warm = Solver()
        whole = [plain_home(1, PTUS, whole=True)]
        measured("PV, battery, car: cold", whole, Solver, REPEATS)
        measured("PV, battery, car: warm", whole, lambda: warm, REPEATS)
        for mix in MIXES:
            homes = [mixed_home(seed, mix, PTUS) for seed in range(EACH)]
            measured(f"{mix}: warm", homes, lambda: warm, 3)
        plan = cheapest(*whole[0], solver=warm)
        prospect = Prospect.as_expected(whole[0].outlook, slice(48, 144), 0.005)
        bids = milliseconds(lambda: orders((plan,), whole[0].house, slice(48, 144), prospect))
        print(f"and a day's orders from a plan: median {median(bids):.2f} ms; aim 25 ms cold, 5 ms warm")
    finally:
        highspy.Highs = kept


if __name__ == "__main__":
    main()
