"""Which claim goes first: the priority ladder, and who may move its rungs.

A claim on a lower rung never costs a higher one anything. Within a rung claims weigh alike, per kWh missed (or kelvin
and hour).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from laag.foundation.errors import BadInput


class Rung(IntEnum):
    """The rungs in their usual order, highest first."""

    MINIMUM = 1
    """What every home may always take."""
    SAFETY = 2
    """Of people and devices: fuses, frost, legionella, a battery's limits."""
    EMERGENCY = 3
    """What the grid operator needs to keep the lights on."""
    COMFORT = 4
    """What the household asked for: warmth, hot water, a charged car, clean dishes by six."""
    OWN_SUN = 5
    """Own production first, and how else the household wants its devices to run."""
    GRID_MARGIN = 6
    """What the grid operator would like."""
    AGREEMENT = 7
    """What neighbours agreed."""
    MARKET = 8
    """What costs least."""


USUAL = tuple(Rung)
BY_LAW = (Rung.MINIMUM, Rung.SAFETY, Rung.EMERGENCY)
"""First, in this order, in every home."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs, highest first, and who said so; money comes last."""

    order: tuple[Rung, ...] = USUAL
    by_community: tuple[Rung, ...] = (Rung.GRID_MARGIN, Rung.AGREEMENT)
    """Rungs whose order among each other the charter sets; a household may move what it owns around them."""
    why: str = "the usual order"

    def __post_init__(self) -> None:
        if sorted(self.order) != list(USUAL):
            raise BadInput(
                f"a ladder has each rung once; this one has {_named(self.order)}; give all of {_named(USUAL)}"
            )
        if self.order[: len(BY_LAW)] != BY_LAW:
            raise BadInput(
                f"{_named(BY_LAW)} come first by law; this ladder begins with {_named(self.order[:3])}"
            )
        if self.order[-1] is not Rung.MARKET:
            raise BadInput(
                "the market is the last rung: nothing is missed to save money; put market at the end"
            )

    @classmethod
    def of(cls, household: Sequence[Rung], charter: Ladder | None = None) -> Self:
        """The household's order of its own rungs, within what law and charter set.

        >>> Ladder.of([Rung.OWN_SUN, Rung.COMFORT]).order[3:5]
        (<Rung.OWN_SUN: 5>, <Rung.COMFORT: 4>)
        """
        charter = charter or Ladder()
        fixed = {*BY_LAW, *charter.by_community, Rung.MARKET}
        if wrong := [rung for rung in household if rung in fixed]:
            raise BadInput(
                f"{_named(wrong)} cannot be moved by a household: law or charter set it; leave it out of the order"
            )
        theirs = iter([*household, *(r for r in charter.order if r not in fixed and r not in household)])
        return cls(
            tuple(rung if rung in fixed else next(theirs) for rung in charter.order),
            charter.by_community,
            "set by the household" if household else charter.why,
        )

    def place(self, rung: Rung) -> int:
        """0 for the highest."""
        return self.order.index(rung)

    def set_by(self, rung: Rung) -> str:
        """Who decided where this rung stands: ``law``, ``community`` or ``household``."""
        if rung in BY_LAW or rung is Rung.MARKET:
            return "law"
        return "community" if rung in self.by_community else "household"


def _named(rungs: Sequence[Rung]) -> str:
    return ", ".join(Rung(rung).name.lower() for rung in rungs)
