"""VALIDATE: between market and delivery the grid operator looks at what was agreed, and asks for what the wires do not bear.

The D-prognosis of a connection is its position on the market: what its home signed for, and nothing else of its day. A
linear answer is looked at with another power flow before anybody acts on it; what it missed is asked for on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints
from laag.foundation.flex import Offer
from laag.foundation.money import allot
from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.neighbourhood.flexibility import Chosen, Need, Rule, cheapest
from laag.neighbourhood.grid.flow import Flow, flow
from laag.neighbourhood.grid.headroom import headroom
from laag.neighbourhood.grid.network import Network
from laag.neighbourhood.grid.sensitivities import sensitivities
from laag.neighbourhood.grid.trouble import elements, outside

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

WH_PER_KW = 1000 * PTU_HOURS
ROUNDS = 3
"""So often what the wires still do not bear is asked for on top."""
MARGIN = 1.02
"""Of what a power flow still finds too much: a little more is asked for, as a curve bends away from its tangent."""
COARSE_ROUNDS = 0
"""Power flows for the room in quarter-hours without trouble, which only what comes back uses."""


@dataclass(frozen=True, slots=True, eq=False)
class Wires:
    """A network, and which of its connections each member of a street is."""

    network: Network
    members: tuple[str, ...]
    place: Ints
    """By member: its connection, or -1 where the network does not know it."""

    @classmethod
    def of(cls, network: Network, members: Sequence[str]) -> Wires:
        """Members are found by the name of their connection."""
        at = {one.name: i for i, one in enumerate(network.connections)}
        return cls(network, tuple(members), np.array([at.get(name, -1) for name in members], np.int64))

    @property
    def unknown(self) -> tuple[str, ...]:
        """Members that hang nowhere on it."""
        return tuple(name for name, at in zip(self.members, self.place.tolist(), strict=True) if at < 0)

    def flow(self, offtake_wh: Ints) -> Flow:
        """What flows when members take so much: ``(members, ptus)``, Wh."""
        known = self.place >= 0
        kw = np.zeros((offtake_wh.shape[1], len(self.network.connections)))
        np.add.at(kw.T, self.place[known], offtake_wh[known] / WH_PER_KW)
        return flow(self.network, kw)


def need_of(wires: Wires, grid: PtuGrid, offtake_wh: Ints) -> Need | None:
    """What the wires need of these members in these hours; ``None`` where they bear it all."""
    network, seen = wires.network, wires.flow(offtake_wh)
    out = outside(seen, network)
    if not out.any():
        return None
    solved = ~seen.unsolved
    trouble = out.any(axis=1) & solved
    coarse = headroom(seen, network, rounds=COARSE_ROUNDS)
    more, less = coarse.more_kw.copy(), coarse.less_kw.copy()
    if trouble.any():
        exact = headroom(_part(seen, trouble), network)
        more[trouble], less[trouble] = exact.more_kw, exact.less_kw
    for ptu in np.flatnonzero(~solved):
        more[ptu], less[ptu] = _by_rating(wires, offtake_wh[:, ptu])
    beyond = np.where(solved, np.maximum(-np.minimum(more, less), 0.0).max(axis=1), -1.0)
    at = int(np.argmax(beyond)) if solved.any() else -1
    calm = seen if at >= 0 else wires.flow(np.zeros_like(offtake_wh[:, :1]))
    relief = sensitivities(network, calm, max(at, 0)).relief_per_kw
    names = [_named(one.name, one.branch is None) for one in elements(network)]
    return Need.of_room(
        grid,
        names,
        [one.name for one in network.connections],
        np.nan_to_num(more, nan=np.inf),
        np.nan_to_num(less, nan=np.inf),
        relief,
    )


def _named(name: str, voltage: bool) -> str:  # noqa: FBT001 - what kind of element it is
    """A node and a cable may have one name."""
    return f"{name} (voltage)" if voltage else name


def _part(seen: Flow, which: Flags) -> Flow:
    return Flow(
        seen.voltage_pu[which],
        seen.loading[which],
        seen.branch_kw[which],
        seen.losses_kw[which],
        seen.unsolved[which],
        seen.node_kw[which],
        seen.node_kvar[which],
    )


def _by_rating(wires: Wires, offtake_wh: Ints) -> tuple[Floats, Floats]:
    """Where no power flow exists, so much is taken that the voltage is gone: what the ratings alone leave."""
    network = wires.network
    known = wires.place >= 0
    at_nodes = np.zeros(len(network.nodes))
    np.add.at(at_nodes, network.connection_node[wires.place[known]], offtake_wh[known] / WH_PER_KW)
    through = network.feeds @ at_nodes
    kinds = elements(network)
    more, less = np.full((2, len(kinds)), np.inf)
    for i, one in enumerate(kinds):
        if one.branch is not None:
            more[i] = network.rated_kw[one.branch] - through[one.branch]
            less[i] = network.rated_kw[one.branch] + through[one.branch]
    return more, less


@dataclass(frozen=True, slots=True, eq=False)
class Bought:
    """What was ordered of whom, and what the wires then bear."""

    chosen: Chosen
    less_wh: Ints
    """``(members, ptus)``: ordered, less (+) or more (-)."""
    paid_units: Ints
    """``(members, ptus)``: what the grid operator pays for it."""
    rebound_wh: Ints
    """``(members, ptus)``: what is expected to come back, more (+)."""
    left: Flow
    """The power flow with all of it."""
    trouble: Flags
    """``(ptus, elements)``: what stays out of its bounds then."""


def buy(
    wires: Wires,
    need: Need,
    offtake_wh: Ints,
    offers: Sequence[Offer],
    rule: Rule = Rule.PAY_AS_BID,
    *,
    most_ticks: int | None = None,
    highs: highspy.Highs | None = None,
) -> Bought:
    """The cheapest offers that the wires bear, by power flow and not by its tangent alone."""
    asked = need
    for _ in range(ROUNDS):
        chosen = cheapest(asked, offers, rule, most_ticks=most_ticks, highs=highs)
        bought = _bought(wires, chosen, offtake_wh)
        over = need_of(wires, need.grid, offtake_wh - bought.less_wh + bought.rebound_wh)
        if over is None:
            break
        # What stays over because no offer helps is known already; only what the tangent missed is asked for on top.
        missed = np.where(over.kw_over > 0, over.kw_over - chosen.unresolved_kw, 0.0)
        if not (missed > 1e-3).any():
            break
        asked = replace(asked, kw_over=asked.kw_over + MARGIN * np.maximum(missed, 0.0))
    return bought


def _bought(wires: Wires, chosen: Chosen, offtake_wh: Ints) -> Bought:
    row = {name: i for i, name in enumerate(wires.members)}
    less, paid, back = np.zeros((3, *offtake_wh.shape), np.int64)
    for at, offer in enumerate(chosen.offers):
        member = row[offer.connection]
        less[member] += chosen.less_wh[at]
        back[member] += chosen.rebound_wh[at]
        paid[member] += _spread(int(chosen.paid_units[at]), chosen.less_wh[at])
    left = wires.flow(offtake_wh - less + back)
    return Bought(chosen, less, paid, back, left, outside(left, wires.network))


def _spread(units: int, wh: Ints) -> Ints:
    """A payment over the quarter-hours for which it is, by their Wh."""
    ptus = np.arange(len(wh))
    return allot(np.array([units]), np.abs(wh), np.zeros_like(ptus), ptus)
