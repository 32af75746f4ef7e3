"""Ways to bring the same homes through the same day, each from what every home does to what it pays.

=============  ==================================================================================================
``alone``      each home by its own dynamic contract: it buys at the landed price and sells at the export price
``signal``     one simple price for all, what the next kWh costs the street as it is; everybody follows it at once
``prices``     rounds of prices until they fit: ``neighbourhood.coordination``
``operator``   the grid operator cuts where plans are too much for the transformer, the same ceiling for all, and nothing else
``peers``      neighbours trade two by two (``market.peer_to_peer``), by orders made of their plans
``layered``    our own market, by the same orders
``central``    one mind that knows everything: only to compare with
=============  ==================================================================================================

In every way a home's own planner has the last word, with all that devices cannot do by halves. A home that agreed to something
plans with it as its position, and loses the spread on what it does otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Gateways, Orders
from laag.foundation.money import sum_by
from laag.foundation.ptu import PTU_HOURS
from laag.home import bid
from laag.home.house import HomeState
from laag.home.ladder import Limit, On, Rung
from laag.home.outlook import Outlook
from laag.home.plan import Plan, cheapest
from laag.home.plan.priced import AskedAgain
from laag.home.plan.solver import Solver
from laag.neighbourhood.charter import Charter
from laag.neighbourhood.coordination import Gate, Terms
from laag.neighbourhood.market import clear
from laag.study.coordination.by_prices import Told, by_prices
from laag.study.coordination.central import Central, bound_eur, central
from laag.study.coordination.homes import OWN_PTUS, Neighbours

Floats = NDArray[np.float64]

SPREAD_EUR_PER_KWH = 0.02
"""What homes reckon to lose on a kWh outside their position, as everywhere (decision 8)."""
CUTS = 6
"""So often the grid operator looks again: what was cut goes to other quarter-hours."""
BUYERS, SELLERS = 0.8, 0.4
"""Where between export and landed price homes expect local prices before they saw any, as ``cycle.bulletin`` does."""
REMEMBERED = 3
"""Days by which local prices are expected, and how they may be otherwise."""


@dataclass(slots=True)
class Memory:
    """What a way learns from one day for the next; public, the same for all homes."""

    shares: list[tuple[Floats, Floats]] = field(default_factory=list)
    """By day: where buyers and sellers ended between export (0) and landed price (1)."""


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What there is to plan."""

    homes: Neighbours
    span: slice
    states: Sequence[HomeState]
    solver: Solver
    memory: Memory
    clock: Callable[[], float]

    @property
    def gate(self) -> Gate:
        """What the street pays."""
        return self.homes.gate(self.span)

    def outlook(self, at: int, buy: Floats, sell: Floats) -> Outlook:
        """Of one home."""
        return self.homes.outlook(at, self.span, buy, sell)

    def planned(self, at: int, outlook: Outlook) -> Plan:
        """By its own planner."""
        return cheapest(self.homes.homes[at].house, self.states[at], outlook, solver=self.solver)

    def every(self) -> range:
        """Homes by number."""
        return range(len(self.homes.homes))

    def alone(self) -> list[Plan]:
        """Each by its own contract."""
        landed, export = self.homes.prices(self.span)
        return [self.planned(i, self.outlook(i, landed, export)) for i in self.every()]


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """A day in one way: what homes do, and what each pays for it over the quarter-hours that are lived."""

    plans: Sequence[Plan]
    paid_eur: Floats
    """By home, before what is over or short at the gateway is shared out."""
    told: Told
    optimum: Optimum | None = None


@dataclass(frozen=True, slots=True)
class Optimum:
    """How near the rounds came, on one and the same day from one and the same state, 36 hours."""

    prices_eur: float
    """By the rounds, gateway and homes together."""
    central_eur: float
    """``nan`` where nobody computed it."""
    bound_eur: float
    """What no day can cost less than, from the prices alone."""
    paid_eur: float
    """What the street pays at its gateway on the central day, or on that of the rounds: what a gap is a share of."""
    alone_eur: float
    """Of round 0: each home for itself, netted at the same gateway."""
    near: int | None
    """The first round within one percent of the optimum (or bound); ``None``: none was."""


Way = Callable[[Day], Done]


def street_kw(plans: Sequence[Plan]) -> Floats:
    """What the street takes."""
    return np.asarray(np.sum([plan.connection_kw for plan in plans], axis=0), np.float64)


def alone(day: Day) -> Done:
    """Each home for itself."""
    plans = day.alone()
    return Done(plans, _by_contract(day, plans), Told())


def signal(day: Day) -> Done:
    """Everybody follows one price at once: what the street's next kWh costs as homes would live by themselves."""
    before = street_kw(day.alone())
    landed, export = day.homes.prices(day.span)
    price = np.where(before > 0, landed, export)
    plans = [day.planned(i, day.outlook(i, price, price)) for i in day.every()]
    count = len(plans)
    return Done(plans, _at(plans, price), Told(1, 2 * count, 4 * len(price) * count + 2 * len(price) * count))


