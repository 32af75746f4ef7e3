"""How full a cable may get: the chance of overload of every element in every PTU, from what each home expects of itself.

What homes do not foresee has a part that all have in common (a colder evening, a cloud) and a part of each home's own. The first adds
up straight, the second by squares. How much is in common is measured on past errors (``common_share``), not assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Flags
from laag.foundation.errors import BadInput, GridMismatch

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """With probability ``levels[i]`` it stays below ``kw[i]``; the shape of what follows the levels is free."""

    levels: tuple[float, ...]
    kw: Floats

    def __post_init__(self) -> None:
        levels = np.array(self.levels)
        if len(levels) < 3 or len(self.kw) != len(levels):
            raise GridMismatch(
                f"{len(self.kw)} rows for {len(levels)} levels; give a row for each of three or more"
            )
        if not ((np.diff(levels) > 0).all() and levels[0] > 0 and levels[-1] < 1):
            raise BadInput(f"levels rise between 0 and 1, these are {self.levels}")

    def above(self, kw: Floats) -> Floats:
        """The probability of more than so much: straight between the levels, dying out evenly beyond them.

        >>> one = Spread((0.1, 0.5, 0.9), np.array([[1.0], [2.0], [3.0]]))
        >>> [round(float(one.above(np.array([x]))[0]), 3) for x in (0.0, 1.0, 2.5, 3.0, 4.0)]
        [0.98, 0.9, 0.3, 0.1, 0.02]
        """
        low, high = self.kw[0], self.kw[-1]
        below = np.full(np.broadcast_shapes(np.shape(kw), low.shape), self.levels[0])
        for i in range(len(self.levels) - 1):
            left, right = self.kw[i], self.kw[i + 1]
            wide = np.maximum(right - left, 1e-12)
            part = np.clip((kw - left) / wide, 0.0, 1.0)
            below = np.where(kw >= left, self.levels[i] + part * (self.levels[i + 1] - self.levels[i]), below)
        first = _dying(low - kw, self.kw[1] - low, self.levels[0], self.levels[1])
        last = _dying(kw - high, high - self.kw[-2], 1 - self.levels[-1], 1 - self.levels[-2])
        return np.asarray(np.where(kw < low, 1 - first, np.where(kw > high, last, 1 - below)), np.float64)


def summed(homes: Spread, common: float, members: Flags | None = None) -> Spread:
    """What the homes do together; ``homes.kw`` has shape ``(levels, homes, ptus)``, ``members`` ``(elements, homes)``.

    Around the sum of means, each level's deviation is ``sqrt(common (sum d)^2 + (1 - common) sum d^2)``.

    >>> ten = Spread((0.1, 0.5, 0.9), np.array([0.0, 1.0, 2.0])[:, None, None] * np.ones((3, 10, 1)))
    >>> [summed(ten, share).kw[-1, 0, 0].round(2).item() for share in (0.0, 0.5, 1.0)]
    [13.16, 17.42, 20.0]
    """
    if not 0 <= common <= 1:
        raise BadInput(f"a common share of {common}; give 0 (each home by itself) to 1 (all alike)")
    levels = np.array(homes.levels)
    who = np.ones((1, homes.kw.shape[1]), bool) if members is None else members
    means = _mean(homes)
    deviations = homes.kw - means
    straight = np.einsum("eh,lht->let", who, deviations)
    squared = np.einsum("eh,lht->let", who, np.sign(deviations) * deviations**2)
    total = common * np.sign(straight) * straight**2 + (1 - common) * squared
    kw = np.einsum("eh,ht->et", who, means) + np.sign(total) * np.sqrt(np.abs(total))
    return Spread(tuple(levels.tolist()), np.sort(kw, axis=0))


def overload(spread: Spread, import_max_kw: Floats, export_max_kw: Floats) -> Floats:
    """The chance that an element carries more than it may, either way; ratings one per element.

    >>> evening = Spread((0.1, 0.5, 0.9), np.array([[[1.0]], [[2.0]], [[3.0]]]))
    >>> overload(evening, np.array([2.5]), np.array([2.5])).round(2).tolist()
    [[0.3]]
    """
    too_much = spread.above(import_max_kw[:, None])
    too_little = 1 - spread.above(-export_max_kw[:, None])
    return np.asarray(np.clip(too_much + too_little, 0.0, 1.0), np.float64)


def common_share(errors_kw: Floats) -> float:
    """How alike the errors of homes were, 0 to 1: rows are PTUs, columns homes; ``nan`` is not counted.

    Of the variance of the sum, what the homes' own variances leave unexplained, as a part of what it would be were all alike.

    >>> weather = np.array([1.0, -1.0, 2.0, -2.0])
    >>> [round(common_share(np.column_stack([weather, other])), 6) for other in (weather, -weather)]
    [1.0, 0.0]
    """
    known = errors_kw[~np.isnan(errors_kw).any(axis=1)]
    if len(known) < 2 or known.shape[1] < 2:
        raise BadInput(
            "what homes have in common takes two homes and two PTUs that all of them know; give more days"
        )
    spread = known.std(axis=0)
    alone, alike = float((spread**2).sum()), float(spread.sum() ** 2)
    if alike - alone <= 1e-12 * alike or alike == 0:
        return 0.0
    return float(np.clip((known.sum(axis=1).var() - alone) / (alike - alone), 0.0, 1.0))


def coverage(spread: Spread, happened_kw: Floats, levels: Sequence[tuple[float, float]]) -> list[float]:
    """How often what happened lay between two levels: what a forecast must be held to."""
    at = {level: spread.kw[i] for i, level in enumerate(spread.levels)}
    known = ~np.isnan(happened_kw)
    return [
        float(((happened_kw >= at[low]) & (happened_kw <= at[high]))[known].mean()) for low, high in levels
    ]


def _mean(homes: Spread) -> Floats:
    """Of each home's spread: straight lines between the levels, and beyond them as far again as half the next step."""
    levels = np.array(homes.levels)
    inner = np.diff(levels)[:, None, None] * (homes.kw[1:] + homes.kw[:-1]) / 2
    low = homes.kw[0] - (homes.kw[1] - homes.kw[0]) / 2
    high = homes.kw[-1] + (homes.kw[-1] - homes.kw[-2]) / 2
    return np.asarray(inner.sum(axis=0) + levels[0] * low + (1 - levels[-1]) * high, np.float64)


def _dying(beyond: Floats, width: Floats, outer: float, inner: float) -> Floats:
    """What is left of ``outer`` so far beyond it: it shrinks as it did over the last step."""
    rate = np.log(inner / outer) / np.maximum(width, 1e-12)
    return np.asarray(outer * np.exp(-np.maximum(beyond, 0.0) * rate), np.float64)
