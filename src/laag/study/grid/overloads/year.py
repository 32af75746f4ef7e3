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
from laag.neighbourhood.grid.flow import Flow, flow
from laag.neighbourhood.grid.headroom import headroom
from laag.neighbourhood.grid.network import Floats, Network
from laag.neighbourhood.grid.sensitivities import sensitivities
from laag.neighbourhood.grid.trouble import elements, outside

DAY_PTUS, TAIL_PTUS, BEGINS = 96, 32, 64
ROUNDS = 3
"""Of a secant; a choice is looked at with a power flow after that, and asked for again."""

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
    """``(elements twice, ptus)``: for what is taken, then for what is fed in, as ``Need`` counts them."""
    trouble = outside(seen, network).any(axis=1) & ~seen.unsolved
    coarse = headroom(seen, network, rounds=0)
    more, less = coarse.more_kw.copy(), coarse.less_kw.copy()
    if trouble.any():
        fine = headroom(_part(seen, trouble), network, rounds=ROUNDS)
        more[trouble], less[trouble] = fine.more_kw, fine.less_kw
    for ptu in np.flatnonzero(seen.unsolved):
        more[ptu], less[ptu] = _by_rating(network, seen.node_kw[ptu])
    over = HAIR_KW - np.concatenate([more, less], axis=1).T
    return np.where(np.isnan(over), -np.inf, over)


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


def _part(seen: Flow, which: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Flow:
    columns = (getattr(seen, name)[which] for name in Flow.__slots__)
    return Flow(*columns)


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
