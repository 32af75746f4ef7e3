"""What a community agrees about its rounds."""

from __future__ import annotations

from dataclasses import dataclass

from laag.foundation.errors import BadInput
from laag.neighbourhood.coordination.gate import Gate
from laag.neighbourhood.coordination.messages import Connection


@dataclass(frozen=True, slots=True)
class Terms:
    """How far and how long prices are sought; the figures were measured on the built-in homes (docs/coordination.md)."""

    gate: Gate
    homes: tuple[Connection, ...]
    weight: float = 0.03
    """EUR/kWh for each kW that a home moves in one round: high is slow, low lets all move at once."""
    relax: float = 1.7
    """How much of a step is overstepped: four summer days came within one percent in 83 rounds at 1.5, in 77 at 1.8."""
    most_rounds: int = 60
    patience: int = 5
    """So many rounds without a gain, and it is enough."""
    gain: float = 3e-4
    """Of what all that flows would cost from outside: less is none."""
    moved_kwh: float = 60.0
    """A day that differs by more than this, all quarter-hours added up, from the first that a home told is nonsense."""

    def __post_init__(self) -> None:
        if self.weight <= 0 or self.most_rounds < 1 or self.patience < 1 or not 0 < self.relax < 2:
            raise BadInput(
                f"rounds with weight {self.weight}, relax {self.relax}, at most {self.most_rounds}, patience {self.patience} "
                "cannot be held; weight above 0, relax between 0 and 2, the others at least 1"
            )
        names = [home.name for home in self.homes]
        if len(set(names)) < len(names) or not names:
            raise BadInput(
                "each home takes part once, and there is at least one; give every connection its own name"
            )
