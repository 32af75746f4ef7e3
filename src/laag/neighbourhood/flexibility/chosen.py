"""What was chosen, what it is paid, what is left over, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from laag.foundation.flex import Offer
from laag.foundation.ptu import PTU_HOURS
from laag.neighbourhood.flexibility.need import Floats, Need

Ints = NDArray[np.int64]


class Why(StrEnum):
    """Why an offer was taken, or was not."""

    TAKEN = "taken"
    """It is among the cheapest that resolve it."""
    PARTLY = "partly"
    """The same, and no more of it was needed."""
    PARTLY_BACK = "partly_back"
    """The same, and no more of it fits when it comes back."""
    DEARER = "dearer"
    """A Wh of it is worth less to the grid than it asks."""
    ALL_OR_NOTHING = "all_or_nothing"
    """It cannot be taken in part, and in full it is not among the cheapest."""
    OTHER_WAY = "other_way"
    """Of this connection the opposite is taken at about the same time, or another of its alternatives."""
    PARTLY_OTHER = "partly_other"
    """The same, of the rest."""
    NO_EFFECT = "no_effect"
    """It does nothing about what is over, or makes it worse."""
    REBOUND = "rebound"
    """What comes back makes trouble at another moment."""
    NOT_NEEDED = "not_needed"
    """Nothing is over."""
    EXPIRED = "expired"
    TWICE = "twice"
    """Another offer has the same id; one of them counts."""
    UNKNOWN_CONNECTION = "unknown_connection"
    OTHER_HOURS = "other_hours"
    """It is for hours that were not asked about."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, of one offer; the rest is what makes the sentence true."""

    offer: str
    why: Why
    element: str = ""
    """Which it relieves, or where what comes back makes trouble."""
    ptu: int = -1
    """When that is."""
    price_ticks: int = -1
    """What it asks per Wh moved."""
    worth_ticks: int = -1
    """What a Wh moved there and then is worth to the grid, what comes back deducted."""


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """One row per offer that could be chosen, by id; the others have a reason only."""

    need: Need
    offers: tuple[Offer, ...]
    less_wh: Ints
    """``(offers, ptus)``: what is ordered, less (+) or more (-)."""
    rebound_wh: Ints
    """``(offers, ptus)``: what is expected to come back, more taken (+); ordered by nobody, and room is kept for it."""
    asked_units: Ints
    """Per offer: what it asks for what is ordered of it."""
    paid_units: Ints
    """Per offer: at least that."""
    unresolved_kw: Floats
    """``(elements, ptus)``: what stays over with all that is ordered."""
    worth_eur_per_mwh: Floats
    """``(elements, ptus)``: what one more MWh of room at the element would save."""
    reasons: tuple[Reason, ...]
    """Of every offer that came, by id."""
    proven: bool = True
    """Whether nothing cheaper exists; only where offers are taken whole may the search for it end before."""
    by_id: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {offer.id: at for at, offer in enumerate(self.offers)})

    @property
    def resolved(self) -> bool:
        """Whether nothing stays over."""
        return not (self.unresolved_kw > 0).any()

    @property
    def unresolved_kwh(self) -> float:
        """Over all elements and PTUs."""
        return float(self.unresolved_kw.sum()) * PTU_HOURS

    @property
    def less_kw(self) -> Floats:
        """``(ptus, connections)``: what each connection takes less (+) or more (-) by it, what comes back included."""
        place = {name: at for at, name in enumerate(self.need.connections)}
        kw = np.zeros((len(self.need.grid), len(place)))
        for offer, less, back in zip(self.offers, self.less_wh, self.rebound_wh, strict=True):
            kw[:, place[offer.connection]] += (less - back) / (1000 * PTU_HOURS)
        return kw

    @property
    def taken(self) -> tuple[Offer, ...]:
        """Those of which something is ordered."""
        return tuple(offer for offer, wh in zip(self.offers, self.less_wh, strict=True) if wh.any())

    def of(self, offer: str) -> tuple[Ints, int]:
        """What is ordered of one offer, and what is paid for it; nothing of one that could not be chosen."""
        at = self.by_id.get(offer)
        if at is None:
            return np.zeros(len(self.need.grid), np.int64), 0
        return self.less_wh[at], int(self.paid_units[at])
