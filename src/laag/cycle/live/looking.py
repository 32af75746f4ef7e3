"""When a street is limited: a day before, where overload stays too likely after all that was bought, and at once where it is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from laag.cycle.live.limiting import Stretch, made
from laag.cycle.live.messages_limited import Limited
from laag.cycle.live.state import Live
from laag.cycle.live.views.flows import told
from laag.cycle.live.views.likely import Likely, agreed_wh, columns_of, connections_kw, likely
from laag.cycle.validate import WH_PER_KW, Validation, Wires
from laag.foundation.contracts import Ints
from laag.foundation.ptu import PTU
from laag.neighbourhood.caution import Bounds
from laag.neighbourhood.grid.flow import flow
from laag.neighbourhood.grid.network import Network
from laag.neighbourhood.grid.trouble import outside
from laag.neighbourhood.prognosis import FLOOR
from laag.neighbourhood.regime import Thresholds

EVENING_PTU = 64
"""Four o'clock: from there on what a night is denied may come the evening before."""
MOST_POINTS = 12
"""Points whose chance is looked at by a power flow of their own; those within each other come to nearly the same."""
HEARD = 0.9
"""Of all meters: with fewer nothing counts as measured."""
EMERGENCY_PTUS = 2
"""The quarter-hour that runs and the one after it: a meter tells of a quarter-hour when it is over."""
DARK_PTUS = 2
"""So long nobody was heard, and the power may have been away."""
CALMER = 1.02
"""So full, of its rating, is taken to be what is not calm yet, so that what it bears is shared out once more."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What a street does about its wires."""

    says: Validation
    bounds: Bounds = Bounds()
    at_once: Bounds = Bounds(wave_s=30.0)
    """Where it is too full already: waves follow each other sooner."""
    thresholds: Thresholds = Thresholds()


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The newest quarter-hour that nearly all meters have told of; who was silent did as agreed."""

    day: date
    ptu: int
    members: tuple[str, ...]
    wh: Ints


def foreseen(
    state: Live, network: Network, place: Mapping[str, str], day: date, now: datetime, grid: Grid
) -> tuple[Limited, ...]:
    """For a day that is cleared, and the evening before it."""
    known = state.day(day)
    wh = agreed_wh(known)
    if wh is None:
        return ()
    eve = day - timedelta(days=1)
    before, evening = agreed_wh(state.day(eve)), state.neighbourhood.grid(eve)
    first = max(EVENING_PTU, evening.index(now) + 1)
    parts, each = [(day, 0, len(state.neighbourhood.grid(day)))], {day: wh}
    if before is not None and first < len(evening):
        parts, each = [(eve, first, len(evening)), *parts], {**each, eve: before}
    stretch = Stretch.of(state, parts)
    agreed = stretch.wh(state, each)
    column = columns_of(network, place, stretch.members)
    found = likely(state, network, place, day)
    courses = [agreed, *_risen(network, found, column, agreed, grid.thresholds)]
    wires = Wires(network, stretch.members, column)
    return made(state, stretch, wires, courses, "likely", now, grid.says, grid.bounds)


def _risen(network: Network, found: Likely, column: Ints, agreed: Ints, thresholds: Thresholds) -> list[Ints]:
    """What is agreed, and as much more behind one point as comes with the chance that is too large."""
    high, low = found.at(1 - thresholds.not_enough), found.at(thresholds.not_enough)
    takes = np.maximum(high - found.agreed_kw, 0.0) * (high >= found.bears_kw)
    gives = np.minimum(low - found.agreed_kw, 0.0) * (low <= -found.bears_kw)
    more_kw = np.where(found.chance >= thresholds.not_enough, takes + gives, 0.0)
    # Nobody needs to rise further where what is agreed is too much by itself.
    more_kw = np.where(np.abs(found.agreed_kw) >= found.bears_kw, 0.0, more_kw)
    courses: list[Ints] = []
    seen: set[bytes] = set()
    for branch in np.argsort(-np.nan_to_num(found.chance).max(axis=1), kind="stable").tolist():
        behind = network.feeds[branch][network.connection_node][column] & (column >= 0)
        who = behind.tobytes()
        if not more_kw[branch].any() or who in seen or len(courses) == MOST_POINTS:
            continue
        seen.add(who)
        each = more_kw[branch] * WH_PER_KW / max(int(behind.sum()), 1)
        risen = agreed.copy()
        ahead = agreed.shape[1] - len(each)
        risen[behind, ahead:] += (np.sign(each) * np.ceil(np.abs(each))).astype(np.int64)
        courses.append(risen)
    return courses


def seen_last(state: Live, now: datetime, most_wh: int) -> Seen | None:
    """``None`` where nothing of the last half hour is measured. No meter tells of more than its fuse lets through."""
    place = state.neighbourhood
    today = now.astimezone(place.zone).date()
    for day in (today, today - timedelta(days=1)):
        known, grid = state.day(day), place.grid(day)
        wh = agreed_wh(known)
        if wh is None or not known.members:
            continue
        heard = told(state, day)
        whole = np.flatnonzero(heard.heard.mean(axis=0) >= HEARD)
        whole = whole[whole < min(grid.index(now), len(grid))]
        if not len(whole):
            continue
        ptu = int(whole[-1])
        if grid[ptu] + 3 * PTU <= now:
            return None
        column = np.where(heard.heard[:, ptu], heard.wh[:, ptu], wh[:, ptu])
        names = tuple(one.member for one in known.members)
        return Seen(day, ptu, names, np.clip(column, -most_wh, most_wh))
    return None


def measured(
    state: Live, network: Network, place: Mapping[str, str], seen: Seen, now: datetime, grid: Grid
) -> tuple[Limited, ...]:
    """Limits for now, where what was measured last is too much, or is not calm yet after it was."""
    stretch = _now(state, now)
    if stretch is None:
        return ()
    row = {name: i for i, name in enumerate(seen.members)}
    last = np.array([seen.wh[row[name]] if name in row else 0 for name in stretch.members], np.int64)
    column = columns_of(network, place, stretch.members)
    flowed = flow(network, connections_kw(network, column, last[:, None]))
    loading = flowed.loading[0]
    courses = []
    if flowed.unsolved[0] or outside(flowed, network).any():
        courses.append(last)
    calm_below = grid.thresholds.too_full - grid.thresholds.lower
    for branch in np.flatnonzero((loading >= calm_below) & (loading <= 1.0)).tolist():
        if network.branches[branch].name in _pressing(state, now):
            behind = network.feeds[branch][network.connection_node][column] & (column >= 0)
            courses.append(np.where(behind, np.rint(last * CALMER / loading[branch]), last).astype(np.int64))
    if not courses:
        return ()
    each = [np.repeat(one[:, None], len(stretch.grid), axis=1) for one in courses]
    wires = Wires(network, stretch.members, column)
    return made(state, stretch, wires, each, "measured", now, grid.says, grid.at_once)


def returned(
    state: Live, network: Network, place: Mapping[str, str], seen: Seen, now: datetime, grid: Grid
) -> tuple[Limited, ...]:
    """Where the street is heard again after it was silent as a whole: each takes its share for a while, and is let go in waves.

    After a power cut everything is cold and empty at once. Nobody asks what each wants by then: what the wires bear is shared.
    """
    stretch = _now(state, now)
    if stretch is None or not _was_dark(state, seen):
        return ()
    column = columns_of(network, place, stretch.members)
    everything = np.full((len(stretch.members), len(stretch.grid)), grid.says.most_wh, np.int64)
    wires = Wires(network, stretch.members, column)
    return made(state, stretch, wires, [everything], "outage", now, grid.says, grid.at_once)


def _was_dark(state: Live, seen: Seen) -> bool:
    """Whether no meter at all told of the half hour before, though some did earlier that day; of few homes nobody says so."""
    if seen.ptu <= DARK_PTUS or len(seen.members) < FLOOR:
        return False
    heard = told(state, seen.day).heard
    dark = not heard[:, seen.ptu - DARK_PTUS : seen.ptu].any()
    return dark and bool(heard[:, : seen.ptu - DARK_PTUS].any())


def _now(state: Live, now: datetime) -> Stretch | None:
    """The quarter-hour that runs and the next, as far as their day is cleared."""
    place = state.neighbourhood
    day = now.astimezone(place.zone).date()
    first = place.grid(day).index(now)
    ptus = len(place.grid(day))
    if not state.day(day).is_cleared or not 0 <= first < ptus:
        return None
    parts = [(day, first, min(first + EMERGENCY_PTUS, ptus))]
    tomorrow = day + timedelta(days=1)
    if first + EMERGENCY_PTUS > ptus and state.day(tomorrow).is_cleared:
        parts.append((tomorrow, 0, first + EMERGENCY_PTUS - ptus))
    return Stretch.of(state, parts)


def _pressing(state: Live, now: datetime) -> frozenset[str]:
    """Points for which limits hold that were made because they were too full."""
    place = state.neighbourhood
    day = now.astimezone(place.zone).date()
    found: set[str] = set()
    for one in (day - timedelta(days=1), day):
        grid = place.grid(one)
        for limited in state.day(one).limited:
            runs = limited.runs
            if (
                limited.cause == "measured"
                and len(runs.stop)
                and grid[int(runs.stop.max()) - 1] + PTU > now - PTU
            ):
                found |= {limited.points[point] for point in np.unique(runs.point).tolist()}
    return frozenset(found)
