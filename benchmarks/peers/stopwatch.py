"""How each engine is timed, in whatever environment it lives: the standard library and nothing of ours.

A runner's process is young: it imports its engine, plans once (cold) and then again and again (warm). What the engine
is given - data frames, settings, our own types - is made beforehand and made anew each time, outside the time taken.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import perf_counter, time
from typing import Any

Case = dict[str, Any]
Given = Any
WARM_RUNS = 15


def told() -> tuple[Case, float]:
    """The case, and when this process was started, as the table's maker wrote them."""
    given = json.load(sys.stdin)
    return given["case"], given["started"]


def run(
    case: Case, started: float, inputs: Callable[[Case], Given], plan: Callable[[Given], list[float]]
) -> None:
    """Plan once, then more often, and print what it took; ``plan`` gives the connection's power in kW per PTU."""
    given = inputs(case)
    before = perf_counter()
    connection_kw = plan(given)
    cold_s = perf_counter() - before
    first_s = time() - started
    warm_s = []
    for _ in range(WARM_RUNS):
        given = inputs(case)
        before = perf_counter()
        plan(given)
        warm_s.append(perf_counter() - before)
    found = {"cold_s": cold_s, "first_s": first_s, "warm_s": warm_s, "connection_kw": connection_kw}
    print("\n" + json.dumps(found))  # the last line: solvers like to introduce themselves before
