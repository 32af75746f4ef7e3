"""Is a tree clearing that keeps its capacities safe in the full power flow?

The clearing counts active power at the meters. The wires also carry reactive power and their own losses, cables in the middle
belong to nobody's layer unless they are made one, and voltage is no capacity at all. So: clear the same orders with more and
more of the wires as gateways, compute the power flow of what was cleared, and see what it leaves over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import ANY_PRICE, NO_LIMIT_WH, Books, Flags, Gateways, Ints, Orders, Side
from laag.foundation.ptu import PTU_HOURS
from laag.neighbourhood.grid.flow import Flow, flow
from laag.neighbourhood.grid.layers import Layers, layers
from laag.neighbourhood.grid.network import Floats, Network
from laag.neighbourhood.grid.trouble import elements, outside
from laag.neighbourhood.market import tree

WH_PER_KW = 1000 * PTU_HOURS


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What every connection wants in every PTU: ``(ptus, connections)``, kW, offtake +."""

    firm_kw: Floats
    """At any price."""
    flexible_kw: Floats
    """Up to ``limit_ticks`` (or from there, where it feeds in)."""
    limit_ticks: Ints
    tan_phi: Floats
    """``(connections,)``: kvar per kW of offtake; feed-in has none."""
    price_ticks: int
    """What the outside asks and pays, so that only the wires are in the way."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one choice of gateways leaves to the wires."""

    gateways: int
    share: float
    """Of each capacity that the clearing was given."""
    wanted_kwh: float
    refused_kwh: float
    full_ptus: int
    """In which some gateway was full."""
    overloaded_ptus: int
    """Of the power flow of what was cleared."""
    overloaded_branches: int
    worst_loading: float
    worst_branch: str
    low_v: float
    high_v: float
    outside_band_ptus: int
    refused_firm_kwh: float


def without_market(network: Network, wanted: Wanted) -> Outcome:
    """What the wires would see if everybody took what they wanted."""
    kw = wanted.firm_kw + wanted.flexible_kw
    return _outcome(network, wanted, kw, None, np.zeros(0, np.bool_), 1.0)


def clear_within(
    network: Network, wanted: Wanted, gateways: Iterable[str] | None, share: float = 1.0
) -> tuple[Outcome, Floats]:
    """Clear within these gateways (``None``: transformer and first cables), and look at it with the power flow.

    Also gives what was cleared, ``(ptus, connections)`` in kW.
    """
    nested = layers(network, gateways)
    kw, full = _cleared_kw(nested, wanted, share)
    return _outcome(network, wanted, kw, nested, full, share), kw


def safe_share(network: Network, wanted: Wanted, gateways: Sequence[str] | None, step: float = 0.01) -> float:
    """The largest share of the capacities, in whole steps, at which no cable or transformer is overloaded."""
    share = 1.0
    while share > step:
        if not clear_within(network, wanted, gateways, share)[0].overloaded_ptus:
            return round(share, 6)
        share -= step
    return 0.0


def _cleared_kw(nested: Layers, wanted: Wanted, share: float) -> tuple[Floats, Flags]:
    ptus, connections = wanted.firm_kw.shape
    books, back = _books(nested, wanted, share)
    result = tree.clear(books, nested.parent)
    signed = np.where(books.orders.side == Side.BUY, 1, -1) * result.clearings.fill_wh
    wh = np.bincount(back, weights=signed, minlength=ptus * connections)
    gate = books.gateways
    net = result.net_wh
    full = ((net > 0) & (net >= gate.import_max_wh)) | ((net < 0) & (-net >= gate.export_max_wh))
    return wh.reshape(ptus, connections) / WH_PER_KW, np.asarray(full.reshape(-1, ptus).any(axis=0), np.bool_)


def _books(nested: Layers, wanted: Wanted, share: float) -> tuple[Books, Ints]:
    """Row ``layer * PTUs + PTU``; and per order the place of its connection and PTU."""
    ptus, connections = wanted.firm_kw.shape
    rows = len(nested.names) * ptus
    most = np.where(np.isfinite(nested.capacity_kw), nested.capacity_kw * share * WH_PER_KW, NO_LIMIT_WH)
    limit_wh = np.repeat(np.floor(most).astype(np.int64), ptus)
    price = np.full(rows, wanted.price_ticks, np.int64)
    gateways = Gateways(price, price, np.zeros(rows, np.int64), limit_wh, limit_wh)
    place = np.arange(ptus * connections)
    ptu, connection = np.divmod(place, connections)
    firm, flexible = (
        np.rint(kw * WH_PER_KW).astype(np.int64).ravel() for kw in (wanted.firm_kw, wanted.flexible_kw)
    )
    any_price = np.where(firm > 0, ANY_PRICE, -ANY_PRICE)
    quantity = np.concatenate([firm, flexible])
    orders = Orders(
        book=np.tile(nested.of_connection[connection] * ptus + ptu, 2),
        side=np.where(quantity > 0, Side.BUY, Side.SELL).astype(np.int64),
        quantity_wh=np.abs(quantity),
        limit_ticks=np.concatenate([any_price, wanted.limit_ticks.ravel()]),
        rank=np.concatenate([2 * connection, 2 * connection + 1]),
    )
    keep = orders.quantity_wh > 0
    kept = Orders(*(getattr(orders, name)[keep] for name in Orders.__slots__))
    return Books(gateways, kept), np.tile(place, 2)[keep]


def _flow(network: Network, wanted: Wanted, kw: Floats) -> Flow:
    return flow(network, kw, np.maximum(kw, 0.0) * wanted.tan_phi)


def _outcome(
    network: Network, wanted: Wanted, kw: Floats, nested: Layers | None, full: Flags, share: float
) -> Outcome:
    found = _flow(network, wanted, kw)
    kinds = elements(network)
    branch = np.array([element.branch is not None for element in kinds])
    low = [element.node for element in kinds if element.branch is None]
    out = outside(found, network)
    at = np.unravel_index(int(np.nanargmax(found.loading)), found.loading.shape)
    volt = found.voltage_pu[:, low] * np.array([network.nodes[n].rated_kv for n in low]) * 1000 / 3**0.5
    asked = wanted.firm_kw + wanted.flexible_kw

    def refused(of_kw: Floats) -> float:
        """To the Wh that the market counts in."""
        short_wh = np.maximum(np.abs(np.rint(of_kw * WH_PER_KW)) - np.abs(kw * WH_PER_KW), 0.0)
        return float(short_wh[short_wh > 1].sum() / 1000)

    return Outcome(
        gateways=0 if nested is None else len(nested.names),
        share=share,
        wanted_kwh=float(np.abs(asked).sum() * PTU_HOURS),
        refused_kwh=refused(asked),
        full_ptus=int(full.sum()),
        overloaded_ptus=int(out[:, branch].any(axis=1).sum()),
        overloaded_branches=int(out[:, branch].any(axis=0).sum()),
        worst_loading=float(found.loading[at]),
        worst_branch=network.branches[int(at[1])].name,
        low_v=float(np.nanmin(volt)),
        high_v=float(np.nanmax(volt)),
        outside_band_ptus=int(out[:, ~branch].any(axis=1).sum()),
        refused_firm_kwh=refused(wanted.firm_kw),
    )
