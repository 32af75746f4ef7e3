"""VALIDATE: between market and delivery the grid operator looks at what was agreed, and asks for what the wires do not bear.

The first D-prognosis of a connection is its position on the market: what its home signed for, and nothing else of its day;
the next ones are what it is going to take by then (``validated``). A linear answer is looked at with another power flow
before anybody acts on it; what it missed is asked for on top.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from laag.cycle.flexed import sold
from laag.cycle.street import LATER
from laag.foundation.contracts import NO_LIMIT_WH, Ints
from laag.foundation.flex import Offer
from laag.foundation.ptu import PTU_HOURS, PtuGrid
from laag.home.flex import Asked
from laag.neighbourhood.flexibility import Chosen, Need, Rule, holding
from laag.neighbourhood.grid.flow import Flow, flow
from laag.neighbourhood.grid.headroom import headroom
from laag.neighbourhood.grid.network import PHASES, Network
from laag.neighbourhood.grid.reactive import Load, PowerFactors
from laag.neighbourhood.grid.sensitivities import sensitivities
from laag.neighbourhood.grid.trouble import Element, elements, outside
from laag.neighbourhood.limits import Connection as Sharing
from laag.neighbourhood.limits import curtailed, shared
from laag.settlement.delivered import Sold

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

WH_PER_KW = 1000 * PTU_HOURS


@dataclass(frozen=True, slots=True)
class Validation:
    """What the grid operator does about too much: buy, limit, or both; chosen by charter and grid operator together."""

    flexibility: bool = True
    limits: bool = False
    """Where what could be bought was not enough, or nothing is bought."""
    rule: Rule = Rule.PAY_AS_BID
    most_ticks: int | None = None
    """What a kWh over is worth to the grid operator; ``None``: whatever it costs."""
    penalty_ticks: int = 0
    """Per Wh that was ordered and not delivered."""
    around_ptus: int = 8
    """So long before and after a quarter-hour that is too full its limits hold too."""
    floor_wh: int = 500
    """In a PTU, for every home: 2 kW. Chosen, not law."""
    band_wh: int = 1000
    """4 kW: what a 3x25 A connection is reckoned with in today's tariffs."""
    most_wh: int = 4312
    """17.25 kW: what its fuses let through."""
    looks: int | None = field(default=None, metadata=LATER)
    """So often at most, first at what was agreed and then at what homes are going to do with what was asked of them since;
    ``None``: as often as ``LOOKS`` says."""
    agreed_first: bool | None = field(default=None, metadata=LATER)
    """Above the floor a limit leaves first what the market agreed; else what the subscribed bands are."""
    power_factors: PowerFactors | None = field(default=None, metadata=LATER)
    """What reactive power the grid operator reckons with; ``None``: with none."""
    bands_wh: tuple[tuple[str, int], ...] | None = field(default=None, metadata=LATER)
    """By member, where connections are subscribed bands; ``None``: ``band_wh`` for everybody."""

    def sharing(self, names: Sequence[str]) -> list[Sharing]:
        """How these take part where a full cable is shared."""
        bands = dict(self.bands_wh or ())
        return [
            Sharing(name, self.most_wh, min(bands.get(name, self.band_wh), self.most_wh)) for name in names
        ]

    def banded(self, bands_wh: Mapping[str, int]) -> Validation:
        """With these subscribed bands, in Wh per PTU."""
        return replace(self, bands_wh=tuple(bands_wh.items()))


LOOKS = 3
"""Once at what was agreed, and twice again."""
ROUNDS = 3
"""So often what the wires still do not bear is asked for on top."""
TAKEN, GIVEN = 0, 1
"""The rows of a member's limits."""
MARGIN = 1.02
"""Of what a power flow still finds too much: a little more is asked for, as a curve bends away from its tangent."""
CLOSE_KW = 0.02
"""So much over is not worth a limit; what is bought leaves no more."""
WORTH_ASKING = 0.02
"""Of a kW: who relieves less than this is not asked."""
BEHIND = 0.5
"""Of what the one who feels it most feels: who shares in its limit."""
BEHIND_A_PHASE = 0.25
"""The same where phases are told apart: who hangs on all three has a third of its kW on the full one."""
NEARLY_FULL = 0.8
"""Of its rating: where an element is as full as that with all that is bought, what comes back is promised too."""
COARSE_ROUNDS = 0
"""Power flows for the room in quarter-hours without trouble, which only what comes back uses."""


