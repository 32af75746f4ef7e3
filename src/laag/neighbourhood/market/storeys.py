"""A tree of layers cut by depth: all layers of one depth are one batch of books, their children's curves included."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TypeVar

import numpy as np

from laag.foundation.contracts import Books, Gateways, Ints, Orders, Side
from laag.foundation.errors import BadInput
from laag.foundation.money import sum_by
from laag.neighbourhood.market import netcurve
from laag.neighbourhood.market.levels import Levels, fold

Table = TypeVar("Table", Orders, Gateways)


@dataclass(frozen=True, slots=True, eq=False)
class Storey:
    """Books of one depth, numbered on their own; ``orders`` are the members', then the steps of the children."""

    rows: Ints
    """Per book, its row in the whole tree."""
    gateways: Gateways
    orders: Orders
    """With fine limits."""
    levels: Levels
    member: Ints
    """Per member's order, its place in the whole tree."""
    step: Ints
    """Per step, which child it is of."""
    seat: Ints
    """Per child, the book here in which it takes part."""
    seat_rank: Ints
    """Per child, its rank among the members: after all of them, by layer."""

    @property
    def coarse(self) -> Levels:
        """The levels with their prices in whole ticks."""
        return replace(self.levels, tick=netcurve.coarse(self.levels.tick))

    def netted(self, wh: Ints) -> tuple[Orders, Ints]:
        """Who trades here, each child as one member, and what each child takes (+) or gives (-)."""
        orders, members = self.orders, len(self.member)
        signed = np.where(orders.side == Side.BUY, wh, -wh)
        net_wh = sum_by(self.step, signed[members:], len(self.seat))
        return Orders(
            np.concatenate([orders.book[:members], self.seat]),
            np.concatenate([orders.side[:members], np.where(net_wh > 0, Side.BUY, Side.SELL)]),
            np.concatenate([wh[:members], np.abs(net_wh)]),
            np.concatenate([orders.limit_ticks[:members], np.zeros_like(net_wh)]),
            np.concatenate([orders.rank[:members], self.seat_rank]),
        ), net_wh


def storeys(books: Books, parent: Ints) -> list[Storey]:
    """Fold curves up from the deepest layers; the root's storey comes first."""
    if not len(parent) or len(books) % len(parent):
        raise BadInput(
            f"{len(books)} books do not divide over {len(parent)} layers; give every layer every PTU"
        )
    ptus = len(books) // len(parent)
    depth = np.repeat(_depths(parent), ptus)
    above = (np.maximum(parent, 0)[:, None] * ptus + np.arange(ptus)).ravel()
    free_rank = int(books.orders.rank.max(initial=-1)) + 1 + np.repeat(2 * np.arange(len(parent)), ptus)
    built: list[Storey] = []
    for here in range(int(depth.max(initial=0)), -1, -1):
        built.append(
            _storey(books, np.flatnonzero(depth == here), above, free_rank, built[-1] if built else None)
        )
    return built[::-1]


def _depths(parent: Ints) -> Ints:
    """How many steps each layer is below layer 0."""
    depth = np.zeros(len(parent), np.int64)
    at = np.arange(len(parent))
    for _ in range(len(parent)):
        if not at.any():
            return depth
        if at.min() < 0 or at.max() >= len(parent):
            break
        depth[at > 0] += 1
        at = np.where(at > 0, parent[at], 0)
    raise BadInput("the layers are no tree: from every layer its parents must lead to layer 0")


def _storey(books: Books, rows: Ints, above: Ints, free_rank: Ints, below: Storey | None) -> Storey:
    """The books at ``rows``, with the net curves of the storey below as orders in their parents' books."""
    here = np.full(len(books), -1)
    here[rows] = np.arange(len(rows))
    member = np.flatnonzero(here[books.orders.book] >= 0)
    own = _pick(books.orders, member)
    nothing = np.zeros(0, np.int64)
    step, side, wh, limit, cause = (nothing,) * 5
    seat, seat_rank = nothing, nothing
    if below is not None:
        step, side, wh, limit, cause = netcurve.steps(
            below.levels, below.gateways.import_max_wh, below.gateways.export_max_wh
        )
        seat, seat_rank = here[above[below.rows]], free_rank[below.rows]
    orders = Orders(
        np.concatenate([here[own.book], seat[step]]),
        np.concatenate([own.side, side]),
        np.concatenate([own.quantity_wh, wh]),
        np.concatenate([netcurve.fine(own.limit_ticks), limit]),
        np.concatenate([own.rank, seat_rank[step] + cause]),
    )
    gateways = _pick(books.gateways, rows)
    levels = fold(orders, len(rows), *map(netcurve.fine, (gateways.landed_ticks, gateways.export_ticks)))
    return Storey(rows, gateways, orders, levels, member, step, seat, seat_rank)


def _pick(table: Table, rows: Ints) -> Table:
    return type(table)(*(getattr(table, column.name)[rows] for column in fields(table)))
