"""How full every wire of a street is, and of which colour: as measured for what was, as likely for what is to come.

Nothing of it is stored. The same log gives the same colours: they are stepped through a day from the evening before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from laag.cycle.live.state import Live
from laag.cycle.live.views.flows import Flags, told
from laag.cycle.live.views.likely import (
    WH_PER_KW,
    agreed_wh,
    behind_kw,
    columns_of,
    connections_kw,
    likely,
)
from laag.foundation.contracts import Ints
from laag.foundation.ptu import PTU
from laag.neighbourhood.grid.flow import flow
from laag.neighbourhood.grid.network import Floats, Network
from laag.neighbourhood.grid.trouble import elements, values
from laag.neighbourhood.prognosis import FLOOR, Point, prognoses
from laag.neighbourhood.regime import Reason, Regime, Seen, Standing, Thresholds, step

EVENING_PTUS = 12
"""Of the day before: longer than any colour lasts without a reason."""
LATE = timedelta(minutes=20)
"""After the end of a quarter-hour meters have this long to tell of it before they count as silent."""
_NO_LIMIT_WH = 2**40
_THRESHOLDS = Thresholds()

Colour = tuple[Regime, Reason]


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """Of a day: one row per branch of the network, one column per PTU."""

    loading: Floats
    """A share of the rating; ``nan`` where nobody agreed or measured."""
    chance: Floats
    """Of overload by what is agreed; ``nan`` where it was measured, or nobody agreed."""
    homes: Ints
    """Members behind each branch."""
    above: Ints
    """The branch that feeds each, or -1."""
    low_v: Floats
    """Per PTU the lowest voltage at any node of a street, as of 230 V; ``nan`` where unknown."""
    high_v: Floats
    measured: Flags
    """Per PTU: by every meter, rather than by what was agreed."""
    regimes: tuple[tuple[Colour | None, ...], ...]
    """Per branch and PTU; ``None`` where nothing is known."""
    members: tuple[str, ...]
    hangs: Ints
    """By member the branch on which it hangs; -1 where on none."""
    unknown: tuple[str, ...]
    """Members that hang nowhere on this network."""

    def may_be_shown(self) -> Flags:
        """By branch: whether its sum may leave the street; of ten homes at least, and no fewer by subtraction."""
        hung = np.flatnonzero(self.hangs >= 0)
        points = [
            Point(
                str(row),
                None if above < 0 else str(above),
                tuple(np.flatnonzero(self.hangs[hung] == row).tolist()),
                _NO_LIMIT_WH,
                _NO_LIMIT_WH,
            )
            for row, above in enumerate(self.above.tolist())
        ]
        found = prognoses(points, np.zeros((len(hung), 1), np.int64))
        return np.array([found[str(row)].wh is not None for row in range(len(points))], np.bool_)

    def around(self, member: str) -> tuple[int, ...]:
        """The branches that a member's power comes through, its own first."""
        at = int(self.hangs[self.members.index(member)]) if member in self.members else -1
        found = []
        while at >= 0:
            found.append(at)
            at = int(self.above[at])
        return tuple(found)


