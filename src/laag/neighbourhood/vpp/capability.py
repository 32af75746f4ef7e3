"""What homes together could take less, or more, in one quarter-hour, and from which price on: their offers in merit order.

A home's offer says what another day costs it, with what comes back later; that is what its least used kWh is worth to it.
Comfort is in no offer, so no price reaches it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from laag.foundation.flex import Offer


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one home's offer in one quarter-hour."""

    home: str
    wh: int
    """Above zero, whichever way."""
    asked_ticks: int
    """On top of what the energy itself costs: what it takes to move the home at all."""


@dataclass(frozen=True, slots=True)
class Capability:
    """Of one quarter-hour, each way in merit order: the least asked first, then by the bytes of the name."""

    less: tuple[Piece, ...]
    more: tuple[Piece, ...]

    def pieces(self, *, less: bool) -> tuple[Piece, ...]:
        """One way."""
        return self.less if less else self.more

    def wh(self, *, less: bool, from_ticks: int) -> int:
        """What is there for this much a Wh: never less for more money.

        >>> street = Capability((Piece("ann", 200, 1_000), Piece("bob", 300, 4_000)), ())
        >>> [street.wh(less=True, from_ticks=ticks) for ticks in (999, 1_000, 5_000)]
        [0, 200, 500]
        """
        return sum(piece.wh for piece in self.pieces(less=less) if piece.asked_ticks <= from_ticks)


def capability(offers: Iterable[Offer], ptu: int) -> Capability:
    """Every step of every offer that does something in this quarter-hour.

    A step is taken no further than the one before it, so of a home a later step never stands before an earlier one, even
    where it asks less.

    >>> from laag.foundation.flex import Step
    >>> ann = Offer("a", "ann", 4, (Step((200, 0), 3_000), Step((100, 100), 1_000)))
    >>> capability([ann, Offer("b", "bob", 4, (Step((-500, 0), 2_000),))], 4)
    Capability(less=(Piece(home='ann', wh=200, asked_ticks=3000), Piece(home='ann', wh=100, asked_ticks=3000)), more=(Piece(home='bob', wh=500, asked_ticks=2000),))
    """
    found: dict[bool, list[Piece]] = {True: [], False: []}
    for offer in offers:
        asked = 0
        for step in offer.steps:
            asked = max(asked, step.price_ticks)
            wh = step.less_wh[ptu - offer.first] if ptu in offer.ptus else 0
            if wh:
                found[wh > 0].append(Piece(offer.connection, abs(wh), asked))
    return Capability(*(tuple(sorted(found[way], key=_merit)) for way in (True, False)))


def _merit(piece: Piece) -> tuple[int, bytes]:
    return piece.asked_ticks, piece.home.encode()
