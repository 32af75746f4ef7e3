"""Random orders without chance: Philox, ten rounds on four words of 32 bits, is a function of its key and its counter.

The same seed, size and number give the same order on any machine, in any order of asking.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints

Words = NDArray[np.uint64]

_ROUNDS = 10
_WORD = np.uint64(0xFFFFFFFF)
_BITS = np.uint64(32)
_MULTIPLY = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_ADD = 0x9E3779B9, 0xBB67AE85


def philox(counter: Words, key: tuple[int, int]) -> Words:
    """Four random words for each counter of four; all of 32 bits.

    >>> [f"{word:08x}" for word in philox(np.zeros((1, 4), np.uint64), (0, 0))[0].tolist()]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    a, b, c, d = (counter[..., i].copy() for i in range(4))
    low, high = key
    for _ in range(_ROUNDS):
        first, second = a * _MULTIPLY[0], c * _MULTIPLY[1]
        a, b, c, d = (
            (second >> _BITS) ^ b ^ np.uint64(low),
            second & _WORD,
            (first >> _BITS) ^ d ^ np.uint64(high),
            first & _WORD,
        )
        low, high = (low + _ADD[0]) & 0xFFFFFFFF, (high + _ADD[1]) & 0xFFFFFFFF
    return np.stack([a, b, c, d], axis=-1)


def orders(seed: int, size: int, rings: range, players: int) -> Ints:
    """A random order of the players for each ring of a size; a row each.

    >>> orders(1, 2, range(2), 5).tolist() == [*orders(1, 2, range(1), 5).tolist(), *orders(1, 2, range(1, 2), 5).tolist()]
    True
    """
    counter = np.zeros((len(rings), players, 4), np.uint64)
    counter[..., 0] = np.arange(players)
    counter[..., 1] = np.array(rings, np.uint64)[:, None]
    counter[..., 2] = size
    words = philox(counter, (seed & 0xFFFFFFFF, seed >> 32))
    return np.argsort((words[..., 0] << _BITS) | words[..., 1], axis=1, kind="stable")