def by_rounds(day: Day, *, compared: bool = True) -> Done:
    """Prices until they fit."""
    landed, export = day.homes.prices(day.span)
    gate = day.gate
    homes = day.homes.homes
    asked = {
        home.house.name: AskedAgain(home.house, day.states[i], day.outlook(i, landed, export))
        for i, home in enumerate(homes)
    }
    moves = {home.house.name: day.homes.flexible(i, export) for i, home in enumerate(homes)}
    began = day.clock()
    agreed = by_prices(Terms(gate, day.homes.connections()), asked, moves)
    agreed.told.seconds = day.clock() - began
    price = agreed.settled.price_ticks / 100_000
    told_kw = np.stack([agreed.days[home.house.name].connection_kw for home in homes])
    plans = [_held(day, i, told_kw[i], price) for i in day.every()]
    every = [asked[home.house.name] for home in homes]
    beside = sum(one.beside_eur for one in agreed.days.values())
    eur = gate.cost_eur(told_kw.sum(axis=0)) + beside
    best = central(every, gate) if compared else None
    optimum = _optimum(agreed.course, eur, price, every, gate, told_kw.sum(axis=0), best)
    return Done(plans, _at(plans, price), agreed.told, optimum)


def by_one_mind(day: Day) -> Done:
    """The central optimum, lived: what one who knows everything would have every home do."""
    landed, export = day.homes.prices(day.span)
    every = [
        AskedAgain(home.house, day.states[i], day.outlook(i, landed, export))
        for i, home in enumerate(day.homes.homes)
    ]
    best = central(every, day.gate)
    price = best.price_eur_per_kwh
    plans = [_held(day, i, best.connection_kw[i], price) for i in day.every()]
    return Done(plans, _at(plans, price), Told())


def _optimum(
    course: Sequence[float],
    eur: float,
    price: Floats,
    homes: Sequence[AskedAgain],
    gate: Gate,
    sum_kw: Floats,
    best: Central | None,
) -> Optimum:
    bound = bound_eur(homes, gate, price)
    least, pays = bound, gate.energy_eur(sum_kw)
    central_eur = float("nan")
    if best is not None:
        least = central_eur = best.eur
        pays = gate.energy_eur(best.connection_kw.sum(axis=0))
    above = np.array(course) - course[-1] + (eur - least)
    near = np.flatnonzero(above <= 0.01 * abs(pays))
    return Optimum(
        eur, central_eur, bound, pays, eur + course[0] - course[-1], int(near[0]) if len(near) else None
    )


def _held(day: Day, at: int, told_kw: Floats, price: Floats) -> Plan:
    """What becomes of a day that was told, with all that devices cannot do by halves."""
    if not day.homes.flexible(at, price):
        return day.planned(at, day.outlook(at, price, price))
    outlook = replace(
        day.outlook(at, price, price),
        position_kw=told_kw,
        more_eur_per_kwh=price + SPREAD_EUR_PER_KWH,
        less_eur_per_kwh=price - SPREAD_EUR_PER_KWH,
    )
    return day.planned(at, outlook)


def operator(day: Day) -> Done:
    """The grid operator sees all plans, and where they are too much gives all homes the same ceiling."""
    plans, most = day.alone(), day.homes.limit_kw
    landed, export = day.homes.prices(day.span)
    ceiling = np.full((2, len(landed)), np.inf)
    told = Told(0, len(plans), 2 * len(landed) * len(plans))
    for _ in range(CUTS):
        kw = np.stack([plan.connection_kw for plan in plans])
        cut = np.stack([ceiling_kw(kw, most), ceiling_kw(-kw, most)])
        if not (cut < np.inf).any():
            break
        ceiling = np.minimum(ceiling, cut)
        told.rounds += 1
        for i in day.every():
            claims = _claims(ceiling)
            plans[i] = day.planned(i, replace(day.outlook(i, landed, export), claims=claims))
        told.messages += 2 * len(plans)
        told.bytes += (4 + 2) * len(landed) * len(plans)
    return Done(plans, _by_contract(day, plans), told)


def ceiling_kw(kw: Floats, most: float) -> Floats:
    """Per quarter-hour the same ceiling for all, under which they fit together; ``inf`` where they fit anyway.

    >>> ceiling_kw(np.array([[1.0, 1.0], [5.0, 2.0], [6.0, 1.0]]), 8.0).tolist()
    [3.5, inf]
    """
    found = np.full(kw.shape[1], np.inf)
    for ptu in np.flatnonzero(kw.sum(axis=0) > most + 1e-6):
        rising = np.sort(kw[:, ptu])
        below = np.concatenate([[0.0], np.cumsum(rising)])[:-1]
        level = (most - below) / (len(rising) - np.arange(len(rising)))
        fits = np.flatnonzero(level <= rising)
        found[ptu] = max(float(level[fits[0]]), 0.0) if len(fits) else np.inf
    return found


def _claims(ceiling: Floats) -> tuple[Limit, ...]:
    return tuple(
        Limit(Rung.EMERGENCY, on, int(ptu), int(ptu) + 1, float(ceiling[way, ptu]), "dso:full cable")
        for way, on in enumerate((On.IMPORT, On.EXPORT))
        for ptu in np.flatnonzero(np.isfinite(ceiling[way]))
    )


