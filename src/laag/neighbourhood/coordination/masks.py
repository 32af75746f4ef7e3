"""How the aggregator could be told the sum of a round and nothing of any home: masks that cancel in pairs.

Each pair of homes shares a secret that nobody else knows. For a round both make the same whole numbers of it; the first adds
them, the second subtracts them, modulo 2^48. One home's numbers then look like chance, and the sum of all of them is
the sum. What it costs: nobody can tell which home wrote nonsense, and one that is missing spoils the round, which is then asked again
of those that are there. That is why the rounds do not need it and a community may choose it (docs/coordination.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.errors import BadInput

MODULUS = 2**48
_BYTES = 6


def masked(home: str, numbers: Ints, secrets: Mapping[str, bytes], round_: int) -> Ints:
    """What a home hands in: its numbers and, for each other home in ``secrets``, numbers only those two know."""
    total = np.mod(numbers, MODULUS)
    for other in sorted(secrets):
        if other == home:
            raise BadInput(f"{home} shares a secret with itself; give those it shares with others")
        sign = 1 if home < other else -1
        total = np.mod(total + sign * _stream(secrets[other], round_, len(numbers)), MODULUS)
    return total


def unmasked_sum(handed_in: Sequence[Ints]) -> Ints:
    """The sum over all homes; below half the modulus, either way.

    >>> secret, a, b = b"only ours", np.array([5, -7]), np.array([1, 2])
    >>> unmasked_sum([masked("a", a, {"b": secret}, 3), masked("b", b, {"a": secret}, 3)]).tolist()
    [6, -5]
    """
    total = np.zeros_like(handed_in[0])
    for one in handed_in:
        total = np.mod(total + one, MODULUS)
    return np.where(total >= MODULUS // 2, total - MODULUS, total)


def _stream(secret: bytes, round_: int, count: int) -> Ints:
    """Numbers of one pair for one round."""
    raw = hashlib.shake_256(b"laag round %d " % round_ + secret).digest(count * _BYTES)
    cut = np.frombuffer(raw, np.uint8).reshape(count, _BYTES).astype(np.int64)
    return np.asarray(cut @ (256 ** np.arange(_BYTES, dtype=np.int64)), np.int64)
