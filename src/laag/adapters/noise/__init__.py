"""Noise for answers about homes; without a library that makes it such a question is not answered."""

from __future__ import annotations

from importlib.util import find_spec

from laag.foundation.words import Said
from laag.neighbourhood.commons.noise import Noise

__all__ = ["LACKING", "noise"]

LACKING = Said(
    "op deze server ontbreekt wat ruis maakt (pip install 'laag[research]'); alleen vragen die geen ruis nodig hebben worden beantwoord",
    "this server lacks what makes noise (pip install 'laag[research]'); only questions that need none are answered",
)


def noise() -> tuple[Noise, str] | None:
    """The noise and who makes it; ``None`` where the extra ``research`` is not installed."""
    if find_spec("opendp") is None:
        return None
    from laag.adapters.noise.laplace import MADE_BY, discrete_laplace

    return discrete_laplace, MADE_BY
