"""Trading on a position: what a layer has bought before it may sell back, and the tax on it lapses.

The outside then has two steps on one side. A layer that holds imports sells back up to them at the export price *plus*
the levy, and beyond them at the export price; one that holds exports buys up to them at the import price, and beyond
them at the import price plus the levy. Every rule knows one step, so each book is cleared twice: with the first step
alone, and with the second for all. Where the first is used up and the second takes the trade beyond it, the second
clearing counts, and what the first step was better by is spread over who traded on that side, by their Wh; elsewhere
the first. As supply rises and demand falls with the price, that is what both steps together would do.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from laag.foundation.contracts import Books, Clearings, Flags, Gateways, Ints
from laag.neighbourhood.market import RULES, pools, tree
from laag.neighbourhood.market.tree import TreeClearings

_PER_ORDER = frozenset({"fill_wh", "fill_units", "outcome"})


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """The first step of each book at the top, towards the outside: one of the two is zero."""

    held_wh: Ints
    back_out_wh: Ints
    """Sold back of what was imported."""
    back_in_wh: Ints
    """Bought back of what was exported."""

    @classmethod
    def of(cls, gate: Gateways, held_wh: Ints) -> _Steps:
        top = slice(len(held_wh))
        return cls(
            held_wh,
            np.minimum(np.maximum(held_wh, 0), gate.export_max_wh[top]),
            np.minimum(np.maximum(-held_wh, 0), gate.import_max_wh[top]),
        )

    def first(self, gate: Gateways) -> Gateways:
        """The gateway with nothing but the first step on the side that has two."""
        top = len(self.held_wh)
        price, levy, into, out = (
            part.copy()
            for part in (gate.export_ticks, gate.levy_ticks, gate.import_max_wh, gate.export_max_wh)
        )
        long, short = self.held_wh > 0, self.held_wh < 0
        price[:top] += np.where(long, levy[:top], 0)
        out[:top] = np.where(long, self.back_out_wh, out[:top])
        levy[:top] = np.where(short, 0, levy[:top])
        into[:top] = np.where(short, self.back_in_wh, into[:top])
        return Gateways(gate.import_ticks, price, levy, into, out)

    def beyond(self, first: Clearings, second: Clearings) -> Flags:
        """Where trade goes beyond the first step."""
        top = slice(len(self.held_wh))
        out = (first.exported_wh[top] == self.back_out_wh) & (second.exported_wh[top] > self.back_out_wh)
        into = (first.imported_wh[top] == self.back_in_wh) & (second.imported_wh[top] > self.back_in_wh)
        beyond: Flags = ((self.held_wh > 0) & out) | ((self.held_wh < 0) & into)
        return beyond

    def taxed(self, cleared: Clearings, levy_ticks: Ints) -> Clearings:
        """The levy on what the position became less that on what it was; the gateway's energy without it."""
        top = slice(len(self.held_wh))
        after = self.held_wh + (cleared.imported_wh - cleared.exported_wh)[top]
        levy = cleared.levy_units.copy()
        levy[top] = levy_ticks[top] * (np.maximum(after, 0) - np.maximum(self.held_wh, 0))
        gateway = cleared.gateway_units + levy - cleared.levy_units
        return replace(cleared, levy_units=levy, gateway_units=gateway)


def clear(rule: str, books: Books, held_wh: Ints) -> Clearings:
    """Clear by the rule of that name, where each book already holds ``held_wh`` (imports +) from the outside.

    A street that imports 100 Wh sells 30 of them back at 70 EUR/MWh and the tax of 100 that it saves:

    >>> from laag.foundation.contracts import NO_LIMIT_WH, Orders
    >>> gate = Gateways(*np.array([[8000], [7000], [10000], [NO_LIMIT_WH], [NO_LIMIT_WH]]))
    >>> less = Orders(*np.array([[0], [0], [30], [12000], [0]]))
    >>> c = clear("layered", Books(gate, less), np.array([100]))
    >>> c.exported_wh.tolist(), c.fill_units.tolist(), c.levy_units.tolist(), c.gateway_units.tolist()
    ([30], [-510000], [-300000], [210000])
    """
    gate, steps = books.gateways, _Steps.of(books.gateways, held_wh)
    first = RULES[rule](replace(books, gateways=steps.first(gate)))
    second = RULES[rule](books)
    beyond = steps.beyond(first, second)
    second = _spread(books, second, *(np.where(beyond, gate.levy_ticks * wh, 0) for wh in _back(steps)))
    merged = _merged(first, second, beyond, beyond[books.orders.book])
    return steps.taxed(merged, gate.levy_ticks)


def clear_tree(books: Books, parent: Ints, held_wh: Ints) -> TreeClearings:
    """The same for nested layers; ``held_wh`` is the root's, one per PTU, and capacities are what is left of them."""
    gate, ptus = books.gateways, len(held_wh)
    steps = _Steps.of(gate, held_wh)
    first = tree.clear(replace(books, gateways=steps.first(gate)), parent)
    second = tree.clear(books, parent, _back(steps))
    beyond = steps.beyond(first.clearings, second.clearings)
    rows = np.tile(beyond, len(parent))
    merged = _merged(first.clearings, second.clearings, rows, beyond[books.orders.book % ptus])
    return TreeClearings(
        steps.taxed(merged, gate.levy_ticks),
        np.where(rows, second.rent_units, first.rent_units),
        np.where(rows, second.net_wh, first.net_wh),
        np.where(rows, second.net_units, first.net_units),
    )


def _back(steps: _Steps) -> tuple[Ints, Ints]:
    return steps.back_out_wh, steps.back_in_wh


def _spread(books: Books, cleared: Clearings, out_units: Ints, in_units: Ints) -> Clearings:
    """With what the first step was better by."""
    more = pools.spread(books.orders, len(books), cleared.fill_wh, out_units, -in_units)
    return replace(
        cleared,
        fill_units=cleared.fill_units + more,
        sellers_units=cleared.sellers_units + out_units,
        buyers_units=cleared.buyers_units - in_units,
        levy_units=cleared.levy_units - out_units - in_units,
    )


def _merged(first: Clearings, second: Clearings, books: Flags, orders: Flags) -> Clearings:
    def of(name: str) -> Any:
        which = orders if name in _PER_ORDER else books
        return np.where(which, getattr(second, name), getattr(first, name))

    # A first step that is used up is no full gateway while the second has room.
    full = first.rationed & second.rationed
    named = {part.name: of(part.name) for part in fields(Clearings) if part.name not in {"rule", "rationed"}}
    return replace(first, **named, rationed=np.where(books, second.rationed, full))
