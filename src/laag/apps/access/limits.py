"""How long somebody who guesses has to wait: longer with every miss, and never for good."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

_REMEMBERED = 20_000
"""Names and addresses; the oldest are forgotten first, so that guessing under many names fills no memory."""


@dataclass(frozen=True, slots=True)
class Patience:
    """So many misses cost nothing; from then on the wait doubles, up to the longest."""

    free: int
    longest_s: float

    def wait_s(self, misses: int) -> float:
        """The wait after so many misses.

        >>> [Patience(free=3, longest_s=60).wait_s(misses) for misses in (0, 3, 4, 5, 20)]
        [0.0, 0.0, 2.0, 4.0, 60.0]
        """
        return 0.0 if misses <= self.free else min(2.0 ** min(misses - self.free, 30), float(self.longest_s))


ADDRESS = Patience(free=10, longest_s=900)
ACCOUNT_HERE = Patience(free=5, longest_s=900)
"""One account from one address."""
ACCOUNT = Patience(free=20, longest_s=30)
"""One account from anywhere: short, since its owner waits as well when others guess."""


class Limits:
    """Misses per key, in memory: they fade by one every ``fades_s``, and a restart forgets them."""

    def __init__(self, *, fades_s: float = 600) -> None:
        self._fades_s = fades_s
        self._misses: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait_s(self, key: str, patience: Patience, now_s: float) -> float:
        """How long until the next try; zero where it may be now."""
        misses, at_s = self._misses.get(key, (0, now_s))
        return max(0.0, at_s + patience.wait_s(misses) - now_s)

    def missed(self, key: str, now_s: float) -> None:
        """One more miss."""
        misses, at_s = self._misses.pop(key, (0, now_s))
        faded = max(0, misses - int((now_s - at_s) / self._fades_s))
        self._misses[key] = faded + 1, now_s
        while len(self._misses) > _REMEMBERED:
            self._misses.popitem(last=False)

    def forget(self, key: str) -> None:
        """Who knows the password was not guessing."""
        self._misses.pop(key, None)
