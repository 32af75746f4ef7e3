"""A year on wires with a grid operator that buys: day by day, by what was bought and came back before.

A day begins at four in the afternoon, so that an evening and the night in which it is made up for, and a day's sun, each
lie within one. Offers and what comes back of them are looked at eight hours further, into the next evening.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from laag.cycle.validate import asked_of
from laag.foundation.flex import Offer
from laag.foundation.money import UNITS_PER_EUR
from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.home.flex import Asked
from laag.neighbourhood.flexibility import Chosen, Need, Rule, holding
from laag.neighbourhood.grid.flow import Flow, at_nodes, flow
from laag.neighbourhood.grid.headroom import headroom
from laag.neighbourhood.grid.network import Floats, Network
from laag.neighbourhood.grid.sensitivities import sensitivities
from laag.neighbourhood.grid.trouble import elements, outside, values

DAY_PTUS, TAIL_PTUS, BEGINS = 96, 32, 64

ROUNDS = 3
"""Of that secant."""
HAIR_KW = 0.02
"""Nearer to full counts as over: a choice is held to ten watts."""


class Load(Protocol):
    """What hangs on the wires, and what of it can be moved."""

    network: Network
    grid: PtuGrid
    kvar: Floats
    """``(ptus, connections)``: taken whatever is bought."""

    def planned_kw(self, span: slice, own: int) -> Floats:
        """What these hours bring as things stand, ``(ptus, connections)``; the first ``own`` will be lived as they are."""

    def offers(self, asked: Mapping[str, tuple[Asked, ...]]) -> Sequence[Offer]:
        """What connections offer of the hours that were planned last."""

    def lived_kw(self, chosen: Chosen | None) -> Floats:
        """What those become, with what was ordered."""


@dataclass(slots=True)
class Bought:
    """What a year of it comes to."""

    days: int = 0
    """On which something was asked."""
    offers: int = 0
    kwh: float = 0.0
    paid_eur: float = 0.0
    unresolved_kwh: float = 0.0
    """As it was ordered, over all elements."""
    unresolved_days: int = 0


@dataclass(slots=True)
class Year:
    """What was taken, and what was bought."""

    kw: Floats
    bought: Bought = field(default_factory=Bought)


def windows(count: int) -> Iterator[tuple[slice, int]]:
    """The days of so many PTUs, each with its tail; and how many of its PTUs are its own.

    >>> [(span.start, span.stop, own) for span, own in windows(200)]
    [(0, 96, 64), (64, 192, 96), (160, 200, 40)]
    """
    start = 0
    while start < count:
        stop = min(start + (DAY_PTUS if start else BEGINS), count)
        yield slice(start, min(stop + TAIL_PTUS, count)), stop - start
        start = stop


def without(load: Load) -> Year:
    """The year in which nobody asks for anything."""
    year = Year(np.zeros_like(load.kvar))
    for span, own in windows(len(load.grid)):
        load.planned_kw(span, own)
        year.kw[span.start : span.start + own] = load.lived_kw(None)
    return year


def with_flexibility(load: Load, rule: Rule = Rule.PAY_AS_BID) -> Year:
    """The same year with what the grid operator buys each day, by power flow, for what the wires do not bear."""
    year = Year(np.zeros_like(load.kvar))
    for span, own in windows(len(load.grid)):
        chosen = _bought(load, span, own, load.planned_kw(span, own), rule, year.bought)
        year.kw[span.start : span.start + own] = load.lived_kw(chosen)
    return year


def _bought(load: Load, span: slice, own: int, kw: Floats, rule: Rule, tally: Bought) -> Chosen | None:
    kvar = load.kvar[span]
    seen = flow(load.network, kw, kvar)
    if not outside(seen, load.network)[:own].any():
        return None
    grid = load.grid.window(span.start, span.stop)
    relief = _relief(load.network, seen, own)
    before_kw = _over_kw(load.network, seen)
    need = _need(load.network, grid, _own_only(before_kw, own), relief)
    offers = load.offers(asked_of(need, f"{span.start}"))

    def over_after(less_kw: Floats) -> Floats:
        there = _over_kw(load.network, flow(load.network, kw - less_kw, kvar))
        there[:, own:] -= np.maximum(before_kw[:, own:], 0.0)
        return np.asarray(np.maximum(there, 0.0))

    chosen = holding(need, offers, over_after, rule)
    left_kwh = float(chosen.unresolved_kw[:, :own].sum()) * PTU_HOURS
    tally.days += 1
    tally.offers += len(offers)
    tally.kwh += float(np.abs(chosen.less_wh).sum()) / 1000
    tally.paid_eur += int(chosen.paid_units.sum()) / UNITS_PER_EUR
    tally.unresolved_kwh += left_kwh
    tally.unresolved_days += left_kwh > 0
    return chosen


def _own_only(over_kw: Floats, own: int) -> Floats:
    """What is over in the tail is the next day's to resolve; there is no room in it."""
    tail = np.minimum(over_kw[:, own:], 0.0)
    return np.concatenate([over_kw[:, :own], tail], axis=1)


