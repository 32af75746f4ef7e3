"""How likely each wire becomes too full: what was agreed, and how far its homes together departed from that on days before.

The server knows what homes agreed and what their meters said, and nothing of what each expects. So the spread is that of
sums: what all behind a cable took, less what they had agreed to, about that time of the day in the past week.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from laag.cycle.live.flexing import bought
from laag.cycle.live.state import Day, Live
from laag.foundation.contracts import Ints
from laag.foundation.ptu import PTU_HOURS
from laag.neighbourhood.congestion import Spread
from laag.neighbourhood.grid.flow import Flow, flow
from laag.neighbourhood.grid.network import Floats, Network

Flags = NDArray[np.bool_]

WH_PER_KW = 1000 * PTU_HOURS
PAST_DAYS = 7
LEVELS = (0.05, 0.2, 0.5, 0.8, 0.95)
AROUND_QUARTERS = 4
"""What happened within an hour of it on other days counts for a quarter-hour."""
LEAST_SEEN = 20
"""Quarter-hours of the past below which nothing is said of a spread: then what was agreed is taken for certain."""
NEARLY_FULL = 0.2
"""Of its rating: from there on a branch is taken to be full at the same power factor and voltage as it then has."""


@dataclass(frozen=True, slots=True, eq=False)
class Likely:
    """One row per branch of the network, one column per PTU of a day."""

    flow: Flow
    """Of what was agreed."""
    chance: Floats
    """Of overload; ``nan`` where nothing was agreed."""
    spread: Spread
    """Of what the homes behind it take together, kW."""
    agreed_kw: Floats
    bears_kw: Floats
    """Taken by homes: losses and reactive power are in it as they are at what was agreed."""

    def at(self, level: float) -> Floats:
        """What is stayed below with so much chance."""
        levels, kw = np.array(self.spread.levels), self.spread.kw
        above = min(int(np.searchsorted(levels, level)), len(levels) - 1)
        below = max(above - 1, 0)
        part = 0.0 if above == below else (level - levels[below]) / (levels[above] - levels[below])
        return np.asarray(kw[below] + np.clip(part, 0.0, 1.0) * (kw[above] - kw[below]), np.float64)


def columns_of(network: Network, place: Mapping[str, str], members: tuple[str, ...]) -> Ints:
    """By member its connection on the network; -1 where it has none."""
    row = {one.name: i for i, one in enumerate(network.connections)}
    return np.array([row.get(place.get(name, ""), -1) for name in members], np.int64)


def agreed_wh(known: Day) -> Ints | None:
    """What members are going to take by their word, what was bought of them included; ``None`` before there is a market."""
    if known.market is None:
        return None
    wh = known.market.cleared_wh
    flex = bought(known.details.askings, wh.shape)
    return wh if flex is None else wh - flex.moved_wh


def connections_kw(network: Network, column: Ints, wh: Ints) -> Floats:
    """``(ptus, connections)`` of ``(members, ptus)``."""
    kw = np.zeros((wh.shape[1], len(network.connections)))
    np.add.at(kw.T, column[column >= 0], wh[column >= 0] / WH_PER_KW)
    return kw


def behind_kw(network: Network, kw: Floats) -> Floats:
    """``(branches, ptus)``: what the connections behind each branch take together."""
    at_nodes = np.zeros((len(network.nodes), len(kw)))
    np.add.at(at_nodes, network.connection_node, kw.T)
    return np.asarray(network.feeds @ at_nodes, np.float64)


def likely(state: Live, network: Network, place: Mapping[str, str], day: date) -> Likely:
    """Of a day; the chance is 0 or 1 as long as too little is known of days before."""
    known, grid = state.day(day), state.neighbourhood.grid(day)
    members = tuple(one.member for one in known.members)
    wh = agreed_wh(known)
    column = columns_of(network, place, members)
    kw = connections_kw(network, column, np.zeros((len(members), len(grid)), np.int64) if wh is None else wh)
    flowed = flow(network, kw)
    agreed_kw = behind_kw(network, kw)
    quarter = grid.quarter_of_day(state.neighbourhood.zone)
    departed = _departed(state, network, place, day, quarter)
    spread = Spread(LEVELS, np.sort(agreed_kw + departed, axis=0))
    bears_kw = _bears_kw(network, flowed, agreed_kw)
    chance = np.clip(spread.above(bears_kw) + 1 - spread.above(-bears_kw), 0.0, 1.0)
    certain = (departed == 0).all(axis=0)
    chance = np.where(certain, np.abs(agreed_kw) > bears_kw, chance)
    unknown = np.full(len(grid), wh is None) | flowed.unsolved
    chance = np.where(flowed.unsolved, 1.0, chance)
    return Likely(flowed, np.where(unknown & ~flowed.unsolved, np.nan, chance), spread, agreed_kw, bears_kw)


def _bears_kw(network: Network, flowed: Flow, agreed_kw: Floats) -> Floats:
    """So much may be taken, or given, behind a branch; near its rating as the power flow has it."""
    loading = flowed.loading.T
    near = loading > NEARLY_FULL
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = np.abs(agreed_kw) / loading
    rated = np.broadcast_to(network.rated_kw[:, None], loading.shape)
    return np.asarray(np.where(near & (seen > 0), seen, rated), np.float64)


def _departed(state: Live, network: Network, place: Mapping[str, str], day: date, quarter: Ints) -> Floats:
    """``(levels, branches, ptus)``: by how much homes behind a branch together took more than agreed, kW."""
    past = [day - timedelta(days=n) for n in range(1, PAST_DAYS + 1)]
    found = [one for one in (_of_day(state, network, place, before) for before in past) if one is not None]
    shape = len(LEVELS), len(network.branches), len(quarter)
    if not found:
        return np.zeros(shape)
    when = np.concatenate([one[0] for one in found])
    kw = np.concatenate([one[1] for one in found], axis=1)
    departed = np.zeros(shape)
    for at in np.unique(quarter).tolist():
        near = np.abs((when - at + 48) % 96 - 48) <= AROUND_QUARTERS
        if near.sum() >= LEAST_SEEN:
            departed[:, :, quarter == at] = np.quantile(kw[:, near], LEVELS, axis=1)[:, :, None]
    return departed


def _of_day(state: Live, network: Network, place: Mapping[str, str], day: date) -> tuple[Ints, Floats] | None:
    """Of the quarter-hours of which every meter spoke: which of the day, and what was taken beside what was agreed."""
    known = state.day(day)
    if not known.is_cleared:
        return None
    quarter = state.neighbourhood.grid(day).quarter_of_day(state.neighbourhood.zone)
    where = tuple(place.get(one.member, "") for one in known.members)
    # What is settled is asked for with every look at a day after it, and fetched from what was put away.
    read = _settled if known.is_settled else _departed_on
    return read(known, network, where, tuple(quarter.tolist()))


def _departed_on(
    known: Day, network: Network, where: tuple[str, ...], quarter: tuple[int, ...]
) -> tuple[Ints, Floats] | None:
    wh = agreed_wh(known)
    assert wh is not None
    heard = np.zeros(wh.shape, np.bool_)
    metered = np.zeros(wh.shape, np.int64)
    for row, one in enumerate(known.members):
        if one.member in known.metered:
            metered[row], heard[row] = known.metered[one.member], known.measured[one.member]
    whole = heard.all(axis=0) & (len(known.members) > 0)
    if not whole.any():
        return None
    names = {one.name: i for i, one in enumerate(network.connections)}
    column = np.array([names.get(name, -1) for name in where], np.int64)
    kw = connections_kw(network, column, (metered - wh)[:, whole])
    return np.array(quarter, np.int64)[whole], behind_kw(network, kw)


_settled = lru_cache(2 * PAST_DAYS)(_departed_on)
