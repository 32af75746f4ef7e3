"""Who gains from whose flexibility, and how each key would share what trading together saves.

What homes do by themselves they do for their own bill: that is *by itself*. What the others' bills gain or lose by it is *for
others*; it is below zero where a battery keeps for its own evening the sun that neighbours could have used at noon. Together those
two are what the street as a whole gains. The pot is what trading behind one gateway saves, with everybody as they planned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from laag.foundation.contracts import Ints
from laag.foundation.words import Said
from laag.neighbourhood.sharing import Facts, shares, split
from laag.neighbourhood.sharing.fairness import FLOOR, Group, alone_units, gini, grouped, lowest_third
from laag.neighbourhood.sharing.trading import Trading
from laag.study.fairness.street import Days

MARKET = "market"
KEYS = ("equal", "pro_rata", "shapley")
"""Those that need nothing but meters and names."""
OWN, OTHERS = "own", "others"

NAMES = {
    OWN: Said("met eigen sturing, zelf", "by its own control, itself"),
    OTHERS: Said("daardoor, de anderen", "by that, the others"),
    MARKET: Said("samen handelen, naar marktprijs", "trading together, at market prices"),
    "equal": Said("sleutel gelijk", "key equal"),
    "pro_rata": Said("sleutel naar bijdrage", "key by contribution"),
    "shapley": Said("sleutel Shapley", "key Shapley"),
}
KINDS = {
    "nothing": Said("geen apparaten", "no devices"),
    "sun": Said("alleen zonnepanelen", "solar panels only"),
    "moves": Said("accu, auto of warmtepomp", "battery, car or heat pump"),
    "both": Said("zonnepanelen en iets om te sturen", "solar panels and something to control"),
}
TENURES = {"owner": Said("koopwoning", "owner"), "tenant": Said("huurwoning", "tenant")}


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Units of 1e-8 EUR over the days, a row for each home."""

    days: Days
    pot_units: int
    columns: Mapping[str, Ints]
    """By the names above; each key and the market share the same pot."""
    ways: Mapping[str, Sequence[str]]
    """How homes can be grouped, with the label of each."""

    def groups(self, way: str, floor: int = FLOOR) -> tuple[Group, ...]:
        """Those that may be shown."""
        return grouped(self.ways[way], floor)

    def mean_units(self, column: str, group: Group) -> int:
        """Of a home of a group."""
        return int(self.columns[column][list(group.rows)].sum()) // len(group.rows)

    def unequal(self, column: str) -> tuple[float | None, float | None]:
        """Gini, and what the lowest third has of all."""
        values = self.columns[column].tolist()
        return gini(values), lowest_third(values)

    def from_whom(self, floor: int = FLOOR) -> list[tuple[Group, list[tuple[Group, int]]]]:
        """For each group's flexibility: what a home of each group gains by it, in market prices."""
        groups = grouped(self.ways["kind"], floor)
        now = paid_units(self.days, self.days.planned_wh)
        found = []
        for giver in groups:
            without = self.days.planned_wh.copy()
            without[list(giver.rows)] = self.days.base_wh[list(giver.rows)]
            gained = paid_units(self.days, without) - now
            found.append(
                (giver, [(group, int(gained[list(group.rows)].sum()) // len(group.rows)) for group in groups])
            )
        return found


def found(days: Days, k_percent: int = 50, lot: int = 1) -> Found:
    """All of it."""
    net, prices = days.planned_wh, (days.buy_ticks, days.sell_ticks)
    pot = Trading(net, *prices).whole()
    facts = Facts(days.members, net_wh=net, buy_ticks=prices[0], sell_ticks=prices[1], lot=lot)
    own = alone_units(days.base_wh, *prices) - alone_units(net, *prices)
    by_key = {key: shares(key, pot, facts) for key in KEYS}
    return Found(
        days,
        pot,
        {
            OWN: own,
            OTHERS: _street_gains(days) - own,
            MARKET: market_units(days, net, k_percent),
            **{key: np.array([of[name] for name in days.members]) for key, of in by_key.items()},
        },
        {
            "kind": [_kind(home.group) for home in days.homes],
            "tenure": [home.group.partition(",")[0] for home in days.homes],
            "cable": [home.feeder for home in days.homes],
        },
    )


def market_units(days: Days, net_wh: Ints, k_percent: int = 50) -> Ints:
    """What each gains by the layered rule when all take any price: sellers get ``k`` of the gap on what neighbours use of theirs."""
    gap = (days.buy_ticks - days.sell_ticks).astype(np.float64)
    taken, given = np.maximum(net_wh, 0), np.maximum(-net_wh, 0)
    all_taken, all_given = taken.sum(axis=0), given.sum(axis=0)
    saved = np.minimum(all_taken, all_given) * gap
    gain = given @ (saved * k_percent / 100 / np.maximum(all_given, 1)) + taken @ (
        saved * (100 - k_percent) / 100 / np.maximum(all_taken, 1)
    )
    weight = {f"{row:06d}": int(units) for row, units in enumerate(np.rint(gain).tolist())}
    return np.array(list(split(int(saved.sum()), weight).values()), np.int64)


def paid_units(days: Days, net_wh: Ints) -> Ints:
    """What each pays in that market."""
    return alone_units(net_wh, days.buy_ticks, days.sell_ticks) - market_units(days, net_wh)


def _street_gains(days: Days) -> Ints:
    """What the street's one bill gains by each home's control, the others being as they planned."""
    everybody = days.planned_wh.sum(axis=0)
    without = everybody[None] + days.base_wh - days.planned_wh
    now = alone_units(everybody[None], days.buy_ticks, days.sell_ticks)
    return alone_units(without, days.buy_ticks, days.sell_ticks) - now


def _kind(group: str) -> str:
    """By what a home has; more kinds than these would be too few homes each."""
    moves = any(name in group for name in ("EV", "battery", "heat pump"))
    return {(False, False): "nothing", (False, True): "sun", (True, False): "moves", (True, True): "both"}[
        moves, "PV" in group
    ]