@dataclass(frozen=True, slots=True, eq=False)
class Wires:
    """A network, and which of its connections each member of a street is."""

    network: Network
    members: tuple[str, ...]
    place: Ints
    """By member: its connection, or -1 where the network does not know it."""
    kvar_per_kw: Floats | None = None
    """``(2, connections)``: what comes with a kW that is taken, and with one that is given; ``None``: nothing."""

    @classmethod
    def of(
        cls,
        network: Network,
        members: Sequence[str],
        factors: PowerFactors | None = None,
        heat_pumps: Collection[str] = (),
    ) -> Wires:
        """Members are found by the name of their connection.

        What is known of a day is a connection's sum, so whoever has a heat pump takes as one, and whoever gives does so
        through an inverter.
        """
        at = {one.name: i for i, one in enumerate(network.connections)}
        place = np.array([at.get(name, -1) for name in members], np.int64)
        if factors is None:
            return cls(network, tuple(members), place)
        kinds = [Load.HEAT_PUMP if one.name in heat_pumps else Load.HOUSEHOLD for one in network.connections]
        taken = [factors.kvar_per_kw(kind) for kind in kinds]
        given = [factors.kvar_per_kw(Load.INVERTER)] * len(kinds)
        return cls(network, tuple(members), place, np.array([taken, given]))

    @property
    def per_phase(self) -> bool:
        """Whether somebody hangs on fewer than three phases, so that they must be told apart."""
        return any(len(one.phases) < len(PHASES) for one in self.network.connections)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Members that hang nowhere on it."""
        return tuple(name for name, at in zip(self.members, self.place.tolist(), strict=True) if at < 0)

    def kw(self, offtake_wh: Ints) -> Floats:
        """``(ptus, connections)``, when members take so much: ``(members, ptus)``, Wh."""
        known = self.place >= 0
        kw = np.zeros((offtake_wh.shape[1], len(self.network.connections)))
        np.add.at(kw.T, self.place[known], offtake_wh[known] / WH_PER_KW)
        return kw

    def flow(self, offtake_wh: Ints) -> Flow:
        """What flows then."""
        return self.flow_kw(self.kw(offtake_wh))

    def flow_kw(self, kw: Floats) -> Flow:
        """The same, of ``(ptus, connections)``."""
        kvar: Floats | None = None
        if self.kvar_per_kw is not None:
            taken, given = self.kvar_per_kw
            kvar = np.asarray(np.abs(kw) * np.where(kw > 0, taken, given), np.float64)
        return flow(self.network, kw, kvar, per_phase=self.per_phase)


def need_of(wires: Wires, grid: PtuGrid, offtake_wh: Ints) -> Need | None:
    """What the wires need of these members in these hours; ``None`` where they bear it all."""
    return need_in(wires.network, grid, wires.flow(offtake_wh))


def need_in(network: Network, grid: PtuGrid, seen: Flow) -> Need | None:
    """The same, of a power flow that is there already."""
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
    # Nor where an element stays too full however much less is taken: so much is over that no power flow finds its edge.
    lost = ~solved | (np.isneginf(more) | np.isneginf(less)).any(axis=1)
    for ptu in np.flatnonzero(lost):
        by_rating = _by_rating(network, seen.node_kw[ptu])
        for room, rated in zip((more, less), by_rating, strict=True):
            room[ptu] = np.where(np.isneginf(room[ptu]), rated, room[ptu]) if solved[ptu] else rated
    beyond = np.where(solved, np.maximum(-np.minimum(more, less), 0.0).max(axis=1), -1.0)
    at = int(np.argmax(beyond)) if solved.any() else -1
    none = np.zeros((1, len(network.connections)))
    calm = seen if at >= 0 else flow(network, none, per_phase=seen.per_phase)
    relief = sensitivities(network, calm, max(at, 0)).relief_per_kw
    if not np.isfinite(
        relief
    ).all():  # at the edge of what can be computed: what each relieves is told of no load
        relief = sensitivities(network, flow(network, none, per_phase=seen.per_phase), 0).relief_per_kw
    names = [_named(one) for one in elements(network, per_phase=seen.per_phase)]
    return Need.of_room(
        grid,
        names,
        [one.name for one in network.connections],
        np.where(np.isnan(more), np.inf, more),
        np.where(np.isnan(less), np.inf, less),
        relief,
    )


def _named(element: Element) -> str:
    """A node and a cable may have one name."""
    if element.branch is not None:
        return element.name
    return f"{element.name} (voltage{'' if element.phase is None else f', phase {element.phase}'})"


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


def _by_rating(network: Network, at_nodes: Floats) -> tuple[Floats, Floats]:
    """Where no power flow exists, so much is taken that the voltage is gone: what the ratings alone leave.

    Per phase it is the fuller one that counts, as if all three were.
    """
    through = network.feeds @ at_nodes
    kinds = elements(network, per_phase=through.ndim == 2)
    most, least = (
        (3 * through.max(axis=1), 3 * through.min(axis=1)) if through.ndim == 2 else (through, through)
    )
    more, less = np.full((2, len(kinds)), np.inf)
    for i, one in enumerate(kinds):
        if one.branch is not None:
            more[i] = network.rated_kw[one.branch] - most[one.branch]
            less[i] = network.rated_kw[one.branch] + least[one.branch]
    return more, less


def asked_of(need: Need, name: str) -> dict[str, tuple[Asked, ...]]:
    """By connection what it is asked: less where that relieves something, more where that does."""
    over = need.kw_over > 0
    found: dict[str, tuple[Asked, ...]] = {}
    for at, connection in enumerate(need.connections):
        relief = need.relief_per_kw[:, at]
        asked = []
        for less in (True, False):
            helps = (relief > WORTH_ASKING if less else relief < -WORTH_ASKING)[:, None]
            ptus = np.flatnonzero((over & helps).any(axis=0))
            if len(ptus):
                word = "less" if less else "more"
                asked.append(Asked(f"{name}:{word}", need.grid, tuple(ptus.tolist()), less))
        if asked:
            found[connection] = tuple(asked)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Bought:
    """What was ordered of whom, and what the wires then bear."""

    chosen: Chosen
    sold: Sold
    left: Flow
    """The power flow with all of it, and with what comes back."""
    trouble: Flags
    """``(ptus, elements)``: what stays out of its bounds then."""


def buy(
    wires: Wires,
    need: Need,
    offtake_wh: Ints,
    offers: Sequence[Offer],
    validation: Validation,
) -> Bought:
    """The cheapest offers that the wires bear, by power flow and not by its tangent alone."""

    def over_after(less_kw: Floats) -> Floats:
        there_kw = wires.kw(offtake_wh) - less_kw
        over = need_in(wires.network, need.grid, wires.flow_kw(there_kw))
        return np.zeros_like(need.kw_over) if over is None else np.maximum(over.kw_over, 0.0)

    chosen = holding(need, offers, over_after, validation.rule, most_ticks=validation.most_ticks)
    made = sold(chosen, wires.members)
    then_wh = offtake_wh - made.bought_wh + made.comes_back_wh
    left = wires.flow(then_wh)
    return Bought(chosen, made, left, outside(left, wires.network))


def back_promised(bought: Bought, wires: Wires) -> Ints:
    """``(members, ptus)``: what comes back of what each sold, where its cables are nearly full; elsewhere ``NO_LIMIT_WH``."""
    network, made = wires.network, bought.sold
    nearly = (bought.left.loading > NEARLY_FULL) & (bought.left.branch_kw > 0)
    tight = nearly.astype(np.int64) @ network.feeds[:, network.connection_node] > 0
    sells = (made.bought_wh > 0).any(axis=1) & (wires.place >= 0)
    return np.where(sells[:, None] & tight[:, wires.place].T, made.comes_back_wh, NO_LIMIT_WH)


def limits(
    wires: Wires,
    grid: PtuGrid,
    offtake_wh: Ints,
    validation: Validation,
    held_wh: Ints | None = None,
    agreed_wh: Ints | None = None,
) -> Ints:
    """What a full cable leaves each member, ``(2, members, ptus)``: the most taken, and the most given.

    Whoever hangs behind an element that is over shares what it bears: the floor first, then by band (in place of which
    stands what was agreed, where that is given). Of too much sun each gives the same share less. What still is over after a
    power flow is shared again, a little tighter. A limit on taking holds for some time before and after as well, by what the
    element bears then: what may not be taken in one quarter-hour would else fill the next. ``held_wh`` are limits that are
    there already: none of them becomes looser.
    """
    found = np.full((2, *offtake_wh.shape), NO_LIMIT_WH, np.int64) if held_wh is None else held_wh.copy()
    now_wh = offtake_wh
    for _ in range(ROUNDS):
        need = need_of(wires, grid, now_wh)
        if need is None:
            break
        over = need.kw_over > CLOSE_KW
        for element in np.flatnonzero(over.any(axis=1)).tolist():
            relief = need.relief_per_kw[element]
            way = TAKEN if relief.max() >= -relief.min() else GIVEN
            near = _around(over[element], validation.around_ptus) if way == TAKEN else over[element]
            for ptu in np.flatnonzero(near & np.isfinite(need.kw_over[element])).tolist():
                kw = float(need.kw_over[element, ptu])
                over_wh = int(np.ceil(kw * WH_PER_KW * (MARGIN if kw > 0 else 1.0)))
                _share(wires, found, now_wh, agreed_wh, relief, over_wh, ptu, way, validation)
        now_wh = np.clip(now_wh, -found[1], found[0])
    return found


def _around(where: Flags, ptus: int) -> Flags:
    """There, and so many before and after."""
    near = np.zeros_like(where)
    for ptu in np.flatnonzero(where).tolist():
        near[max(ptu - ptus, 0) : ptu + ptus + 1] = True
    return near


def _share(
    wires: Wires,
    found: Ints,
    now_wh: Ints,
    agreed_wh: Ints | None,
    relief: Floats,
    over_wh: int,
    ptu: int,
    way: int,
    validation: Validation,
) -> None:
    """Tighten the limits of those behind one element in one quarter-hour."""
    sign = 1 if way == TAKEN else -1
    feels = np.where(wires.place >= 0, sign * relief[wires.place], 0.0)
    share = BEHIND_A_PHASE if wires.per_phase else BEHIND
    behind = np.flatnonzero(feels > share * feels.max())
    wh = sign * now_wh[behind, ptu]
    if wires.per_phase and (felt := float(feels[behind] @ np.maximum(wh, 0))) > 0:
        over_wh = int(np.ceil(over_wh * np.maximum(wh, 0).sum() / felt))
    names = [wires.members[row] for row in behind]
    if way == TAKEN:
        bears_wh = max(int(np.maximum(wh, 0).sum()) - over_wh, 0)
        rule = validation
        if agreed_wh is not None:
            agreed = agreed_wh[behind, ptu].tolist()
            rule = validation.banded({name: max(wh, 0) for name, wh in zip(names, agreed, strict=True)})
        parts = shared(bears_wh, rule.sharing(names), validation.floor_wh).parts
        limited = {name: part.wh for name, part in parts.items()}
    else:
        limited = curtailed(over_wh, {name: max(int(one), 0) for name, one in zip(names, wh, strict=True)})
    for row, name in zip(behind, names, strict=True):
        found[way, row, ptu] = min(found[way, row, ptu], limited[name])
