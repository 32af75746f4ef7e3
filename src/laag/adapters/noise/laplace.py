"""Discrete Laplace noise by OpenDP: sampled exactly on whole numbers from the system's own randomness.

Its measurement says itself which epsilon it keeps; where rounding makes that a hair more than was agreed, the noise is
made a hair wider.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import opendp.prelude as dp

from laag.foundation.errors import BadInput
from laag.neighbourhood.commons.noise import scale
from laag.neighbourhood.commons.questions import MICRO

MADE_BY = f"opendp {version('opendp')}, discrete Laplace"
_WIDER = 1 + 1e-12
_TRIES = 40
_WIDEST = 2**53
"""Beyond this a sum in Wh is no sum of homes."""

dp.enable_features("contrib")


def discrete_laplace(values: Sequence[int], sensitivity: int, micro_epsilon: int) -> tuple[int, ...]:
    """Each value with noise, so that all of them together keep to this epsilon.

    >>> len(discrete_laplace([100, 200], 10, 500_000))
    2
    """
    if any(abs(value) > _WIDEST for value in values):
        raise BadInput("a sum of homes is beyond what noise can be added to; ask about fewer days")
    made = measurement(sensitivity, micro_epsilon)
    return tuple(int(value) for value in made([int(value) for value in values]))


@lru_cache(64)
def measurement(sensitivity: int, micro_epsilon: int) -> Any:
    """Of which the library itself says that it keeps to the epsilon for values that differ by ``sensitivity`` in all."""
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    width = scale(sensitivity, micro_epsilon)
    for _ in range(_TRIES):
        made = dp.m.make_laplace(*space, scale=width)
        if made.map(sensitivity) * MICRO <= micro_epsilon:
            return made
        width *= _WIDER
    raise BadInput(
        f"no noise keeps to {micro_epsilon} millionths of epsilon for {sensitivity} Wh; ask for more"
    )
