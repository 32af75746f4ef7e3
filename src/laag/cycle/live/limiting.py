"""Limits for a day: what its wires do not bear shared out by ``validate.limits``, and told so that no street jumps.

Nothing here is asked when a log is replayed: what is found is a message, which ``judge_limited`` looks at and the log keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from laag.cycle.bands import answered, firm_wh
from laag.cycle.live.judge_limited import RULES, WAYS, table
from laag.cycle.live.messages_limited import Bears, Limited, Runs
from laag.cycle.live.state import Day, Live
from laag.cycle.validate import BEHIND, CLOSE_KW, MARGIN, WH_PER_KW, Validation, Wires, limits, need_of
from laag.foundation.contracts import NO_LIMIT_WH, Ints
from laag.foundation.ptu import PTU, PtuGrid
from laag.neighbourhood.caution import Bounds, waves
from laag.neighbourhood.flexibility.need import FEED_IN
from laag.neighbourhood.limits import Limited as Record
from laag.neighbourhood.limits import Rule, Way, curtailed, shared
from laag.settlement.bands import kw_of
from laag.settlement.delivered import Room

Flags = NDArray[np.bool_]

SOURCE = "dso:full cable"
LONGEST_PTUS = 12
"""Three hours, and with the waves on both sides no more than the four that a home bears; what lasts longer is another limit after it."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Quarter-hours that follow each other, of one day or two, and who takes part in any of them."""

    grid: PtuGrid
    members: tuple[str, ...]
    parts: tuple[tuple[date, int, int, int], ...]
    """A day, its first quarter-hour in the stretch, and the first and last (exclusive) of the day's own."""

    @classmethod
    def of(cls, state: Live, parts: Sequence[tuple[date, int, int]]) -> Stretch:
        """Of these days, each from one quarter-hour of its own until another."""
        grids = [state.neighbourhood.grid(day) for day, _, _ in parts]
        names = dict.fromkeys(one.member for day, _, _ in reversed(parts) for one in state.day(day).members)
        count = sum(stop - first for _, first, stop in parts)
        found, at = [], 0
        for day, first, stop in parts:
            found.append((day, at, first, stop))
            at += stop - first
        return cls(PtuGrid(grids[0][parts[0][1]], count), tuple(names), tuple(found))

    def wh(self, state: Live, of_day: Mapping[date, Ints]) -> Ints:
        """``(members, ptus)`` from tables of each day's own members, within the limits that they have already."""
        found = np.zeros((len(self.members), len(self.grid)), np.int64)
        row = {name: i for i, name in enumerate(self.members)}
        for day, at, first, stop in self.parts:
            known = state.day(day)
            most = in_force(known, len(state.neighbourhood.grid(day)))
            rows = [row[one.member] for one in known.members]
            found[rows, at : at + stop - first] = np.clip(of_day[day], -most[1], most[0])[:, first:stop]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Capacity:
    """What one full element leaves those behind it."""

    name: str
    way: Way
    behind: Flags
    bears_wh: Ints
    """Per PTU of the stretch."""


def in_force(known: Day, ptus: int) -> Ints:
    """``(2, members, ptus)``: what each member of a day may take and give by all limits made so far."""
    found = np.full((len(WAYS), len(known.members), ptus), NO_LIMIT_WH, np.int64)
    for one in known.limited:
        np.minimum(found, table(one, len(known.members), ptus), out=found)
    return found


def made(
    state: Live,
    stretch: Stretch,
    wires: Wires,
    each_wh: Sequence[Ints],
    cause: str,
    now: datetime,
    validation: Validation,
    bounds: Bounds,
) -> tuple[Limited, ...]:
    """Limits after which none of these courses overloads the wires; one message for each day that has any."""
    if state.neighbourhood.terms.policy.bands:
        validation = validation.banded(_firm_wh(state, stretch.members))
    found = np.full((len(WAYS), len(stretch.members), len(stretch.grid)), NO_LIMIT_WH, np.int64)
    capacities: list[Capacity] = []
    for wh in each_wh:
        np.minimum(found, limits(wires, stretch.grid, wh, validation), out=found)
        capacities += capacities_of(wires, stretch.grid, wh)
    _held(found, stretch, capacities, validation)
    messages = (
        _message(state, stretch, part, found, capacities, cause, now, validation, bounds)
        for part in stretch.parts
    )
    return tuple(one for one in messages if one is not None)


def _firm_wh(state: Live, members: Sequence[str]) -> dict[str, int]:
    """What each one's band counts for, less what it earned by answering on the days that are kept."""
    gave: dict[str, list[Room]] = {name: [] for name in members}
    for known in state.days.values():
        for row, rooms in (known.tally.rooms if known.tally else {}).items():
            gave.get(known.members[row].member, []).extend(rooms)
    facts = state.neighbourhood.terms.facts
    standing = ((name, state.stands(name)) for name in members)
    return {
        name: firm_wh(kw_of(one.connection), facts, answered(gave[name]).earned_permille)
        for name, one in standing
        if one is not None
    }


