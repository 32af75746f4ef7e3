"""What homes did over a period, from the log, in the figures of a question: for who computes its answer, and nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from laag.cycle.layers import DEVICES
from laag.cycle.live.codec import from_event
from laag.cycle.live.messages import Metered, Ordered
from laag.cycle.live.neighbourhood import Neighbourhood
from laag.cycle.live.state import Live
from laag.foundation.contracts import Ints, Side
from laag.foundation.ports import Event
from laag.neighbourhood.commons.bins import days_of, keys, positions
from laag.neighbourhood.commons.questions import Over, Question

READS: Mapping[Over, str] = {Over.TAKEN: "metered", Over.GIVEN: "metered", Over.WANTED: "ordered"}
"""Which events of the log tell of it."""


def names(question: Question, first: date, last: date) -> list[str]:
    """What the figures of an answer are called."""
    return keys(question, first, last, DEVICES)


def of_homes(
    place: Neighbourhood,
    events: Iterable[Event],
    question: Question,
    first: date,
    last: date,
    homes: Sequence[str],
) -> dict[str, Ints]:
    """Each home's Wh in each figure. A quarter-hour of which its meter told nothing counts as nothing."""
    if question.over is Over.WANTED:
        return _wanted(events, first, last, homes)
    days = days_of(first, last)
    grids = [place.grid(day) for day in days]
    row_of, at_of = (
        {name: row for row, name in enumerate(homes)},
        dict(zip(days, range(len(days)), strict=True)),
    )
    starts = np.cumsum([0, *(len(grid) for grid in grids)])
    metered = np.zeros((len(homes), int(starts[-1])), np.int64)
    for event in events:
        message = from_event(event)
        if isinstance(message, Metered) and message.member in row_of and message.day in at_of:
            metered[row_of[message.member], starts[at_of[message.day]] + message.ptu] = message.wh
    side = np.maximum(metered, 0) if question.over is Over.TAKEN else np.maximum(-metered, 0)
    quarters = [grid.quarter_of_day(place.zone) for grid in grids]
    at = np.concatenate(positions(question, first, last, quarters))
    count = 1 if question.edges_wh else len(names(question, first, last))
    found = np.zeros((len(homes), count), np.int64)
    np.add.at(found.T, at, side.T)
    return {name: found[row] for name, row in row_of.items()}


def _wanted(events: Iterable[Event], first: date, last: date, homes: Sequence[str]) -> dict[str, Ints]:
    newest: dict[tuple[str, date], Ints] = {}
    among = frozenset(homes)
    for event in events:
        message = from_event(event)
        if isinstance(message, Ordered) and message.member in among and first <= message.day <= last:
            bought = message.rows.side == Side.BUY
            wanted = np.zeros(len(DEVICES), np.int64)
            np.add.at(wanted, message.rows.device[bought], message.rows.quantity_wh[bought])
            newest[message.member, message.day] = wanted
    found = {name: np.zeros(len(DEVICES), np.int64) for name in homes}
    for (name, _), wanted in newest.items():
        found[name] = found[name] + wanted
    return found


def imported(state: Live, first: date, last: date) -> tuple[int, ...]:
    """What the market let in through the gateway, day by day."""
    found = []
    for day in days_of(first, last):
        market = state.day(day).market
        assert market is not None
        found.append(int(market.clearings.imported_wh[: market.ptus].sum()))
    return tuple(found)
