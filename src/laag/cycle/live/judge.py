"""What a neighbourhood does not take, and why: each refusal in one sentence that says the way out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from laag.cycle.layers import DEVICES, MOST_NUMBERS
from laag.cycle.live.messages import (
    Closed,
    Imbalanced,
    Joined,
    Left,
    Message,
    Metered,
    Ordered,
    Priced,
    Rows,
    Settle,
)
from laag.foundation.contracts import ANY_PRICE, Ints, Side

if TYPE_CHECKING:  # the fold asks before it takes
    from laag.cycle.live.fold import Live

MOST_WH = 250_000
"""A megawatt for a quarter of an hour: no connection of a neighbourhood carries more."""


def judge(state: Live, message: Message) -> str:
    """Why this is not taken; empty where it is."""
    match message:
        case Joined():
            return _joins(state, message)
        case Left():
            return _leaves(state, message)
        case Ordered():
            return _orders(state, message)
        case Metered():
            return _meters(state, message)
        case Closed():
            return f"the gate of {message.day} is closed already" if state.day(message.day).closed else ""
        case Priced():
            return _prices(state, message)
        case Imbalanced():
            lengths = len(message.shortage_ticks), len(message.surplus_ticks)
            return _as_long_as(state, message.day, *lengths)
        case Settle():
            return _settles(state, message)


def _joins(state: Live, message: Joined) -> str:
    cables = {cable.name for cable in state.neighbourhood.cables} | {""}
    if message.cable not in cables:
        return f"there is no cable {message.cable!r}; there are {', '.join(sorted(cables - {''})) or 'none'}"
    if message.member in state.members and state.members[message.member].last_day is None:
        return f"{message.member} is a member already; let it leave before it joins again"
    return _not_closed(state, message.first_day, "join from a later day on")


def _leaves(state: Live, message: Left) -> str:
    if not state.takes_part(message.member, message.last_day):
        return f"{message.member} is no member on {message.last_day}"
    closed = max((day for day, one in state.days.items() if one.closed), default=message.last_day)
    if closed > message.last_day:
        return f"the gate of {closed} is closed with {message.member} in it; leave after that day"
    return ""


def _orders(state: Live, message: Ordered) -> str:
    return (
        _sender(state, message.member, message.day, message.number)
        or _not_closed(state, message.day, "order for a later day")
        or _rows(state, message.day, message.rows)
    )


def _meters(state: Live, message: Metered) -> str:
    wrong = _sender(state, message.member, message.day, message.number)
    if wrong:
        return wrong
    if len(message.ptu) != len(message.wh):
        return f"{len(message.ptu)} quarter-hours and {len(message.wh)} values; give one value for each"
    if len(np.unique(message.ptu)) != len(message.ptu):
        return "a quarter-hour is there twice; send each once"
    return _in_day(state, message.day, message.ptu) or _amounts(np.abs(message.wh))


def _prices(state: Live, message: Priced) -> str:
    known = state.day(message.day).day_ahead_ticks
    if known is not None and not np.array_equal(known, message.day_ahead_ticks):
        return f"the day-ahead prices of {message.day} are known and final; nothing was changed"
    return _as_long_as(state, message.day, len(message.day_ahead_ticks))


def _settles(state: Live, message: Settle) -> str:
    day = state.day(message.day)
    if day.market is None:
        missing = "its gate is still open" if not day.closed else "its day-ahead prices are not known yet"
        return f"{message.day} cannot be settled: {missing}"
    if day.imbalance_ticks is None:
        return f"{message.day} cannot be settled: its imbalance prices are not known yet"
    return ""


def _sender(state: Live, member: str, day: date, number: int) -> str:
    if not state.takes_part(member, day):
        return f"{member} is no member on {day}"
    last = state.numbers.get(member, -1)
    if number <= last:
        return f"number {number} of {member} has come already; the last was {last}, go on from there"
    return ""


def _not_closed(state: Live, day: date, way_out: str) -> str:
    return f"the gate of {day} is closed; {way_out}" if state.day(day).closed else ""


def _as_long_as(state: Live, day: date, *lengths: int) -> str:
    ptus = len(state.neighbourhood.grid(day))
    wrong = next((length for length in lengths if length != ptus), None)
    return "" if wrong is None else f"{day} has {ptus} quarter-hours and {wrong} prices came"


def _rows(state: Live, day: date, rows: Rows) -> str:
    lengths = {
        len(column) for column in (rows.device, rows.ptu, rows.side, rows.quantity_wh, rows.limit_ticks)
    }
    if len(lengths) != 1:
        return "the columns of the orders differ in length; give each order a value in all of them"
    if not np.isin(rows.side, tuple(Side)).all():
        return "an order is neither to buy (1) nor to sell (0)"
    if not ((rows.device >= 0) & (rows.device < len(DEVICES))).all():
        return f"an order stands for a device that is not known; they are {', '.join(DEVICES)}"
    if not (np.abs(rows.limit_ticks) <= ANY_PRICE).all():
        return f"a limit lies beyond any price; the widest is {ANY_PRICE}"
    if (
        len(rows)
        and int(np.bincount(rows.device + len(DEVICES) * np.maximum(rows.ptu, 0)).max()) >= MOST_NUMBERS
    ):
        return f"a device has {MOST_NUMBERS} orders or more in one quarter-hour; put some together"
    return _in_day(state, day, rows.ptu) or _amounts(rows.quantity_wh, least=1)


def _in_day(state: Live, day: date, ptu: Ints) -> str:
    ptus = len(state.neighbourhood.grid(day))
    if ((ptu >= 0) & (ptu < ptus)).all():
        return ""
    return f"{day} has the quarter-hours 0 to {ptus - 1}; one of {int(ptu.min())} to {int(ptu.max())} is none of them"


def _amounts(wh: Ints, least: int = 0) -> str:
    if ((wh >= least) & (wh <= MOST_WH)).all():
        return ""
    return f"an amount lies outside {least} to {MOST_WH} Wh in a quarter-hour"
