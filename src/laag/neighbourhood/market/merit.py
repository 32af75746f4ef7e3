"""Plain merit order: how much trades, who is filled, and between which prices that agrees with everybody.

Letters are the rule book's: ``B`` bought and ``S`` sold by members, ``M`` imported, ``X`` exported,
``R`` landed price, ``E`` export price, ``[L, H]`` the bounds that members' own limits leave.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import ANY_PRICE, Flags, Gateways, Ints, Orders, Outcome, Side
from laag.foundation.money import allot
from laag.neighbourhood.market.levels import Levels


@dataclass(frozen=True, slots=True, eq=False)
class Volumes:
    """Wh per book. Members' and the gateway's sides meet: ``B + X = S + M``."""

    bought: Ints
    sold: Ints
    imported: Ints
    exported: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """Per book, the prices no member would object to; ``-ANY_PRICE`` and ``ANY_PRICE`` where nobody sets a bound.

    ``short`` books refuse price-taking buyers, ``glutted`` ones must-run sellers; they have no such price.
    """

    low: Ints
    high: Ints
    short: Flags
    glutted: Flags


def volumes(levels: Levels, gate: Gateways) -> Volumes:
    """What trades when the gateway sells at ``R`` and buys at ``E``, the two marks of the levels."""
    S, D = levels.within
    landed, export = levels.marks
    M = np.clip(D[landed] - S[landed], 0, gate.import_max_wh)
    X = np.clip(S[export] - D[export], 0, gate.export_max_wh)
    return matched(levels, M, X, levels.tick[landed], levels.tick[export])


def matched(levels: Levels, M: Ints, X: Ints, R: Ints, E: Ints) -> Volumes:
    """The largest volume at which demand, with ``X`` up to price ``E``, meets supply, with ``M`` from price ``R`` on."""
    S, D = levels.within
    demand = D + levels.each(X) * (levels.tick <= levels.each(E))
    supply = S + levels.each(M) * (levels.tick >= levels.each(R))
    Q = np.maximum.reduceat(np.minimum(demand, supply), levels.first)
    return Volumes(Q - X, Q - M, M, X)


def accepted(levels: Levels, bought: Ints, sold: Ints) -> Ints:
    """Wh accepted per level, shape ``(2, levels)``: buys from the top down, sells from the bottom up."""
    better = levels.within - levels.wh
    return np.clip(levels.each(np.stack([sold, bought])) - better, 0, levels.wh)


def bounds(levels: Levels, taken: Ints, tax: Ints | None = None) -> Bounds:
    """``[L, H]`` of the rule book, from the members' orders alone; ``tax`` is what buyers pay per Wh beside the price."""
    refused = taken < levels.wh
    used = taken > 0
    worth = levels.tick if tax is None else levels.tick - levels.each(tax)
    priced = np.abs(levels.tick) < ANY_PRICE
    low = np.maximum(
        np.where(used[Side.SELL] & priced, levels.tick, -ANY_PRICE),
        np.where(refused[Side.BUY] & priced, worth, -ANY_PRICE),
    )
    high = np.minimum(
        np.where(used[Side.BUY] & priced, worth, ANY_PRICE),
        np.where(refused[Side.SELL] & priced, levels.tick, ANY_PRICE),
    )
    return Bounds(
        np.maximum.reduceat(low, levels.first),
        np.minimum.reduceat(high, levels.first),
        np.logical_or.reduceat(refused[Side.BUY] & (levels.tick == ANY_PRICE), levels.first),
        np.logical_or.reduceat(refused[Side.SELL] & (levels.tick == -ANY_PRICE), levels.first),
    )


def rationed(levels: Levels, taken: Ints, R: Ints, E: Ints) -> Flags:
    """Where a full gateway left members' own orders to ration: prices may leave ``[E, R]``."""
    refused = taken < levels.wh
    used = taken > 0
    above = levels.tick > levels.each(R)
    below = levels.tick < levels.each(E)
    odd = (above & (refused[Side.BUY] | used[Side.SELL])) | (below & (refused[Side.SELL] | used[Side.BUY]))
    return np.logical_or.reduceat(odd, levels.first)


def fills(orders: Orders, levels: Levels, taken: Ints, gate: Gateways) -> tuple[Ints, Ints]:
    """Wh and ``Outcome`` per order: whole levels in full, the one at the margin pro rata."""
    outcome = _outcomes(levels, taken, gate).ravel().take(levels.slot)
    wh = orders.quantity_wh * (outcome <= Outcome.ACCEPTED)
    margin = np.flatnonzero((outcome == Outcome.SHARED) | (outcome == Outcome.RATIONED))
    to_share = np.add.reduceat(taken * (taken < levels.wh), levels.first, axis=1)
    wh[margin] = allot(
        to_share.ravel(),
        orders.quantity_wh[margin],
        orders.side[margin] * len(gate) + orders.book[margin],
        orders.rank[margin],
    )
    return wh, outcome.astype(np.int64)


def _outcomes(levels: Levels, taken: Ints, gate: Gateways) -> NDArray[np.int8]:
    """What befalls every order of a level, shape ``(2, levels)``; small, as every order looks it up."""
    nobody_buys = levels.within[Side.BUY][levels.first] + gate.export_max_wh == 0
    nobody_sells = levels.within[Side.SELL][levels.last] + gate.import_max_wh == 0
    alone = levels.each(np.stack([nobody_buys, nobody_sells]))
    taker = np.stack([levels.tick == -ANY_PRICE, levels.tick == ANY_PRICE])
    outcome = np.where(taken > 0, np.int8(Outcome.SHARED), np.int8(Outcome.PRICED_OUT))
    outcome[taker] = Outcome.RATIONED
    outcome[np.broadcast_to(alone, outcome.shape)] = Outcome.NO_PARTNER
    full = taken == levels.wh
    outcome[full] = Outcome.ACCEPTED
    outcome[full & taker] = Outcome.SERVED_FIRST
    return outcome