def capacities_of(wires: Wires, grid: PtuGrid, wh: Ints) -> list[Capacity]:
    """Of every element that is too full at some time: who shares it, and what there is to share at any time."""
    need = need_of(wires, grid, wh)
    if need is None:
        return []
    found = []
    for element in np.flatnonzero((need.kw_over > CLOSE_KW).any(axis=1)).tolist():
        relief, kw = need.relief_per_kw[element], need.kw_over[element]
        way = Way.TAKES if relief.max() >= -relief.min() else Way.GIVES
        feels = np.where(wires.place >= 0, int(way) * relief[wires.place], 0.0)
        behind = np.asarray(feels > BEHIND * feels.max(), np.bool_)
        # On what others send the other way at the same time nobody counts: a cloud would take it away.
        flowing = int(way) * wh[behind].sum(axis=0)
        finite = np.where(np.isfinite(kw), kw, 0.0)
        over = np.ceil(finite * WH_PER_KW * np.where(finite > 0, MARGIN, 1.0))
        bears = np.maximum(flowing - over.astype(np.int64), 0)
        found.append(
            Capacity(
                need.elements[element].removesuffix(FEED_IN),
                way,
                behind,
                np.where(np.isfinite(kw), bears, NO_LIMIT_WH),
            )
        )
    return found


def _held(found: Ints, stretch: Stretch, capacities: Sequence[Capacity], validation: Validation) -> None:
    """Once more, whatever found the limits: where all behind an element are limited they stay within what it bears."""
    for one in capacities:
        way = WAYS.index(one.way)
        mine = found[way, one.behind]
        limited = (mine < NO_LIMIT_WH).all(axis=0)
        for ptu in np.flatnonzero(limited & (mine.sum(axis=0) > one.bears_wh)).tolist():
            names = [name for name, is_behind in zip(stretch.members, one.behind, strict=True) if is_behind]
            bears, now = int(one.bears_wh[ptu]), dict(zip(names, mine[:, ptu].tolist(), strict=True))
            if one.way is Way.TAKES:
                most = validation.sharing(names)
                parts = {
                    name: part.wh for name, part in shared(bears, most, validation.floor_wh).parts.items()
                }
            else:
                parts = curtailed(sum(now.values()) - bears, now)
            found[way, one.behind, ptu] = [min(now[name], parts[name]) for name in names]


def _message(
    state: Live,
    stretch: Stretch,
    part: tuple[date, int, int, int],
    found: Ints,
    capacities: Sequence[Capacity],
    cause: str,
    now: datetime,
    validation: Validation,
    bounds: Bounds,
) -> Limited | None:
    """What of it is of one day, and tighter than what was told of it before."""
    day, at, first, stop = part
    known, grid = state.day(day), state.neighbourhood.grid(day)
    row = {name: i for i, name in enumerate(stretch.members)}
    rows = [row[one.member] for one in known.members]
    before = in_force(known, len(grid))
    whole = np.full_like(before, NO_LIMIT_WH)
    whole[:, :, first:stop] = found[:, rows, at : at + stop - first]
    begun = np.arange(len(grid)) < max(grid.index(now), 0)
    whole[:, :, begun] = NO_LIMIT_WH
    if not (whole < before).any():
        return None
    here = [_of_day(one, rows, part, len(grid)) for one in capacities]
    point = _points(whole, here)
    runs = list(_runs(whole, point, validation.floor_wh))
    number = len(known.limited)
    names = tuple(one.member for one in known.members)
    waits = _waits(names, runs, before, grid, day, number, now, validation, bounds)
    bears = [
        (at_point, int(one.way), ptu, int(one.bears_wh[ptu]))
        for at_point, one in enumerate(here)
        for ptu in range(len(grid))
        if _is_shared(whole[WAYS.index(one.way), one.behind, ptu], int(one.bears_wh[ptu]))
    ]
    behind = [
        (at_point, home) for at_point, one in enumerate(here) for home in np.flatnonzero(one.behind).tolist()
    ]
    return Limited(
        day,
        number,
        cause,
        SOURCE,
        now,
        validation.floor_wh,
        tuple(one.name for one in here),
        Runs(*_columns([(*run, waits[run[0]]) for run in runs], 8)),
        Bears(*_columns(bears, 4)),
        *_columns(behind, 2),
    )


def _is_shared(limits_wh: Ints, bears_wh: int) -> bool:
    """Whether all behind a point are limited there; of some of them nothing can be said together."""
    return len(limits_wh) > 0 and bool((limits_wh < NO_LIMIT_WH).all()) and bears_wh < NO_LIMIT_WH


