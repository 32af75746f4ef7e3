"""What the layers say to each other: orders go up, prices come down, everything carries a reason.

Many quarter-hours, and many layers, are one batch: arrays with one row per *book* (a layer in a PTU) or per *order*.
Quantities are int64 Wh per PTU, prices int64 ticks of 0.01 EUR/MWh, money int64 units of 1e-8 EUR.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from laag.foundation.errors import BadOrder
from laag.foundation.money import shown

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

ANY_PRICE = 2**40
"""The limit of a price-taking buy; its negative is the limit of must-run feed-in. No price comes near it."""
NO_LIMIT_WH = 2**50
"""A gateway without a capacity."""


class Side(IntEnum):
    """Which way an order goes."""

    SELL = 0
    BUY = 1


@dataclass(frozen=True, slots=True)
class Gateways:
    """One row per book: the two steps at which the outside sells (``import``) and buys (``export``).

    ``landed = import + levy`` is what an imported Wh costs; ``export <= landed``, or the gateway would trade with
    itself.
    """

    import_ticks: Ints
    export_ticks: Ints
    levy_ticks: Ints
    import_max_wh: Ints
    export_max_wh: Ints

    def __post_init__(self) -> None:
        bad = np.flatnonzero(self.export_ticks > self.landed_ticks)
        if len(bad):
            at = int(bad[0])
            raise BadOrder(
                f"the gateway of book {at} buys at {shown(int(self.export_ticks[at]), 100)} and sells at "
                f"{shown(int(self.landed_ticks[at]), 100)} EUR/MWh (import price plus levy): it would trade with itself; "
                "lower export_price or raise import_price or levy"
            )

    @property
    def landed_ticks(self) -> Ints:
        """What an imported Wh costs, levy included: ``R`` of the rule book."""
        return self.import_ticks + self.levy_ticks

    def __len__(self) -> int:
        return len(self.import_ticks)


@dataclass(frozen=True, slots=True)
class Orders:
    """One row per order, in any order of arrival.

    ``rank`` is the place of the order's id among all ids compared as UTF-8 bytes: it settles ties and nothing else.
    ``limit_ticks`` is ``ANY_PRICE`` for a price-taking buy and ``-ANY_PRICE`` for must-run feed-in.
    """

    book: Ints
    side: Ints
    quantity_wh: Ints
    limit_ticks: Ints
    rank: Ints

    def __len__(self) -> int:
        return len(self.book)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What bilateral trade knows of each order, beside the order itself; one row per order, or per preference.

    ``member`` numbers the members of a book. Where a position was not stated, ``placed`` is false. Preference ``i``
    says that whoever placed order ``prefers_order[i]`` would rather deal with member ``prefers_member[i]``.
    """

    member: Ints
    east_m: Ints
    north_m: Ints
    placed: Flags
    prefers_order: Ints
    prefers_member: Ints


@dataclass(frozen=True, slots=True)
class Books:
    """Many books, cleared at once. ``k_percent`` (0 to 100) says who gets the tax advantage: 0 buyers, 100 sellers.

    ``scarcity_ticks`` and ``surplus_ticks`` (one per book) are the charter's prices for when a full gateway leaves
    price-takers short, or must-run feed-in over; without them the gateway's landed and export price serve.
    """

    gateways: Gateways
    orders: Orders
    k_percent: int = 50
    scarcity_ticks: Ints | None = None
    surplus_ticks: Ints | None = None
    neighbours: Neighbours | None = None

    def __len__(self) -> int:
        return len(self.gateways)


class Outcome(IntEnum):
    """Why an order was filled as it was; rendered by ``laag.neighbourhood.market.reasons``."""

    SERVED_FIRST = 1
    """A price-taker, served in full."""
    ACCEPTED = 2
    """Its limit is better than the margin: filled in full."""
    SHARED = 3
    """At the margin with others at the same limit: shared pro rata."""
    PRICED_OUT = 4
    """Its limit is worse than the margin: nothing traded."""
    RATIONED = 5
    """A price-taker that a full gateway left short."""
    NO_PARTNER = 6
    """Nobody on the other side, inside or outside."""
    PARTLY = 7
    """Under bilateral trade: partners for a part of it."""


@dataclass(frozen=True, slots=True)
class Clearings:
    """What a rule made of ``Books``: one row per book, then one row per order.

    ``low_ticks``, ``high_ticks`` and ``price_centiticks`` (1e-4 EUR/MWh) mean something only where ``priced``.
    Money is signed as seen by the payer: ``fill_units`` is what an order pays (+) or receives (-);
    ``fills - levy + gateway + fund = 0`` in every book, exactly.
    """

    rule: str
    priced: Flags
    low_ticks: Ints
    high_ticks: Ints
    price_centiticks: Ints
    bought_wh: Ints
    sold_wh: Ints
    imported_wh: Ints
    exported_wh: Ints
    buyers_units: Ints
    """What all buyers pay together; divided by ``bought_wh`` this is ``u``."""
    sellers_units: Ints
    """What all sellers receive together; divided by ``sold_wh`` this is ``s``."""
    levy_units: Ints
    gateway_units: Ints
    """What the gateway pays (+) or is paid (-) for energy."""
    fund_units: Ints
    """What the community fund pays in (+) or receives (-); zero under most rules."""
    rationed: Flags
    """Members' own orders rationed because the gateway was full: prices may leave ``[export, landed]``."""
    fill_wh: Ints
    fill_units: Ints
    outcome: Ints

    def __len__(self) -> int:
        return len(self.bought_wh)
