"""Who gains by trading with neighbours: each home, groups of ten or more, and the same gain as each sharing key would share it.

*Gain* is what a home paid less, or received more, than it would have at its supplier for what it traded. What it is *to others* is
what all would have saved less on the same meters without it. Every key shares the very same sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from laag.cycle.live.state import Live
from laag.cycle.live.views.period import Period, period
from laag.cycle.live.views.sentences import tell
from laag.foundation.contracts import Ints
from laag.foundation.words import Said
from laag.home.devices import Device
from laag.neighbourhood.sharing import Facts, shares
from laag.neighbourhood.sharing.agreed import agreed
from laag.neighbourhood.sharing.fairness import FLOOR, Group, for_others, gini, grouped, lowest_third
from laag.settlement.sums import Own

DAYS = 14
"""The newest settled ones; more take longer than anybody waits for a page."""
SAMPLED_MOST = 100
"""Of more homes Shapley's shares are not shown here: they take seconds."""
NOW = "now"
MOVES = (Device.BATTERY, Device.EV, Device.HEAT_PUMP)


@dataclass(frozen=True, slots=True, eq=False)
class Gains:
    """Units of 1e-8 EUR, a row for each member."""

    first: date
    last: date
    days: int
    members: tuple[str, ...]
    columns: Mapping[str, Ints]
    """``now``, and each key that can be told by meters."""
    others_units: Ints
    ways: Mapping[str, Sequence[str]]
    """By devices and by cable; the label of each."""

    @property
    def whole_units(self) -> int:
        """What all gained together."""
        return int(self.columns[NOW].sum())

    def groups(self, way: str, floor: int = FLOOR) -> tuple[Group, ...]:
        """Those of whom something may be shown."""
        return grouped(self.ways[way], floor)

    def mean_units(self, column: str, group: Group) -> int:
        """Of a home of a group."""
        return int(self.columns[column][list(group.rows)].sum()) // len(group.rows)

    def unequal(self, column: str) -> tuple[float | None, float | None]:
        """Gini, and what the lowest third has of all, where that is a group; of few homes neither."""
        values = self.columns[column].tolist()
        if len(values) < FLOOR:
            return None, None
        return gini(values), lowest_third(values) if len(values) >= 3 * FLOOR else None

    def of(self, member: str) -> tuple[Said, ...]:
        """To the member itself; nothing in it is of another."""
        if member not in self.members:
            return ()
        row = self.members.index(member)
        said = _said(self.columns[NOW], row, self.days)
        if len(self.members) < FLOOR:
            return (said,)
        return said, tell(_TO_OTHERS, {"others_units": int(self.others_units[row])})


def gain_of(lived: Period, member: str) -> Said | None:
    """What trading with neighbours made for one member, by what is at hand; ``None`` where it took part on no day."""
    row = lived.row(member)
    return None if row is None else _said(_gained(lived), row, int(lived.here[row].sum()))


def _said(gained: Ints, row: int, days: int) -> Said:
    """Beside what all gained, where that is of ten homes or more: of two homes it would be the other's."""
    mine = int(gained[row])
    numbers = {"days": days, "mine_units": abs(mine), "whole_units": int(gained.sum())}
    one = _LOST if mine < 0 else _GAINED
    if len(gained) < FLOOR:
        return tell(Said(one.nl + ".", one.en + "."), numbers)
    return tell(Said(one.nl + _WHOLE.nl, one.en + _WHOLE.en), numbers)


_GAINED = Said(
    "In {days} won je {mine_units} door met buren te handelen",
    "In {days} you gained {mine_units} by trading with neighbours",
)
_LOST = Said(
    "In {days} was je {mine_units} duurder uit door met buren te handelen",
    "In {days} trading with neighbours cost you {mine_units}",
)
_WHOLE = Said("; de hele straat won {whole_units}.", "; the whole street gained {whole_units}.")
_TO_OTHERS = Said(
    "Zonder jouw huis was er samen {others_units} minder te besparen geweest.",
    "Without your home {others_units} less could have been saved together.",
)


def gains(state: Live) -> Gains | None:
    """Of the newest settled days; ``None`` before there are any."""
    settled = [day for day, one in sorted(state.days.items()) if one.is_settled][-DAYS:]
    lived = period(state, settled[0], settled[-1]) if settled else None
    return None if lived is None else gains_of(lived)


def gains_of(lived: Period) -> Gains:
    """Of a period."""
    gained = _gained(lived)
    net, buy, sell = _meters(lived)
    members = tuple(one.member for one in lived.joined)
    facts = agreed(
        lived.wholes[-1].charter,  # the one that members have now, not that with which they began
        Facts(members, net_wh=net, buy_ticks=buy, sell_ticks=sell, lot=lived.days[-1].toordinal()),
    )
    keys = ("equal", "pro_rata", *(("shapley",) if len(members) <= SAMPLED_MOST else ()))
    rough = replace(facts, within_percent=5)
    by_key = {key: shares(key, int(gained.sum()), rough) for key in keys}
    return Gains(
        lived.days[0],
        lived.days[-1],
        len(lived.days),
        members,
        {NOW: gained, **{key: np.array([of[name] for name in members]) for key, of in by_key.items()}},
        for_others(net, buy, sell),
        {"devices": _devices(lived), "cable": [one.cable for one in lived.joined]},
    )


def _gained(lived: Period) -> Ints:
    """What each traded for less, or for more, than it would have at its supplier."""
    own = Own(*lived.own.T)
    return np.asarray(
        own.bought_outside_units
        - own.bought_units
        + own.sold_outside_units
        - own.sold_units
        + own.intraday_bought_outside_units
        - own.intraday_bought_units
        + own.intraday_sold_outside_units
        - own.intraday_sold_units,
        np.int64,
    )


def _meters(lived: Period) -> tuple[Ints, Ints, Ints]:
    """Everybody's quarter-hours, one day after the other; nothing on days on which somebody was no member."""
    nets, buys, sells = [], [], []
    for one, rows in zip(lived.wholes, lived.rows, strict=True):
        wh = one.done.readings.wh
        net = np.zeros((len(lived.joined), wh.shape[1]), np.int64)
        net[rows] = wh
        nets.append(net)
        buys.append(one.market.landed_ticks)
        sells.append(one.market.export_ticks)
    return np.concatenate(nets, axis=1), np.concatenate(buys), np.concatenate(sells)


def _devices(lived: Period) -> list[str]:
    """By what each ordered for: nothing that moves and no sun, sun only, something that moves, or both."""
    seen = np.zeros(len(lived.joined), np.int64)
    for one, rows in zip(lived.wholes, lived.rows, strict=True):
        seen[rows] |= one.tally.devices
    moves = seen & sum(1 << device for device in MOVES) != 0
    sun = seen & (1 << Device.PV) != 0
    names = {(False, False): "nothing", (False, True): "sun", (True, False): "moves", (True, True): "both"}
    return [names[bool(m), bool(s)] for m, s in zip(moves, sun, strict=True)]