def _of_day(one: Capacity, rows: Sequence[int], part: tuple[date, int, int, int], ptus: int) -> Capacity:
    """The same with a day's own members and quarter-hours."""
    _, at, first, stop = part
    bears = np.full(ptus, NO_LIMIT_WH, np.int64)
    bears[first:stop] = one.bears_wh[at : at + stop - first]
    return Capacity(one.name, one.way, one.behind[rows], bears)


def _points(whole: Ints, here: Sequence[Capacity]) -> Ints:
    """By way, member and PTU: the element that leaves its share the least; -1 where there is none."""
    least = np.full(whole.shape, np.inf)
    point = np.full(whole.shape, -1, np.int64)
    for at, one in enumerate(here):
        each = one.bears_wh / max(int(one.behind.sum()), 1)
        way = WAYS.index(one.way)
        tighter = one.behind[:, None] & (each[None, :] < least[way])
        least[way] = np.where(tighter, each[None, :], least[way])
        point[way] = np.where(tighter, at, point[way])
    return point


Run = tuple[int, int, int, int, int, int, int]


def _runs(whole: Ints, point: Ints, floor_wh: int) -> Iterator[Run]:
    """Quarter-hours that follow each other with the same limit for the same reason, three hours of it at most."""
    for row, way in enumerate(WAYS):
        for home in np.flatnonzero((whole[row] < NO_LIMIT_WH).any(axis=1)).tolist():
            first = 0
            both = zip(whole[row, home].tolist(), np.maximum(point[row, home], 0).tolist(), strict=True)
            for (wh, why), run in groupby(both):
                stop = first + len(list(run))
                if wh < NO_LIMIT_WH:
                    for begin in range(first, stop, LONGEST_PTUS):
                        until = min(begin + LONGEST_PTUS, stop)
                        yield home, int(way), begin, until, wh, RULES.index(_rule(way, wh, floor_wh)), why
                first = stop


def _rule(way: Way, wh: int, floor_wh: int) -> Rule:
    if way is Way.GIVES:
        return Rule.SUN
    return Rule.SHARED if wh >= floor_wh else Rule.BELOW_FLOOR


def _waits(
    names: Sequence[str],
    runs: Sequence[Run],
    before: Ints,
    grid: PtuGrid,
    day: date,
    number: int,
    now: datetime,
    validation: Validation,
    bounds: Bounds,
) -> dict[int, int]:
    """How long each home's limit begins before, and ends after, its quarter-hours: by waves, in an order drawn for these limits."""
    tightest: dict[int, Run] = {}
    for run in runs:
        if run[0] not in tightest or run[4] < tightest[run[0]][4]:
            tightest[run[0]] = run
    at = min(max(grid.index(now), 0), len(grid) - 1)
    records = [
        Record(names[home], Way(run[1]), run[4], None, grid[run[2]], grid[run[2]] + PTU, RULES[run[5]], "", SOURCE)
        for home, run in sorted(tightest.items())
    ]  # fmt: skip
    most = {
        names[home]: min(int(before[WAYS.index(Way(run[1])), home, at]), validation.most_wh) / WH_PER_KW
        for home, run in tightest.items()
    }
    order = {names[home]: drawn(names[home], day, number) for home in tightest}
    sent = waves(most, records, now, order, bounds)
    wait = {one.connection: round((wave.at - now).total_seconds()) for wave in sent for one in wave.limits}
    return {home: wait[names[home]] for home in tightest}


def drawn(member: str, day: date, number: int) -> float:
    """From 0 up to 1: who comes early with one limit comes late with another.

    >>> drawn("m-1", date(2026, 1, 14), 0) != drawn("m-1", date(2026, 1, 15), 0)
    True
    """
    digest = blake2b(f"{member} {day.isoformat()} {number}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2**53


def _columns(rows: Sequence[Sequence[int]], count: int) -> tuple[Ints, ...]:
    return tuple(np.array(rows, np.int64).reshape(-1, count).T.copy())


def told_of(
    known: Day, grid: PtuGrid, member: str, since: datetime
) -> tuple[tuple[Record, datetime, datetime], ...]:
    """A member's limits that are not over, with when they begin and end for this home."""
    home = known.row_of.get(member)
    found = []
    for one in known.limited if home is not None else ():
        runs = one.runs
        for i in np.flatnonzero(runs.home == home).tolist():
            wait = timedelta(seconds=int(runs.wait_s[i]))
            first, stop = grid[int(runs.first[i])], grid[int(runs.stop[i]) - 1] + PTU
            begins, ends = max(first - wait, one.made + wait), stop + wait
            if ends <= since or begins >= ends:
                continue
            record = Record(
                member,
                Way(int(runs.way[i])),
                int(runs.wh[i]),
                None,
                begins,
                ends,
                RULES[int(runs.rule[i])],
                one.points[int(runs.point[i])],
                one.source,
            )
            found.append((record, begins, ends))
    return tuple(found)
