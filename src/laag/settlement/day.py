"""One day settled: arrays in, postings out. Rows are members in the order of the accounts, columns the day's PTUs.

``local`` settles what a local market cleared; ``retail`` a street in which everybody has a contract of their own.
Either way the gateway buys the street's position from the nation, and what stays with it is its margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from laag.settlement import books
from laag.settlement.allocate import Allocation, by_cause, pro_rata
from laag.settlement.bands import Pooling
from laag.settlement.books import MEMBERS, Accounts, Cause, Postings
from laag.settlement.flexibility import Ordered, Resale, resold

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Traded:
    """What the market made of a day: per member what was bought (+) and sold (+) and paid for it, then per PTU the books.

    Money is signed as seen by who pays: ``sold_units`` is negative where a sale earned something. Summed over members,
    ``bought_units + sold_units - levy_units + gateway_units + fund_units - rent_units`` is zero in every PTU.
    """

    bought_wh: Ints
    bought_units: Ints
    sold_wh: Ints
    sold_units: Ints
    price_centiticks: Ints
    """``p`` of the whole street; where a rule has no single price, or none in this PTU, the day-ahead price."""
    levy_ticks: Ints
    levy_units: Ints
    gateway_units: Ints
    fund_units: Ints
    rent_units: Ints
    tax_units: Ints | None = None
    """Per member: the part of ``bought_units`` that is energy tax; ``None`` spreads it over all buyers by their Wh."""

    @property
    def cleared_wh(self) -> Ints:
        """Net purchase per member."""
        return self.bought_wh - self.sold_wh


@dataclass(frozen=True, slots=True, eq=False)
class Intraday:
    """What the rounds of a day traded on top of it; one number per PTU but ``traded``, and zero where there was no round."""

    traded: Traded
    """``levy_units`` is negative where tax that was cleared with lapsed."""
    nation_units: Ints
    """What the gateway paid the intraday market (+) or received from it (-)."""
    landed_ticks: Ints
    export_ticks: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Per member and PTU what the bill is made of. Energy as metered is ``+`` offtake, ``-`` feed-in."""

    metered_wh: Ints
    bought_wh: Ints
    bought_units: Ints
    """Includes the share of the levy."""
    sold_wh: Ints
    sold_units: Ints
    tax_units: Ints
    """The part of ``bought_units`` that is energy tax."""
    deviation_wh: Ints
    deviation_units: Ints
    flexibility_units: Ints
    intraday_bought_wh: Ints
    """What a round changed of what was agreed, as the five after it."""
    intraday_bought_units: Ints
    """With what it did to the levy."""
    intraday_sold_wh: Ints
    intraday_sold_units: Ints
    intraday_bought_outside_units: Ints
    """What the same purchase had cost outside at the time."""
    intraday_sold_outside_units: Ints
    band_borrowed_wmin: Ints
    """Above one's own band and within what neighbours left of theirs, in watt-minutes; zero where nobody has a band."""
    band_lent_wmin: Ints
    band_beyond_wmin: Ints
    band_units: Ints
    """What the grid operator asks for what went beyond."""

    @property
    def agreed_wh(self) -> Ints:
        """Net purchase as the market left it, before flexibility."""
        return self.bought_wh - self.sold_wh + self.intraday_wh

    @property
    def intraday_wh(self) -> Ints:
        """Net purchase in the rounds."""
        return self.intraday_bought_wh - self.intraday_sold_wh

    @property
    def intraday_units(self) -> Ints:
        """What the rounds cost (+) or earned (-)."""
        return self.intraday_bought_units + self.intraday_sold_units

    @property
    def charged_units(self) -> Ints:
        """All that a member pays for in a PTU."""
        agreed = self.bought_units + self.sold_units + self.intraday_units
        return agreed + self.deviation_units + self.flexibility_units + self.band_units


def side_by_side(days: Sequence[Settled]) -> Settled:
    """Consecutive days as one period."""
    return Settled(
        *(np.concatenate([getattr(day, field.name) for day in days], axis=1) for field in fields(Settled))
    )


def per_member(member: Ints, ptu: Ints, value: Ints, members: int, ptus: int) -> Ints:
    """Sum order by order into rows of members and columns of PTUs.

    >>> per_member(np.array([0, 0]), np.array([1, 1]), np.array([3, 4]), 1, 2).tolist()
    [[0, 7]]
    """
    total = np.zeros((members, ptus), np.int64)
    np.add.at(total, (member, ptu), value)
    return total


