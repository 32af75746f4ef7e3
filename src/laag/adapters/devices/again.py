"""How long to wait before trying again: longer each time, and never at the same moment as everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random


@dataclass(frozen=True, slots=True)
class Again:
    """Doubles from the one to the other; each wait is drawn between half of it and all of it."""

    first_s: float = 1.0
    most_s: float = 60.0
    chance: Random = field(default_factory=Random)
    """After a power cut every home of a street finds the broker gone at once: they may not all come back at once."""

    def waits(self) -> Iterator[float]:
        """Seconds, for as often as it is asked.

        >>> [round(wait, 1) for wait, _ in zip(Again(1, 4, Random(1)).waits(), range(4))]
        [0.6, 1.8, 3.5, 2.5]
        """
        wait_s = self.first_s
        while True:
            yield wait_s * self.chance.uniform(0.5, 1)
            wait_s = min(2 * wait_s, self.most_s)
