"""Nested layers: each shows its parent one net curve, and is one member of it.

Curves go up from the deepest layers to the root, which clears their sum with the outside by the layered rule.
Positions come down: every layer divides what it was given by the same merit order. Below its capacity a layer has
its parent's price, and its pools spread what it pays its parent; at its capacity it has a price of its own, and the
difference is congestion rent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import ANY_PRICE, Books, Clearings, Flags, Gateways, Ints
from laag.foundation.money import floor_share, sum_by
from laag.neighbourhood.market import layered, merit, pools
from laag.neighbourhood.market.levels import Levels
from laag.neighbourhood.market.storeys import Storey, storeys

RULE = layered.RULE
Column = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class TreeClearings:
    """One row per layer per PTU, layer by layer, as in the books that were cleared.

    A layer's ``buyers_units`` and ``sellers_units`` include its children as members; its gateway is its parent.
    In every row ``buyers - sellers - levy + gateway - rent = 0``; over the whole tree, in every PTU,
    ``fills - levy + gateway of the root - all rents = 0``. Below the root, ``low`` and ``high`` are the members' own
    bounds, and a price that is no whole number of centiticks is rounded in ``price_centiticks``, never in money.
    """

    clearings: Clearings
    rent_units: Ints
    """What stays with the grid account because a layer's capacity is used up; never negative."""
    net_wh: Ints
    """What a layer takes from its parent (+) or gives it (-); for the root, from the outside."""
    net_units: Ints
    """What it pays its parent for that (+) or receives (-)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Price:
    """``ticks / per`` inside, between two bounds; ``rent`` is what that leaves over at a full gateway."""

    ticks: Ints
    per: Ints
    low: Ints
    high: Ints
    rent: Ints
    rationed: Flags


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """What layers were given by their parents: Wh and units (taken and paid +), and the parent's price."""

    net_wh: Ints
    net_units: Ints
    ticks: Ints
    per: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Cleared:
    """One storey, done: its own numbers, one row per book, and what it gives to its children."""

    traded: merit.Volumes
    price: _Price
    sellers_units: Ints
    buyers_units: Ints
    fill_wh: Ints
    fill_units: Ints
    outcome: Ints
    taken: _Given
    """What these layers were given themselves."""
    given: _Given


def clear(books: Books, parent: Ints, back_wh: tuple[Ints, Ints] | None = None) -> TreeClearings:
    """Clear layers and PTUs at once: row ``layer * PTUs + PTU`` of ``books`` is a layer in a PTU.

    ``parent`` has one entry per layer; layer 0 is the root, whose own entry means nothing. Only the root's gateway
    has prices; of the others the capacities count. ``back_wh`` is for each PTU how much the street may export with the
    levy refunded and how much it may import without it: it counts where the street trades more than that.
    """
    tree = storeys(books, np.asarray(parent, np.int64))
    untaxed = back_wh or (np.zeros(len(tree[0].rows), np.int64),) * 2
    done: list[_Cleared] = []
    for storey in tree:
        done.append(_clear(storey, books, done[-1].given if done else None, untaxed))
    return _sheet(books, tree, done)


def _clear(storey: Storey, books: Books, given: _Given | None, back_wh: tuple[Ints, Ints]) -> _Cleared:
    gate, levels = storey.gateways, storey.levels
    gross = merit.volumes(levels, gate) if given is None else _inside(levels, given)
    accepted = merit.accepted(levels, gross.bought, gross.sold)
    wh, outcome = merit.fills(storey.orders, levels, accepted, gate)
    parties, net_wh = storey.netted(wh)
    bounds = merit.bounds(storey.coarse, accepted)
    if given is None:
        rationed = merit.rationed(storey.coarse, accepted, gate.landed_ticks, gate.export_ticks)
        price = _root_price(bounds, rationed, books, storey)
        out_wh, in_wh = back_wh
        cost = gate.landed_ticks * gross.imported - gate.levy_ticks * _within(in_wh, gross.imported)
        proceeds = gate.export_ticks * gross.exported + gate.levy_ticks * _within(out_wh, gross.exported)
    else:
        price = _child_price(bounds, given, gate)
        paid = given.net_units + price.rent
        cost, proceeds = np.where(given.net_wh > 0, paid, 0), np.where(given.net_wh < 0, -paid, 0)
    group = parties.side * len(gate) + parties.book
    sold, bought = sum_by(group, parties.quantity_wh, 2 * len(gate)).reshape(2, -1)
    sellers, buyers = pools.totals(price.ticks, price.per, sold - gross.exported, cost, proceeds)
    units = pools.spread(parties, len(gate), parties.quantity_wh, sellers, buyers)
    members, seat = len(storey.member), storey.seat
    return _Cleared(
        traded=merit.Volumes(bought, sold, gross.imported, gross.exported),
        price=price,
        sellers_units=sellers,
        buyers_units=buyers,
        fill_wh=wh[:members],
        fill_units=units[:members],
        outcome=outcome[:members],
        taken=given or _Given(gross.imported - gross.exported, cost - proceeds, price.ticks, price.per),
        given=_Given(net_wh, units[members:], price.ticks[seat], price.per[seat]),
    )


