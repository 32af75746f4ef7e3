"""Chance that can be read from any day on: endless tapes of random numbers, addressed by position.

A generator that is drawn from in sequence gives another July when the year starts a day later. A tape is counter-based
(Philox): position 1,234 holds the same number whichever part of the tape is read, so a week and a year agree where
they overlap, and home 7 is the same home in a street of ten and of sixty.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_BLOCK = 4
"""Numbers per step of the Philox counter."""


@dataclass(frozen=True, slots=True)
class Tape:
    """Random numbers for one purpose; ``owner`` is a home's index, or -1 for what the whole street shares.

    >>> tape = Tape(seed=1, owner=7, purpose="kettle")
    >>> bool(np.all(tape.uniform(100, 50)[10:] == tape.uniform(110, 40)))
    True
    """

    seed: int
    owner: int
    purpose: str

    def uniform(self, first: int, count: int) -> Floats:
        """Positions ``first`` to ``first + count``, each in [0, 1); shape ``(count,)``."""
        entropy = (self.seed, self.owner + 1, zlib.crc32(self.purpose.encode()))
        bits = np.random.Philox(np.random.SeedSequence(entropy))
        block, skip = divmod(first, _BLOCK)
        return np.random.Generator(bits.advance(block)).random(skip + count)[skip:]

    def normal(self, first: int, count: int) -> Floats:
        """Standard normal numbers, two positions of the tape each (Box and Muller)."""
        pairs = self.uniform(2 * first, 2 * count).reshape(count, 2)
        radius: Floats = np.sqrt(-2 * np.log1p(-pairs[:, 0]))
        return radius * np.cos(2 * np.pi * pairs[:, 1])

    def drifting(self, first: int, count: int, memory: float) -> Floats:
        """Standard normal numbers that correlate with their neighbours by ``memory`` (first-order autoregression).

        The past is cut where it weighs less than one in a thousand, so that every number is the same finite sum
        wherever the reading starts.
        """
        reach = int(np.ceil(np.log(1e-3) / np.log(memory)))
        shocks = self.normal(first - reach, count + reach)
        weights = memory ** np.arange(reach + 1)
        weights /= np.sqrt(np.sum(weights**2))
        drift = np.zeros(count)
        for lag, weight in enumerate(weights):
            drift += weight * shocks[reach - lag : reach - lag + count]
        return drift

    def pick(self) -> np.random.Generator:
        """A generator for what is drawn once in a lifetime: how many people, which roof, which car."""
        entropy = (self.seed, self.owner + 1, zlib.crc32(self.purpose.encode()), 1)
        return np.random.default_rng(np.random.SeedSequence(entropy))