def local(
    accounts: Accounts,
    traded: Traded,
    metered_wh: Ints,
    day_ahead_units: Ints,
    imbalance_ticks: Ints,
    *,
    first_ptu: int = 0,
    ordered: Ordered | None = None,
    intraday: Intraday | None = None,
    pooling: Pooling | None = None,
) -> tuple[Settled, Postings]:
    """A day behind one gateway: clearing, rounds, flexibility, deviations, bands, and what the gateway pays the nation.

    ``day_ahead_units`` and ``imbalance_ticks`` are the gateway's position (``laag.gateway.exchange.position``).
    """
    rank = accounts.rank
    none = np.zeros_like(traded.cleared_wh)
    agreed = traded.cleared_wh if intraday is None else traded.cleared_wh + intraday.traded.cleared_wh
    ordered = ordered or Ordered(none, none, np.zeros_like(day_ahead_units))
    sale = resold(agreed, ordered, traded.levy_ticks, rank)
    off = by_cause(
        agreed - ordered.wh, metered_wh, traded.price_centiticks, imbalance_ticks, traded.levy_ticks, rank
    )
    settled = Settled(
        metered_wh=metered_wh,
        bought_wh=traded.bought_wh,
        bought_units=traded.bought_units,
        sold_wh=traded.sold_wh,
        sold_units=traded.sold_units,
        tax_units=pro_rata(traded.levy_units, traded.bought_wh, rank)
        if traded.tax_units is None
        else traded.tax_units,
        deviation_wh=off.wh,
        deviation_units=off.units,
        flexibility_units=sale.units - ordered.dso_units,
        **_amended(intraday, none),
        **_banded(pooling, none),
    )
    postings = [
        _clearing(accounts, traded, first_ptu),
        *([] if intraday is None else [_intraday(accounts, intraday, first_ptu)]),
        _flexibility(accounts, ordered, sale, settled, first_ptu),
        _deviation(accounts, off, first_ptu),
        *([] if pooling is None else [_beyond_bands(accounts, settled, first_ptu)]),
        _national(
            accounts,
            Cause.DAY_AHEAD,
            "nation/day_ahead",
            day_ahead_units,
            traded.cleared_wh.sum(axis=0),
            first_ptu,
        ),
        _national(
            accounts, Cause.IMBALANCE, "nation/imbalance", off.imbalance_units, off.layer_wh, first_ptu
        ),
    ]
    return settled, _proven(postings)


def retail(
    accounts: Accounts,
    metered_wh: Ints,
    buy_ticks: Ints,
    sell_ticks: Ints,
    nominated_wh: Ints,
    day_ahead_units: Ints,
    imbalance_ticks: Ints,
    *,
    first_ptu: int = 0,
) -> tuple[Settled, Postings]:
    """A day of contracts: offtake at the supplier's price, feed-in at its compensation; tax and VAT follow per period."""
    settled = contracted(metered_wh, buy_ticks, sell_ticks)
    paid, street = settled.charged_units, metered_wh.sum(axis=0)
    short = street - nominated_wh
    sides = {MEMBERS: (paid, metered_wh), "gateway": (-paid.sum(axis=0), -street)}
    postings = [
        books.entries(accounts, Cause.RETAIL, sides, first_ptu),
        _national(accounts, Cause.DAY_AHEAD, "nation/day_ahead", day_ahead_units, nominated_wh, first_ptu),
        _national(accounts, Cause.IMBALANCE, "nation/imbalance", imbalance_ticks * short, short, first_ptu),
    ]
    return settled, _proven(postings)


def contracted(metered_wh: Ints, buy_ticks: Ints, sell_ticks: Ints) -> Settled:
    """What each home pays a supplier of its own: offtake at one price, feed-in at another.

    >>> contracted(np.array([[30, -10]]), np.array([20, 20]), np.array([5, 5])).charged_units.tolist()
    [[600, -50]]
    """
    offtake, feed_in = np.maximum(metered_wh, 0), np.maximum(-metered_wh, 0)
    none = np.zeros_like(metered_wh)
    return Settled(
        metered_wh=metered_wh,
        bought_wh=offtake,
        bought_units=offtake * buy_ticks,
        sold_wh=feed_in,
        sold_units=-feed_in * sell_ticks,
        tax_units=none,
        deviation_wh=none,
        deviation_units=none,
        flexibility_units=none,
        **_amended(None, none),
        **_banded(None, none),
    )


