"""An amount over members by weight, in whole units that sum to it exactly."""

from __future__ import annotations

from collections.abc import Mapping

from laag.foundation.errors import BadInput


def split(amount_units: int, weights: Mapping[str, int]) -> dict[str, int]:
    """By largest remainder, then the bytes of the name. A cost is divided as a gain of the same size would be.

    Where nobody has any weight there is nothing to go by, and everybody gets the same.

    >>> split(100, {"a": 1, "b": 1, "c": 1}), split(-100, {"a": 1, "b": 1, "c": 1})
    ({'a': 34, 'b': 33, 'c': 33}, {'a': -34, 'b': -33, 'c': -33})
    """
    names = sorted(weights, key=str.encode)
    if not names:
        raise BadInput("there is an amount to share, and nobody to share it among; name the members first")
    if min(weights.values()) < 0:
        raise BadInput("somebody's weight is below zero; a share is by weights of zero or more")
    whole = sum(weights.values())
    each = dict(weights) if whole else dict.fromkeys(names, 1)
    whole = whole or len(names)
    sign = -1 if amount_units < 0 else 1
    parts = {name: divmod(abs(amount_units) * each[name], whole) for name in names}
    left = abs(amount_units) - sum(got for got, _ in parts.values())
    # Sorted is stable: among equal remainders the order of the names stands.
    first = set(sorted(names, key=lambda name: -parts[name][1])[:left])
    return {name: sign * (parts[name][0] + (name in first)) for name in names}
