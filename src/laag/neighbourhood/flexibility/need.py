"""What a grid needs: by how much each element is over in each quarter-hour, and what one kW less where does about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadInput
from laag.foundation.ptu import PtuGrid

Floats = NDArray[np.float64]

FEED_IN = " (feed-in)"
"""What the name of an element ends in where the trouble is that too much is fed in."""


@dataclass(frozen=True, slots=True, eq=False)
class Need:
    """Elements are cables and transformers in one direction, and nodes at one end of their voltage band.

    ``kw_over`` is in kW at the element itself; below zero it is the room that is left, which what comes back may use,
    and ``-inf`` is all the room there is. ``relief_per_kw`` is how many of those kW go when a connection takes one kW
    less: 1 behind the cable, 0 where it does not feel it, below zero where it makes things worse.
    """

    grid: PtuGrid
    elements: tuple[str, ...]
    connections: tuple[str, ...]
    kw_over: Floats
    """``(elements, ptus)``."""
    relief_per_kw: Floats
    """``(elements, connections)``."""

    def __post_init__(self) -> None:
        over, relief = (len(self.elements), len(self.grid)), (len(self.elements), len(self.connections))
        if self.kw_over.shape != over or self.relief_per_kw.shape != relief:
            raise BadInput(
                f"a need of {over[0]} elements, {over[1]} PTUs and {relief[1]} connections has kw_over of "
                f"{self.kw_over.shape} and relief_per_kw of {self.relief_per_kw.shape}; give {over} and {relief}"
            )
        for what, names in (("elements", self.elements), ("connections", self.connections)):
            if len(set(names)) < len(names):
                raise BadInput(
                    f"two {what} of a need have one name; give each its own, offers are laid by it"
                )
        if not np.isfinite(self.relief_per_kw).all() or not (self.kw_over < np.inf).all():
            raise BadInput(
                "a need has numbers that are none; leave out PTUs that could not be computed (kw_over -inf)"
            )

    @classmethod
    def of_room(
        cls,
        grid: PtuGrid,
        elements: Sequence[str],
        connections: Sequence[str],
        more_kw: Floats,
        less_kw: Floats,
        relief_per_kw: Floats,
    ) -> Need:
        """From how much more, and how much less, each element bears: ``(ptus, elements)``, as power flow counts it.

        Every element stands in it twice, once for what is taken and once for what is fed in.
        """
        return cls(
            grid,
            (*elements, *(name + FEED_IN for name in elements)),
            tuple(connections),
            -np.concatenate([more_kw, less_kw], axis=1).T,
            np.concatenate([relief_per_kw, -relief_per_kw]),
        )

    @property
    def over(self) -> NDArray[np.bool_]:
        """Where something is over; ``(elements, ptus)``."""
        return self.kw_over > 0

    def worth_asking(self) -> tuple[str, ...]:
        """The connections that could relieve something, inside the congested point or next to it."""
        over = self.over.any(axis=1)
        helps: NDArray[np.bool_] = np.any(self.relief_per_kw[over] != 0, axis=0)
        return tuple(name for name, can in zip(self.connections, helps.tolist(), strict=True) if can)


def joined(needs: Sequence[Need]) -> Need:
    """Several points of one grid as one need, so that an offer that helps two of them is bought once."""
    if not needs:
        raise BadInput("nothing needs anything; give at least one need")
    grid = needs[0].grid
    if any(need.grid != grid for need in needs):
        raise BadInput("needs of different hours cannot be met together; give each the same grid of PTUs")
    connections = tuple(sorted({name for need in needs for name in need.connections}))
    relief = []
    for need in needs:
        place = {name: at for at, name in enumerate(need.connections)}
        laid = np.zeros((len(need.elements), len(connections)))
        for at, name in enumerate(connections):
            if name in place:
                laid[:, at] = need.relief_per_kw[:, place[name]]
        relief.append(laid)
    return Need(
        grid,
        tuple(name for need in needs for name in need.elements),
        connections,
        np.concatenate([need.kw_over for need in needs]),
        np.concatenate(relief),
    )
