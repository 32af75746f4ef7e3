"""Homes for questions, and a noise whose coin is known."""

import random
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from laag.neighbourhood.commons.noise import scale
from laag.neighbourhood.commons.questions import SHIPPED

FIRST = date(2026, 3, 2)
NOISY = [one for one in SHIPPED.values() if one.needs_noise]


def fair(seed=1):
    """Discrete Laplace noise as the difference of two geometric draws, from a generator that a test can wind back."""
    draw = random.Random(seed)

    def made(values, sensitivity, micro_epsilon):
        width = scale(sensitivity, micro_epsilon)
        return tuple(value + _geometric(draw, width) - _geometric(draw, width) for value in values)

    return made


def _geometric(draw, width):
    return int(draw.expovariate(1 / width))


def none(values, sensitivity, micro_epsilon):
    """No noise at all: what must not be given to anybody."""
    return tuple(values)


def last_of(question):
    return FIRST + timedelta(days=question.least_days - 1)


def homes(figures, least=10, most=14):
    """What some homes did: any Wh of any sign in each figure, far beyond what counts too."""
    column = st.lists(st.integers(-3_000_000, 3_000_000), min_size=figures, max_size=figures)
    return st.lists(column, min_size=least, max_size=most).map(
        lambda rows: {f"m-{row}": np.array(one, np.int64) for row, one in enumerate(rows)}
    )
