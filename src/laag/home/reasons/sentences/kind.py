"""The parts of what a reason says."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter

from laag.foundation.words import Said
from laag.home.ladder import Rung
from laag.home.reasons.codes import Bound


@dataclass(frozen=True, slots=True)
class Kind:
    """What all reasons of one code share; where a claim bound the setpoint, its rung goes before this one."""

    rung: Rung
    bound: Bound
    because: Said
    claimed: Said = Said()
    """Instead of ``because``, where somebody's claim is the limit; ``{who}`` is whose."""

    @property
    def names(self) -> tuple[str, ...]:
        """The numbers that its sentences need."""
        said = f"{self.because.en}{self.claimed.en}"
        found = [name for _, name, _, _ in Formatter().parse(said) if name and name != "who"]
        return tuple(dict.fromkeys(found))