def _within(back_wh: Ints, traded_wh: Ints) -> Ints:
    return np.where(traded_wh > back_wh, back_wh, 0)


def _inside(levels: Levels, given: _Given) -> merit.Volumes:
    """What trades in a layer whose position its parent has settled, at whatever price."""
    anything = np.full(len(given.net_wh), ANY_PRICE)
    return merit.matched(
        levels, np.maximum(given.net_wh, 0), np.maximum(-given.net_wh, 0), -anything, anything
    )


def _root_price(bounds: merit.Bounds, rationed: Flags, books: Books, storey: Storey) -> _Price:
    gate, rows = storey.gateways, storey.rows
    low, high = layered.with_gateway(
        bounds,
        gate,
        gate.landed_ticks,
        gate.export_ticks,
        layered.scarcity(books)[rows],
        layered.surplus(books)[rows],
    )
    centiticks = layered.between(low, high, books.k_percent)
    per = np.full(len(low), pools.CENTITICKS)
    return _Price(centiticks, per, low, high, np.zeros_like(low), rationed)


def _child_price(bounds: merit.Bounds, given: _Given, gate: Gateways) -> _Price:
    """The point of the members' own bounds nearest to the parent's price, or at capacity to what its pool comes to.

    Below capacity that is the parent's price itself, unless the root leaves price-takers here short or over: the
    others' limits may then lie where the clipped curve did not show them. A layer that trades nothing with its
    parent has no share in a pool, and stays near the parent's price.
    """
    n = given.net_wh
    full = (n != 0) & ((n == gate.import_max_wh) | (n == -gate.export_max_wh))
    ticks = np.where(full, given.net_units * np.sign(n), given.ticks)
    per = np.where(full, np.abs(n), given.per)
    bound_low, bound_high = bounds.low > -ANY_PRICE, bounds.high < ANY_PRICE
    low, high = np.where(bound_low, bounds.low, 0), np.where(bound_high, bounds.high, 0)
    under, over = bound_low & (ticks < low * per), bound_high & (ticks > high * per)
    own = np.where(under, low, high)
    rent = np.where(full & (under | over), own * n - given.net_units, 0)
    ticks, per = np.where(under | over, own, ticks), np.where(under | over, 1, per)
    return _Price(
        ticks,
        per,
        np.where(bound_low, low, ticks // per),
        np.where(bound_high, high, ticks // per),
        rent,
        bounds.short | bounds.glutted | (rent > 0),
    )


def _sheet(books: Books, tree: list[Storey], done: list[_Cleared]) -> TreeClearings:
    """Lay the storeys side by side, in the rows and orders in which the books came."""
    rows = np.argsort(np.concatenate([storey.rows for storey in tree]))
    orders = np.argsort(np.concatenate([storey.member for storey in tree]))

    def of_books(parts: Iterable[Column]) -> Column:
        return np.concatenate(list(parts))[rows]

    def of_orders(parts: Iterable[Column]) -> Column:
        return np.concatenate(list(parts))[orders]

    nothing = np.zeros(len(books), np.int64)
    imported, exported = of_books(c.traded.imported for c in done), of_books(c.traded.exported for c in done)
    net_units = of_books(c.taken.net_units for c in done)
    at_root = np.arange(len(books)) < len(tree[0].rows)
    levy_units = np.where(at_root, books.gateways.levy_ticks * imported, 0)
    ticks, per = of_books(c.price.ticks for c in done), of_books(c.price.per for c in done)
    twice = floor_share(ticks, nothing + 2 * pools.CENTITICKS, per)  # halved, this is the nearest centitick
    clearings = Clearings(
        rule=RULE,
        priced=np.ones(len(books), np.bool_),
        low_ticks=of_books(c.price.low for c in done),
        high_ticks=of_books(c.price.high for c in done),
        price_centiticks=(twice + 1) // 2,
        bought_wh=of_books(c.traded.bought for c in done),
        sold_wh=of_books(c.traded.sold for c in done),
        imported_wh=imported,
        exported_wh=exported,
        buyers_units=of_books(c.buyers_units for c in done),
        sellers_units=of_books(c.sellers_units for c in done),
        levy_units=levy_units,
        gateway_units=levy_units - net_units,
        fund_units=nothing,
        rationed=of_books(c.price.rationed for c in done),
        fill_wh=of_orders(c.fill_wh for c in done),
        fill_units=of_orders(c.fill_units for c in done),
        outcome=of_orders(c.outcome for c in done),
    )
    return TreeClearings(
        clearings, of_books(c.price.rent for c in done), of_books(c.taken.net_wh for c in done), net_units
    )
