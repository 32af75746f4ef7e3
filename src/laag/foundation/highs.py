"""One solver for every linear program of the core: quiet, single-threaded, and counting instead of timing."""

from __future__ import annotations

import highspy

ITERATIONS = 20_000
"""Ten times what the hardest home needed; a count, not a clock, so that a slow machine finds the same day."""


def quiet_highs(iterations: int = ITERATIONS) -> highspy.Highs:
    """A solver that says nothing, uses one thread and counts instead of looking at the clock."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("parallel", "off")
    highs.setOptionValue("solver", "simplex")
    highs.setOptionValue("presolve", "off")  # a cold start took a quarter longer with it
    highs.setOptionValue("simplex_iteration_limit", iterations)
    return highs
