"""What the grid operator asked and ordered of one member, and what full cables leave it, of the days that are not over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np

from laag.adapters.neighbourhood.own import OwnAsked, OwnGrid, OwnLimit, OwnOrdered
from laag.adapters.neighbourhood.wire import Both
from laag.cycle.live import Asked, Asking, Flexed, Live
from laag.cycle.live.limiting import told_of
from laag.cycle.live.state import Day
from laag.foundation.ptu import PTU
from laag.neighbourhood.limits import Way

LIMITS_LINGER = timedelta(hours=1)


def own_grid(state: Live, member: str, now: datetime) -> OwnGrid | None:
    """``None`` where nobody of that name is or was a member."""
    if member not in state.members:
        return None
    asked: list[OwnAsked] = []
    ordered: list[OwnOrdered] = []
    for day, known, row in _days(state, member, now):
        for one in known.askings.values():
            if row in one.asked.homes and one.passed is None and now < one.asked.until:
                asked.append(_asked(state, one.asked))
            ordered += [_ordered(day, one, order, row) for order in one.orders if row in order.home]
    return OwnGrid(asked=asked, ordered=ordered, limits=own_limits(state, member, now))


def own_limits(state: Live, member: str, now: datetime) -> list[OwnLimit]:
    """Those that are not over; one ends a little later than its day, so that not the whole street is let go at once."""
    place = state.neighbourhood
    return [
        OwnLimit(
            way="takes" if record.way is Way.TAKES else "gives",
            begins=begins,
            ends=ends,
            kw=record.kw,
            source=record.source,
            why=Both(nl=record.say().nl, en=record.say().en),
        )
        for day, known in sorted(state.days.items())
        if known.limited and place.grid(day).end + LIMITS_LINGER > now
        for record, begins, ends in told_of(known, place.grid(day), member, now)
    ]


def _days(state: Live, member: str, now: datetime) -> Iterator[tuple[date, Day, int]]:
    for day, known in sorted(state.days.items()):
        if member in known.row_of and state.neighbourhood.grid(day).end > now:
            yield day, known, known.row_of[member]


def _asked(state: Live, one: Asked) -> OwnAsked:
    return OwnAsked(
        id=one.request,
        day=one.day,
        ptu=one.ptu.tolist(),
        less=one.less,
        until=one.until,
        why=why_asked(state, one),
    )


def why_asked(state: Live, one: Asked) -> Both:
    """In one sentence."""
    place = state.neighbourhood
    grid = place.grid(one.day)
    begins = grid[int(one.ptu.min())].astimezone(place.zone)
    ends = (grid[int(one.ptu.max())] + PTU).astimezone(place.zone)
    if one.less:
        return Both(
            nl=f"De kabel kan op {one.day:%d-%m} tussen {begins:%H:%M} en {ends:%H:%M} te vol raken; {one.by} vraagt wie dan minder kan afnemen.",
            en=f"The cable may become too full on {one.day:%d-%m} between {begins:%H:%M} and {ends:%H:%M}; {one.by} asks who can take less then.",
        )
    return Both(
        nl=f"Er kan op {one.day:%d-%m} tussen {begins:%H:%M} en {ends:%H:%M} te veel stroom de kabel op gaan; {one.by} vraagt wie dan meer kan afnemen.",
        en=f"Too much power may be fed into the cable on {one.day:%d-%m} between {begins:%H:%M} and {ends:%H:%M}; {one.by} asks who can take more then.",
    )


def _ordered(day: date, one: Asking, order: Flexed, row: int) -> OwnOrdered:
    mine = order.home == row
    less, back = mine & (order.bought_wh != 0), mine & (order.comes_back_wh != 0)
    return OwnOrdered(
        request=order.request,
        day=day,
        ptu=order.ptu[less].tolist(),
        less_wh=order.bought_wh[less].tolist(),
        comes_back_ptu=order.ptu[back].tolist(),
        comes_back_wh=order.comes_back_wh[back].tolist(),
        paid_units=int(np.sum(order.paid_units[mine])),
        by=one.asked.by,
        penalty_ticks=order.penalty_ticks,
    )
