"""How much one may ask in a while: a bucket for each, which fills again by itself."""

from __future__ import annotations

from collections import OrderedDict

_REMEMBERED = 20_000


class Buckets:
    """Each holds ``burst`` and gains ``per_s`` a second; the longest unused are forgotten, which fills them.

    >>> door = Buckets(burst=2, per_s=0.5)
    >>> [door.take("ann", at) for at in (0.0, 0.0, 0.0, 2.0)], door.wait_s("ann", 2.0)
    ([True, True, False, True], 2.0)
    """

    def __init__(self, burst: float, per_s: float) -> None:
        self._burst, self._per_s = burst, per_s
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, now_s: float, amount: float = 1.0) -> bool:
        """Whether so much may be asked now; takes it out where it may."""
        held = self._now(key, now_s)
        # Who asks for more than a bucket holds waits until it is full.
        enough = held > 0 if amount == 0 else held >= min(amount, self._burst)
        self._held[key] = (held - amount if enough else held), now_s
        self._held.move_to_end(key)
        if len(self._held) > _REMEMBERED:
            self._held.popitem(last=False)
        return enough

    def spend(self, key: str, now_s: float, amount: float) -> None:
        """Take out what was used already; who owes waits until it is filled again, twice as long at most.

        >>> door = Buckets(burst=10, per_s=1)
        >>> door.spend("ann", 0.0, 500)
        >>> door.take("ann", 5.0, 0), door.take("ann", 15.0, 0)
        (False, True)
        """
        self._held[key] = max(-self._burst, self._now(key, now_s) - amount), now_s
        self._held.move_to_end(key)

    def wait_s(self, key: str, now_s: float, amount: float = 1.0) -> float:
        """How long until so much may be asked."""
        return max(0.0, (min(amount or 1.0, self._burst) - self._now(key, now_s)) / self._per_s)

    def _now(self, key: str, now_s: float) -> float:
        held, at_s = self._held.get(key, (self._burst, now_s))
        return min(self._burst, held + (now_s - at_s) * self._per_s)
