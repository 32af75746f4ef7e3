"""What is added to an answer so that no home can be told from it, and how far the answer is off for that.

The noise itself comes from outside: the core knows no randomness.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, exp, log

from laag.neighbourhood.commons.questions import MICRO

Noise = Callable[[Sequence[int], int, int], tuple[int, ...]]
"""``(values, sensitivity, micro_epsilon)``: each value with discrete Laplace noise of ``scale`` of its own."""


def scale(sensitivity: int, micro_epsilon: int) -> float:
    """How wide the noise is: a value that lies ``scale`` farther off is 2.7 times less likely.

    >>> scale(40_000, 100_000)
    400000.0
    """
    return sensitivity * MICRO / micro_epsilon


def off_by(width: float, share: float = 0.95) -> int:
    """In this share of answers a figure is off by no more than so much.

    Of discrete Laplace noise ``X`` of scale ``s``: ``P(|X| > a) = 2 exp(-(a + 1) / s) / (1 + exp(-1 / s))``.

    >>> off_by(1_000.0)
    2996
    """
    if width == 0:
        return 0
    return max(0, ceil(width * log(2 / ((1 - share) * (1 + exp(-1 / width)))) - 1))