def wires(
    state: Live,
    network: Network,
    place: Mapping[str, str],
    day: date,
    now: datetime | None = None,
    *,
    limits: bool = False,
    thresholds: Thresholds = _THRESHOLDS,
) -> Loaded:
    """``place`` is the connection of each member; ``now``, where it is given, tells silence from what is still to come.

    ``limits``: what stays likely after all that was bought leads to limits, and so to orange.
    """
    here = _course(state, network, place, day, now, limits=limits)
    eve = day - timedelta(days=1)
    before = _course(state, network, place, eve, now, limits=limits) if state.day(eve).is_cleared else None
    lead = [] if before is None else list(zip(*before.seen, strict=True))[-EVENING_PTUS:]
    members_at = np.bincount(
        network.connection_node[here.column[here.column >= 0]], minlength=len(network.nodes)
    )
    feeder = {int(node): row for row, node in enumerate(network.below)}
    node = np.where(here.column >= 0, network.connection_node[here.column], -1)
    return Loaded(
        here.loading,
        here.chance,
        (network.feeds @ members_at).astype(np.int64),
        network.branch_above,
        here.low_v,
        here.high_v,
        here.measured,
        tuple(
            _stepped([one[row] for one in lead], seen, thresholds) for row, seen in enumerate(here.seen)
        ),
        here.members,
        np.array([feeder.get(at, -1) for at in node.tolist()], np.int64),
        tuple(name for name, at in zip(here.members, here.column.tolist(), strict=True) if at < 0),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Course:
    """What is known of a day, before any colour."""

    members: tuple[str, ...]
    column: Ints
    loading: Floats
    chance: Floats
    low_v: Floats
    high_v: Floats
    measured: Flags
    seen: tuple[tuple[Seen | None, ...], ...]


def _course(
    state: Live,
    network: Network,
    place: Mapping[str, str],
    day: date,
    now: datetime | None,
    *,
    limits: bool,
) -> _Course:
    known, heard_of, grid = state.day(day), told(state, day), state.neighbourhood.grid(day)
    members = tuple(one.member for one in heard_of.members)
    column = columns_of(network, place, members)
    measured = np.asarray(heard_of.heard.all(axis=0) & bool(len(column)), np.bool_)
    agreed = agreed_wh(known)
    wh = np.where(measured, heard_of.wh, 0 if agreed is None else agreed)
    flowed = flow(network, connections_kw(network, column, wh))
    kinds = elements(network)
    node_v = values(flowed, network)[:, [one.branch is None for one in kinds]] * _volts(network)
    dark = ~(measured | (agreed is not None)) | flowed.unsolved
    loading = np.where(dark[:, None], np.nan, flowed.loading).T
    chance = np.full(loading.shape, np.nan)
    if agreed is not None and not measured.all():
        chance = np.where(measured | dark, np.nan, likely(state, network, place, day).chance)
    silent_s = _silent_s(network, column, heard_of.heard, list(grid), now)
    return _Course(
        members,
        column,
        loading,
        chance,
        np.where(dark, np.nan, node_v.min(axis=1, initial=np.inf)),
        np.where(dark, np.nan, node_v.max(axis=1, initial=-np.inf)),
        measured,
        tuple(
            _seen(list(grid), loading[row], chance[row], silent_s[row], measured, limits=limits)
            for row in range(len(network.branches))
        ),
    )


def _silent_s(
    network: Network, column: Ints, heard: Flags, at: Sequence[datetime], now: datetime | None
) -> Floats:
    """``(branches, ptus)``: for how long no meter at all was heard behind a branch, where ten or more should be."""

    def behind(which: Flags) -> Ints:
        kw = behind_kw(network, connections_kw(network, column, which.astype(np.int64)))
        return np.rint(kw * WH_PER_KW).astype(np.int64)

    homes, told_of = behind(np.ones_like(heard)), behind(heard)
    over = np.array([now is not None and one + PTU + LATE <= now for one in at], np.bool_)
    # Of a day of which no meter ever spoke nobody can say that it fell silent.
    spoke = np.asarray((told_of > 0).any(axis=1), np.bool_)[:, None]
    silent = np.asarray(over & spoke & (told_of == 0) & (homes >= FLOOR), np.bool_)
    found = np.zeros(silent.shape)
    for ptu in range(len(at)):
        before = found[:, ptu - 1] if ptu else 0.0
        found[:, ptu] = np.where(silent[:, ptu], before + PTU.total_seconds(), 0.0)
    return found


def _seen(
    at: Sequence[datetime],
    loading: Floats,
    chance: Floats,
    silent_s: Floats,
    measured: Flags,
    *,
    limits: bool,
) -> tuple[Seen | None, ...]:
    """What was measured goes before what was likely; what is only agreed is never red."""
    columns = (loading.tolist(), np.nan_to_num(chance).tolist(), silent_s.tolist(), measured.tolist())
    return tuple(
        None
        if np.isnan(share) and not silent
        else Seen(instant, likely_, likely_ if limits else 0.0, share if is_measured else None, silent)
        for instant, share, likely_, silent, is_measured in zip(at, *columns, strict=True)
    )


def _stepped(
    lead: Sequence[Seen | None], seen: Sequence[Seen | None], thresholds: Thresholds
) -> tuple[Colour | None, ...]:
    """With the memory that a regime has; where nothing is known there is none."""
    standing = Standing()
    found: list[Colour | None] = []
    for one in (*lead, *seen):
        if one is None:
            found.append(None)
            continue
        standing, reason = step(standing, one, thresholds)
        found.append((standing.regime, reason))
    return tuple(found[len(lead) :])


def _volts(network: Network) -> Floats:
    """Per element that is a node: what one pu is, between a phase and neutral."""
    rated = [network.nodes[one.node].rated_kv for one in elements(network) if one.branch is None]
    return np.array(rated) * 1000 / 3**0.5
