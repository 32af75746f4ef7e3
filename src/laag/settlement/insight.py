"""What a home's devices did to its bill: the same period over again with one thing different, at the same prices.

Estimates for the reader, in whole units from the actual prices; they move no money and need not add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laag.settlement.delivered import Room
from laag.settlement.pooled import Share
from laag.settlement.words import Numbers

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Stays:
    """When the car was there, in PTUs from the start of the period; ``departs`` is exclusive."""

    arrives: Ints
    departs: Ints
    max_wh: int
    """What the charger can give in one PTU."""


@dataclass(frozen=True, slots=True)
class Earned:
    """A smaller, cheaper band, earned by answering what the grid operator asked."""

    permille: int
    """Of the step to the next smaller band."""
    requests: int
    delivered_percent: int


@dataclass(frozen=True, slots=True, eq=False)
class MemberPeriod:
    """What the bill of one member needs beyond the accounts. Energy per PTU is towards the device (+), so PV is negative.

    ``buy_centiticks`` and ``sell_centiticks`` are what one more Wh cost and earned in each PTU before VAT and, where
    homes are taxed one by one, before energy tax: ``u`` and ``s`` of the market, or the contract's prices.
    """

    member: str
    buy_centiticks: Ints
    sell_centiticks: Ints
    connection: str = "3x25A"
    """At the end of the period."""
    earlier: tuple[tuple[str, int], ...] = ()
    """Connections that it had before, each with how many of the first days."""
    pv_wh: Ints | None = None
    battery_wh: Ints | None = None
    ev_wh: Ints | None = None
    heat_pump_wh: Ints | None = None
    stays: Stays | None = None
    estimated: int = 0
    """How many readings were estimated."""
    estimated_by: str = "estimated"
    """Which sentence says how."""
    unordered_days: int = 0
    """On how many days the home sent no orders, and last week's were taken."""
    rooms: tuple[Room, ...] = ()
    """What it gave the grid operator, stretch by stretch."""
    earned: Earned | None = None
    """Of its band; ``None`` where nothing was."""
    share: Share | None = None
    """Of what the community earned together; ``None`` where it earned nothing."""
    lived_in: bool = True
    """Whether its connection has a function to stay in."""

    @property
    def earned_permille(self) -> int:
        """Of the step to the next smaller band."""
        return 0 if self.earned is None else self.earned.permille


@dataclass(frozen=True, slots=True, eq=False)
class Felt:
    """What a household pays for one more Wh, all included, and how feed-in is set off."""

    buy_centiticks: Ints
    sell_centiticks: Ints
    netting: bool = False

    def cost_units(self, metered_wh: Ints) -> int:
        """What a connection with this offtake (+) and feed-in (-) pays.

        >>> buy, sell, metered = np.array([300, 300]), np.array([100, 100]), np.array([5, -4])
        >>> Felt(buy, sell).cost_units(metered), Felt(buy, sell, netting=True).cost_units(metered)
        (11, 3)
        """
        offtake, feed_in = np.maximum(metered_wh, 0), np.maximum(-metered_wh, 0)
        if self.netting:
            netted = min(int(offtake.sum()), int(feed_in.sum()))
            paid = (int(offtake.sum()) - netted) * int(self.buy_centiticks[0])
            return (paid - (int(feed_in.sum()) - netted) * int(self.sell_centiticks[0])) // 100
        return int((offtake * self.buy_centiticks - feed_in * self.sell_centiticks).sum()) // 100

    def at_the_margin(self, metered_wh: Ints) -> Ints:
        """What a little more would cost in each PTU: the buying price when taking, the selling price when giving."""
        if self.netting:
            return self.buy_centiticks
        return np.where(metered_wh < 0, self.sell_centiticks, self.buy_centiticks)


@dataclass(frozen=True, slots=True)
class Insight:
    """A line about a device: how much higher the bill would have been otherwise, and the numbers to say so."""

    code: str
    energy_wh: int
    otherwise_units: int
    numbers: Numbers


