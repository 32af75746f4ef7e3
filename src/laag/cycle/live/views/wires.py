"""How full every wire of a street is: as agreed for what is to come, as measured for what was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from laag.cycle.live.state import Live
from laag.cycle.live.views.flows import Flags, told
from laag.cycle.validate import WH_PER_KW
from laag.foundation.contracts import Ints
from laag.neighbourhood.grid.flow import flow
from laag.neighbourhood.grid.network import Floats, Network
from laag.neighbourhood.grid.trouble import elements, values
from laag.neighbourhood.regime import Reason, Regime, Seen, Standing, step

NEVER_RED = 1.29
"""The most that an agreed loading counts for: nobody measured it yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """Of a day: one row per branch of the network, one column per PTU."""

    loading: Floats
    """A share of the rating; ``nan`` where nobody agreed or measured."""
    homes: Ints
    """Members behind each branch."""
    above: Ints
    """The branch that feeds each, or -1."""
    low_v: Floats
    """Per PTU the lowest voltage at any node of a street, as of 230 V; ``nan`` where unknown."""
    high_v: Floats
    measured: Flags
    """Per PTU: by every meter, rather than by what was agreed."""
    regimes: tuple[tuple[tuple[Regime, Reason] | None, ...], ...]
    """Per branch and PTU; ``None`` where nothing is known."""
    unknown: tuple[str, ...]
    """Members that hang nowhere on this network."""


def wires(state: Live, network: Network, place: Mapping[str, str], day: date) -> Loaded:
    """``place`` is the connection of each member, by its name in the network."""
    known, heard_of = state.day(day), told(state, day)
    grid = state.neighbourhood.grid(day)
    row = {one.name: i for i, one in enumerate(network.connections)}
    column = np.array([row.get(place.get(one.member, ""), -1) for one in heard_of.members], np.int64)
    here = column >= 0
    measured = np.asarray(heard_of.heard.all(axis=0) & bool(len(column)), np.bool_)
    wh = np.where(measured, heard_of.wh, known.market.cleared_wh if known.market else 0)
    seen = measured | (known.market is not None)
    kw = np.zeros((len(grid), len(network.connections)))
    np.add.at(kw.T, column[here], wh[here] / WH_PER_KW)
    flowed = flow(network, kw)
    kinds = elements(network)
    node_v = values(flowed, network)[:, [one.branch is None for one in kinds]] * _volts(network)
    dark = ~seen | flowed.unsolved
    loading = np.where(dark[:, None], np.nan, flowed.loading).T
    members_at = np.bincount(network.connection_node[column[here]], minlength=len(network.nodes))
    return Loaded(
        loading,
        (network.feeds @ members_at).astype(np.int64),
        _above(network),
        np.where(dark, np.nan, node_v.min(axis=1, initial=np.inf)),
        np.where(dark, np.nan, node_v.max(axis=1, initial=-np.inf)),
        measured,
        tuple(_regimes(list(grid), one, measured) for one in loading),
        tuple(one.member for one, at in zip(heard_of.members, column.tolist(), strict=True) if at < 0),
    )


def _volts(network: Network) -> Floats:
    """Per element that is a node: what one pu is, between a phase and neutral."""
    rated = [network.nodes[one.node].rated_kv for one in elements(network) if one.branch is None]
    return np.array(rated) * 1000 / 3**0.5


def _above(network: Network) -> Ints:
    feeder = {int(node): row for row, node in enumerate(network.below)}
    return np.array([feeder.get(int(node), -1) for node in network.above], np.int64)


def _regimes(
    at: Sequence[datetime], loading: Floats, measured: Flags
) -> tuple[tuple[Regime, Reason] | None, ...]:
    """With the memory that a regime has; what is only agreed is never red: nobody measured it."""
    standing = Standing()
    found: list[tuple[Regime, Reason] | None] = []
    for instant, share, known in zip(at, loading.tolist(), measured.tolist(), strict=True):
        if np.isnan(share):
            found.append(None)
            continue
        seen = Seen(instant, loading=share if known else min(share, NEVER_RED))
        standing, reason = step(standing, seen)
        found.append((standing.regime, reason))
    return tuple(found)