def _over_kw(network: Network, seen: Flow) -> Floats:
    """``(elements twice, ptus)``: for what is taken, then for what is fed in, as ``Need`` counts them.

    What is over is exact; how much room is left may be some per cent off, and is looked at again in what was chosen.
    """
    room = headroom(seen, network, rounds=0)
    more, less = room.more_kw.copy(), room.less_kw.copy()
    kinds = elements(network)
    branch = np.array([one.branch is not None for one in kinds])
    low, high = np.array([one.low for one in kinds]), np.array([one.high for one in kinds])
    more = _exact(network, seen, more, np.where(branch, high, low))
    less = -_exact(network, seen, -less, np.where(branch, low, high), way=-1)
    for ptu in np.flatnonzero(seen.unsolved):
        more[ptu], less[ptu] = _by_rating(network, seen.node_kw[ptu])
    over = HAIR_KW - np.concatenate([more, less], axis=1).T
    return np.where(np.isnan(over), -np.inf, over)


def _exact(network: Network, seen: Flow, change_kw: Floats, to: Floats, way: int = 1) -> Floats:
    """The change at each element's own node that brings it to its bound, where it is over: a secant from the estimate."""
    found, kinds = change_kw.copy(), elements(network)
    ptu, at = np.nonzero((way * change_kw < 0) & ~seen.unsolved[:, None])
    if not len(ptu):
        return found
    node = np.array([kinds[i].node for i in at])
    row = np.arange(len(ptu))
    before, before_left = np.zeros(len(ptu)), values(seen, network)[ptu, at] - to[at]
    now = change_kw[ptu, at]
    for _ in range(ROUNDS):
        node_kw = seen.node_kw[ptu].copy()
        node_kw[row, node] += now
        left = values(at_nodes(network, node_kw, seen.node_kvar[ptu]), network)[row, at] - to[at]
        steps = np.isfinite(left) & (np.abs(left - before_left) > 1e-9)
        slope = np.divide(now - before, left - before_left, out=np.zeros(len(ptu)), where=steps)
        before, before_left, now = (
            now,
            np.where(np.isfinite(left), left, before_left),
            now - np.nan_to_num(left) * slope,
        )
    found[ptu, at] = now
    return found


def _need(network: Network, grid: PtuGrid, over_kw: Floats, relief: Floats) -> Need:
    names = [f"{one.name} (voltage)" if one.branch is None else one.name for one in elements(network)]
    none = np.zeros((len(grid), len(names)))
    shaped = Need.of_room(grid, names, [one.name for one in network.connections], none, none, relief)
    return replace(shaped, kw_over=over_kw)


def _relief(network: Network, seen: Flow, own: int) -> Floats:
    """At the fullest quarter-hour that has a solution."""
    worst = np.nan_to_num(seen.loading[:own]).max(axis=1)
    if seen.unsolved[:own].all():
        seen, worst = flow(network, np.zeros((1, len(network.connections)))), np.zeros(1)
    return sensitivities(network, seen, int(np.argmax(worst))).relief_per_kw


def _by_rating(network: Network, at_nodes: Floats) -> tuple[Floats, Floats]:
    """Where no power flow exists: what the ratings alone leave."""
    through = network.feeds @ at_nodes
    kinds = elements(network)
    more, less = np.full((2, len(kinds)), np.inf)
    for i, one in enumerate(kinds):
        if one.branch is not None:
            more[i] = network.rated_kw[one.branch] - through[one.branch]
            less[i] = network.rated_kw[one.branch] + through[one.branch]
    return more, less
