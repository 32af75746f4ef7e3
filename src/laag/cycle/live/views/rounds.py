"""What homes changed of a quarter-hour during its day: the round as totals and in sentences, no member in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from laag.cycle.intraday import Round
from laag.cycle.live.state import Live
from laag.cycle.live.views.sentences import tell
from laag.foundation.contracts import Ints, Side
from laag.foundation.words import Said
from laag.settlement.words import Numbers

_BUYING = Said(
    "Na de markt van de dag ervoor wilden huizen voor dit kwartier nog {asked_small_wh} bijkopen.",
    "After the market of the day before, homes wanted to buy {asked_small_wh} more for this quarter-hour.",
)
_SELLING = Said(
    "Na de markt van de dag ervoor wilden huizen van dit kwartier nog {offered_small_wh} verkopen.",
    "After the market of the day before, homes wanted to sell {offered_small_wh} of this quarter-hour.",
)
_BOTH = Said(
    "Na de markt van de dag ervoor wilden huizen voor dit kwartier nog {asked_small_wh} bijkopen en {offered_small_wh} verkopen.",
    "After the market of the day before, homes wanted to buy {asked_small_wh} more for this quarter-hour and to sell {offered_small_wh}.",
)
_NOTHING = Said("Daar is niets van doorgegaan.", "None of it went through.")
_BOUGHT = Said(
    "Zij kochten {bought_small_wh} bij, voor gemiddeld {buyer_ticks}.",
    "They bought {bought_small_wh} more, at {buyer_ticks} on average.",
)
_SOLD = Said(
    "Zij verkochten {sold_small_wh}, voor gemiddeld {seller_ticks}.",
    "They sold {sold_small_wh}, at {seller_ticks} on average.",
)
_IN = Said(
    "Daarvoor nam de straat {imported_small_wh} meer van het land.",
    "For that the street took {imported_small_wh} more from the country.",
)
_OUT = Said(
    "Daardoor nam de straat {exported_small_wh} minder van het land, of gaf zij zoveel meer.",
    "By that the street took {exported_small_wh} less from the country, or gave so much more.",
)
_EVEN = Said(
    "Buren ruilden precies met elkaar; met het land veranderde niets.",
    "Neighbours traded exactly with each other; nothing changed with the country.",
)
_SHUT = Said(
    "Met het land kon niet meer worden gehandeld, dus alleen tussen buren.",
    "Nobody could trade with the country any more, so only neighbours with each other.",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A round: what was wanted changed of a quarter-hour, and what was."""

    day: date
    ptu: int
    quarter: int
    open: bool
    """Whether the country could be traded with."""
    asked_wh: int
    offered_wh: int
    bought_wh: int
    sold_wh: int
    bought_units: int
    """What buyers paid, energy tax included."""
    sold_units: int
    """What sellers received."""

    @property
    def imported_wh(self) -> int:
        """What the street took more (+) or less (-) from the country by it."""
        return self.bought_wh - self.sold_wh

    @property
    def said(self) -> tuple[Said, ...]:
        """What was wanted, what came of it, and what that was for the country."""
        numbers: Numbers = {
            "asked_small_wh": self.asked_wh,
            "offered_small_wh": self.offered_wh,
            "bought_small_wh": self.bought_wh,
            "sold_small_wh": self.sold_wh,
            "buyer_ticks": _per_wh(self.bought_units, self.bought_wh),
            "seller_ticks": _per_wh(self.sold_units, self.sold_wh),
            "imported_small_wh": self.imported_wh,
            "exported_small_wh": -self.imported_wh,
        }
        return tuple(tell(one, numbers) for one in self._told())

    def _told(self) -> tuple[Said, ...]:
        wanted = _BOTH if self.asked_wh and self.offered_wh else _BUYING if self.asked_wh else _SELLING
        shut = () if self.open else (_SHUT,)
        if not self.bought_wh and not self.sold_wh:
            return wanted, _NOTHING, *shut
        outside = _IN if self.imported_wh > 0 else _OUT if self.imported_wh < 0 else _EVEN
        bought, sold = (_BOUGHT,) if self.bought_wh else (), (_SOLD,) if self.sold_wh else ()
        return wanted, *bought, *sold, *(shut or (outside,))


def change_of(state: Live, day: date, ptu: int) -> Change | None:
    """The round of a quarter-hour, counted from local midnight; ``None`` where there was none."""
    done = state.day(day).rounds.get(ptu)
    if done is None:
        return None
    place = state.neighbourhood
    return _change(day, int(place.grid(day).quarter_of_day(place.zone)[ptu]), done)


def _change(day: date, quarter: int, done: Round) -> Change:
    orders, traded = done.orders, done.traded
    buys = orders.side == Side.BUY
    return Change(
        day,
        done.ptu,
        quarter,
        done.quote is not None,
        int(orders.quantity_wh[buys].sum()),
        int(orders.quantity_wh[~buys].sum()),
        _sum(traded.bought_wh),
        _sum(traded.sold_wh),
        _sum(traded.bought_units),
        -_sum(traded.sold_units),
    )


def _sum(column: Ints) -> int:
    return int(np.sum(column))


def _per_wh(units: int, wh: int) -> int:
    """A unit per Wh is a tick."""
    return round(units / wh) if wh else 0
