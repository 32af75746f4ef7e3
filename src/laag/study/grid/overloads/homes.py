"""A year of homes of which some have a roof, a car and a heat pump, each planning for itself by the same prices.

Each home plans at four in the afternoon, knows the 32 hours ahead as they turn out, and does as it planned. That makes what a
grid operator buys arrive; what else can go wrong with a forecast is no part of this study. All homes see one dynamic price,
so cars and heat pumps choose the same cheap night: what a market of dynamic contracts does to a street.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from laag.cycle.street import Home, Street
from laag.foundation.contracts import Ints
from laag.foundation.flex import Offer
from laag.home.calendar import Calendar
from laag.home.flex import Asked, kept, offer
from laag.home.house import HomeState
from laag.home.outlook import Outlook
from laag.home.plan import Plan, cheapest
from laag.home.plan.solver import Solver
from laag.neighbourhood.flexibility import Chosen
from laag.neighbourhood.grid.network import Connection, Floats, Network
from laag.study.population import street
from laag.study.population.households import Kind

ELECTRIC = Kind("owner", pv=True, ev=True, heat_pump=True)
BESIDE_EUR_PER_KWH, VAT = 0.13, 0.21
"""Energy tax and what the supplier adds, and VAT over all: of a dynamic contract, rounded. What is sold earns the bare price."""
STEPS_KW = (2.0, 11.0)
"""How much lower or higher a connection is tried, the second as much as a home can; each costs a plan."""
TURN = (5**0.5 - 1) / 2
"""Homes get their devices by the golden ratio: any share of them is spread evenly, and a larger one holds the smaller."""


@dataclass(frozen=True, slots=True, eq=False)
class Village:
    """A network with one connection for each home, and the homes as they would be with everything."""

    network: Network
    of_saved: tuple[int, ...]
    """By home: the connection of the given network at whose place it stands."""
    street: Street
    buy_eur_per_kwh: Floats
    sell_eur_per_kwh: Floats
    tan_phi: Floats
    """By home: kvar per kW of what it takes without its devices, whose power factor is one."""
    planned: dict[tuple[str, float, int, HomeState], tuple[Floats, HomeState]]
    """What was planned once is not planned again."""

    @classmethod
    def of(
        cls, network: Network, homes_at: Sequence[int], tan_phi: Floats, first: date, days: int, seed: int = 1
    ) -> Village:
        """``homes_at``: how many homes at each of the network's connections."""
        at = [i for i, count in enumerate(homes_at) for _ in range(count)]
        made = street(first, days, homes=len(at), seed=seed, warmup_days=0, kinds=(ELECTRIC,))
        connections = tuple(
            Connection(home.house.name, network.connections[i].node, network.connections[i].phases)
            for home, i in zip(made.homes, at, strict=True)
        )
        price = made.nation.day_ahead.values / 1000
        return cls(
            replace(network, connections=connections),
            tuple(at),
            made,
            (price + BESIDE_EUR_PER_KWH) * (1 + VAT),
            price,
            np.asarray(tan_phi)[at],
            {},
        )

    def at(self, level: float, roofs: float = 1.0) -> Homes:
        """With this share of the homes having a car, a heat pump, and a roof with so many times the population's panels."""
        return Homes(self, level, roofs)

    def summed(self, offtake: Floats) -> Floats:
        """By the given network's own connections instead of by home."""
        total = np.zeros((len(offtake), max(self.of_saved) + 1))
        np.add.at(total.T, np.array(self.of_saved), offtake.T)
        return total


class Homes:
    """A ``Load`` of homes that live on from what they hold."""

    def __init__(self, village: Village, level: float, roofs: float = 1.0) -> None:
        """Homes begin the year with what the population gives them."""
        self._village, self._roofs = village, roofs
        self.network, self.grid = village.network, village.street.grid
        homes = village.street.homes
        load = np.column_stack([home.load_kw.values for home in homes])
        self.kvar = load * village.tan_phi
        self._load = load
        self.electric = [i for i in range(len(homes)) if (i + 1) * TURN % 1 < level]
        self._state = {i: homes[i].start for i in self.electric}
        self._row = {home.house.name: i for i, home in enumerate(homes)}
        self._calendar = Calendar.of(self.grid, village.street.zone)
        self._solver = Solver()
        self._span, self._own = slice(0, 0), 0
        self._now: Floats = np.zeros((0, len(homes)))

    def planned_kw(self, span: slice, own: int) -> Floats:
        """Every home's own plan."""
        self._span, self._own = span, own
        now = self._load[span].copy()
        for i in self.electric:
            now[:, i] = self._planned(i)[0]
        self._now = now
        return now.copy()

    def _planned(self, i: int) -> tuple[Floats, HomeState]:
        home, held = self._village.street.homes[i], self._state[i]
        key = home.house.name, self._roofs, self._span.start, held
        known = self._village.planned.get(key)
        if known is None:
            made = cheapest(home.house, held, self._outlook(home), solver=self._solver)
            known = made.connection_kw, _then(made, self._own)
            self._village.planned[key] = known
        return known

    def _outlook(self, home: Home) -> Outlook:
        span, around, house = self._span, self._village, home.house
        none = np.zeros(span.stop - span.start)
        sun = around.street.sun_w_m2.values[span]
        stays = tuple(
            replace(one, arrives=one.arrives - span.start, departs=one.departs - span.start)
            for one in home.sessions
            if one.departs > span.start and one.arrives < span.stop
        )
        return Outlook(
            self.grid.window(span.start, span.stop),
            self._calendar.quarter[span],
            home.load_kw.values[span],
            none if home.pv_kw is None else self._roofs * home.pv_kw.values[span],
            around.street.outdoor_c.values[span],
            none if house.building is None else house.building.gains_kw(sun),
            around.buy_eur_per_kwh[span],
            around.sell_eur_per_kwh[span],
            stays,
        )

    def offers(self, asked: Mapping[str, tuple[Asked, ...]]) -> list[Offer]:
        """Out of each home's own planner."""
        found = []
        for name, wanted in sorted(asked.items()):
            i = self._row[name]
            if i in self._state:
                home = self._village.street.homes[i]
                ahead = self._outlook(home)
                made = (
                    offer(home.house, self._state[i], ahead, one, solver=self._solver, steps_kw=STEPS_KW)
                    for one in wanted
                )
                found += [one for one in made if one is not None]
        return found

    def lived_kw(self, chosen: Chosen | None) -> Floats:
        """Who sold something plans again with it, and holds what that leaves."""
        ordered: dict[int, Ints] = {}
        if chosen is not None:
            for one, wh in zip(chosen.offers, chosen.less_wh, strict=True):
                row = self._row[one.connection]
                ordered[row] = ordered.get(row, np.zeros_like(wh)) + wh
        for i in self.electric:
            wh_i = ordered.get(i)
            if wh_i is None or not wh_i.any():
                self._state[i] = self._planned(i)[1]
                continue
            home = self._village.street.homes[i]
            ahead = self._outlook(home)
            made, _ = kept(home.house, self._state[i], ahead, ahead.grid, wh_i, solver=self._solver)
            self._now[:, i] = made.connection_kw
            self._state[i] = _then(made, self._own)
        return self._now[: self._own]


def _then(made: Plan, own: int) -> HomeState:
    """What a home holds when it plans again."""
    car = float(made.ev_stored_kwh[own - 1])
    return HomeState(
        ev_stored_kwh=0.0 if np.isnan(car) else round(car, 6),
        indoor_c=round(float(made.indoor_c[own - 1]), 6),
    )
