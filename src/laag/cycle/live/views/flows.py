"""What goes through the gateway and over every cable, against what they carry; and how much of a day stayed in the street."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from laag.cycle.live.messages import Joined
from laag.cycle.live.state import Live
from laag.cycle.live.views.period import whole
from laag.foundation.contracts import NO_LIMIT_WH, Ints

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Meters:
    """Everybody's quarter-hours of a day, a row each."""

    members: tuple[Joined, ...]
    wh: Ints
    heard: Flags


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """One gateway or cable over a day, towards the homes +; Wh in a quarter-hour."""

    name: str
    homes: int
    agreed_wh: Ints | None
    """As the market cleared it; ``None`` before that."""
    metered_wh: Ints
    """The sum of all meters that were heard; estimates count once the day is settled."""
    complete: Flags
    """Where every meter behind it was heard."""
    import_max_wh: int | None
    """``None`` is no limit."""
    export_max_wh: int | None

    @property
    def beyond(self) -> Ints:
        """The quarter-hours in which more was measured than it carries."""
        most = np.inf if self.import_max_wh is None else self.import_max_wh
        least = -np.inf if self.export_max_wh is None else -self.export_max_wh
        return np.flatnonzero((self.metered_wh > most) | (self.metered_wh < least))


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a day stayed among neighbours: as agreed on the market, and as metered at each quarter-hour."""

    bought_wh: int
    imported_wh: int
    taken_wh: int
    given_wh: int
    from_neighbours_wh: int
    """Of what was taken, what neighbours gave in the same quarter-hour."""

    @property
    def agreed_percent(self) -> int | None:
        """Of what members bought, what neighbours sold; ``None`` where nobody bought."""
        return _percent(self.bought_wh - self.imported_wh, self.bought_wh)

    @property
    def metered_percent(self) -> int | None:
        """Of what members took, what neighbours gave; ``None`` where nobody took anything."""
        return _percent(self.from_neighbours_wh, self.taken_wh)


def flows(state: Live, day: date) -> tuple[Flow, ...]:
    """The street's gateway first, then its cables."""
    known, heard_of = state.day(day), meters(state, day)
    metered, heard, members = heard_of.wh, heard_of.heard, heard_of.members
    layers = state.neighbourhood.layers(members)
    cleared = known.market.cleared_wh if known.market else None
    found = []
    for layer, name in enumerate(layers.names):
        behind = layers.of_member == layer if layer else np.ones(len(members), np.bool_)
        found.append(
            Flow(
                name,
                int(behind.sum()),
                None if cleared is None else cleared[behind].sum(axis=0),
                metered[behind].sum(axis=0),
                heard[behind].all(axis=0),
                _limit(layers.import_max_wh[layer]),
                _limit(layers.export_max_wh[layer]),
            )
        )
    return tuple(found)


def meters(state: Live, day: date) -> Meters:
    """What each meter said of a day; where it was silent zero, or once the day is settled the estimate."""
    known, said = state.day(day), told(state, day)
    if known.settled is None:
        return said
    return replace(said, wh=np.where(said.heard, said.wh, known.settled.readings.wh))


def told(state: Live, day: date) -> Meters:
    """What each meter said of a day; where it was silent zero, and no estimate is fetched."""
    known = state.day(day)
    members = known.members if known.closed else state.of_day(day)
    shape = len(members), len(state.neighbourhood.grid(day))
    wh, heard = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    for row, one in enumerate(members):
        if one.member in known.metered:
            wh[row], heard[row] = known.metered[one.member], known.measured[one.member]
    return Meters(members, wh, heard)


def local_share(state: Live, day: date) -> Share | None:
    """Of a settled day; ``None`` before."""
    one = whole(state, day)
    if one is None:
        return None
    metered = one.done.readings.wh
    taken, given = np.maximum(metered, 0).sum(axis=0), np.maximum(-metered, 0).sum(axis=0)
    return Share(
        int(one.market.traded.bought_wh.sum()),
        int(one.market.clearings.imported_wh[: one.market.ptus].sum()),
        int(taken.sum()),
        int(given.sum()),
        int(np.minimum(taken, given).sum()),
    )


def _percent(part: int, of: int) -> int | None:
    return round(100 * part / of) if of else None


def _limit(most_wh: int) -> int | None:
    return None if most_wh >= NO_LIMIT_WH else int(most_wh)