def by_market(rule: str) -> Way:
    """Orders, one clearing of the whole horizon, and plans that hold what was bought."""

    def way(day: Day) -> Done:
        return _traded(day, rule)

    return way


def _traded(day: Day, rule: str) -> Done:
    landed, export = day.homes.prices(day.span)
    width, T = landed - export, len(landed)
    expected, ways = _expectation(day.memory, day.span)
    buy, sell = export + expected[0] * width, export + expected[1] * width
    prospect = bid.Prospect(
        buy,
        landed,
        np.stack([(one - expected[0]) * width for one in ways]),
        spread_eur_per_kwh=SPREAD_EUR_PER_KWH,
    )
    every: list[bid.HomeOrders] = []
    for i in day.every():
        house = day.homes.homes[i].house
        plans = bid.plans(
            house, day.states[i], day.outlook(i, buy, sell), slice(0, T), prospect, solver=day.solver
        )
        every.append(bid.orders(plans, house, slice(0, T), prospect))
    member = np.repeat(np.arange(len(every)), [len(one) for one in every])
    ptu, side, quantity, limit, device = (
        np.concatenate([getattr(one, name) for one in every])
        for name in ("ptu", "side", "quantity_wh", "limit_ticks", "device")
    )
    orders = Orders(ptu, side, quantity, limit, np.argsort(np.lexsort((limit, device, member))))
    cleared = Charter("compared", rule=rule).books(_gateways(day), orders)
    found = clear(rule, cleared)
    signed = np.where(side == 1, found.fill_wh, -found.fill_wh)
    wh = sum_by(member * T + ptu, signed, len(every) * T).reshape(-1, T)
    lived = ptu < OWN_PTUS
    paid = sum_by(member[lived], found.fill_units[lived], len(every)) / 1e8
    buyers = np.where(found.bought_wh > 0, found.buyers_units / np.maximum(found.bought_wh, 1) / 1e5, landed)
    sellers = np.where(found.sold_wh > 0, found.sellers_units / np.maximum(found.sold_wh, 1) / 1e5, export)
    at_least = np.maximum(width, 1e-6)
    ended = [np.clip((one - export) / at_least, 0, 1)[:OWN_PTUS] for one in (buyers, sellers)]
    day.memory.shares.append((ended[0], ended[1]))
    kw = wh / (1000 * PTU_HOURS)
    margin = np.where(kw.sum(axis=0) < 0, export, landed)
    made = [
        day.planned(
            i,
            replace(
                day.outlook(i, buy, sell),
                position_kw=kw[i],
                more_eur_per_kwh=landed + SPREAD_EUR_PER_KWH,
                less_eur_per_kwh=margin - SPREAD_EUR_PER_KWH,
            ),
        )
        for i in day.every()
    ]
    off = np.stack([plan.connection_kw for plan in made]) - kw
    beyond = np.where(off > 0, landed * off, margin * off)[:, :OWN_PTUS].sum(axis=1) * PTU_HOURS
    sent = 12 * len(orders) + len(every) * T * 8
    return Done(made, paid + beyond, Told(1, 2 * len(every), sent))


def _expectation(memory: Memory, span: slice) -> tuple[tuple[Floats, Floats], list[Floats]]:
    """What local prices are expected by, and the ways in which they may be otherwise: the last days as they were."""
    count = span.stop - span.start
    again = np.arange(count) % OWN_PTUS
    known = memory.shares[-REMEMBERED:]
    if not known:
        return (np.full(count, BUYERS), np.full(count, SELLERS)), [np.ones(count), np.zeros(count)]
    buyers, sellers = (np.mean([one[side] for one in known], axis=0)[again] for side in (0, 1))
    return (buyers, np.minimum(sellers, buyers)), [one[0][again] for one in known]


def _gateways(day: Day) -> Gateways:
    landed, export = day.homes.landed_ticks[day.span], day.homes.export_ticks[day.span]
    levy = np.full(len(landed), day.homes.levy_ticks, np.int64)
    most = np.full(len(landed), int(day.homes.limit_kw * 1000 * PTU_HOURS), np.int64)
    return Gateways(landed - levy, export, levy, most, most)


def _by_contract(day: Day, plans: Sequence[Plan]) -> Floats:
    landed, export = (price[:OWN_PTUS] for price in day.homes.prices(day.span))
    kw = np.stack([plan.connection_kw[:OWN_PTUS] for plan in plans])
    return np.asarray(np.where(kw > 0, landed * kw, export * kw).sum(axis=1) * PTU_HOURS, np.float64)


def _at(plans: Sequence[Plan], price: Floats) -> Floats:
    kw = np.stack([plan.connection_kw[:OWN_PTUS] for plan in plans])
    return np.asarray(kw @ price[:OWN_PTUS] * PTU_HOURS, np.float64)


WAYS: Mapping[str, Way] = {
    "alone": alone,
    "signal": signal,
    "prices": by_rounds,
    "operator": operator,
    "peers": by_market("peer_to_peer"),
    "layered": by_market("layered"),
    "central": by_one_mind,
}
