"""Flexibility as it is offered: how much less or more a connection could take, for what, and what comes back.

Homes make such offers, aggregators and neighbours outside the street too; whoever chooses among them sees no more of
anybody's day than this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from laag.foundation.errors import BadInput

MOST_WH = 2**40
"""In a PTU; no connection comes near it."""


@dataclass(frozen=True, slots=True)
class Rebound:
    """In this PTU a step that is taken in full makes the connection take so much more (+) or less (-)."""

    ptu: int
    more_wh: int


@dataclass(frozen=True, slots=True)
class Step:
    """One PTU after the other from the offer's first: Wh less (+) or more (-), never both; and what each Wh costs.

    >>> Step((250, 250), 12_000, (Rebound(80, 300),)).asked_units
    6000000
    """

    less_wh: tuple[int, ...]
    price_ticks: int
    rebound: tuple[Rebound, ...] = ()

    def __post_init__(self) -> None:
        if not any(self.less_wh):
            raise BadInput("a step of an offer moves nothing; leave it out, or say in which PTU how many Wh")
        if min(self.less_wh) < 0 < max(self.less_wh):
            raise BadInput(
                f"a step takes less in one PTU and more in another ({self.less_wh}); offer one of them and give the "
                "other as its rebound"
            )
        if self.price_ticks < 0:
            raise BadInput(
                f"a step asks {self.price_ticks} ticks, less than nothing; whoever wants to be moved trades on the market"
            )
        if max(map(abs, self.less_wh)) > MOST_WH or any(abs(one.more_wh) > MOST_WH for one in self.rebound):
            raise BadInput(
                "a step moves more in a quarter-hour than any connection carries; give Wh, not mWh"
            )

    @property
    def wh(self) -> int:
        """All that it moves, whichever way."""
        return abs(sum(self.less_wh))

    @property
    def asked_units(self) -> int:
        """What it costs in full."""
        return self.price_ticks * self.wh


@dataclass(frozen=True, slots=True)
class Offer:
    """Of one connection (or a group that the grid knows by one name). A step is taken no further than the one before it.

    PTUs count from the start of the grid on which it was asked for.
    """

    id: str
    connection: str
    first: int
    """The PTU of the first number of every step."""
    steps: tuple[Step, ...]
    together: bool = False
    """A step's PTUs are taken in the same share; otherwise each by itself, and what comes back in proportion."""
    least_share: float = 0.0
    """A step is left, or taken for at least this share: 0 is any part of it, 1 only the whole."""
    expires: datetime | None = None
    """From this instant on it cannot be ordered any more."""
    instead_of: str = ""
    """Of offers of a connection with the same word here at most one is taken; nothing said: each stands by itself."""
    several: bool = False
    """It is of several homes together, so that one may take less while another takes more."""

    def __post_init__(self) -> None:
        if not self.steps:
            raise BadInput(f"the offer {self.id!r} has no steps; leave it out")
        if len({len(step.less_wh) for step in self.steps}) > 1:
            raise BadInput(
                f"the steps of the offer {self.id!r} cover different PTUs; give each a number for every PTU, 0 where it "
                "does nothing"
            )
        if not 0.0 <= self.least_share <= 1.0:
            raise BadInput(
                f"the offer {self.id!r} is taken for at least {self.least_share}; give a share from 0 to 1"
            )
        if self.expires is not None and self.expires.tzinfo is None:
            raise BadInput(f"the offer {self.id!r} expires at a time without a zone; give an instant in UTC")

    @property
    def divisible(self) -> bool:
        """Whether any part of it may be taken."""
        return self.least_share == 0.0

    @property
    def ptus(self) -> range:
        """Those that it offers something for; what comes back may fall outside them."""
        return range(self.first, self.first + len(self.steps[0].less_wh))