def insights(member: MemberPeriod, metered_wh: Ints, felt: Felt, quarter: Ints, days: Ints) -> list[Insight]:
    """One for each device that is there and did something; ``quarter`` and ``days`` say when each PTU was."""
    found = [
        _panels(member, metered_wh, felt),
        _battery(member, metered_wh, felt),
        _car(member, metered_wh, felt, quarter),
        _heat_pump(member, metered_wh, felt, days),
    ]
    return [insight for insight in found if insight]


def _otherwise(metered_wh: Ints, instead_wh: Ints, felt: Felt) -> int:
    return felt.cost_units(instead_wh) - felt.cost_units(metered_wh)


def _panels(member: MemberPeriod, metered_wh: Ints, felt: Felt) -> Insight | None:
    if member.pv_wh is None or not member.pv_wh.any():
        return None
    made = -member.pv_wh
    own = np.clip(made + np.minimum(metered_wh, 0), 0, made)
    return Insight(
        "pv",
        int(member.pv_wh.sum()),
        _otherwise(metered_wh, metered_wh + made, felt),
        {"pv_wh": int(made.sum()), "own_wh": int(own.sum())},
    )


def _battery(member: MemberPeriod, metered_wh: Ints, felt: Felt) -> Insight | None:
    flow = member.battery_wh
    if flow is None or not flow.any():
        return None
    numbers = {"charged_wh": int(flow[flow > 0].sum()), "discharged_wh": int(-flow[flow < 0].sum())}
    return Insight("battery", int(flow.sum()), _otherwise(metered_wh, metered_wh - flow, felt), numbers)


def _car(member: MemberPeriod, metered_wh: Ints, felt: Felt, quarter: Ints) -> Insight | None:
    flow, stays = member.ev_wh, member.stays
    if flow is None or stays is None or not flow.any():
        return None
    at_once = on_arrival(flow, stays)
    here = stays.arrives[(stays.arrives >= 0) & (stays.arrives < len(flow))]
    charged = _busiest_hour(quarter, flow)
    numbers = {"ev_wh": int(flow.sum()), "charged_quarter": charged}
    code = "ev_shift.there"
    if len(here):
        arrived = _busiest_hour(quarter[here], np.ones_like(here))
        numbers["arrived_quarter"] = arrived
        code = f"ev_shift.{'spread' if charged == arrived else 'later' if charged > arrived else 'next_day'}"
    return Insight(code, int(flow.sum()), _otherwise(metered_wh, metered_wh - flow + at_once, felt), numbers)


def on_arrival(flow_wh: Ints, stays: Stays) -> Ints:
    """The same energy in every stay, at full power from its start.

    >>> late = np.array([0, 0, 30, 20])
    >>> on_arrival(late, Stays(np.array([0]), np.array([4]), 40)).tolist()
    [40, 10, 0, 0]
    """
    shifted = flow_wh.copy()
    for arrives, departs in zip(stays.arrives.tolist(), stays.departs.tolist(), strict=True):
        stay = slice(max(arrives, 0), max(departs, 0))
        charged = flow_wh[stay]
        full_wh = max(stays.max_wh, int(charged.max(initial=0)))
        filled = np.minimum(np.arange(1, len(charged) + 1) * full_wh, charged.sum())
        shifted[stay] = np.diff(filled, prepend=0)
    return shifted


def _busiest_hour(quarter: Ints, weight: Ints) -> int:
    """The first quarter of the hour of the day that holds most."""
    hours = np.zeros(24, np.int64)
    np.add.at(hours, quarter // 4, weight)
    return int(hours.argmax()) * 4


def _heat_pump(member: MemberPeriod, metered_wh: Ints, felt: Felt, days: Ints) -> Insight | None:
    flow = member.heat_pump_wh
    if flow is None or not flow.any():
        return None
    price = felt.at_the_margin(metered_wh)
    paid = int((flow * price).sum())
    used, asked, length = np.zeros((3, int(days.max()) + 1), np.int64)
    np.add.at(used, days, flow)
    np.add.at(asked, days, price)
    np.add.at(length, days, 1)
    evenly = int((used * asked // length).sum())
    wh = int(flow.sum())
    numbers = {"heat_pump_wh": wh, "price_ticks": paid // (wh * 100)}
    return Insight("heat_pump", wh, (evenly - paid) // 100, numbers)