def _proven(parts: Sequence[Postings]) -> Postings:
    postings = books.joined(parts)
    books.check(postings)
    return postings


def _clearing(accounts: Accounts, traded: Traded, first_ptu: int) -> Postings:
    none = np.zeros_like(traded.levy_units)
    sides = {
        MEMBERS: (traded.bought_units + traded.sold_units, traded.cleared_wh),
        "gateway": (traded.gateway_units, -traded.cleared_wh.sum(axis=0)),
        "tax/energy": (-traded.levy_units, none),
        "fund": (traded.fund_units, none),
        "grid": (-traded.rent_units, none),
    }
    return books.entries(accounts, Cause.CLEARING, sides, first_ptu)


def _intraday(accounts: Accounts, intraday: Intraday, first_ptu: int) -> Postings:
    """The gateway keeps its fee; what it trades for the street the intraday market gives, or takes."""
    traded = intraday.traded
    none = np.zeros_like(traded.levy_units)
    sides = {
        MEMBERS: (traded.bought_units + traded.sold_units, traded.cleared_wh),
        "gateway": (traded.gateway_units + intraday.nation_units, none),
        "nation/intraday": (-intraday.nation_units, -traded.cleared_wh.sum(axis=0)),
        "tax/energy": (-traded.levy_units, none),
        "fund": (traded.fund_units, none),
        "grid": (-traded.rent_units, none),
    }
    return books.entries(accounts, Cause.INTRADAY, sides, first_ptu)


def _amended(intraday: Intraday | None, none: Ints) -> dict[str, Ints]:
    """The part of ``Settled`` that the rounds make."""
    if intraday is None:
        return {part.name: none for part in fields(Settled) if part.name.startswith("intraday_")}
    traded = intraday.traded
    return {
        "intraday_bought_wh": traded.bought_wh,
        "intraday_bought_units": traded.bought_units,
        "intraday_sold_wh": traded.sold_wh,
        "intraday_sold_units": traded.sold_units,
        "intraday_bought_outside_units": traded.bought_wh * intraday.landed_ticks,
        "intraday_sold_outside_units": -traded.sold_wh * intraday.export_ticks,
    }


def _banded(pooling: Pooling | None, none: Ints) -> dict[str, Ints]:
    """The part of ``Settled`` that the bands make."""
    if pooling is None:
        return {part.name: none for part in fields(Settled) if part.name.startswith("band_")}
    return {
        "band_borrowed_wmin": pooling.borrowed_wmin,
        "band_lent_wmin": pooling.lent_wmin,
        "band_beyond_wmin": pooling.beyond_wmin,
        "band_units": pooling.units,
    }


def _beyond_bands(accounts: Accounts, settled: Settled, first_ptu: int) -> Postings:
    """The grid operator gets it; what is lent costs nobody anything, and moves no money."""
    none = np.zeros_like(settled.band_units)
    sides = {
        MEMBERS: (settled.band_units, none),
        "dso": (-settled.band_units.sum(axis=0), none.sum(axis=0)),
    }
    return books.entries(accounts, Cause.BAND, sides, first_ptu)


def _flexibility(
    accounts: Accounts, ordered: Ordered, sale: Resale, settled: Settled, first_ptu: int
) -> Postings:
    """The gateway only passes the energy on: it takes from the members what the intraday market then takes from it."""
    sides = {
        MEMBERS: (settled.flexibility_units, -ordered.wh),
        "dso": (ordered.dso_units.sum(axis=0), np.zeros_like(sale.wh)),
        "tax/energy": (sale.levy_units, np.zeros_like(sale.wh)),
        "nation/intraday": (sale.proceeds_units, sale.wh),
    }
    return books.entries(accounts, Cause.FLEXIBILITY, sides, first_ptu)


def _deviation(accounts: Accounts, off: Allocation, first_ptu: int) -> Postings:
    sides = {
        MEMBERS: (off.units, off.wh),
        "gateway": (-off.imbalance_units, -off.layer_wh),
        "tax/energy": (-off.levy_units, np.zeros_like(off.layer_wh)),
    }
    return books.entries(accounts, Cause.DEVIATION, sides, first_ptu)


def _national(
    accounts: Accounts, cause: Cause, market: str, units: Ints, energy_wh: Ints, first_ptu: int
) -> Postings:
    return books.entries(
        accounts, cause, {"gateway": (units, energy_wh), market: (-units, -energy_wh)}, first_ptu
    )
