"""Whole units shared by weight, each up to its most, so that one unit more to share never takes one from anybody.

Largest remainders would not do: with one Wh more to share somebody may get one less (the Alabama paradox). Here every unit
has its place in one queue (Webster's: who has least for its weight comes first), and sharing out ``total`` units serves the first of
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush

from laag.foundation.errors import BadInput


def apportioned(total: int, weights: Mapping[str, int], most: Mapping[str, int]) -> dict[str, int]:
    """Who gets how many; what nobody may have is left over. Ties go by the bytes of the names.

    >>> apportioned(10, {"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 9, "c": 9})
    {'a': 1, 'b': 3, 'c': 6}
    """
    if total < 0 or min(weights.values(), default=0) < 0 or min(most.values(), default=0) < 0:
        raise BadInput("units, weights and bounds are zero or more; give no negative ones")
    names = sorted(weights, key=str.encode)
    got = dict.fromkeys(names, 0)
    open_ = [name for name in names if weights[name] > 0 and most[name] > 0]
    left = min(total, sum(most[name] for name in open_))
    if not left:
        return got
    served = _level(left, [(weights[name], most[name]) for name in open_])
    got.update(zip(open_, served, strict=True))
    left -= sum(served)
    place = {name: i for i, name in enumerate(names)}
    queue = [
        _Next(2 * got[name] + 1, weights[name], place[name], name) for name in open_ if got[name] < most[name]
    ]
    heapify(queue)
    while left:
        one = heappop(queue)
        got[one.name] += 1
        left -= 1
        if got[one.name] < most[one.name]:
            heappush(queue, _Next(one.odd + 2, one.weight, one.place, one.name))
    return got


class _Next:
    """The next unit of somebody: the larger its weight beside what it has, the sooner."""

    __slots__ = ("name", "odd", "place", "weight")

    def __init__(self, odd: int, weight: int, place: int, name: str) -> None:
        self.odd, self.weight, self.place, self.name = odd, weight, place, name

    def __lt__(self, other: _Next) -> bool:
        mine, its = self.odd * other.weight, other.odd * self.weight
        return mine < its or (mine == its and self.place < other.place)


def _level(total: int, each: list[tuple[int, int]]) -> list[int]:
    """As much of the queue's beginning as is found without queueing: all units up to one level.

    The level is a whole number of parts of one unit per weight, found by halving; what it leaves is a few units.
    """
    parts = 4 * sum(weight for weight, _ in each)

    def up_to(level: int) -> list[int]:
        return [min(most, (2 * weight * level + parts) // (2 * parts)) for weight, most in each]

    low, high = 0, parts * (max(most for _, most in each) + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if sum(up_to(middle)) <= total:
            low = middle
        else:
            high = middle
    return up_to(low)
