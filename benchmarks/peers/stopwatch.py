"""How each engine is timed, in whatever environment it lives: the standard library and nothing of ours.

A runner's process is young: it imports its engine, plans once (cold) and then again and again (warm). What the engine
is given - data frames, settings, our own types - is made beforehand and made anew each time, outside the time taken.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import perf_counter, process_time, time
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
    """Plan once, then more often, and print what it took; ``plan`` gives the connection's power in kW per PTU.

    Twice each: seconds on the wall, and seconds of processors, which a busy machine hardly changes.
    """
    given = inputs(case)
    cold_s, connection_kw = _taken(plan, given)
    first_s = time() - started
    warm_s = [_taken(plan, inputs(case))[0] for _ in range(WARM_RUNS)]
    found = {"cold_s": cold_s, "first_s": first_s, "warm_s": warm_s, "connection_kw": connection_kw}
    print("\n" + json.dumps(found))  # the last line: solvers like to introduce themselves before


def _taken(plan: Callable[[Given], list[float]], given: Given) -> tuple[tuple[float, float], list[float]]:
    before = perf_counter(), process_time()
    connection_kw = plan(given)
    return (perf_counter() - before[0], process_time() - before[1]), connection_kw
