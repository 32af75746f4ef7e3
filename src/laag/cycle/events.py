"""What a street remembers: how a run was opened, and one event for every step from gate to gate.

Plans and orders are events. A solver may find another of several equal optima tomorrow; settlement, resume and replay
read what is written here and never solve again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from laag.foundation.contracts import Ints
from laag.foundation.errors import CannotResume
from laag.foundation.ports import Column, Event, Scalar
from laag.home.house import HomeState
from laag.settlement.delivered import Sold

Floats = NDArray[np.float64]

OPENED, STEPPED = "opened", "stepped"


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """What happened from ``first`` on: shape ``(homes, ptus)``; device energy in Wh sums to the meter's offtake."""

    first: int
    """The first PTU, counted from the start of the street's grid."""
    load_wh: Ints
    """What nobody steers, and the programmes of machines."""
    pv_wh: Ints
    """Feed-in is negative."""
    battery_wh: Ints
    ev_wh: Ints
    heat_pump_wh: Ints
    """Rooms and hot water, a tank's own element included."""
    planned_wh: Ints
    """What the last plan before the PTU expected of the meter."""
    stored_kwh: Floats
    """At the end of the PTU, as the two below."""
    ev_stored_kwh: Floats
    indoor_c: Floats
    silent: Ints
    """1 where the meter was silent."""

    @property
    def offtake_wh(self) -> Ints:
        """The meter: offtake +, feed-in -."""
        return self.load_wh + self.pv_wh + self.battery_wh + self.ev_wh + self.heat_pump_wh

    @property
    def ptus(self) -> int:
        """How many quarter-hours."""
        return int(self.load_wh.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class DayOrders:
    """All orders for one day of delivery, one row each; ``ptu`` counts from local midnight of that day."""

    member: Ints
    device: Ints
    ptu: Ints
    side: Ints
    quantity_wh: Ints
    limit_ticks: Ints

    def __len__(self) -> int:
        return len(self.member)

    @property
    def number(self) -> Ints:
        """The place of each order among those of its device in its PTU, from 0: the highest limit first."""
        order = np.lexsort((self.side, -self.limit_ticks, self.device, self.ptu, self.member))
        key = np.stack([self.member, self.ptu, self.device])[:, order]
        new = np.ones(len(order), np.bool_)
        new[1:] = (np.diff(key, axis=1) != 0).any(axis=0)
        place = np.arange(len(order))
        number = np.empty(len(order), np.int64)
        number[order] = place - np.maximum.accumulate(np.where(new, place, 0))
        return number


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """From one gate to the next: what homes did, what they hold, and what they order for the day after."""

    readings: Readings
    homes: tuple[HomeState, ...]
    orders: DayOrders | None
    """For the day that the closing gate is for; ``None`` in the last step."""
    announced_wh: Ints
    """Shape ``(homes, ptus)``: what the first plan of the step expects each meter to take on the day whose market was
    cleared when the step began; empty in the opening and the last step."""
    replans: Ints
    """How often each home planned again because what it measured departed from its plan."""
    shortfalls: tuple[str, ...] = ()
    """What could not be met, as ``home|kind|amount|unit|ptu``."""
    began: Ints | None = None
    """When each home's machines last began, shape ``(homes, machines)``, in PTUs of the street's grid; -1 is never, and
    ``None``: no home has a machine."""
    promised_kw: Floats | None = None
    """What homes hold themselves to on the day that was cleared when the step began, for what the grid operator ordered of them:
    ``(2, homes, ptus)``, the most taken and the most given; ``None``: nobody promised anything. The last column is the end
    of that day, and what comes before its midnight the evening before."""
    validated: Validated | None = None
    """What the grid operator made of that day before it; ``None`` where it takes no part or asked for nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Validated:
    """Between market and delivery of a day: what the grid operator bought of whom, and what a full cable leaves each.

    The last column is the end of that day; what comes before its midnight is the evening before.
    """

    sold: Sold
    limited_wh: Ints
    """``(2, members, ptus)``: the most taken and the most given, ``NO_LIMIT_WH`` where there is no limit."""
    asked_units: int
    """What all that was bought would have cost at what was asked for it."""
    offers: int
    unresolved_kwh: float
    """What no offer could resolve."""
    baseline_wh: Ints | None = None
    """What was announced before it was ordered, against which it counts as delivered; ``None``: what the market agreed."""

    def last(self, ptus: int) -> Validated:
        """Of the day itself, which has so many quarter-hours."""
        return self._part(slice(self.limited_wh.shape[2] - ptus, None))

    def evening(self, ptus: int) -> Validated:
        """Of what comes before that."""
        return self._part(slice(0, self.limited_wh.shape[2] - ptus))

    def _part(self, span: slice) -> Validated:
        return replace(
            self,
            sold=Sold(*(getattr(self.sold, f.name)[:, span] for f in fields(Sold))),
            limited_wh=self.limited_wh[:, :, span],
            baseline_wh=None if self.baseline_wh is None else self.baseline_wh[:, span],
        )


def opened(run: str, facts: dict[str, Scalar]) -> Event:
    """The first event of a log: what this run is, so that nothing else is ever continued in its place."""
    return Event(OPENED, run, facts, {})


UNSPEAKABLE = {
    "street": "the stored run is of another street: its homes, seed, weather, prices or files were different",
    "terms": "the stored run has other tariffs or another charter",
}
"""Facts that are fingerprints say nothing to a person; in the order in which a difference is looked for, they come last."""


def check_same(log_says: Event, asked: Event) -> None:
    """Raise ``CannotResume`` naming the first fact in which a stored run differs from the one asked for."""
    for name in sorted({*log_says.facts, *asked.facts}, key=lambda name: (name in UNSPEAKABLE, name)):
        stored, wanted = log_says.facts.get(name), asked.facts.get(name)
        if stored != wanted:
            differs = UNSPEAKABLE.get(name) or f"the stored run has {name} = {stored}, this one {wanted}"
            raise CannotResume(
                f"{differs}; repeat the options of the stored run, replace it with --fresh, or give another --out folder"
            )


def to_event(step: Step, day: date) -> Event:
    """A step as plain columns; ``day`` names the gate that closes it."""
    columns: dict[str, Column] = {
        f.name: getattr(step.readings, f.name) for f in fields(Readings) if f.name != "first"
    }
    if step.orders is not None:
        columns |= {f"order_{f.name}": getattr(step.orders, f.name) for f in fields(DayOrders)}
    columns |= {
        "announced_wh": step.announced_wh,
        "replans": step.replans,
        "state": np.array([astuple(home) for home in step.homes], np.float64),
    }
    if step.began is not None:
        columns["began"] = step.began
    if step.promised_kw is not None:
        columns["promised_kw"] = step.promised_kw
    facts: dict[str, Scalar | Sequence[Scalar]] = {
        "first": step.readings.first,
        "orders": step.orders is not None,
        "shortfalls": list(step.shortfalls),
    }
    if (made := step.validated) is not None:
        columns |= {f"sold_{f.name}": getattr(made.sold, f.name) for f in fields(Sold)}
        columns["limited_wh"] = made.limited_wh
        if made.baseline_wh is not None:
            columns["baseline_wh"] = made.baseline_wh
        facts |= {name: getattr(made, name) for name in ("asked_units", "offers", "unresolved_kwh")}
    return Event(
        STEPPED,
        day.isoformat(),
        facts,
        columns,
    )


def _home_state(row: Floats) -> HomeState:
    stored, in_car, indoor, tank, hot_ago, ran = row.tolist()
    return HomeState(stored, in_car, indoor, tank, int(hot_ago), int(ran))


def from_event(event: Event) -> Step:
    """The step that ``to_event`` was given."""
    columns = cast("Mapping[str, Any]", event.columns)
    named = [f.name for f in fields(Readings) if f.name != "first"]
    readings = Readings(cast("int", event.facts["first"]), *(columns[name] for name in named))
    orders = (
        DayOrders(*(columns[f"order_{f.name}"] for f in fields(DayOrders))) if event.facts["orders"] else None
    )
    homes = tuple(_home_state(row) for row in columns["state"])
    shortfalls = tuple(cast("list[str]", event.facts["shortfalls"]))
    made = None
    if "limited_wh" in columns:
        facts = cast("Mapping[str, Any]", event.facts)
        sold = Sold(*(columns[f"sold_{f.name}"] for f in fields(Sold)))
        made = Validated(
            sold,
            columns["limited_wh"],
            facts["asked_units"],
            facts["offers"],
            facts["unresolved_kwh"],
            columns.get("baseline_wh"),
        )
    return Step(
        readings,
        homes,
        orders,
        columns["announced_wh"],
        columns["replans"],
        shortfalls,
        columns.get("began"),
        columns.get("promised_kw"),
        made,
    )
