"""What a neighbourhood does not take of limits, and why: a sum above what the wires bear, a home below the floor, no end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from laag.cycle.live.messages_limited import Limited
from laag.foundation.contracts import NO_LIMIT_WH, Ints
from laag.foundation.ptu import PTU
from laag.foundation.words import Said
from laag.neighbourhood.limits import Rule, Way

if TYPE_CHECKING:  # the fold asks before it takes
    from laag.cycle.live.state import Live

WAYS = (Way.TAKES, Way.GIVES)
RULES = tuple(Rule)
"""As a column counts them; a new one comes last."""
MOST_WH = 250_000
LONGEST_WAIT_S = 3_600
CAUSES = ("likely", "measured", "outage")


def judge_limited(state: Live, message: Limited) -> Said | None:
    """Of a day that is cleared and not settled, in the order in which they were made."""
    known = state.day(message.day)
    if not known.is_cleared or known.is_settled:
        return Said(
            f"op {message.day} kan niemand begrensd worden: de markt van die dag is er nog niet, of de dag is al afgerekend",
            f"nobody can be limited on {message.day}: its market is not cleared yet, or the day is settled already",
        )
    if message.number != len(known.limited):
        return Said(
            f"dit zijn de grenzen nummer {message.number} van {message.day}; het volgende nummer is {len(known.limited)}",
            f"these are the limits number {message.number} of {message.day}; the next number is {len(known.limited)}",
        )
    return (
        _shape(state, message)
        or _twice(state, message)
        or _ends(state, message)
        or _floor(state, message)
        or _sum(state, message)
    )


def table(message: Limited, homes: int, ptus: int) -> Ints:
    """``(2, homes, ptus)``: what each may take and give by these limits, in the order of ``WAYS``."""
    found = np.full((len(WAYS), homes, ptus), NO_LIMIT_WH, np.int64)
    runs = message.runs
    columns = (runs.way, runs.home, runs.first, runs.stop, runs.wh)
    for way, home, first, stop, wh in zip(*(one.tolist() for one in columns), strict=True):
        span = found[WAYS.index(way), home, first:stop]
        np.minimum(span, wh, out=span)
    return found


def _shape(state: Live, message: Limited) -> Said | None:
    homes, ptus = len(state.day(message.day).members), len(state.neighbourhood.grid(message.day))
    runs, bears, points = message.runs, message.bears, len(message.points)
    tables = (
        (runs.home, runs.way, runs.first, runs.stop, runs.wh, runs.rule, runs.point, runs.wait_s),
        (bears.point, bears.way, bears.ptu, bears.wh),
        (message.behind_point, message.behind_home),
    )
    fits = (
        all(len({len(column) for column in one}) == 1 for one in tables)
        and message.cause in CAUSES
        and _within(runs.home, 0, homes - 1)
        and _within(message.behind_home, 0, homes - 1)
        and all(_within(one, 0, points - 1) for one in (runs.point, bears.point, message.behind_point))
        and bool(np.isin(np.concatenate([runs.way, bears.way]), WAYS).all())
        and _within(runs.first, 0, ptus - 1)
        and _within(runs.stop - runs.first, 1, ptus)
        and _within(runs.stop, 1, ptus)
        and _within(bears.ptu, 0, ptus - 1)
        and _within(np.concatenate([runs.wh, bears.wh]), 0, MOST_WH * max(homes, 1))
        and _within(runs.rule, 0, len(RULES) - 1)
        and _within(runs.wait_s, 0, LONGEST_WAIT_S)
        and message.floor_wh >= 0
        and message.made.tzinfo is not None
    )
    if fits:
        return None
    return Said(
        "een grens is niet te lezen: geef elke een lid, een richting, een begin, een einde daarna, en nul of meer Wh",
        "a limit cannot be read: give each a member, a way, a begin, an end after it, and zero or more Wh",
    )


def _within(column: Ints, least: int, most: int) -> bool:
    return not len(column) or (int(column.min()) >= least and int(column.max()) <= most)


def _ends(state: Live, message: Limited) -> Said | None:
    """Not before they were made: what is over limits nobody."""
    grid = state.neighbourhood.grid(message.day)
    if all(grid[stop - 1] + PTU > message.made for stop in np.unique(message.runs.stop).tolist()):
        return None
    return Said(
        "een grens eindigt voordat hij gemaakt is; laat weg wat voorbij is",
        "a limit ends before it was made; leave out what is over",
    )


def _twice(state: Live, message: Limited) -> Said | None:
    """A member has one limit at a time from one who limits."""
    homes, ptus = len(state.day(message.day).members), len(state.neighbourhood.grid(message.day))
    count = np.zeros((len(WAYS), homes, ptus), np.int64)
    runs = message.runs
    for way, home, first, stop in zip(
        *(one.tolist() for one in (runs.way, runs.home, runs.first, runs.stop)), strict=True
    ):
        count[WAYS.index(way), home, first:stop] += 1
    if not (count > 1).any():
        return None
    return Said(
        "een lid heeft in een kwartier twee grenzen dezelfde kant op; geef er een",
        "a member has two limits the same way in one quarter-hour; give one",
    )


def _floor(state: Live, message: Limited) -> Said | None:
    """Nobody who takes is below the floor, but where that does not fit for all behind a point together."""
    runs = message.runs
    low = (runs.way == Way.TAKES) & (runs.wh < message.floor_wh)
    said = bool((runs.rule[low] == RULES.index(Rule.BELOW_FLOOR)).all())
    homes, ptus = len(state.day(message.day).members), len(state.neighbourhood.grid(message.day))
    takes = table(message, homes, ptus)[WAYS.index(Way.TAKES)]
    short = np.zeros((homes, ptus), np.bool_)
    for point in range(len(message.points)) if low.any() else ():
        behind = np.unique(message.behind_home[message.behind_point == point])
        too_little = takes[behind].sum(axis=0) < message.floor_wh * len(behind)
        short[behind] |= too_little[None, :]
    if said and not ((takes < message.floor_wh) & ~short).any():
        return None
    return Said(
        f"een lid zou minder dan het minimum van {message.floor_wh} Wh houden terwijl dat voor iedereen past; deel opnieuw",
        f"a member would keep less than the floor of {message.floor_wh} Wh while that fits for all; share again",
    )


def _sum(state: Live, message: Limited) -> Said | None:
    """All who hang behind a point together stay within what it bears."""
    homes, ptus = len(state.day(message.day).members), len(state.neighbourhood.grid(message.day))
    limits, bears = table(message, homes, ptus), message.bears
    columns = (bears.point, bears.way, bears.ptu, bears.wh)
    behind = [message.behind_home[message.behind_point == point] for point in range(len(message.points))]
    for point, way, ptu, wh in zip(*(one.tolist() for one in columns), strict=True):
        total = int(limits[WAYS.index(way), behind[point], ptu].sum())
        if total > wh:
            return Said(
                f"de grenzen achter {message.points[point]} zijn in kwartier {ptu} samen {total} Wh en het kan er {wh} hebben; deel opnieuw",
                f"the limits behind {message.points[point]} come to {total} Wh in quarter-hour {ptu} and it bears {wh}; share again",
            )
    return None
